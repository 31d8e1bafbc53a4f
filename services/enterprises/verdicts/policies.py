"""What follows the final grades of firms, by any rulebook of policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..rounds.grades import FirmGrades
from ..rounds.law import Grade, Policies, Policy


@record
class GradedFirm:
    """A firm with the grade that it has today, as is known now."""

    enterprise_id: str
    grade: Grade | None


def known_grades(store: Any, firms: Sequence[FirmGrades]) -> list[GradedFirm]:
    on, now = store.today, store.now
    return [GradedFirm(enterprise_id=e.enterprise_id, grade=_grade(e, on, now)) for e in firms]


def _grade(firm: FirmGrades, on: date, now: datetime) -> Grade | None:
    by = firm.on(on, now)
    return by.grade if by else None


def by_policies(firms: Iterable[GradedFirm], rules: Rulebook[Policies], on: date) -> Rulings:
    """Each measure that follows the grade of each firm today."""
    law = rules.on(on)
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        for policy in law.of(firm.grade, on) if firm.grade else ():
            name = f"{policy.lever} ({policy.place})"
            held = found.get((firm.enterprise_id, name))
            says = _measure(policy) if held is None else f"{held.says} {_measure(policy)}"
            found[firm.enterprise_id, name] = Ruling(says=says, source=policy.source)
    return found


def _measure(policy: Policy) -> str:
    amount = f" {policy.amount} {policy.unit or ''}".rstrip() if policy.amount is not None else ""
    return f"{policy.measure}{amount}"
