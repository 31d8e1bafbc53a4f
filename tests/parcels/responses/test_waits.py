"""Whatever a receipt says waits has its effect when it waits no longer, and counts as an effect no sooner."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from services.parcels import words
from services.parcels.service import ParcelsService
from tests.support.waits import samples_heard_by, words_of_waiting

from .. import reports
from ..boundaries.plots import outlined, rectangle
from ..carriers import reports as floor
from ..reports import PARCEL, XIAOYUE, Report, turn
from ..screening import plots
from .test_times import NINE, hear, minutes, times

FIGURES = ("figures", plots.low())  # what enterprises tells of the plot's year
SOIL = (
    "soil.suspected",
    {
        "parcel_id": PARCEL,
        "soil_report_id": "S-1",
        "suspected_on": "2023-08-20",
        "suspicion": "a smell",
    },
)
OUTLINE = outlined(1, rectangle(0, 0), parcel_id=PARCEL)
WHOLE = reports.whole_case()
TO_PLAN, TO_APPROVAL = WHOLE[:3], WHOLE[:4]
REOPENED = turn("reopened", "2023-08-02")
AGAIN = reports.completed(
    completed_on="2023-08-20", acceptance_number="2023-12", reopened_on="2023-08-02"
)
REQUESTED = turn("acceptance_requested", "2023-06-10")
SUSPENDED, RESUMED = turn("suspended", "2023-06-01"), turn("resumed", "2023-06-20")
SUSPENDED_AGAIN = turn("suspended", "2023-07-01")
LATE_CANCELLED = turn("cancelled", "2023-08-20")


class Wait(NamedTuple):
    """What is there, the report that waits with the words of its receipt, and what ends its waiting."""

    report: Report
    says: str
    until: Report
    given: list[Any] = []


WAITS = [
    Wait(reports.identified(), words.WAITS_FOR_PARCEL, reports.survey()),
    Wait(plots.construction(), words.WAITS_FOR_PARCEL, reports.survey()),
    Wait(SOIL, words.WAITS_FOR_PARCEL, reports.survey()),
    Wait(OUTLINE, words.WAITS_FOR_PARCEL, reports.survey()),
    Wait(floor.building(), words.WAITS_FOR_PARK, floor.park(), [reports.survey()]),
    Wait(floor.unit(), words.WAITS_FOR_BUILDING, floor.building()),
    Wait(floor.lease(), words.WAITS_FOR_UNIT, floor.unit(), floor.whole_park()[:2]),
    Wait(
        plots.verified(),
        "waits: no criterion speaks for low efficiency in that year",
        FIGURES,
        [reports.survey()],
    ),
    Wait(
        plots.holder_heard(),
        "waits for the check on site",
        plots.verified(),
        [reports.survey(), FIGURES],
    ),
    Wait(
        reports.planned(), "waits for its identification", reports.identified(), [reports.survey()]
    ),
    Wait(reports.approved(), "waits for its plan", reports.planned(), WHOLE[:2]),
    Wait(reports.completed(), "waits for the approval of its plan", reports.approved(), TO_PLAN),
    Wait(AGAIN, "waits for the first acceptance of the case", WHOLE[5], [*TO_APPROVAL, REOPENED]),
    Wait(AGAIN, "waits for the reopening of 2023-08-02", REOPENED, WHOLE),
    Wait(REQUESTED, "waits: the case was not at work on that day", WHOLE[3], TO_PLAN),
    Wait(
        turn("returned", "2023-06-12"),
        "waits for the request for acceptance before it",
        REQUESTED,
        TO_APPROVAL,
    ),
    Wait(
        SUSPENDED_AGAIN,
        "waits: the case was closed or suspended already on that day",
        RESUMED,
        [*TO_APPROVAL, SUSPENDED],
    ),
    Wait(RESUMED, "waits for the suspension before it", SUSPENDED, TO_APPROVAL),
    Wait(
        LATE_CANCELLED,
        "waits: the case was closed on that day; one that was accepted is reopened first",
        REOPENED,
        WHOLE,
    ),
    Wait(
        REOPENED,
        "waits for the acceptance before it; a case that is open needs no reopening",
        WHOLE[5],
        TO_APPROVAL,
    ),
    Wait(
        turn("followed_up", "2023-08-20"),
        "waits for the acceptance before it",
        WHOLE[5],
        TO_APPROVAL,
    ),
]


def tell(parcels, given, sent, received, name):
    """As the event of this name; figures come from enterprises."""
    parcels.clock = lambda: received
    type_, data = given
    if given is FIGURES:
        return parcels.hear("enterprises", "yearly_figures_reported", data).or_raise()
    about = {"publisher": XIAOYUE, "id": name, "time": sent}
    return parcels.hear("township", type_, data, **about).or_raise()


def told(parcels, *given):
    for number, each in enumerate(given):
        tell(parcels, each, NINE, NINE, f"e-{number}")


def waiting(found):
    return {each["event_id"]: each["waits_for"] for each in found["waiting"]}


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: f"{wait.report[0]} {wait.says}"[:60])
def test_a_report_that_waits_has_its_effect_when_its_waiting_ends_and_counts_no_sooner(
    parcels, wait
):
    told(parcels, *wait.given)
    heard = tell(parcels, wait.report, NINE, minutes(1), "waits")
    before = times(parcels)
    tell(parcels, wait.until, minutes(60), minutes(60), "until")
    after = times(parcels)

    assert heard.note == waiting(before)["waits"] == wait.says
    assert "waits" not in waiting(after)
    for found in (before, after):
        in_effect = (found["to_effect"] or {"counted": 0})["counted"]
        assert in_effect + found["waiting_found"] == found["reports_found"]
    assert after["to_receipt"]["longest_s"] == 60
    assert after["to_effect"]["longest_s"] == 3600


def test_every_word_of_waiting_that_parcels_says_is_of_a_wait_with_an_effect():
    said = words_of_waiting("parcels")

    assert said
    assert {each for each in said if not any(wait.says.startswith(each) for wait in WAITS)} == set()


@pytest.mark.parametrize("sample", samples_heard_by(ParcelsService), ids=lambda sample: sample.stem)
def test_whichever_report_comes_first_what_its_receipt_says_waits_is_waiting(parcels, sample):
    heard = hear(parcels, (sample.stem, json.loads(sample.read_text("utf-8"))), NINE, NINE)
    found = times(parcels)

    waits = "waits" in (heard.note or "")
    assert (found["waiting_found"], found["to_effect"] is None) == (waits, waits)


@pytest.mark.parametrize(
    ("first", "later", "until"),
    [
        (
            reports.planned(),
            reports.planned(planned_end_on="2023-08-31"),
            reports.identified(),
        ),
        (floor.building(), floor.building(floors=6), floor.park()),
    ],
    ids=["of a case", "of a building"],
)
def test_a_report_in_whose_place_a_later_one_stands_waits_no_longer_and_had_no_effect(
    parcels, first, later, until
):
    told(parcels, reports.survey(), first)
    tell(parcels, later, minutes(5), minutes(5), "later")
    before = times(parcels)
    tell(parcels, until, minutes(60), minutes(60), "until")
    after = times(parcels)

    assert list(waiting(before)) == ["later"]
    assert (after["reports_found"], after["to_effect"]["counted"]) == (4, 3)
    assert after["to_effect"]["longest_s"] == 55 * 60


def test_a_check_that_had_its_effect_does_not_wait_when_the_figures_are_corrected(parcels):
    told(parcels, reports.survey(), FIGURES, plots.verified())
    corrected = plots.figures(version=2)
    parcels.hear("enterprises", "yearly_figures_reported", corrected).or_raise()

    assert parcels.read("get_suspicion", suspicion_id=f"{PARCEL}:2022")["state"] == "clear"
    assert times(parcels)["waiting"] == []
    assert times(parcels)["to_effect"]["counted"] == 2


def test_a_lease_that_finds_no_room_has_no_effect_until_there_is_some(parcels):
    told(parcels, *floor.whole_park(), floor.lease("L1", "300"))
    heard = hear(parcels, floor.lease("L2", "300"), NINE, NINE)
    before = times(parcels)
    hear(parcels, floor.unit(rentable_area_m2="700"), minutes(60), minutes(60))
    after = times(parcels)

    assert "free for the lease" in heard.note
    assert (before["waiting_found"], before["to_effect"]["counted"]) == (0, 4)
    assert after["to_effect"]["longest_s"] == 3600


def test_what_the_desk_enters_of_land_that_nobody_registered_does_not_wait(parcels):
    given = {"batch": "2023-2", "issued_on": "2023-08-20", "added": [PARCEL], "removed": []}
    parcels.call("apply_soil_registry_notice", **given)

    assert times(parcels, township=XIAOYUE)["waiting"] == []
