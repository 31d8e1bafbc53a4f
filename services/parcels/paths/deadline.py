"""The deadline of a case: what it is due for next, and who was told that it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook

from ..remediation.case import Case
from ..remediation.course import Stage
from .facts import RemediationOverdue
from .lengths import PATHS, Lengths, Level, PathStep
from .path import path_of


@record
class Told:
    """That a step was late for one planned day was told, at this level and all milder ones."""

    step: PathStep
    due_on: date
    level: Level


@record
class Deadline:
    """Of a case that is closed or suspended nothing is due. On `tell_on` it will be told that the step
    is late, at `tell_level`, unless something changes; none if all was told."""

    case_id: str
    parcel_id: str
    township: str
    stage: Stage
    identified_on: date | None = None
    step: PathStep | None = None
    holder: str | None = None
    due_on: date | None = None
    tell_on: date | None = None
    tell_level: Level | None = None
    told: tuple[Told, ...] = ()

    @property
    def is_watched(self) -> bool:
        return self.tell_on is not None

    @property
    def levels(self) -> dict[Level, int]:
        """From how many days on the case is late enough for each, the mildest first."""
        return self.levels_by(PATHS)

    def levels_by(self, rules: Rulebook[Lengths]) -> dict[Level, int]:
        levels = rules.on(self.identified_on or date.min).levels
        return {level: levels[level] for level in Level if level in levels}

    def reached(self, on: date, rules: Rulebook[Lengths] = PATHS) -> Level | None:
        """The level for which it is late enough on a day; none while it is for none."""
        late = (on - self.due_on).days if self.due_on else 0
        found = [level for level, days in self.levels_by(rules).items() if days <= late]
        return found[-1] if found else None

    def armed(self, rules: Rulebook[Lengths] = PATHS) -> Deadline:
        """With the next day on which something is to be told of it."""
        lengths = rules.on(self.identified_on or date.min)
        about = [told for told in self.told if (told.step, told.due_on) == (self.step, self.due_on)]
        said = max((list(Level).index(told.level) + 1 for told in about), default=0)
        left = [level for level in list(Level)[said:] if level in lengths.levels]
        if not left or not (self.step and self.due_on) or not lengths.steps[self.step].reminds:
            return replace(self, tell_on=None, tell_level=None)
        tell_on = self.due_on + timedelta(days=lengths.levels[left[0]])
        return replace(self, tell_on=tell_on, tell_level=left[0])


def deadline_of(
    case: Case, before: Deadline | None, today: date, rules: Rulebook[Lengths] = PATHS
) -> Deadline:
    """The deadline of the case as it stands; who was told of it before stays told."""
    path = path_of(case, today, rules=rules)
    deadline = Deadline(
        case_id=case.case_id,
        parcel_id=case.parcel_id,
        township=case.township,
        stage=case.stage,
        identified_on=path.milestones[0].started_on if path.milestones else None,
        told=before.told if before else (),
    )
    if path.step is None or case.stage is Stage.SUSPENDED:
        return deadline
    due = replace(deadline, step=path.step, holder=path.holder, due_on=path.due_on)
    return due.armed(rules)


def overdue(deadline: Deadline, today: date, rules: Rulebook[Lengths] = PATHS) -> tuple[Any, ...]:
    """The deadline after it was told that the case is late, and the fact of it. What is late enough
    for two levels at once is told at the higher one."""
    level = deadline.reached(today, rules)
    if not (level and deadline.step and deadline.holder and deadline.due_on):
        return (deadline,)
    told = Told(step=deadline.step, due_on=deadline.due_on, level=level)
    fact = RemediationOverdue(
        case_id=deadline.case_id,
        parcel_id=deadline.parcel_id,
        township=deadline.township,
        step=deadline.step,
        holder=deadline.holder,
        level=told.level,
        due_on=deadline.due_on,
        days_overdue=(today - deadline.due_on).days,
    )
    return replace(deadline, told=(*deadline.told, told)).armed(rules), fact
