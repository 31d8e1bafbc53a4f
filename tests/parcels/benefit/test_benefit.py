"""What a remediation was worth: the figures of its plot before and after, and the campaign's sum."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.parcels.benefit.benefit import RatioKind, reading

from .. import reports
from ..reports import CASE, PARCEL, XIAOYUE
from ..screening.plots import FIRM, figures

OTHER_CASE = f"{XIAOYUE}-C18"
OTHER_PARCEL = f"{XIAOYUE}-0240"


def upgraded(parcels, case_id=CASE, parcel_id=PARCEL, **more):
    """A plot that was identified in 2021 and upgraded in place by the summer of 2022."""
    about = {"case_id": case_id, "parcel_id": parcel_id}
    way = "upgrade_in_place"
    parcels.report(*reports.survey(parcel_id=parcel_id))
    parcels.report(*reports.identified(**about, identified_on="2021-02-01"))
    parcels.report(*reports.planned(way, **about))
    parcels.report(*reports.approved(way, **about, approved_on="2021-03-01"))
    done = {"vacated_area_m2": "0", "completed_on": "2022-07-01"} | more
    parcels.report(*reports.completed(way, **about, **done))


def hear(parcels, parcel_id=PARCEL, **more):
    shares = [{"parcel_id": parcel_id, "share": "1"}]
    number = int(parcel_id[-4:])
    fact = figures(parcels=shares, enterprise_id=f"{FIRM}-{number}", **more)
    parcels.hear("enterprises", "yearly_figures_reported", fact).or_raise()


def before(parcels, **more):
    given = {"floor_area_m2": "12000", "gross_output_cny": "20000000", "tax_paid_cny": "400000"}
    hear(parcels, data_year=2020, **given | more)


def after(parcels, **more):
    given = {"floor_area_m2": "24000", "gross_output_cny": "60000000", "tax_paid_cny": "900000"}
    hear(parcels, data_year=2023, **given | more)


def benefit(parcels, case_id=CASE):
    return parcels.read("case_benefit", case_id=case_id)


def changes(found):
    return {each["figure"]: each for each in found["changes"]}


def test_a_plot_with_twice_the_area_and_at_least_three_times_the_output_reads_so(parcels):
    upgraded(parcels)
    before(parcels)
    after(parcels, at_least=["gross_output_cny"])

    found = benefit(parcels)
    assert (found["year_before"], found["year_after"], found["reason"]) == (2020, 2023, None)
    change = changes(found)
    assert change["floor_area_m2"]["reads"] == "floor area × 2"
    assert change["gross_output_cny"]["reads"] == "output at least × 3"
    assert change["tax_paid_cny"]["reads"] == "tax × 2.25"
    assert change["energy_tce"]["reads"] == "energy × 1"
    assert change["gross_output_cny"] == {
        "figure": "gross_output_cny",
        "before": "20000000",
        "after": "60000000",
        "before_at_least": False,
        "after_at_least": True,
        "ratio": "3",
        "kind": "at_least",
        "reads": "output at least × 3",
        "reason": None,
    }


def test_the_year_after_is_the_newest_after_that_of_the_completion(parcels):
    upgraded(parcels)
    before(parcels)
    hear(parcels, data_year=2022, floor_area_m2="1")

    found = benefit(parcels)
    assert (found["year_after"], found["reason"]["code"]) == (None, "NO_YEAR_AFTER")
    assert found["changes"] == []
    after(parcels)
    hear(parcels, data_year=2024)
    assert benefit(parcels)["year_after"] == 2024


def test_a_year_of_which_nothing_is_left_on_the_plot_does_not_count(parcels):
    upgraded(parcels)
    before(parcels)
    after(parcels)
    gone = figures(
        data_year=2024, parcels=[{"parcel_id": PARCEL, "share": "0"}], enterprise_id=f"{FIRM}-231"
    )
    parcels.hear("enterprises", "yearly_figures_reported", gone).or_raise()

    assert benefit(parcels)["year_after"] == 2023


def test_a_year_that_is_missing_is_said_and_not_guessed(parcels):
    upgraded(parcels)
    hear(parcels, data_year=2019)
    after(parcels)

    for change in benefit(parcels)["changes"]:
        assert (change["ratio"], change["before"]) == (None, None)
        assert change["reason"]["code"] == "FIGURE_MISSING"


def test_a_case_that_is_not_completed_has_no_benefit_yet(parcels):
    parcels.report(*reports.survey())
    parcels.report(*reports.identified())

    found = benefit(parcels)
    assert (found["reason"]["code"], found["changes"]) == ("CASE_NOT_COMPLETED", [])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ({"tax_paid_cny": "0"}, {}, "NOTHING_BEFORE"),
        ({"tax_paid_cny": "-5"}, {}, "NOTHING_BEFORE"),
        ({"at_least": ["tax_paid_cny"]}, {"at_least": ["tax_paid_cny"]}, "BOTH_AT_LEAST"),
        ({"tax_paid_cny": None, "statistics_only": ["tax_paid_cny"]}, {}, "STATISTICS_ONLY"),
        ({}, {"tax_paid_cny": None}, "FIGURE_MISSING"),
    ],
)
def test_without_a_ratio_the_reason_is_said(parcels, first, last, expected):
    upgraded(parcels)
    before(parcels, **first)
    after(parcels, **last)

    tax = changes(benefit(parcels))["tax_paid_cny"]
    assert (tax["ratio"], tax["reads"], tax["reason"]["code"]) == (None, None, expected)


def test_a_figure_before_that_is_no_less_makes_a_ratio_that_is_no_more(parcels):
    upgraded(parcels)
    before(parcels, at_least=["tax_paid_cny"])
    after(parcels)

    assert changes(benefit(parcels))["tax_paid_cny"]["reads"] == "tax at most × 2.25"


@pytest.mark.parametrize(
    ("ratio", "kind", "reads"),
    [
        ("2.005", RatioKind.EXACT, "output × 2.01"),
        ("2.999", RatioKind.AT_LEAST, "output at least × 2.99"),
        ("2.001", RatioKind.AT_MOST, "output at most × 2.01"),
        ("100", RatioKind.EXACT, "output × 100"),
        ("0.5", RatioKind.EXACT, "output × 0.5"),
    ],
)
def test_a_bound_is_never_rounded_beyond_itself(ratio, kind, reads):
    assert reading("gross_output_cny", Decimal(ratio), kind) == reads


def campaign(parcels, from_="2022-01-01", to="2022-12-31", **more):
    return parcels.read("campaign_benefit", **{"from": from_, "to": to, **more})


def sums(found):
    return {each["change"]["figure"]: each for each in found["sums"]}


def test_the_campaign_is_the_ratio_of_the_sums_and_names_its_cases(parcels):
    upgraded(parcels)
    before(parcels, gross_output_cny="10")
    after(parcels, gross_output_cny="100")  # × 10
    upgraded(parcels, OTHER_CASE, OTHER_PARCEL)
    before(parcels, parcel_id=OTHER_PARCEL, gross_output_cny="90")
    after(parcels, parcel_id=OTHER_PARCEL, gross_output_cny="100")

    found = campaign(parcels)
    output = sums(found)["gross_output_cny"]
    assert output["case_ids"] == [CASE, OTHER_CASE]
    assert (output["change"]["before"], output["change"]["after"]) == ("100", "200")
    assert output["change"]["reads"] == "output × 2"
    assert [each["case_id"] for each in found["cases"]] == [CASE, OTHER_CASE]
    assert found["cases"][0] == benefit(parcels)


def test_a_case_that_lacks_a_figure_is_in_neither_sum_and_still_named(parcels):
    upgraded(parcels)
    before(parcels, tax_paid_cny=None)
    after(parcels)
    upgraded(parcels, OTHER_CASE, OTHER_PARCEL)
    before(parcels, parcel_id=OTHER_PARCEL, at_least=["floor_area_m2"])
    after(parcels, parcel_id=OTHER_PARCEL)

    found = campaign(parcels)
    tax, area = sums(found)["tax_paid_cny"], sums(found)["floor_area_m2"]
    assert tax["case_ids"] == [OTHER_CASE]
    assert tax["change"]["before"] == "400000"
    assert area["change"]["reads"] == "floor area at most × 2"
    assert len(found["cases"]) == 2


def test_a_bound_after_one_case_bounds_the_sum(parcels):
    upgraded(parcels)
    before(parcels)
    after(parcels, at_least=["gross_output_cny"])
    upgraded(parcels, OTHER_CASE, OTHER_PARCEL)
    before(parcels, parcel_id=OTHER_PARCEL)
    after(parcels, parcel_id=OTHER_PARCEL)

    assert sums(campaign(parcels))["gross_output_cny"]["change"]["reads"] == "output at least × 3"


@pytest.mark.parametrize(
    ("days", "there"),
    [
        (("2022-07-01", "2022-07-01"), True),
        (("2022-07-02", "2022-12-31"), False),
        (("2022-01-01", "2022-06-30"), False),
    ],
)
def test_only_cases_that_were_completed_within_the_days_count(parcels, days, there):
    upgraded(parcels)
    before(parcels)
    after(parcels)

    found = campaign(parcels, *days)
    assert [each["case_id"] for each in found["cases"]] == ([CASE] if there else [])
    assert bool(found["sums"]) == there


def test_a_campaign_of_one_township_leaves_out_the_others(parcels):
    upgraded(parcels)
    parcels.report(*reports.survey(parcel_id=OTHER_PARCEL))
    parcels.report(*reports.identified(case_id=OTHER_CASE, parcel_id=OTHER_PARCEL))

    assert len(campaign(parcels, township=XIAOYUE)["cases"]) == 1
    assert campaign(parcels, township="330604105")["cases"] == []


def test_days_the_wrong_way_round_are_refused(parcels, refused):
    with refused("INVALID"):
        campaign(parcels, "2022-12-31", "2022-01-01")
    assert campaign(parcels, "2022-12-31", "2022-12-31")["cases"] == []
