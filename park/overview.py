"""The overview of the park: figures of a day, each with the rule by which it was counted and its parts.

A figure follows three clocks: what was so `on` a day, as `known_at` a moment, under the `rules` of a day.
It is the sum of its parts, or the ratio of two sums of them; ratios themselves are never added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from backbone.errors import NotFound, Reason, Refused
from backbone.records import record

from .rulebook import Rulebook
from .units import round_mu, tidy

PAGE = 1000  # things that are read at once
MU = "mu"  # the unit of a figure of land
A_RATIO = Reason(
    "SUM_OF_RATIOS",
    "A ratio is no part of a sum: add up what was before and what came after, and divide.",
    field="figure",
)


class OverviewKind(StrEnum):
    """How much a figure says: cumulative is exact, from `since_on` on; a target is what is to be."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    CUMULATIVE = "cumulative"
    TARGET = "target"


class CountedFrom(StrEnum):
    RECORDS = "records"
    STATEMENT = "statement"  # somebody reported the figure itself


@record
class Clocks:
    """What was so `on` the day, as `known_at` the moment, under the `rules` of a day."""

    on: date
    known_at: datetime
    rules: date

    def last_year(self) -> int:
        """The newest year that was over on the day."""
        return self.on.year if (self.on.month, self.on.day) == (12, 31) else self.on.year - 1


@record
class FigureRule:
    """What a figure is, as data: `reckoned_by` names how it is reckoned, `of` what of."""

    title: str
    unit: str
    reckoned_by: str
    of: str = ""
    counting_rule: str
    counts: str
    source: str


@record
class OverviewPart:
    """A thing that adds to a figure, and the event or the call that said so. A part of a ratio has what
    was `before` and what came `after`, and adds nothing by itself. `overview_kind` is how much it says:
    at least, at most or more than what it gives, or exactly that."""

    thing: str
    thing_id: str
    adds: Decimal | None = None
    before: Decimal | None = None
    after: Decimal | None = None
    about_on: date | None = None
    event_id: str | None = None
    overview_kind: OverviewKind = OverviewKind.EXACT


@record
class OverviewFigure:
    """A figure of the overview; one in mu has two decimals at most. Without a value, `reason` says why.
    `about_on` is the day that it is about, `since_on` the first day of a period. `as_known_now`: it
    follows no clock as yet. `without_amount_found` count, and did not say how much."""

    figure: str
    title: str
    value: Decimal | None
    unit: str
    overview_kind: OverviewKind
    counting_rule: str
    counts: str
    rules_from: date
    about_on: date
    since_on: date | None
    source: str
    parts: int
    counted_from: CountedFrom
    as_known_now: bool = False
    reason: Reason | None = None
    without_amount_found: int = 0


@record
class OverviewExplained:
    """A figure and its parts, which add up to it. It is at least that much where there are things
    `without_amount`: they count, and did not say how much."""

    figure: OverviewFigure
    parts: tuple[OverviewPart, ...]
    without_amount: tuple[OverviewPart, ...] = ()


@record
class Reckoned:
    """What came out of a figure. Its value is the sum of the parts; of a `ratio`, of two sums of them;
    or what somebody stated. Those `without_amount` are no parts. `key` and `label` name one of several
    figures of a kind."""

    parts: tuple[OverviewPart, ...] = ()
    without_amount: tuple[OverviewPart, ...] = ()
    ratio: bool = False
    kind: OverviewKind = OverviewKind.EXACT
    counted_from: CountedFrom = CountedFrom.RECORDS
    about_on: date | None = None
    since_on: date | None = None
    rules_from: date | None = None
    source: str | None = None
    as_known_now: bool = False
    reason: Reason | None = None
    key: str = ""
    label: str = ""

    @property
    def value(self) -> Decimal | None:
        if self.reason:
            return None
        return ratio_of(self.parts) if self.ratio else sum_of(self.parts)


Reckoning: TypeAlias = Callable[[str, Clocks], Iterable[Reckoned]]


