"""A step that is due [到期事项]: until when it is to be done, and when somebody is reminded of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from backbone.errors import Refused
from backbone.records import record
from park.rulebook import Rulebook, hold_within
from park.time import months_later

from ..periods.workdays import working_day_after
from ..rulebook import FOLDER


class StepKind(StrEnum):
    APPLICATIONS = "applications"  # 竞买申请截止
    BONDS = "bonds"  # 保证金到账截止
    RESULT_PUBLICITY = "result_publicity"  # 成交结果公示
    BOND_RETURN = "bond_return"  # 退还保证金
    CONTRACT = "contract"  # 签订合同
    PAYMENT = "payment"  # 缴纳价款
    DELIVERY = "delivery"  # 交地
    START = "start"  # 开工
    COMPLETION = "completion"  # 竣工
    START_REVIEW = "start_review"  # 开工核查
    COMPLETION_REVIEW = "completion_review"  # 竣工验收
    FULL_CAPACITY_REVIEW = "full_capacity_review"  # 达产复核
    ANNUAL_REVIEW = "annual_review"  # 年度考核


@record
class Reminder:
    """So many days or months after the due day, before it where they are negative, `level` is told."""

    level: str
    days: int = 0
    months: int = 0

    def __post_init__(self) -> None:
        hold_within(-3660, 3660, days=self.days)
        hold_within(-120, 120, months=self.months)

    def told_on(self, due_on: date) -> date:
        return months_later(due_on, self.months) + timedelta(days=self.days)


Reminders = Rulebook[dict[StepKind, tuple[Reminder, ...]]]
REMINDERS: Reminders = Rulebook(FOLDER / "reminders", dict[StepKind, tuple[Reminder, ...]])


@record
class DueStep:
    """`due_on` is none while the calendar of working days lacks the year: then it is so many
    `working_days` after `counted_from`. `told` counts the reminders that were sent. A step is watched
    until it is done, or was `dropped` because the award is void. Of one that is `suspended` nobody is
    reminded: its day stands still. `amount_cny` is that of an instalment. `late` is worked out for whoever
    asks, on the day of the asking; it is not kept."""

    step_id: str
    supply_step: StepKind
    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    instalment_no: int = 1
    due_on: date | None = None
    counted_from: date | None = None
    working_days: int | None = None
    done_on: date | None = None
    dropped: bool = False
    suspended: bool = False
    told: int = 0
    amount_cny: Decimal | None = None
    late: bool = False

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.dropped

    @property
    def waits_for_calendar(self) -> bool:
        return self.is_open and self.due_on is None

    @property
    def next_reminder(self) -> Reminder | None:
        return self.next_reminder_by(REMINDERS)

    def next_reminder_by(self, rules: Reminders) -> Reminder | None:
        if self.due_on is None or self.suspended or not self.is_open:
            return None
        reminders = rules.on(self.due_on).get(self.supply_step, ())
        return reminders[self.told] if self.told < len(reminders) else None

    @property
    def tell_on(self) -> date:
        """The day of the next reminder; the last day that there is, if none is left."""
        reminder = self.next_reminder
        return reminder.told_on(self.due_on) if reminder and self.due_on else date.max

    def as_known(self, known: DueStep | None) -> DueStep:
        """With what was told of it before; one that is due on another day is told anew."""
        told = known.told if known and known.due_on == self.due_on else 0
        return replace(self, told=told)

    def dated(self) -> DueStep:
        """With its day, if the calendar has the year by now."""
        if self.due_on or self.counted_from is None or self.working_days is None:
            return self
        try:
            return replace(self, due_on=working_day_after(self.counted_from, self.working_days))
        except Refused:
            return self

    def told_by(self, today: date, rules: Reminders = REMINDERS) -> tuple[DueStep, Reminder | None]:
        """The step after today's reminder, the last of those that have come, if any has. One that should
        have come before the day is not told after it."""
        step, last = self, None
        while self.due_on and (reminder := step.next_reminder_by(rules)):
            told_on = reminder.told_on(self.due_on)
            if told_on > today:
                break
            step = replace(step, told=step.told + 1)
            is_late = told_on < self.due_on < today
            last = last if is_late else reminder
        return step, last


class About(NamedTuple):
    """What a step belongs to."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str

    def step(
        self,
        kind: StepKind,
        *,
        number: int = 1,
        due_on: date | None = None,
        done_on: date | None = None,
        dropped: bool = False,
        working_days: tuple[date, int] | None = None,
        amount_cny: Decimal | None = None,
    ) -> DueStep:
        """The step, due on that day, or so many working days after a day."""
        counted_from, days = working_days or (None, None)
        return DueStep(
            step_id=f"{self.supply_id}.{kind.value}.{number}",
            supply_step=kind,
            **self._asdict(),
            instalment_no=number,
            due_on=due_on,
            counted_from=counted_from,
            working_days=days,
            done_on=done_on,
            dropped=dropped,
            amount_cny=amount_cny,
        ).dated()
