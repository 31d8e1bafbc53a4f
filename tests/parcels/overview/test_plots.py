"""How many plots there are and how large they are, on a day, as it was known at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.parcels.overview.plots import plot_on
from services.parcels.register.parcel import Parcel, ParcelState, Survey
from services.parcels.words import LandUse, Said

from .. import land_desk, reports
from ..land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, WHOLE, part

JULY = "2023-07-31"


def both(register, on, known=None):
    return tuple(register.value(f"plots_{name}", on, known) for name in ("surveyed", "area"))


def test_a_correction_of_september_about_july_shows_only_to_who_asks_as_known_after_it(register):
    register.day("2023-08-10").report(*reports.survey(surveyed_on=JULY, area_mu="10"))
    register.day("2023-09-05").report(*reports.survey(surveyed_on=JULY, area_mu="12"))
    register.day("2023-10-01")

    assert register.value("plots_area", JULY, "2023-09-10") == "12"
    assert register.value("plots_area", JULY, "2023-09-05") == "12"
    assert register.value("plots_area", JULY, "2023-08-31") == "10"
    assert register.value("plots_area", JULY, "2023-08-09") == "0"
    [now], [then] = (
        register.parts("plots_area", JULY),
        register.parts("plots_area", JULY, "2023-08-31"),
    )
    assert (now["adds"], now["event_id"]) == ("12", "event-2")
    assert (then["adds"], then["event_id"]) == ("10", "event-1")


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2023-01-09", ("0", "0")),
        ("2023-01-10", ("1", "10")),
        ("2023-06-29", ("1", "10")),
        ("2023-06-30", ("1", "11")),
        ("2023-08-01", ("1", "12")),
    ],
)
def test_a_plot_has_the_area_of_its_newest_survey_up_to_the_day_whatever_came_late(
    register, on, found
):
    for day, mu in (("2023-08-01", "12"), ("2023-01-10", "10"), ("2023-06-30", "11")):
        register.report(*reports.survey(surveyed_on=day, area_mu=mu))

    assert both(register, on) == found


def test_a_plot_that_was_only_named_is_none(register):
    register.report(*reports.identified())

    assert both(register, "2023-08-10") == ("0", "0")


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2023-08-14", {WHOLE: "10"}),
        ("2023-08-15", {LEFT: "3", RIGHT: "7"}),
        ("2023-08-19", {LEFT: "3", RIGHT: "7"}),
        ("2023-08-20", {LEFT: "4", RIGHT: "6"}),
        ("2023-08-24", {LEFT: "4", RIGHT: "6"}),
        ("2023-08-25", {WHOLE: "10"}),
    ],
)
def test_parts_take_the_place_of_the_whole_from_the_day_of_the_split_until_it_is_undone(
    register, on, found
):
    land_desk.survey(register, surveyed_on="2023-01-10")
    register.day("2023-09-01")
    land_desk.divide(register)
    parts = [part(LEFT, "2666.666667"), part(RIGHT, "4000")]
    correction = {"parcel_id": WHOLE, "reason": "measured again"}
    register.call(
        "correct_split", **correction, corrected_on="2023-08-20", undo=False, children=parts
    )
    register.call("correct_split", **correction, corrected_on="2023-08-25", undo=True, children=[])

    assert {e["thing_id"]: e["adds"] for e in register.parts("plots_area", on)} == found


def test_a_split_that_was_entered_later_was_not_known_before(register):
    land_desk.survey(register)
    register.day("2023-09-01")
    land_desk.divide(register)

    assert register.value("plots_surveyed", "2023-08-20", "2023-08-31") == "1"
    assert register.value("plots_surveyed", "2023-08-20", "2023-09-01") == "2"


def test_the_own_survey_of_a_part_counts_from_its_day_on(register):
    land_desk.survey(register)
    register.day("2023-09-01")
    land_desk.divide(register)
    land_desk.survey(register, LEFT, area_mu="3.5", surveyed_on="2023-08-30")

    assert register.value("plots_area", "2023-08-29") == "10"
    assert register.value("plots_area", "2023-08-30") == "10.5"


def test_a_survey_of_a_part_from_before_that_of_the_whole_changes_nothing(register):
    land_desk.survey(register, surveyed_on="2023-06-01")
    register.day("2023-09-01")
    land_desk.divide(register)
    land_desk.survey(register, LEFT, area_mu="3.5", surveyed_on="2023-05-01")

    assert land_desk.parcel(register, LEFT)["area_m2"] == "2000"
    assert register.value("plots_area", "2023-08-20") == "10"


def test_a_survey_of_a_part_stands_over_a_correction_of_the_split(register):
    land_desk.survey(register)
    register.day("2023-09-01")
    land_desk.divide(register)
    parts = [part(LEFT, "2666.666667"), part(RIGHT, "4000")]
    about = {"parcel_id": WHOLE, "reason": "measured again", "undo": False, "children": parts}
    register.call("correct_split", corrected_on="2023-08-20", **about)
    land_desk.survey(register, LEFT, area_mu="3.5", surveyed_on="2023-08-18")

    found = [register.value("plots_area", f"2023-08-{day}") for day in ("17", "18", "20")]
    assert found == ["10", "10.5", "9.5"]
    assert land_desk.parcel(register, LEFT)["area_m2"] == "2333.333333"


def test_a_merged_plot_takes_the_place_of_its_sources_on_the_day_of_the_merge(register):
    for parcel_id in (WHOLE, NEXT_DOOR):
        land_desk.survey(register, parcel_id)
    register.day("2023-09-01")
    land_desk.merge(register)

    assert both(register, "2023-08-15") == ("2", "20")
    assert both(register, "2023-08-16") == ("1", "20")
    [merged] = register.parts("plots_surveyed", "2023-08-16")
    assert (merged["thing_id"], merged["about_on"]) == (MERGED, "2023-08-16")


# --- parcels from before their surveys were kept


def said(day: str) -> Said:
    moment = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    return Said(on=date.fromisoformat(day), at=moment, event_id=day)


OLD = replace(
    Parcel.unknown(WHOLE),
    state=ParcelState.REGISTERED,
    area_m2=Decimal(6000),
    surveyed=said("2023-01-10"),
)


def surveyed_again(parcel: Parcel, day: str) -> Parcel:
    use = LandUse.INDUSTRIAL
    survey = Survey(
        area_m2=Decimal(9000), land_use=use, planned_use=use, in_zone=True, surveyed=said(day)
    )
    return parcel.with_survey(survey)


def area(parcel: Parcel, day: str) -> Decimal | None:
    found = plot_on(parcel, (), date.fromisoformat(day))
    return found.area_m2 if found else None


@pytest.mark.parametrize("later", ["2023-06-30", "2022-06-30"])
def test_a_survey_from_before_they_were_kept_stays_beside_the_next_one(later):
    parcel = surveyed_again(OLD, later)

    assert area(parcel, "2023-01-09") == (9000 if later < "2023" else None)
    assert area(parcel, "2023-01-10") == 6000
    assert area(parcel, "2023-06-30") == (6000 if later < "2023" else 9000)


def test_a_split_that_nobody_recorded_leaves_the_whole_out_on_every_day():
    assert area(replace(OLD, state=ParcelState.SPLIT), "2023-08-01") is None


def test_a_part_of_it_counts_by_the_survey_of_the_whole():
    part = replace(OLD, parcel_id=LEFT, parent_id=WHOLE, area_m2=Decimal(2000))

    assert area(part, "2023-08-01") == 2000
