"""A rulebook by which the things of a service are compared: which things, what each side says of them, and
what would be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from backbone.records import record

from ..rulebook import Rulebook
from .compared import Rulings, Sides


@record
class Page:
    """Things that are judged in one go, by the rulebook of the one side and of the other, and the question
    as it was asked."""

    things: Sequence[Any]
    sides: Sides
    asked: Mapping[str, Any]


@record
class Judged:
    """How many things were judged, what either side says of them, and the facts that would be announced if
    the one rulebook took the place of the other."""

    things: int
    rulings: tuple[Rulings, Rulings]
    facts: Iterable[Any] = ()


Judge = Callable[[Any, Page], Judged]  # of the service, and a page of its things


@record
class Topic:
    """A rulebook by which things of that kind are judged, those that fit `where`. `at_once`: so many make a
    page, whatever was asked for."""

    rulebook: Rulebook[Any]
    thing: str
    judges: str
    kind: type
    judge: Judge
    where: Mapping[str, Any] = field(default_factory=dict)
    at_once: int | None = None


Topics = Mapping[str, Topic]
Known = Callable[[Any, Sequence[Any]], Sequence[Any]]
RulingsBy = Callable[[Any, Rulebook[Any], date], Rulings]
Told = Callable[[Any, Rulebook[Any], Rulebook[Any], date], Iterable[Any]]


def _as_they_are(_: Any, things: Sequence[Any]) -> Sequence[Any]:
    return things


def _nothing(*_: Any) -> Iterable[Any]:
    return ()


def judged_by(rulings: RulingsBy, told: Told = _nothing, known: Known = _as_they_are) -> Judge:
    """What `rulings` says of the things of a page by either rulebook today, and the facts that are `told` of
    them; `known` reads, at once, what hangs on them in the store."""

    def judge(service: Any, page: Page) -> Judged:
        store = service.store
        things, today = known(store, page.things), store.today
        before, after = (rulings(things, rules, today) for rules in page.sides)
        facts = told(things, *page.sides, today)
        return Judged(things=len(things), rulings=(before, after), facts=facts)

    return judge
