"""When somebody is reminded of the steps that are due, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.verdicts.compared import Ruling, Rulings
from park.why.said import OURS

from ..dues.due_step import DueStep, Reminders
from ..dues.facts import reminder_of


def by_reminders(steps: Iterable[DueStep], rules: Reminders, on: date) -> Rulings:
    """Of each open step whose day is known: the last reminder that has come, and the next one."""
    found: dict[tuple[str, str], Ruling] = {}
    for step in steps:
        if step.due_on is None or step.suspended:
            continue
        all_of_them = rules.on(step.due_on).get(step.supply_step, ())
        days = [(each.told_on(step.due_on), each.level) for each in all_of_them]
        come = [level for day, level in days if day <= on]
        left = [f"{level} on {day}" for day, level in days if day > on]
        reminded = come[-1] if come else "not yet"
        found[step.step_id, "reminded"] = Ruling(says=reminded, source=OURS)
        found[step.step_id, "next"] = Ruling(says=left[0] if left else "none left", source=OURS)
    return found


def reminders_told(
    steps: Iterable[DueStep], before: Reminders, after: Reminders, on: date
) -> Iterator[Any]:
    """The reminders that would come by the other days, beside those that do by these."""
    for step in steps:
        now, _ = step.told_by(on, before)
        then, reminder = now.told_by(on, after)
        if reminder:
            yield reminder_of(then, reminder, on)
