"""The verdicts of things by two rulebooks: which are other ones, and why.

A service judges a page of its things by the one rulebook and by the other; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from backbone.errors import Invalid, Reason
from backbone.records import record

from ..rulebook import Rulebook
from .editions import EditionAsked, edition_of


@record
class Ruling:
    """What the rules say of a thing, in a word; the figure and the bar behind it, both in `unit`."""

    says: str | None
    figure: Decimal | None = None
    bar: Decimal | None = None
    unit: str | None = None
    reason: Reason | None = None
    source: str | None = None


Rulings = Mapping[tuple[str, str], Ruling]  # by the id of the thing and the name of the verdict


@record
class VerdictChange:
    """A verdict that is another one; none on a side on which nothing judges so."""

    thing_id: str
    verdict: str
    before: Ruling | None
    after: Ruling | None


def changes_between(before: Rulings, after: Rulings) -> Iterator[VerdictChange]:
    """The verdicts that say something else, or for another reason; another figure alone is no change."""
    for key in dict.fromkeys([*before, *after]):
        sides = before.get(key), after.get(key)
        if _said(sides[0]) != _said(sides[1]):
            yield VerdictChange(thing_id=key[0], verdict=key[1], before=sides[0], after=sides[1])


def _said(ruling: Ruling | None) -> tuple[str | None, ...]:
    if ruling is None:
        return ()
    return ruling.says, ruling.reason.code if ruling.reason else None


@record
class Topic:
    """A rulebook by which things are judged: which things, and what is judged of them."""

    rulebook: Rulebook[Any]
    thing: str
    judges: str


Topics = Mapping[str, Topic]
Sides = tuple[Rulebook[Any], Rulebook[Any]]


def topic_of(topics: Topics, name: str) -> Topic:
    """Raises `Invalid` for one by which nothing is compared."""
    if name not in topics:
        sentence = f"Things are not compared by {name} here; there are {', '.join(topics)}."
        raise Invalid([Reason("INVALID", sentence, "topic")])
    return topics[name]


def sides_of(
    rulebook: Rulebook[Any], before: EditionAsked | None, after: EditionAsked, today: date
) -> Sides:
    """Without `before`: the rulebook as it is, and with the edition of `after` in its place or beside the
    others. With both: by the one edition alone and by the other alone, whatever their days are."""
    new = edition_of(rulebook, after, today, "after")
    if before is None:
        return rulebook, rulebook.with_edition(*new)
    return rulebook.by(*edition_of(rulebook, before, today, "before")), rulebook.by(*new)


class FollowingFact(TypedDict):
    """A fact that would be announced, as a report for `what_if`."""

    type: str
    data: dict[str, Any]


class RulesCompared(TypedDict):
    """A page of things by both rulebooks: how many were judged, and each verdict that is another one. `facts`
    would be announced if the one rulebook took the place of the other, as far as a verdict leads to any."""

    topic: str
    thing: str
    things_judged: int
    verdict_changes: list[VerdictChange]
    supposed_facts: list[FollowingFact]
    cursor: str | None


def compared(
    name: str,
    topic: Topic,
    things: int,
    rulings: tuple[Rulings, Rulings],
    facts: Iterable[FollowingFact],
    cursor: str | None,
) -> RulesCompared:
    """The answer for a page of so many things, by the rulings of the one side and of the other."""
    return {
        "topic": name,
        "thing": topic.thing,
        "things_judged": things,
        "verdict_changes": list(changes_between(*rulings)),
        "supposed_facts": list(facts),
        "cursor": cursor,
    }


class KeptRules(TypedDict):
    """A rulebook by which things can be compared. `editions` are the first days of its files."""

    topic: str
    thing: str
    judges: str
    editions: list[date]
    in_force: date


class RulesKept(TypedDict):
    rulebooks: list[KeptRules]


def kept_of(topics: Topics, today: date) -> RulesKept:
    """The rulebooks with what is judged by them."""
    return {
        "rulebooks": [
            {
                "topic": name,
                "thing": topic.thing,
                "judges": topic.judges,
                "editions": sorted(topic.rulebook.editions),
                "in_force": topic.rulebook.first_day(today),
            }
            for name, topic in topics.items()
        ]
    }
