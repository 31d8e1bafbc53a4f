"""Stages, entries and facts come late, twice and in any order: what is told and counted in the end is the
same."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .hall import Hall

HEARD = ["project_stage_changed", "project_stage_withdrawn"]
FACT = {"project_id": "P1"}
STEPS = {
    "project": lambda hall: hall.project(),
    "entry": lambda hall: hall.entry(),
    "changed": lambda hall: hear(hall, HEARD[0]),
    "withdrawn": lambda hall: hear(hall, HEARD[1]),
    "looked": lambda hall: hall.tick("remind_of_settlements"),
}


def hear(hall: Hall, name: str) -> Any:
    return hall.hear("projects", name, FACT)


@cache
def ended(steps: tuple[str, ...], landed_on: str | None) -> tuple[Any, ...]:
    """Whatever was done before, the project landed or not, and the day is over."""
    hall = Hall()
    hall.on("2023-11-10")
    for each in steps:
        STEPS[each](hall)
    hall.project()
    hall.entry()
    if landed_on:
        hall.land(landed_on)
    hall.at("2023-12-01")
    entry = hall.kept()
    stands = hall.told()[-1:] if hall.told()[-1:] != ["lifted"] else []
    return stands, entry["settled_on"], entry["settle_by_on"], hall.yielded()["contest_yields"]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from([*STEPS]), max_size=6),
    st.sampled_from([None, "2023-11-09", "2023-10-01"]),
)
def test_the_end_is_the_same_in_whatever_order_and_however_often_it_is_heard(steps, landed_on):
    assert ended(tuple(steps), landed_on) == ended((), landed_on)
