"""What is heard of the release of suspended land ends the same in whatever order, late and twice."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projects.desk import LISTING, SUPPLY, Desk
from tests.projects.examples import released, revoked

from .test_amending import resume, suspend

HEARD = [
    ("release_revoked", revoked(release_no=2)),
    ("land_released", released(release_no=3)),
    ("land_released", released(release_no=1)),
]


@st.composite
def deliveries(draw: st.DrawFn) -> list[Any]:
    copies = [each for each in HEARD for _ in range(draw(st.integers(1, 2)))]
    return draw(st.permutations(copies))


@cache
def expected() -> Any:
    return outcome(HEARD)


def outcome(order: list[Any]) -> Any:
    desk = Desk()
    suspend(desk)
    for type_, data in order:
        desk.hear("parcels", type_, data)
    steps = [
        desk.read("get_due_step", step_id=f"{SUPPLY}.{k}.1") for k in ("applications", "bonds")
    ]
    return desk.listing(), desk.supply(), [(each["dropped"], each["suspended"]) for each in steps]


@settings(max_examples=8, deadline=None)
@given(deliveries())
def test_a_suspended_notice_whose_release_is_replaced_ends_the_same(order):
    listing, supply, steps = outcome(order)
    assert (listing, supply, steps) == expected()
    assert listing["state"] == "draft"
    assert supply["state"] == "terminated"
    assert [dropped for dropped, _ in steps] == [True, True]


def test_a_command_that_is_repeated_suspends_and_moves_once():
    desk = Desk()
    for _ in range(2):
        suspend(desk, request_id="s1")
    for _ in range(2):
        resume(desk, request_id="r1")
    assert [each["kind"] for each in desk.listing()["amendments"]] == ["suspension", "resumption"]
    assert desk.listing()["notice"]["listing_end_on"] == "2023-09-25"
    assert desk.read("notice_course", listing_id=LISTING)["suspended_since"] is None
