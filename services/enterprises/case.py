"""A remediation case as `enterprises` sees it, and how it leaves a firm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from backbone.records import record

from .rulebook import OUTCOMES
from .words import Role, Standing


@record
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


@record
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


@record
class Accepted:
    """The acceptance of a turn as it was last said, and when that was."""

    completion: Completion
    said_at: datetime


@record
class Case:
    """A remediation case: what was heard of it, and when that was said. `parcels` says a thing again
    when it was corrected. `earlier` are the acceptances of the turns before, `reopened_days` and
    `cancelled_days` all such days, so that it can be seen how the case was on a past day."""

    case_id: str
    parcel_id: str
    identified_on: date | None = None
    identified_said_at: datetime | None = None
    completion: Completion | None = None
    completion_said_at: datetime | None = None
    reopened_on: date | None = None
    cancelled_on: date | None = None
    earlier: tuple[Accepted, ...] = ()
    reopened_days: tuple[date, ...] = ()
    cancelled_days: tuple[date, ...] = ()

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
        """With an acceptance: of each turn the one that was said last, and of all that of the last turn."""
        known = {each.completion.turn: each for each in self.acceptances}
        of_turn = known.get(completion.turn)
        if of_turn and _is_older(said_at, of_turn.said_at):
            return self
        known[completion.turn] = Accepted(completion=completion, said_at=said_at)
        *earlier, last = (known[turn] for turn in sorted(known))
        return replace(
            self,
            earlier=tuple(earlier),
            completion=last.completion,
            completion_said_at=last.said_at,
        )

    @property
    def acceptances(self) -> tuple[Accepted, ...]:
        """One of each turn, in order."""
        if self.completion is None or self.completion_said_at is None:
            return ()
        return *self.earlier, Accepted(completion=self.completion, said_at=self.completion_said_at)

    def reopened(self, day: date) -> Case:
        days = _with_day(self.reopened_days, self.reopened_on, day)
        return replace(self, reopened_on=days[-1], reopened_days=days)

    def cancelled(self, day: date) -> Case:
        days = _with_day(self.cancelled_days, self.cancelled_on, day)
        return replace(self, cancelled_on=days[-1], cancelled_days=days)

    def as_on(self, day: date) -> Case:
        """The case as it was on that day: without what happened to it later. Before everything that was
        heard of it, it concerns nobody. An acceptance that answers a reopening tells of that, too."""
        turns = [each for each in self.acceptances if each.completion.completed_on <= day]
        answered = {each.completion.reopened_on for each in self.acceptances}
        reopened = {*self.reopened_days, self.reopened_on, *answered}
        last = turns[-1] if turns else None
        return replace(
            self,
            identified_on=_latest([self.identified_on], day),
            completion=last.completion if last else None,
            completion_said_at=last.said_at if last else None,
            reopened_on=_latest(reopened, day),
            cancelled_on=_latest([*self.cancelled_days, self.cancelled_on], day),
            earlier=tuple(turns[:-1]),
        )

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


def _with_day(days: tuple[date, ...], known: date | None, day: date) -> tuple[date, ...]:
    """The days in order; `known` is that of a case from before they were all kept."""
    return tuple(sorted({*days, *((known,) if known else ()), day}))


def _latest(days: Iterable[date | None], day: date) -> date | None:
    """The last of them up to that day."""
    return max((each for each in days if each and each <= day), default=None)
