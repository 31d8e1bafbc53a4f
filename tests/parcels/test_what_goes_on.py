"""A parcel ends by a split, by a merge, or because a split is undone; what is known of its land goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from . import land_desk, reports
from .boundaries.plots import outlined, position, rectangle
from .conftest import Parcels
from .land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, WHOLE, divide, merge, parcel, part
from .mixed import FARTHER, JOINED, RIGHT_OF_USE, SEIZURE, YEAR, act, case_on, divided, undone
from .reports import XIAOYUE, turn
from .screening import plots
from .soil import reports as soil


@pytest.fixture
def two(parcels: Parcels) -> Parcels:
    for parcel_id in (WHOLE, NEXT_DOOR):
        land_desk.survey(parcels, parcel_id)
    return parcels


def at(parcels: Parcels, x_m: float, y_m: float) -> Any:
    lon, lat = position(x_m, y_m)
    return parcels.read("parcels_at", lon=lon, lat=lat)["parcel_ids"]


def undo(parcels: Parcels, parcel_id: str = WHOLE) -> None:
    method, request = undone(parcel_id)
    parcels.call(method, **request)


def test_a_parcel_that_was_merged_gives_its_place_to_the_new_one(two):
    two.report(*outlined(231, rectangle(0, 0)))
    merge(two)
    two.report(*outlined(240, rectangle(0, 0, 200, 50)))

    assert at(two, 30, 20) == [MERGED]
    assert overlaps(two, MERGED) == []


def overlaps(parcels: Parcels, parcel_id: str) -> Any:
    found = parcels.read("boundary_findings", filter={"township": XIAOYUE})["items"]
    return [
        each["overlaps"] for each in found if each["parcel_id"] == parcel_id and each["overlaps"]
    ]


def test_a_parcel_whose_split_is_undone_takes_its_place_back_from_its_parts(two):
    two.report(*outlined(231, rectangle(0, 0)))
    divide(two)
    two.report(*outlined(1, rectangle(0, 0, 40, 50), parcel_id=LEFT))
    assert at(two, 30, 20) == [LEFT]

    undo(two)

    assert at(two, 30, 20) == [WHOLE]
    assert overlaps(two, WHOLE) == []


def suspicion(parcels: Parcels, parcel_id: str = WHOLE) -> Any:
    return parcels.read("get_suspicion", suspicion_id=f"{parcel_id}:2022")["state"]


@pytest.mark.parametrize("end", [divide, merge])
def test_the_suspicion_of_a_parcel_that_is_gone_is_lifted(two, end):
    act(two, [("figures", plots.low())])
    assert suspicion(two) == "screened"

    end(two)

    assert suspicion(two) == "clear"
    assert [each["change_no"] for each in two.facts_named("suspicion_lifted")] == [2]
    act(two, [plots.verified()])
    assert suspicion(two) == "clear"


def test_the_suspicion_is_back_when_the_split_is_undone(two):
    act(two, [("figures", plots.low())])
    divide(two)
    undo(two)

    assert suspicion(two) == "screened"
    assert len(two.facts_named("low_efficiency_suspected")) == 2


def test_a_suspicion_that_led_to_a_case_stays_identified_when_a_part_is_split_off(parcels):
    act(parcels, [("figures", plots.low())])
    act(parcels, reports.whole_case("state_capital_operation", vacated_area_m2="2000"))
    vacated = [part(LEFT, "2000", vacated=True), part(RIGHT, "4666.666667")]
    divide(parcels, *vacated, case_id=reports.CASE, split_on="2023-08-30")

    assert suspicion(parcels) == "identified"


def test_soil_that_is_reported_of_the_whole_counts_for_the_parts_of_its_parts(two):
    divide(two)
    act(two, divided(LEFT, f"{LEFT}-1", f"{LEFT}-2"))

    act(two, soil.notice())

    for each in (LEFT, RIGHT, f"{LEFT}-1", f"{LEFT}-2"):
        assert parcel(two, each)["soil"]["on_registry"] is True


@pytest.mark.parametrize("before", [True, False])
def test_a_soil_survey_of_one_parcel_is_none_of_those_that_it_is_merged_with(two, before):
    steps = [lambda: act(two, [("soil.surveyed", soil.survey()[1])]), lambda: merge(two)]
    for step in steps if before else steps[::-1]:
        step()
    assert parcel(two, MERGED)["soil"]["survey_reviewed"] is False

    act(two, [("soil.surveyed", soil.survey(parcel_id=NEXT_DOOR)[1])])

    assert parcel(two, MERGED)["soil"]["survey_reviewed"] is True


@pytest.mark.parametrize("before", [True, False])
def test_a_notice_that_is_corrected_from_the_whole_to_a_part_registers_the_part(two, before):
    first, corrected = soil.notice(), soil.notice(added=[LEFT])
    for step in [first, corrected, None] if before else [first, None, corrected]:
        act(two, step) if step else divide(two)

    found = [(parcel(two, each)["soil"] or {}).get("on_registry", False) for each in (LEFT, RIGHT)]
    assert found == [True, False]


def test_a_notice_that_is_corrected_from_a_part_to_the_whole_registers_both_parts(two):
    divide(two)
    act(two, soil.notice(added=[LEFT]))

    act(two, soil.notice(added=[WHOLE]))

    assert [parcel(two, each)["soil"]["on_registry"] for each in (LEFT, RIGHT)] == [True, True]


def test_nothing_is_recorded_as_lying_on_a_parcel_that_is_gone(two, refused):
    merge(two)

    with refused("PARCEL_MERGED"):
        two.call("record_encumbrances", **encumbered(WHOLE))
    two.call("record_encumbrances", **encumbered(MERGED))
    assert len(parcel(two, MERGED)["encumbrances"]["entries"]) == 1


def encumbered(parcel_id: str) -> dict[str, Any]:
    about = {"parcel_id": parcel_id, "recorded_on": "2023-08-21"}
    return about | {"encumbrances": [SEIZURE]}


def test_what_lies_on_the_whole_lies_on_a_part_that_was_surveyed_before_the_split(two):
    land_desk.survey(two, LEFT, area_m2="2000")
    two.call("record_encumbrances", **encumbered(WHOLE))

    divide(two)

    assert [len(parcel(two, each)["encumbrances"]["entries"]) for each in (LEFT, RIGHT)] == [1, 1]


def test_a_merged_parcel_has_nothing_of_a_withdrawn_part_that_had_its_id(two):
    land_desk.survey(two, FARTHER)
    land_desk.survey(
        two,
        use_right=RIGHT_OF_USE,
        encumbrances=[SEIZURE],
        soil=reports.soil(),
        surveyed_on="2023-02-01",
    )
    divide(two)
    undo(two)

    new = merge(two, parcel_id=LEFT, source_ids=[NEXT_DOOR, FARTHER])

    assert (new["use_right"], new["encumbrances"], new["soil"]) == (None, None, None)


def test_what_was_reported_of_the_soil_of_a_part_alone_outlasts_its_split(two):
    act(two, soil.survey())
    divide(two)
    said = {"soil_report_id": "YS-1", "suspected_on": "2023-08-16", "suspicion": "barrels"}
    act(two, [("soil.suspected", {"parcel_id": LEFT} | said)])

    undo(two)

    kept = two.read("get_soil", parcel_id=LEFT)
    assert ([each["soil_report_id"] for each in kept["suspicions"]], kept["surveys"]) == (
        ["YS-1"],
        [],
    )


def remediated(parcels: Parcels) -> Any:
    return parcels.read("campaign_figures", **YEAR)["remediated_area_mu"]


def test_a_second_merge_adds_nothing_to_what_was_remediated(two):
    act(two, case_on(WHOLE, 1, "3"))
    merge(two)
    act(two, case_on(MERGED, 2, "5"))
    land_desk.survey(two, FARTHER)
    assert remediated(two) == "5.00"

    merge(two, parcel_id=JOINED, source_ids=[MERGED, FARTHER], area_mu="30")

    assert remediated(two) == "5.00"


def test_a_merge_of_a_part_adds_nothing_to_what_was_remediated_on_the_whole(two):
    act(two, case_on(WHOLE, 1, "8"))
    divide(two)
    act(two, case_on(LEFT, 2, "2"))
    assert remediated(two) == "8.00"

    merge(two, source_ids=[LEFT, NEXT_DOOR], area_m2="8666.666667")

    assert remediated(two) == "8.00"


def test_work_on_a_merged_parcel_counts_once_with_that_on_a_part_of_it(two):
    divide(two)
    act(two, case_on(LEFT, 2, "2"))
    merge(two, source_ids=[LEFT, NEXT_DOOR], area_m2="8666.666667")
    act(two, case_on(MERGED, 3, "9"))

    assert remediated(two) == "9.00"


@pytest.mark.parametrize(
    ("on", "late"),
    [
        ("2023-07-31", []),
        ("2023-08-01", []),  # a day after the plan's end, which has moved by 31 days
        ("2023-08-31", []),
        ("2023-09-01", [1]),
        ("2023-09-03", [3]),
    ],
)
def test_the_days_of_a_suspension_are_not_late_in_the_meeting_s_list_either(parcels, on, late):
    steps = reports.whole_case()[:-1]
    act(parcels, [*steps, turn("suspended", "2023-04-03"), turn("resumed", "2023-05-04")])
    parcels.clock = lambda: datetime(2023, 9, 3, 4, tzinfo=UTC)

    listed = parcels.read("meeting_list", on=on)["cases"]

    assert [each["days_late"] for each in listed] == late
    if on == "2023-09-03":
        path = parcels.read("case_path", case_id=reports.CASE)
        assert path["days_overdue"] == 3
