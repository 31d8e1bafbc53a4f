"""Turns arrive late, twice and in any order: the case ends as it would have in the order of their days."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .. import reports
from ..conftest import Parcels
from ..reports import event, turn

EARLY = [turn("suspended", "2023-04-03"), turn("resumed", "2023-05-04")]
RETURNED_TWICE = [
    turn("acceptance_requested", "2023-07-03"),
    turn("returned", "2023-07-05"),
    turn("acceptance_requested", "2023-07-10"),
    turn("returned", "2023-07-10", missing=["the photographs"]),
    turn("acceptance_requested", "2023-07-20"),
]
RELAPSED = [
    turn("followed_up", "2023-08-02"),
    turn("reopened", "2023-08-04"),
    turn("suspended", "2023-08-05"),
    turn("resumed", "2023-08-07"),
    turn("acceptance_requested", "2023-08-10"),
]
AGAIN = reports.completed(
    completed_on="2023-08-14", acceptance_number="2023-12", reopened_on="2023-08-04"
)
STORIES = {
    "accepted": [*EARLY, *RETURNED_TWICE, *RELAPSED, AGAIN],
    "acceptance_pending": [*EARLY, *RETURNED_TWICE, *RELAPSED],
    "reopened": [*RETURNED_TWICE, RELAPSED[1]],
    "cancelled": [*EARLY, *RELAPSED, turn("cancelled", "2023-08-12")],
    "suspended": [*EARLY, *RELAPSED[:3]],
}


def events(state: str, copies: int = 1) -> list[dict[str, Any]]:
    steps = [*reports.whole_case(), *STORIES[state]]
    return [
        event(type_, data, number + copy * len(steps))
        for copy in range(copies)
        for number, (type_, data) in enumerate(steps)
    ]


def play(reported: list[dict[str, Any]]) -> Parcels:
    parcels = Parcels()
    for each in reported:
        parcels.handle(each)
    return parcels


def end_of(parcels: Parcels) -> Any:
    """The case without which copy it heard last, and whether its land may be offered. Whether barred
    land was released for a while depends on the order, and may."""
    case = parcels.read("get_case", case_id=reports.CASE)
    case["planned"].pop("said")  # a plan has no day but that of its event
    release = case.pop("release")
    reasons = [reason["code"] for reason in release["reasons"]]
    return _bare(case), release["state"] == "released", reasons


def _bare(thing: Any) -> Any:
    if isinstance(thing, dict):
        ours = ("at", "event_id", "version")
        return {name: _bare(value) for name, value in thing.items() if name not in ours}
    return [_bare(each) for each in thing] if isinstance(thing, list | tuple) else thing


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_and_the_number_of_copies_make_no_difference(data):
    state = data.draw(st.sampled_from(sorted(STORIES)))
    delivered = data.draw(st.permutations(events(state, data.draw(st.integers(1, 2)))))

    played, expected = play(delivered), play(events(state))

    assert end_of(played) == end_of(expected)
    assert end_of(played)[0]["stage"] == state
    turns = [name for name in expected.fact_names if name.split("_")[1] in KINDS]
    counted = Counter(played.fact_names)
    assert [counted[name] for name in turns] == [expected.fact_names.count(n) for n in turns]


KINDS = ("acceptance", "returned", "suspended", "resumed", "cancelled", "reopened", "followed")
