"""What the kinds of code of any rulebook make of the marks of firms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..codes.facts import facts_of
from ..codes.firm_codes import FirmCodes
from ..codes.kinds import Kind
from ..codes.marks import mean_of, standing
from ..codes.rules import judged

Kinds = Rulebook[dict[str, Kind]]


def by_kinds(firms: Iterable[FirmCodes], rules: Kinds, on: date) -> Rulings:
    """The code of each firm in each period, with its colour, and whether it would be told as a fall."""
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        fell = {(e.kind, e.period): e.fell for e in _told(firm, rules, on).told.values()}
        for name, kind in rules.on(on).items():
            for period, ruling in _codes(firm, name, kind):
                found[firm.enterprise_id, f"{name} {period}"] = ruling
                says = "worse" if fell[name, period] else "not worse"
                turn = Ruling(says=says, source=kind.source)
                found[firm.enterprise_id, f"turn {name} {period}"] = turn
    return found


def _codes(firm: FirmCodes, name: str, kind: Kind) -> Iterator[tuple[str, Ruling]]:
    for period, (_, mark) in standing(each for each in firm.marks if each.kind == name).items():
        judgement = judged(kind, mark, mean_of(firm.means, mark, None))
        valued = kind.valued(judgement.value)
        says = f"{valued.value} ({valued.colour})" if valued else None
        yield period, Ruling(says=says, reason=judgement.reason, source=kind.source)


def codes_told(firms: Iterable[FirmCodes], before: Kinds, after: Kinds, on: date) -> Iterator[Any]:
    """The facts of codes that would be other ones, or worse ones, by the other kinds."""
    for firm in firms:
        now = _told(firm, before, on)
        yield from facts_of(now, _told(now, after, on))


def _told(firm: FirmCodes, rules: Kinds, on: date) -> FirmCodes:
    return firm.told_under(rules.on(on), rules.first_day(on))