def sum_of(parts: Iterable[OverviewPart]) -> Decimal:
    """What the parts add up to. Raises `Refused` for parts of a ratio."""
    total = Decimal(0)
    for part in parts:
        if part.adds is None:
            raise Refused([A_RATIO])
        total += part.adds
    return tidy(total)


def ratio_of(parts: Iterable[OverviewPart]) -> Decimal | None:
    """All that came after divided by all that was before; none if nothing was."""
    some = list(parts)
    before = sum((each.before or Decimal(0) for each in some), Decimal(0))
    after = sum((each.after or Decimal(0) for each in some), Decimal(0))
    return tidy(after / before) if before > 0 else None


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures that a service owns: their rules, and how each is reckoned."""

    book: Rulebook[dict[str, FigureRule]]
    reckonings: Mapping[str, Reckoning]

    def figures(self, clocks: Clocks) -> list[OverviewFigure]:
        return [each.figure for each in self.explained(clocks)]

    def explained(self, clocks: Clocks) -> list[OverviewExplained]:
        """Every figure with its parts."""
        rules = self.book.on(clocks.rules)
        return [each for name in rules for each in self._explained(name, clocks)]

    def explain(self, figure: str, clocks: Clocks) -> OverviewExplained:
        """A figure and its parts. Raises `NotFound` for one that is not there."""
        name = figure.partition(":")[0]
        if name in self.book.on(clocks.rules):
            for each in self._explained(name, clocks):
                if each.figure.figure == figure:
                    return each
        raise NotFound.of("figure", "figure")

    def _explained(self, name: str, clocks: Clocks) -> Iterator[OverviewExplained]:
        rule = self.book.on(clocks.rules)[name]
        for found in self.reckonings[rule.reckoned_by](rule.of, clocks):
            yield OverviewExplained(
                figure=figure_of(name, rule, self.book.first_day(clocks.rules), found, clocks.on),
                parts=found.parts,
                without_amount=found.without_amount,
            )


def figure_of(
    name: str, rule: FigureRule, rules_from: date, found: Reckoned, on: date
) -> OverviewFigure:
    return OverviewFigure(
        figure=f"{name}:{found.key}" if found.key else name,
        title=f"{rule.title}: {found.label}" if found.label else rule.title,
        value=as_written(found.value, rule.unit),
        unit=rule.unit,
        overview_kind=found.kind,
        counting_rule=rule.counting_rule,
        counts=rule.counts,
        rules_from=found.rules_from or rules_from,
        about_on=found.about_on or on,
        since_on=found.since_on,
        source=found.source or rule.source,
        parts=len(found.parts),
        counted_from=found.counted_from,
        as_known_now=found.as_known_now,
        reason=found.reason,
        without_amount_found=len(found.without_amount),
    )


def as_written(value: Decimal | None, unit: str) -> Decimal | None:
    """A figure in mu as people write mu: its parts lie in m², which seldom come to a round one."""
    return value if value is None or unit != MU else tidy(round_mu(value))


def clocks_of(asked: Mapping[str, Any], today: date, now: datetime) -> Clocks:
    """The clocks of a question: today, now and the rules of the day that it is about, unless it says."""
    on = asked["on"] or today
    known_at = min(asked["known_at"] or now, now)
    return Clocks(on=on, known_at=known_at, rules=asked["rules"] or on)


def period_clocks(asked: Mapping[str, Any], now: datetime) -> Clocks:
    """The clocks of a question for a period: what was so on its last day, by the rules of that day."""
    known_at = min(asked["known_at"] or now, now)
    return Clocks(on=asked["until"], known_at=known_at, rules=asked["until"])


def known(store: Any, cls: type, moment: datetime, **filters: Any) -> Iterator[Any]:
    """The things of a kind that match the filters now, each as the store held it at the moment. Those of
    which no history is kept are as they are now."""
    if store.repository.collections[cls].history:
        yield from store.repository.all_as_of(cls, moment, filters)
        return
    cursor: str | None = ""
    while cursor is not None:
        page = store.repository.page(cls, filters, limit=PAGE, cursor=cursor or None)
        yield from page.items
        cursor = page.cursor
