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

    def outcome(self, role: Role) -> Standing:
        """What it makes of a firm in this role, by the rulebook of its day."""
        outcomes = OUTCOMES.on(self.completed_on)[self.disposal_way]
        return (outcomes.vacated if self.vacated_area_m2 else outcomes.kept).of(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """How a firm stands through one case, since that day."""

    parcel_id: str
    standing: Standing
    since: date


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

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which a firm on the parcel is concerned: a firm that is there when the land is
        identified has often left when the remediation is complete."""
        completed_on = self.completion.completed_on if self.completion else None
        return tuple(day for day in (self.identified_on, completed_on) if day)

    def leaves(self, role: Role) -> CaseStanding:
        """How a firm in this role stands through the case."""
        if self.completion:
            standing, since = self.completion.outcome(role), self.completion.completed_on
        else:
            standing, since = Standing.UNDER_REMEDIATION, self.days[0]
        return CaseStanding(parcel_id=self.parcel_id, standing=standing, since=since)

    def identified(self, day: date, said_at: datetime) -> Case:
        if _is_older(said_at, self.identified_said_at):
            return self
        return replace(self, identified_on=day, identified_said_at=said_at)

    def completed(self, completion: Completion, said_at: datetime) -> Case:
        if _is_older(said_at, self.completion_said_at):
            return self
        return replace(self, completion=completion, completion_said_at=said_at)


def _is_older(said_at: datetime, newest: datetime | None) -> bool:
    return newest is not None and said_at < newest
