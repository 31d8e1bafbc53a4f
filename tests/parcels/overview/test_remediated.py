"""How much land was remediated and how many firms by which way, on a day, as it was known at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.parcels.campaign.counting import COUNTING, Unit
from services.parcels.overview.cases import case_on
from services.parcels.remediation.case import Case
from services.parcels.remediation.course import Stage

from ...support.overview import figures_of, hold_that_parts_add_up
from .. import land_desk, reports
from ..benefit import test_land as land
from ..benefit.test_benefit import OTHER_CASE, OTHER_PARCEL, after, before, hear, upgraded
from ..campaign.test_figures import the_campaign_of_2023
from ..reports import CASE, PARCEL, turn
from .desk import noon

FIRMS = ["330604006-E1", "330604006-E2"]
AGAIN = {
    "completed_on": "2023-08-20",
    "reopened_on": "2023-08-05",
    "remediated_area_mu": "9",
    "vacated_area_mu": "9",
}


def whole_case(register, **completion):
    for report in reports.whole_case("phase_out", **{"remediated_area_mu": "10"} | completion):
        register.report(*report)


def reopened(register):
    whole_case(register, enterprise_ids=FIRMS)
    register.day("2023-09-01").report(*turn("reopened", "2023-08-05"))
    register.day("2023-09-03").report(*reports.completed("phase_out", **AGAIN))


@pytest.mark.parametrize(
    ("on", "known", "mu"),
    [
        ("2023-07-27", None, "0"),
        ("2023-07-28", None, "10"),
        ("2023-08-04", None, "10"),
        ("2023-08-05", None, "0"),
        ("2023-08-05", "2023-08-31", "10"),
        ("2023-08-19", None, "0"),
        ("2023-08-20", None, "9"),
        ("2023-08-20", "2023-09-02", "0"),
        ("2023-08-20", "2023-09-03", "9"),
    ],
)
def test_a_case_counts_from_its_acceptance_until_it_is_reopened_as_far_as_that_is_known(
    register, on, known, mu
):
    reopened(register)

    assert register.value("land_remediated", on, known) == mu


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("2023-08-04", Stage.ACCEPTED),
        ("2023-08-05", Stage.REOPENED),
        ("2023-08-14", Stage.REOPENED),
        ("2023-08-15", Stage.IN_PROGRESS),
    ],
)
def test_a_case_that_is_open_again_stands_on_the_day_where_its_reports_had_brought_it(
    register, on, stage
):
    whole_case(register)
    register.day("2023-09-01").report(*turn("reopened", "2023-08-05"))
    register.report(*reports.progressed(90, reported_on="2023-08-15"))

    case = register.repository.load(Case, CASE).thing
    assert case_on(case, date.fromisoformat(on)).stage is stage


def test_the_firms_of_a_case_are_counted_by_its_way(register):
    whole_case(register, enterprise_ids=FIRMS)

    assert register.value("firms_phased_out", "2023-07-28") == "2"
    assert register.value("firms_phased_out", "2023-07-27") == "0"
    assert register.value("firms_merged", "2023-07-28") == "0"
    [part] = register.parts("firms_phased_out", "2023-07-28")
    assert (part["thing_id"], part["event_id"]) == (reports.CASE, "event-6")


def test_an_acceptance_that_says_the_area_later_makes_an_at_least_exact(register):
    for report in reports.whole_case("phase_out"):
        register.report(*report)

    assert register.figure("land_remediated", "2023-08-01")["overview_kind"] == "at_least"
    assert register.figure("firms_phased_out", "2023-08-01")["overview_kind"] == "at_least"
    for figure in ("land_remediated", "firms_phased_out"):
        assert [case["thing_id"] for case in register.without(figure, "2023-08-01")] == [CASE]
        assert register.parts(figure, "2023-08-01") == []
    register.day("2023-09-05")
    said = {"remediated_area_mu": "10", "enterprise_ids": FIRMS}
    register.report(*reports.completed("phase_out", **said))

    assert register.without("land_remediated", "2023-08-01") == []
    assert register.figure("land_remediated", "2023-08-01")["overview_kind"] == "exact"
    assert register.figure("firms_phased_out", "2023-08-01")["overview_kind"] == "exact"
    assert register.value("land_remediated", "2023-08-01", "2023-09-05") == "10"
    assert register.value("land_remediated", "2023-08-01", "2023-09-04") == "0"


def test_the_page_of_2023_comes_out_of_its_cases(register):
    for case in the_campaign_of_2023():
        for step in case:
            register.report(*step)

    found = {
        name: register.value(name, "2023-12-31")
        for name in (
            "land_remediated",
            "firms_phased_out",
            "firms_upgraded_in_place",
            "firms_merged",
            "firms_state_capital",
        )
    }
    assert list(found.values()) == ["14662", "31", "193", "2", "3"]


def test_the_rules_of_another_day_count_otherwise_and_the_figure_says_which(register, monkeypatch):
    first, rule = next(iter(COUNTING.editions.items()))
    later = replace(rule, unit=Unit.CASES, source="a letter of 2024")
    monkeypatch.setattr(COUNTING, "editions", {first: rule, date(2024, 1, 1): later})
    whole_case(register, enterprise_ids=FIRMS)

    def found(**rules):
        figure = figures_of(register, on="2023-07-31", **rules)["firms_phased_out"]
        return figure["value"], figure["rules_from"], figure["source"]

    assert found(rules="2024-01-01") == ("1", "2024-01-01", "a letter of 2024")
    assert found() == found(rules="2023-12-31") == ("2", first.isoformat(), rule.source)


def test_before_and_after_is_the_ratio_of_the_sums_and_its_parts_are_the_sums(register):
    upgraded(register)
    before(register)
    after(register, at_least=["gross_output_cny"])
    register.day("2024-03-01")

    assert register.value("times_floor_area", "2023-12-31") == "2"
    output = register.figure("times_output", "2023-12-31")
    assert (output["value"], output["overview_kind"]) == ("3", "at_least")
    [part] = register.parts("times_output", "2023-12-31")
    assert (part["before"], part["after"], part["adds"]) == ("20000000", "60000000", None)
    assert part["overview_kind"] == "at_least"


def test_a_year_that_was_not_over_on_the_day_is_not_compared(register):
    upgraded(register)
    before(register)
    after(register)

    found = register.figure("times_floor_area", "2023-12-30")
    assert (found["value"], found["reason"]["code"]) == (None, "NOTHING_TO_COMPARE")


@pytest.mark.parametrize("on", ["2022-12-31", "2023-07-28", "2023-08-05", "2023-08-20"])
@pytest.mark.parametrize("known", ["2023-08-10", "2023-09-01", "2024-03-01"])
def test_the_parts_of_every_figure_add_up_to_it(register, on, known):
    upgraded(register, OTHER_CASE, OTHER_PARCEL, remediated_area_mu="5")
    before(register, parcel_id=OTHER_PARCEL)
    reopened(register)
    register.day("2024-03-01")
    hear(register, OTHER_PARCEL, data_year=2023, floor_area_m2="24000")

    assert hold_that_parts_add_up(register, on=on, known_at=noon(known).isoformat()) > 0


def test_the_parts_of_before_and_after_add_up_too(register):
    for case_id, parcel_id, area in ((CASE, PARCEL, "24000"), (OTHER_CASE, OTHER_PARCEL, "60000")):
        upgraded(register, case_id, parcel_id)
        before(register, parcel_id=parcel_id)
        hear(register, parcel_id, data_year=2023, floor_area_m2=area)
    register.day("2024-03-01")

    assert register.value("times_floor_area", "2023-12-31") == "3.5"
    assert hold_that_parts_add_up(register, on="2023-12-31") > 0


@pytest.mark.parametrize(("on", "times"), [("2023-12-31", "2"), ("2024-02-01", None)])
def test_the_land_of_a_ratio_is_that_of_the_day_though_its_split_was_undone_later(
    register, on, times
):
    way, whole = "upgrade_in_place", land_desk.WHOLE
    land_desk.survey(register)
    stayed = {"vacated_area_m2": "0", "completed_on": "2022-07-01"}
    for report in (
        reports.identified(identified_on="2021-02-01"),
        reports.planned(way),
        reports.approved(way, approved_on="2021-03-01"),
        reports.completed(way, **stayed),
    ):
        register.report(*report)
    register.day("2024-03-01")
    land_desk.divide(register)
    for parcel_id, year, output in ((whole, 2020, "100"), (land_desk.LEFT, 2023, "120")):
        land.hear(register, parcel_id, year, output)
    land.hear(register, land_desk.RIGHT, 2023, "80", firm=FIRMS[1])
    undone = {"reason": "measured again", "corrected_on": "2024-02-01", "undo": True}
    register.call("correct_split", parcel_id=whole, **undone, children=[])

    assert register.value("times_output", on) == times
