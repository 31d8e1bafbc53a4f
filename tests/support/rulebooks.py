"""A rulebook that might be: what a service says of it, and the same one in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from backbone.testing import Rehearsal
from park.rulebook import Rulebook
from park.verdicts.compared import sides_of
from park.verdicts.editions import EditionAsked

Says = tuple[str | None, str | None]


def compared(
    service: Rehearsal, topic: str, changes: Mapping[str, Any], on: date | None = None
) -> tuple[dict[tuple[str, str], Says], list[dict[str, Any]]]:
    """What each side says of the verdicts that turn, by thing and verdict, and the facts that follow.
    The edition of that day is changed; else that of today."""
    after = {"changes": dict(changes), "first_day": on and on.isoformat()}
    found = service.read("compare_rules", topic=topic, after=after)
    assert found["things_judged"]
    assert found["cursor"] is None
    turned = {
        (each["thing_id"], each["verdict"]): (_says(each["before"]), _says(each["after"]))
        for each in found["verdict_changes"]
    }
    return turned, found["supposed_facts"]


def _says(ruling: dict[str, Any] | None) -> str | None:
    return ruling and ruling["says"]


def turned(sides: Mapping[tuple[str, str], Says]) -> dict[str, Says]:
    """The same of one thing, by verdict alone."""
    assert len({thing for thing, _ in sides}) <= 1
    return {verdict: says for (_, verdict), says in sides.items()}


@contextmanager
def in_force(rulebook: Rulebook[Any], on: date, changes: Mapping[str, Any]) -> Iterator[None]:
    """The edition of the day with these changes has its place in the rulebook of the services."""
    kept = rulebook.editions
    _, changed = sides_of(rulebook, None, EditionAsked(changes=dict(changes), first_day=on), on)
    rulebook.editions = changed.editions
    try:
        yield
    finally:
        rulebook.editions = kept
