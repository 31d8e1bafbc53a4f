"""The verdicts of things by two rulebooks: which are other ones, and why.

A service judges a page of its things by the one rulebook and by the other; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
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


Sides = tuple[Rulebook[Any], Rulebook[Any]]


def sides_of(
    rulebook: Rulebook[Any], before: EditionAsked | None, after: EditionAsked, today: date
) -> Sides:
    """Without `before`: the rulebook as it is, and with the edition of `after` in its place or beside the
    others. With both: by the one edition alone and by the other alone, whatever their days are."""
    new = edition_of(rulebook, after, today, "after")
    if before is None:
        return rulebook, rulebook.with_edition(*new)
    return rulebook.by(*edition_of(rulebook, before, today, "before")), rulebook.by(*new)
