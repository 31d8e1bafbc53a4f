"""Where firms are, as parcels tells it: the plots of land, and the leases of units in carriers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from backbone.records import record

EVER = datetime.min.replace(tzinfo=UTC)


@record
class UseFrom:
    """What use a plot has from a day on; without a day, since ever, for nobody said since when."""

    from_on: date | None
    land_use: str


@record
class UsesHeard:
    """What uses a plot has by all its surveys, the oldest first, as it was heard at the moment."""

    heard_at: datetime
    uses: tuple[UseFrom, ...]


@record
class Plot:
    """A parcel as it was last surveyed: the word with the highest `version` stands. `heard` are the words
    about its uses, in the order in which they came; a plot from before they were kept has none."""

    parcel_id: str
    township: str
    area_m2: Decimal
    land_use: str
    in_zone: bool
    version: int
    heard: tuple[UsesHeard, ...] = ()

    @property
    def undated(self) -> UseFrom:
        """Its use, where that is all that was said."""
        return UseFrom(from_on=None, land_use=self.land_use)

    @property
    def words(self) -> tuple[UsesHeard, ...]:
        return self.heard or (UsesHeard(heard_at=EVER, uses=(self.undated,)),)

    def with_uses(self, uses: tuple[UseFrom, ...], at: datetime, before: Plot | None) -> Plot:
        """The plot with what was heard at the moment of its uses, after what was heard before."""
        if before and before.words[-1].uses == uses:
            return replace(self, heard=before.heard)
        words = before.words if before else ()
        return replace(self, heard=(*words, UsesHeard(heard_at=at, uses=uses)))

    def use_on(self, day: date, known_at: datetime) -> UseFrom | None:
        """Its use on the day, by what was heard until the moment; none if no survey up to then says it."""
        known = [each.uses for each in self.words if each.heard_at <= known_at]
        until = [e for e in known[-1] if (e.from_on or date.min) <= day] if known else []
        return until[-1] if until else None


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
