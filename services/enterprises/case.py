"""A remediation case as `enterprises` sees it, and how it leaves a firm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from .rulebook import OUTCOMES
from .words import Role, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    completed_on: date
    disposal_way: str
    vacated_area_m2: Decimal
    reopened_on: date | None = None

    @property
    def turn(self) -> date:
        """An acceptance after a reopening counts before those of earlier turns."""
        return self.reopened_on or date.min

    def outcome(self, role: Role) -> Standing:
        """What it makes of a firm in this role, by the rulebook of its day."""
        outcomes = OUTCOMES.on(self.completed_on)[self.disposal_way]
        return (outcomes.vacated if self.vacated_area_m2 else outcomes.kept).of(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """How a firm stands through one case, since that day. `reopened_on` is the reopening that the
    acceptance answers, `change_id` what was told when it came to stand so."""

    parcel_id: str
    standing: Standing
    since: date
    reopened_on: date | None = None
    change_id: str | None = None

    def corrects(self, told: CaseStanding) -> bool:
        """Whether the firm never stood as it was told before, and does not only stand otherwise since."""
        outcomes = Standing.UNDER_REMEDIATION not in (self.standing, told.standing)
        if outcomes and self.standing is not Standing.IN_OPERATION:
            return self.reopened_on is None or self.reopened_on < told.since
        return self.since < told.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A remediation case: what was heard of it, and when that was said. `parcels` says a thing again
    when it was corrected."""

    case_id: str
    parcel_id: str
    identified_on: date | None = None
    identified_said_at: datetime | None = None
    completion: Completion | None = None
    completion_said_at: datetime | None = None
    reopened_on: date | None = None
    cancelled_on: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which a firm on the parcel is concerned: a firm that is there when the land is
        identified has often left when the remediation is complete."""
        completed_on = self.completion.completed_on if self.completion else None
        return tuple(day for day in (self.identified_on, completed_on) if day)

    def leaves(self, role: Role) -> CaseStanding:
        """How a firm in this role stands through the case."""
        if self.cancelled_on and self._is_cancelled(self.cancelled_on):
            standing, since = Standing.IN_OPERATION, self.cancelled_on
        elif self.reopened_on and self._is_reopened(self.reopened_on):
            standing, since = Standing.UNDER_REMEDIATION, self.reopened_on
        elif self.completion:
            return self._accepted(self.completion, role)
        else:
            standing, since = Standing.UNDER_REMEDIATION, self.days[0]
        return CaseStanding(parcel_id=self.parcel_id, standing=standing, since=since)

    def _accepted(self, done: Completion, role: Role) -> CaseStanding:
        return CaseStanding(
            parcel_id=self.parcel_id,
            standing=done.outcome(role),
            since=done.completed_on,
            reopened_on=done.reopened_on,
        )

    def identified(self, day: date, said_at: datetime) -> Case:
        if _is_older(said_at, self.identified_said_at):
            return self
        return replace(self, identified_on=day, identified_said_at=said_at)

    def completed(self, completion: Completion, said_at: datetime) -> Case:
        turn = self.completion.turn if self.completion else date.min
        is_older = completion.turn == turn and _is_older(said_at, self.completion_said_at)
        if completion.turn < turn or is_older:
            return self
        return replace(self, completion=completion, completion_said_at=said_at)

    def reopened(self, day: date) -> Case:
        return replace(self, reopened_on=max(day, self.reopened_on or day))

    def cancelled(self, day: date) -> Case:
        return replace(self, cancelled_on=max(day, self.cancelled_on or day))

    def _is_reopened(self, day: date) -> bool:
        """Whether no acceptance has followed. On one day, an acceptance that does not answer the
        reopening came before it."""
        done = self.completion
        return done is not None and (day, day) > (done.completed_on, done.turn)

    def _is_cancelled(self, day: date) -> bool:
        """Whether the case was open that day: what is accepted is not cancelled, unless reopened."""
        if self.completion is None or self.completion.completed_on > day:
            return True
        return bool(
            self.reopened_on and self.reopened_on <= day and self._is_reopened(self.reopened_on)
        )


def _is_older(said_at: datetime, newest: datetime | None) -> bool:
    return newest is not None and said_at < newest
