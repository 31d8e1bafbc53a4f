"""Who a firm is: its own id stays, and its codes and names have their days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from backbone.records import record
from park.codes import clean
from park.time import day_of

from ..firms.dated import Said, with_later
from ..firms.enterprise import Enterprise, names_of
from .codes import CodeHeld, CodeReported, codes_of

BRACKETS = {ord("（"): "(", ord("）"): ")"}


@record
class NameReported:
    """The firm has this name from that day on."""

    name: str
    valid_from: date
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.valid_from,)


@record
class NameHeld:
    """A name of the firm on these days, both included; without `valid_to` it still has it."""

    name: str
    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_to or date.max)


@record
class FirmIdentity:
    """`codes` and `names` follow from what was reported by itself and from the reports of the firm."""

    enterprise_id: str
    township: str
    codes_reported: tuple[CodeReported, ...] = ()
    names_reported: tuple[NameReported, ...] = ()
    codes: tuple[CodeHeld, ...] = ()
    names: tuple[NameHeld, ...] = ()

    @property
    def code_values(self) -> tuple[str, ...]:
        return tuple(sorted({each.value for each in self.codes}))

    def with_code(self, code: CodeReported) -> FirmIdentity:
        return replace(self, codes_reported=with_later(self.codes_reported, code))

    def with_name(self, name: NameReported) -> FirmIdentity:
        return replace(self, names_reported=with_later(self.names_reported, name))

    def with_firm(self, firm: Enterprise | None) -> FirmIdentity:
        """The codes and names as they follow now."""
        names = names_held(self.names_reported, firm)
        return replace(self, codes=codes_of(self.codes_reported, firm), names=names)

    def name_on(self, day: date) -> str | None:
        """Its name on that day; before the first one that is known, that one."""
        there = next((each.name for each in self.names if each.covers(day)), None)
        return there or (self.names[0].name if self.names else None)


def names_held(reported: Iterable[NameReported], firm: Enterprise | None) -> tuple[NameHeld, ...]:
    """Every name with its days. What the firm's own reports name holds from the first of them that has
    it, unless the name was reported by itself."""
    by_itself = {each.valid_from: each.name for each in reported}
    runs = _runs(sorted((_of_reports(firm, set(by_itself.values())) | by_itself).items()))
    ends = [first - timedelta(days=1) for first, _ in runs[1:]]
    return tuple(
        NameHeld(name=name, valid_from=first, valid_to=end)
        for (first, name), end in zip_longest(runs, ends)
    )


def _of_reports(firm: Enterprise | None, known: set[str]) -> dict[date, str]:
    """The names that only the firm's own reports have, by their first days; of one day that of the newest
    report. Unless names were reported by themselves, a name that it took again holds from that report."""
    dated: dict[date, str] = {}
    for seen in names_of(firm) if firm else ():
        if seen.name not in known and (
            (firm and seen.name == firm.name) or seen.valid_from not in dated
        ):
            dated[seen.valid_from] = seen.name
    if firm and not known and dated[max(dated)] != firm.name:
        dated[day_of(firm.reported_at)] = firm.name
    return dated


def _runs(named: Iterable[tuple[date, str]]) -> list[tuple[date, str]]:
    runs: list[tuple[date, str]] = []
    for first, name in named:
        if not runs or runs[-1][1] != name:
            runs.append((first, name))
    return runs


def searchable(name: str) -> str:
    """The name as it is compared: half-width, in capitals, without spaces."""
    return "".join(clean(name.translate(BRACKETS)).split())
