"""Where firms are, as parcels tells it: the plots of land, and the leases of units in carriers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from backbone.records import record


@record
class Plot:
    """A parcel as it was last surveyed: the word with the highest `version` stands."""

    parcel_id: str
    township: str
    area_m2: Decimal
    land_use: str
    in_zone: bool
    version: int


@record
class UnitLease:
    """A lease of (a part of) a unit, both days included. `said_at` is of the newest word about its terms,
    `ended_said_at` of that about an early end."""

    lease_key: str
    unit_id: str
    lease_id: str
    building_id: str | None = None
    enterprise_id: str | None = None
    area_m2: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    set_aside: bool = False
    said_at: datetime | None = None
    ended_on: date | None = None
    ended_said_at: datetime | None = None

    @classmethod
    def unknown(cls, unit_id: str, lease_id: str) -> UnitLease:
        """The lease of which nothing was heard yet."""
        return cls(lease_key=key_of(unit_id, lease_id), unit_id=unit_id, lease_id=lease_id)

    def let(self, terms: UnitLease, at: datetime) -> UnitLease:
        """The lease with these terms, unless a newer word about them was heard."""
        if self.said_at is not None and at < self.said_at:
            return self
        end = {"ended_on": self.ended_on, "ended_said_at": self.ended_said_at}
        return replace(terms, **end, said_at=at)  # type: ignore[arg-type]

    def aside(self, enterprise_id: str | None, at: datetime) -> UnitLease:
        """The lease as one that is in force no more, unless a newer word was heard."""
        if self.said_at is not None and at < self.said_at:
            return self
        return replace(self, enterprise_id=enterprise_id, set_aside=True, said_at=at)

    def vacated(self, ended_on: date, at: datetime) -> UnitLease:
        """The lease with its early end."""
        if self.ended_said_at is not None and at < self.ended_said_at:
            return self
        return replace(self, ended_on=ended_on, ended_said_at=at)

    @property
    def last_day(self) -> date | None:
        return self.ended_on or self.ends_on

    def covers(self, day: date) -> bool:
        """Whether the lessee is there on that day. Until its terms are heard nobody knows."""
        if self.set_aside or self.starts_on is None:
            return False
        return self.starts_on <= day <= (self.last_day or date.max)


def key_of(unit_id: str, lease_id: str) -> str:
    return f"{unit_id} {lease_id}"
