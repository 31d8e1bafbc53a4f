"""What other lengths of the steps would make of open cases: asked, and never done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from services.parcels.paths.lengths import PATHS

from .. import reports

KEPT = "2023-08-01"  # the edition by which the cases are led


@pytest.fixture
def case(parcels):
    """A case that was found low, and has no plan as yet; answers by when it is to have one."""
    for each in (reports.survey(), reports.identified()):
        parcels.report(*each)
    return date.fromisoformat(due(parcels)["due_on"])


def due(parcels):
    [found] = parcels.read("due", within_days=400)["dues"]
    return found


def it_is(parcels, day):
    at = datetime.fromisoformat(f"{day}T00:00:00+00:00")  # eight o'clock in the park
    parcels.clock = lambda: at


def compared(parcels, changes):
    found = parcels.read("compare_rules", topic="paths", after={"changes": changes})
    sides = {
        each["verdict"]: (each["before"]["says"], each["after"]["says"])
        for each in found["verdict_changes"]
    }
    return sides, found["supposed_facts"]


def test_a_shorter_step_moves_the_deadline_and_says_who_would_be_pressed(parcels, case):
    it_is(parcels, case)
    sooner = case - timedelta(days=20)
    sides, facts = compared(parcels, {"steps.planning.days": 10})

    assert sides == {
        "due": (f"planning by {case}", f"planning by {sooner}"),
        "late": ("in time", "late: supervised"),
    }
    [fact] = facts
    assert fact["type"] == "parcels.remediation_overdue"
    assert (fact["data"]["due_on"], fact["data"]["days_overdue"]) == (sooner.isoformat(), 20)
    assert due(parcels)["due_on"] == case.isoformat()  # nothing was kept of it


def test_why_a_deadline_moves_is_told_by_the_days_for_the_step(parcels, case):
    it_is(parcels, case)
    asked = {"topic": "paths", "after": {"changes": {"steps.planning.days": 10}}}
    found = parcels.read("compare_rules", **asked)["verdict_changes"]

    whys = {
        e["verdict"]: [(s["figure"], s["unit"]) for s in (e["before"], e["after"])] for e in found
    }
    assert whys == {
        "due": [("30", "days for the step"), ("10", "days for the step")],
        "late": [("0", "days late"), ("20", "days late")],
    }


def test_the_ledger_says_what_was_foretold_once_the_edition_is_there(parcels, case, monkeypatch):
    changes = {"steps.planning": {"days": 45, "holder": "zone_committee"}}
    sides, _ = compared(parcels, changes)
    written = PATHS.written(date.fromisoformat(KEPT))
    written["steps"] |= {"planning": changes["steps.planning"]}
    monkeypatch.setattr(PATHS, "editions", {date.fromisoformat(KEPT): PATHS.read(written)})
    parcels.report(*reports.survey(area_m2="11000"))

    found = due(parcels)

    assert sides["due"][1] == f"{found['what']} by {found['due_on']}"
    assert sides["holder"][1] == found["holder"] == "zone_committee"


def test_work_that_ends_as_its_plan_says_is_moved_by_no_usual_length(parcels, case):
    for each in (reports.planned(planned_end_on="2023-12-31"), reports.approved()):
        parcels.report(*each)

    assert compared(parcels, {"steps.work.by_way.land_reserve.days": 1}) == ({}, [])


def test_who_was_told_before_is_told_no_second_time(parcels, case):
    it_is(parcels, case + timedelta(days=2))
    parcels.tick("remind_of_late_cases")

    assert compared(parcels, {"levels.reminder": 2}) == ({}, [])
    assert compared(parcels, {"levels.reminder": 3})[0] == {"late": ("late: reminder", "in time")}
