"""Any order of the reports ends the same, and no level is ever told twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from .desk import REQUEST, Desk, moment, received

REPORTS = [
    ("received", received(topic="land"), "2026-09-14"),
    ("received", received() | {"at": moment("2026-09-14").isoformat()}, "2026-09-15"),
    (
        "handed_over",
        {"departments": ["construction", "ecology"], "lead": "construction"},
        "2026-09-15",
    ),
    ("extended", {"until_on": "2026-09-29", "text": "Experts."}, "2026-09-18"),
    ("extended", {"until_on": "2026-12-29", "text": "Too far."}, "2026-09-18"),
    ("answered", {"department": "ecology", "text": "No objection."}, "2026-09-19"),
    ("answered", {"department": "construction", "text": "Wait."}, "2026-09-25"),
    ("rated", {"satisfaction": "dissatisfied"}, "2026-09-26"),
    ("reopened", {"text": "Nothing came."}, "2026-09-28"),
    ("handed_over", {"departments": ["planning"]}, "2026-09-29"),
    ("answered", {"department": "construction", "text": "Not ours any more."}, "2026-09-30"),
]


@st.composite
def deliveries(draw):
    """The reports in any order, each once or twice, every copy under an id of its own."""
    copies = [
        (number, copy) for number in range(len(REPORTS)) for copy in range(draw(st.integers(1, 2)))
    ]
    return draw(st.permutations(copies))


def play(desk, copies):
    for number, copy in copies:
        type_, data, on = REPORTS[number]
        desk.report(type_, data, on=on, id=f"{number}-{copy}")


def state(desk):
    held = desk.request()
    for entry in held["entries"]:
        entry.pop("known_at")
    for ours in ("told", "tell_on", "tell_level"):
        held.pop(ours)
    return held


def in_order():
    desk = Desk("2026-10-01")
    play(desk, [(number, 0) for number in range(len(REPORTS))])
    return state(desk)


EXPECTED = in_order()


@settings(max_examples=12, deadline=None)
@given(deliveries())
def test_any_order_of_reports_ends_the_same(copies):
    desk = Desk("2026-10-01")
    play(desk, copies)

    assert state(desk) == EXPECTED
    assert (EXPECTED["holder"], EXPECTED["round"]) == ("planning", 2)
    assert EXPECTED["due_on"] == "2026-10-10"  # five working days after 28 September


@settings(max_examples=12, deadline=None)
@given(deliveries(), st.lists(st.integers(-3, 9), min_size=40, max_size=40))
def test_no_level_is_told_twice_whatever_comes_between_the_looks_of_the_clock(copies, jumps):
    desk = Desk("2026-10-01")
    for number, copy in copies:
        play(desk, [(number, copy)])
        desk.now = max(desk.now + timedelta(days=jumps.pop()), moment("2026-10-01"))
        desk.tick("escalate_requests")

    told = desk.facts_named("request_escalated")
    about = [tuple(each[name] for name in ("step", "round", "due_on", "level")) for each in told]
    assert max(Counter(about).values(), default=1) == 1
    assert {each["service_request_id"] for each in told} <= {REQUEST}
