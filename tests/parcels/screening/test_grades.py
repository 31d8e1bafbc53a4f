"""A final D of a firm, or C twice running, makes its plots suspects; a revised grade takes that back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .. import reports
from ..conftest import Parcels
from ..reports import PARCEL, XIAOYUE
from .plots import FIRM, OTHER, low

ELSEWHERE = f"{XIAOYUE}-0299"
BY_GRADE = ["final_grade (ours)"]


def final(grade, data_year=2022, revision=1, **more):
    fact = {
        "enterprise_id": FIRM,
        "township": XIAOYUE,
        "data_year": data_year,
        "grade": grade,
        "previous_grade": None,
        "revision": revision,
        "final_on": f"{data_year + 1}-08-30",
        "round_id": f"上虞:{data_year}:below_scale:{revision}",
        "scheme": "a-scheme",
        "parcels": [PARCEL],
    }
    return fact | more


def hear(parcels, *facts):
    for fact in facts:
        parcels.hear("enterprises", "grade_final", fact).or_raise()


def state(parcels, data_year=2022, parcel_id=PARCEL):
    return parcels.read("get_suspicion", suspicion_id=f"{parcel_id}:{data_year}")["state"]


def told(parcels):
    found = parcels.facts_named("low_efficiency_suspected", "suspicion_lifted")
    return [(each["parcel_id"], each["data_year"], each.get("criteria")) for each in found]


@pytest.fixture
def surveyed(parcels):
    parcels.report(*reports.survey())
    return parcels


@pytest.mark.parametrize(
    ("before", "grade", "suspected"),
    [
        (None, "D", True),
        ("A", "D", True),
        ("C", "C", True),
        ("B", "C", False),
        ("D", "C", False),
        (None, "C", False),
        ("B", "B", False),
        (None, "A", False),
    ],
)
def test_a_d_and_a_second_c_make_a_suspect(surveyed, before, grade, suspected):
    hear(surveyed, final(grade, previous_grade=before))

    assert told(surveyed) == ([(PARCEL, 2022, BY_GRADE)] if suspected else [])
    assert state(surveyed) == ("screened" if suspected else "clear")


def test_the_suspicion_says_by_which_source(surveyed):
    hear(surveyed, final("D"))

    (judgement,) = surveyed.facts_named("low_efficiency_suspected")[0]["judgements"]
    assert (judgement["kind"], judgement["unit"]) == ("final_grade", "grade")
    assert "not confirmed" in judgement["source"]


def test_the_year_before_that_was_heard_of_itself_goes_before_what_this_year_says_of_it(surveyed):
    hear(surveyed, final("C", previous_grade="C"))
    assert state(surveyed) == "screened"

    hear(surveyed, final("B", data_year=2021))

    assert state(surveyed) == "clear"
    assert told(surveyed)[-1] == (PARCEL, 2022, None)


def test_two_years_of_c_count_in_whichever_order_they_are_heard(surveyed):
    hear(surveyed, final("C"), final("C", data_year=2021))

    assert (state(surveyed, 2021), state(surveyed, 2022)) == ("clear", "screened")


@pytest.mark.parametrize("grade", ["B", None])
def test_a_revised_or_withdrawn_grade_takes_the_suspicion_back(surveyed, grade):
    hear(surveyed, final("D"), final(grade, revision=2))

    assert told(surveyed) == [(PARCEL, 2022, BY_GRADE), (PARCEL, 2022, None)]
    assert state(surveyed) == "clear"


def test_an_older_revision_that_comes_late_changes_nothing(surveyed):
    hear(surveyed, final("B", revision=2), final("D"))

    assert told(surveyed) == []


def test_a_plot_that_a_revision_names_no_more_is_no_suspect_by_it(surveyed):
    hear(surveyed, final("D"), final("D", revision=2, parcels=[ELSEWHERE]))

    assert state(surveyed) == "clear"


def test_another_firm_on_the_plot_keeps_it_suspected(surveyed):
    hear(surveyed, final("D"), final("D", enterprise_id=OTHER), final("A", revision=2))
    assert state(surveyed) == "screened"

    hear(surveyed, final("A", enterprise_id=OTHER, revision=2))
    assert state(surveyed) == "clear"


def test_a_grade_that_came_before_the_survey_counts_when_the_plot_is_surveyed(parcels):
    hear(parcels, final("D"))
    assert told(parcels) == []

    parcels.report(*reports.survey())

    assert told(parcels) == [(PARCEL, 2022, BY_GRADE)]


def test_another_criterion_that_speaks_stays_when_the_grade_is_revised(surveyed):
    surveyed.hear("enterprises", "yearly_figures_reported", low()).or_raise()
    hear(surveyed, final("D"), final("B", revision=2))

    criteria = [each for _, _, each in told(surveyed)]
    output = "output_per_mu_below (绍兴)"
    assert criteria == [[output], [output, *BY_GRADE], [output]]
    assert state(surveyed) == "screened"


def test_the_criteria_say_unknown_without_a_grade_and_not_low_with_a_good_one(surveyed):
    def verdict():
        answer = surveyed.read("criteria_of", parcel_id=PARCEL, on="2022-12-31")
        return next(each for each in answer["judgements"] if each["kind"] == "final_grade")

    assert verdict()["reason"]["code"] == "GRADE_MISSING"
    hear(surveyed, final("A"))
    assert (verdict()["verdict"], verdict()["reason"]) == ("not_low", None)


HEARD = [
    reports.survey(),
    final("C", data_year=2021),
    final("B", data_year=2021, revision=2),
    final("D"),
    final("C", revision=2, previous_grade="B", parcels=[PARCEL, ELSEWHERE]),
    final("C", revision=3, previous_grade="B"),
    final("D", enterprise_id=OTHER),
    final(None, enterprise_id=OTHER, revision=2),
    final("C", data_year=2021, revision=3),
    low(),
]


def played(order):
    parcels = Parcels()
    for number in order:
        fact = HEARD[number]
        if isinstance(fact, tuple):
            parcels.report(*fact)
        elif "grade" in fact:
            hear(parcels, fact)
        else:
            parcels.hear("enterprises", "yearly_figures_reported", fact).or_raise()
    return parcels


def outcome(parcels):
    last = {}
    for parcel_id, data_year, criteria in told(parcels):
        last[parcel_id, data_year] = criteria
    plot = parcels.read("get_plot", parcel_id=PARCEL)
    return last, plot["grades"], state(parcels, 2021), state(parcels, 2022)


@settings(max_examples=40, deadline=None)
@given(st.permutations([*range(len(HEARD))] * 2))
def test_in_whatever_order_grades_and_figures_come_the_same_is_suspected(order):
    found, in_order = outcome(played(order)), outcome(played(range(len(HEARD))))

    assert found[1:] == in_order[1:]
    suspected = {key: criteria for key, criteria in found[0].items() if criteria}
    assert suspected == {(PARCEL, 2022): ["output_per_mu_below (绍兴)", *BY_GRADE]}
