"""A plot whose figures are low is suspected, checked on site, objected to and identified."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone import metrics

from .. import reports
from ..conftest import Parcels
from ..reports import PARCEL, XIAOYUE, event
from .plots import (
    FIRM,
    OTHER,
    answered,
    construction,
    figures,
    holder_heard,
    low,
    rejected,
    verified,
)

SUSPICION = f"{PARCEL}:2022"


def hear(parcels, fact):
    parcels.hear("enterprises", "yearly_figures_reported", fact).or_raise()


@pytest.fixture
def suspected(parcels):
    parcels.report(*reports.survey())
    hear(parcels, low())
    return parcels


def state(parcels):
    return parcels.read("get_suspicion", suspicion_id=SUSPICION)["state"]


def told(parcels):
    return parcels.facts_named("low_efficiency_suspected", "suspicion_lifted")


def test_low_figures_of_a_year_make_a_suspicion_with_figure_bar_and_source(suspected):
    (fact,) = told(suspected)

    assert fact == {
        "suspicion_id": SUSPICION,
        "parcel_id": PARCEL,
        "township": XIAOYUE,
        "data_year": 2022,
        "criteria": ["output_per_mu_below (绍兴)"],
        "judgements": [
            {
                "kind": "output_per_mu_below",
                "place": "绍兴",
                "verdict": "low",
                "figure": "4",
                "figure_at_least": False,
                "floor": "5",
                "unit": "× 10,000 yuan per mu",
                "source": "shaoxing.021cf.cn/index.php/post/3823.html",
                "reason": None,
            }
        ],
        "change_no": 1,
    }
    assert state(suspected) == "screened"


def test_figures_above_the_bar_raise_nothing(parcels):
    parcels.report(*reports.survey())
    hear(parcels, figures())

    assert told(parcels) == []
    assert state(parcels) == "clear"


def test_corrected_figures_lift_the_suspicion(suspected):
    hear(suspected, figures(version=2))

    assert told(suspected)[-1] == {
        "suspicion_id": SUSPICION,
        "parcel_id": PARCEL,
        "township": XIAOYUE,
        "data_year": 2022,
        "change_no": 2,
    }
    assert state(suspected) == "clear"
    hear(suspected, low())  # the older version, late
    assert state(suspected) == "clear"


def test_another_criterion_is_told_again_and_another_figure_is_not(suspected):
    hear(suspected, low(version=2, gross_output_cny="390000"))
    assert len(told(suspected)) == 1

    suspected.report(*construction(production_stopped_on="2021-06-01"))
    assert told(suspected)[1]["criteria"] == [
        "output_per_mu_below (绍兴)",
        "production_stopped (general)",
    ]


def test_two_firms_on_a_plot_are_judged_together(suspected):
    hear(suspected, low(enterprise_id=OTHER, gross_output_cny="100000"))
    assert state(suspected) == "clear"

    hear(
        suspected,
        low(enterprise_id=OTHER, version=2, parcels=[{"parcel_id": PARCEL, "share": "0"}]),
    )
    assert state(suspected) == "screened"


def test_a_firm_on_two_parcels_brings_each_its_share(suspected):
    other = f"{XIAOYUE}-0240"
    suspected.report(*reports.survey(parcel_id=other))
    shares = [{"parcel_id": PARCEL, "share": "0.9"}, {"parcel_id": other, "share": "0.1"}]
    hear(suspected, figures(version=2, gross_output_cny="900000", parcels=shares))

    found = suspected.read("list_suspicions", filter={"data_year": 2022, "state": "screened"})
    assert [each["parcel_id"] for each in found["items"]] == [other]


def test_the_figures_of_mortgaged_land_are_decided_once(parcels):
    """What is saved without being read is taken for new; a wrong guess has the whole batch decided anew."""
    lies = {"kind": "mortgage", "from_on": "2020-03-01", "creditor_kind": "bank"}
    parcels.report(*reports.survey(encumbrances=[lies]))
    clashes = metrics.clashes.labels("parcels")
    before = clashes._value.get()

    for version in (1, 2):
        fact = low(version=version)
        parcels.hear("enterprises", "yearly_figures_reported", fact).or_raise()

    assert parcels.fact_names.count("low_efficiency_suspected") == 1
    assert clashes._value.get() == before


def test_figures_wait_for_the_survey_of_the_parcel(parcels):
    hear(parcels, low())
    assert parcels.read("list_parcels")["items"] == []

    parcels.report(*reports.survey())
    assert state(parcels) == "screened"


def test_a_smaller_survey_lifts_it(suspected):
    suspected.report(*reports.survey(area_mu="8", surveyed_on="2023-03-01"))

    assert state(suspected) == "clear"


def test_an_overdue_completion_is_judged_as_of_the_report_or_the_end_of_the_year(suspected):
    suspected.report(*construction(agreed_completion_on="2021-01-01"))

    def kinds(year):
        found = suspected.read("get_suspicion", suspicion_id=f"{PARCEL}:{year}")
        return [each["kind"] for each in found["judgements"] if each["verdict"] == "low"]

    assert kinds(2022) == ["output_per_mu_below"]  # on its last day it was not two years yet
    assert kinds(2023) == ["completion_overdue"]


def test_the_check_on_site_verifies_or_rejects(suspected):
    assert suspected.report(*verified(campaign_line="land", campaign_scope="plot")) is None
    assert state(suspected) == "verified"

    assert suspected.report(*rejected()) is None
    assert state(suspected) == "rejected"
    assert suspected.report(*verified()) == "a later report of this kind stands"
    assert state(suspected) == "rejected"


def test_a_holder_may_agree_or_object_and_is_answered(suspected):
    suspected.report(*verified())

    suspected.report(*holder_heard("agrees", heard_on="2023-05-15"))
    assert state(suspected) == "verified"
    suspected.report(*holder_heard())
    assert state(suspected) == "objected"
    suspected.report(*answered())
    assert state(suspected) == "answered"
    suspected.report(*holder_heard(heard_on="2023-06-02"))
    assert state(suspected) == "objected"
    suspected.report(*answered(True, answered_on="2023-06-02"))
    assert state(suspected) == "rejected"


def test_an_answer_without_an_objection_changes_nothing(suspected):
    suspected.report(*verified())
    suspected.report(*answered(True))

    assert state(suspected) == "verified"


def test_a_report_that_comes_early_waits(parcels):
    note = parcels.report(*verified())
    assert note == "waits: no criterion speaks for low efficiency in that year"

    parcels.report(*reports.survey())
    hear(parcels, low())
    assert state(parcels) == "verified"


def test_a_holder_waits_for_the_check(suspected):
    assert suspected.report(*holder_heard()) == "waits for the check on site"
    assert state(suspected) == "screened"
    suspected.report(*verified())
    assert state(suspected) == "objected"


def test_a_case_that_was_identified_settles_the_newest_year_before_it(suspected):
    hear(suspected, low(data_year=2021))
    hear(suspected, low(data_year=2020))
    suspected.report(*reports.identified(identified_on="2022-02-01"))

    def found(year):
        one = suspected.read("get_suspicion", suspicion_id=f"{PARCEL}:{year}")
        return one["state"], one["identified_on"]

    assert found(2020) == ("clear", None)  # no criterion was in force before 2021
    assert found(2021) == ("identified", "2022-02-01")
    assert found(2022) == ("screened", None)


def test_a_case_goes_by_its_own_year_if_none_before_it_was_low(suspected):
    suspected.report(*reports.identified(identified_on="2022-02-01"))

    assert state(suspected) == "identified"


def test_a_case_that_only_has_a_plan_identifies_nothing(suspected):
    suspected.report(*reports.planned())

    assert state(suspected) == "screened"


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (verified(operator_role="enterprise"), "WRONG_ROLE"),
        (rejected(operator_role="task_force"), "WRONG_ROLE"),
        (holder_heard(operator_role="task_force"), "WRONG_ROLE"),
        (answered(operator_role="enterprise"), "WRONG_ROLE"),
        (verified(data_year=2024), "YEAR_NOT_BEGUN"),
        (rejected(checked_on="2023-09-03"), "NOT_YET"),
        (holder_heard("shrugs"), "INVALID"),
        (verified(campaign_line="sea"), "INVALID"),
    ],
)
def test_what_cannot_be_is_refused(suspected, refused, report, code):
    with refused(code):
        suspected.report(*report)


def test_the_task_force_may_answer_an_objection_too(suspected):
    suspected.report(*verified(data_year=2023))
    assert suspected.report(*answered(operator_role="task_force")) == "waits for the check on site"


def test_the_land_desk_asks_which_criteria_hold_on_a_day(suspected):
    suspected.report(*construction(production_stopped_on="2022-08-31"))

    def verdicts(on):
        answer = suspected.read("criteria_of", parcel_id=PARCEL, on=on)
        found = {each["kind"]: each["verdict"] for each in answer["judgements"]}
        return answer["data_year"], found

    assert verdicts("2022-12-31") == (
        2022,
        {
            "output_per_mu_below": "low",
            "completion_overdue": "unknown",
            "investment_below": "unknown",
            "production_stopped": "not_low",
            "final_grade": "unknown",
        },
    )
    year, later = verdicts("2023-09-01")
    assert (year, later["production_stopped"]) == (2023, "low")
    assert later["output_per_mu_below"] == "unknown"
    assert verdicts("2020-12-31") == (None, {})


def test_a_parcel_without_any_report_is_answered_with_what_is_missing(parcels):
    parcels.report(*reports.survey())
    answer = parcels.read("criteria_of", parcel_id=PARCEL)

    assert (answer["on"], answer["data_year"]) == ("2023-09-01", None)
    assert {each["verdict"] for each in answer["judgements"]} == {"unknown"}


TOLD = [
    reports.survey(),
    low(),
    low(version=2, gross_output_cny="300000"),
    low(enterprise_id=OTHER, gross_output_cny="50000", industry_code=None),
    construction(production_stopped_on="2021-06-01", reported_on="2023-06-30"),
    construction(production_stopped_on="2022-06-01", agreed_start_on="2020-01-01"),
    rejected(checked_on="2023-05-09"),
    verified(),
    holder_heard("agrees", heard_on="2023-05-19"),
    holder_heard(),
    answered(),
    reports.identified(identified_on="2023-06-15"),
    reports.survey(surveyed_on="2023-02-01", area_mu="12"),
]


def play(order, told=TOLD):
    parcels = Parcels()
    for number in order:
        parcels.forget()
        if isinstance(told[number], tuple):
            parcels.handle(event(*told[number], number))
        else:
            hear(parcels, told[number])
    return parcels


def ends(parcels):
    found = parcels.read("list_suspicions")["items"]
    plot = parcels.read("get_plot", parcel_id=PARCEL)
    return [{k: v for k, v in each.items() if k != "change_no"} for each in found], {
        k: v for k, v in plot.items() if k != "idle_change_no"
    }


@cache
def in_order():
    return ends(play(range(len(TOLD))))


@settings(max_examples=25, deadline=None)
@given(st.permutations([*range(len(TOLD))] * 2))
def test_in_whatever_order_it_comes_the_suspicion_ends_the_same(order):
    played = play(order)

    assert ends(played) == in_order()
    assert state(played) == "identified"
    one = played.read("get_suspicion", suspicion_id=SUSPICION)
    facts = [each for each in told(played) if each["data_year"] == 2022]
    assert [each["change_no"] for each in facts] == list(range(1, one["change_no"] + 1))
    assert facts[-1]["criteria"] == ["output_per_mu_below (绍兴)"]


CORRECTED = [reports.survey(), low(), figures(version=2), verified()]


@settings(max_examples=30, deadline=None)
@given(st.permutations([*range(len(CORRECTED))] * 2))
def test_a_suspicion_that_figures_corrected_is_clear_in_every_order(order):
    assert state(play(order, CORRECTED)) == "clear"
    lifted = [
        name
        for name in play(order, CORRECTED).fact_names
        if "suspicion" in name or "suspected" in name
    ]
    assert lifted in ([], ["low_efficiency_suspected", "suspicion_lifted"])


def test_the_firms_of_a_plot_are_kept_year_by_year(suspected):
    hear(suspected, low(data_year=2021))

    kept = suspected.read("get_plot", parcel_id=PARCEL)
    assert [(each["data_year"], each["enterprise_id"]) for each in kept["figures"]] == [
        (2021, FIRM),
        (2022, FIRM),
    ]
    assert kept["years"] == [2021, 2022]
