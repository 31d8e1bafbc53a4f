"""The requests of firms in a period and at its end, by their own clocks and as far as they were known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ..requests.desk import REQUEST, Desk, moment, received

OTHER = REQUEST.replace("R1", "R2")


@pytest.fixture
def desk() -> Desk:
    """A request that was received on Monday, 14 September 2026."""
    desk = Desk("2026-09-14")
    desk.report("received", received())
    return desk


def values(desk: Desk, first: str, last: str, **asked: Any) -> dict[str, str]:
    given = {"from": f"2026-{first}", "to": f"2026-{last}"}
    found = desk.read("period_figures", **given, **asked)
    named = {each["figure"]["figure"]: each["figure"]["value"] for each in found}
    return {name.removeprefix("requests_"): value for name, value in named.items()}


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [
        ("09-07", "09-13", "0"),
        ("09-08", "09-14", "1"),
        ("09-14", "09-20", "1"),
        ("09-15", "09-21", "0"),
    ],
)
def test_a_request_is_received_in_the_period_of_its_receipt(desk, first, last, counted):
    desk.day("2026-09-22")

    assert values(desk, first, last)["received"] == counted


def test_a_request_is_open_at_the_end_of_every_week_until_it_is_answered(desk):
    desk.day("2026-09-22")
    desk.enter("hand_over_request", lead="economy", departments=["economy"])
    desk.enter("answer_request", department="economy", text="The permit was granted.")

    weeks = [("09-07", "09-13"), ("09-14", "09-20"), ("09-21", "09-27")]
    assert [values(desk, *week)["open"] for week in weeks] == ["0", "1", "0"]
    assert [values(desk, *week)["answered"] for week in weeks] == ["0", "0", "1"]


def test_a_request_is_overdue_from_the_day_after_the_last_one_of_its_step(desk):
    due_on = desk.request()["due_on"]
    desk.day("2026-10-20")

    on_the_day = values(desk, "09-14", due_on[5:])
    after = values(desk, "09-14", _next(due_on)[5:])

    assert (on_the_day["open"], on_the_day["overdue"]) == ("1", "0")
    assert (after["open"], after["overdue"]) == ("1", "1")


def test_what_was_reported_later_was_not_known_before(desk):
    desk.day("2026-09-22")
    desk.report("received", received(service_request_id=OTHER), on="2026-09-16")

    early = moment("2026-09-20").isoformat()
    assert values(desk, "09-14", "09-20", known_at=early)["received"] == "1"
    assert values(desk, "09-14", "09-20")["received"] == "2"


def test_the_parts_are_the_requests_and_what_last_spoke_of_each(desk):
    desk.day("2026-09-22")
    found = desk.read("period_figures", **{"from": "2026-09-14", "to": "2026-09-20"})

    [part] = next(e["parts"] for e in found if e["figure"]["figure"] == "requests_open")

    assert (part["thing"], part["thing_id"]) == ("service_request", REQUEST)
    assert (part["adds"], part["about_on"]) == ("1", "2026-09-14")
    first = desk.read("service_request_history", service_request_id=REQUEST)[0]
    assert part["event_id"] == first["by"]["id"]


def _next(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))
