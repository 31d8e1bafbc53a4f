"""How the start curve [开工] is reckoned: what was to begin and what began, month by month of a year.

The figures of the months are not cumulative, so that each thing stands in one of them; whoever shows the
curve adds them up. What lies before the year is the figure `before`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from park.overview import Clocks, CountedFrom, OverviewKind, OverviewPart, Reckoned

from ..contracts.contract import Contract
from ..contracts.steps import begun_on, start_due_on
from ..pipeline.counts import mark_of, starts_of
from ..pipeline.project import Project
from .reckonings import ONE, Cause, Read

BEFORE = "before"
DayOf: TypeAlias = Callable[[Contract], date | None]


class StartReckonings:
    """The reckonings by the names that the rulebook gives them, for the year of the day."""

    def __init__(self, read: Read, cause: Cause) -> None:
        self.read, self.cause = read, cause
        self.by_name = {
            "land_due": self.land_due,
            "land_begun": self.land_begun,
            "projects_wanted": self.projects_wanted,
            "projects_begun": self.projects_begun,
        }

    def land_due(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The contracts by the month until which building is to begin."""
        parts = self._contracts(clocks, start_due_on, "terms")
        yield from _by_month(parts, date(clocks.on.year, 12, 31))

    def land_begun(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The same contracts by the month in which it began, up to the day."""
        parts = self._contracts(clocks, begun_on)
        yield from _by_month((p for p in parts if _by(p.about_on, clocks.on)), clocks.on)

    def projects_wanted(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """How many of the year's projects must have begun by the end of each month that the curve names;
        this is cumulative by itself."""
        year = clocks.on.year
        curve, days, _ = starts_of(self.read(Project), year, clocks.on, clocks.known_at)
        for each in curve.marks:
            mark = mark_of(each, year, clocks.on, len(days), [])
            month = f"{mark['ends_on']:%Y-%m}"
            part = OverviewPart(
                thing="start_curve",
                thing_id=month,
                adds=Decimal(mark["needed"]),
                about_on=mark["ends_on"],
            )
            yield Reckoned(
                parts=(part,),
                kind=OverviewKind.TARGET,
                counted_from=CountedFrom.RECORDS,
                about_on=mark["ends_on"],
                source=curve.source,
                key=month,
                label=month,
            )

    def projects_begun(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The year's projects by the month in which they began, up to the day."""
        year = clocks.on.year
        curve, days, _ = starts_of(self.read(Project), year, clocks.on, clocks.known_at)
        parts = (
            OverviewPart(
                thing="project",
                thing_id=project_id,
                adds=ONE,
                about_on=day,
                event_id=self.cause(Project, project_id, "entries"),
            )
            for project_id, day in days.items()
            if day
        )
        yield from _by_month(parts, clocks.on, curve.source)

    def _contracts(self, clocks: Clocks, day_of: DayOf, *fields: str) -> Iterator[OverviewPart]:
        """Those signed by the day, not void on it, that say until when building is to begin."""
        for each in self.read(Contract):
            void = _by(each.voided_on, clocks.on)
            if each.signed_on > clocks.on or void or start_due_on(each) is None:
                continue
            if day := day_of(each):
                yield OverviewPart(
                    thing="contract",
                    thing_id=each.contract_id,
                    adds=ONE,
                    about_on=day,
                    event_id=self.cause(Contract, each.contract_id, *fields),
                )


def _by_month(
    parts: Iterable[OverviewPart], last: date, source: str | None = None
) -> Iterator[Reckoned]:
    """The parts of each month of the year up to the last day, and those before it as one; what comes after
    the last day is none of them."""
    found = defaultdict[str, list[OverviewPart]](list)
    for each in parts:
        if each.about_on and each.about_on <= last:
            is_before = each.about_on.year < last.year
            found[BEFORE if is_before else f"{each.about_on:%Y-%m}"].append(each)
    months = [f"{last.year}-{number:02}" for number in range(1, last.month + 1)]
    for key in (BEFORE, *months):
        yield Reckoned(parts=tuple(found[key]), source=source, key=key, label=key)


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on
