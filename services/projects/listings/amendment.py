"""What became of a notice after it was published [公告变更]: supplements, suspensions and resumptions.

Each keeps the notice that was in force before it, so the notice of any moment can be read from the last one.
An amendment has the moment from which it holds, and the one at which it was entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.time import PARK_TIME, day_of, end_of

from .notice import Notice


class AmendmentKind(StrEnum):
    SUPPLEMENT = "supplement"  # 补充公告
    SUSPENSION = "suspension"  # 中止公告
    RESUMPTION = "resumption"  # 恢复公告


class NoticeStep(StrEnum):
    """The days of a notice that can move; those of one day in this order."""

    APPLICATION_START = "application_start"
    LISTING_START = "listing_start"
    NOTICE_END = "notice_end"
    APPLICATION_END = "application_end"
    BOND_DEADLINE = "bond_deadline"
    LISTING_END = "listing_end"
    TIMED_BIDDING = "timed_bidding"

    @property
    def is_start(self) -> bool:
        return self in (NoticeStep.APPLICATION_START, NoticeStep.LISTING_START)

    @property
    def day_field(self) -> str | None:
        """The field of the notice that has its day."""
        return None if self is NoticeStep.TIMED_BIDDING else f"{self.value}_on"

    @property
    def moment_field(self) -> str | None:
        """The field of the notice that has its hour, where one may be given."""
        return MOMENTS.get(self)

    def moment(self, notice: Notice) -> datetime | None:
        """The moment that the notice gives, if it gives one."""
        given: datetime | None = getattr(notice, self.moment_field) if self.moment_field else None
        return given

    def day(self, notice: Notice) -> date | None:
        """The day in the park; none if the notice has no such step."""
        moment = self.moment(notice)
        if moment:
            return day_of(moment)
        return getattr(notice, self.day_field) if self.day_field else None

    def falls_at(self, notice: Notice) -> datetime | None:
        """Its moment; a day begins at 0:00 and ends with its last moment."""
        moment, day = self.moment(notice), self.day(notice)
        if moment or day is None:
            return moment
        return datetime.combine(day, time(), PARK_TIME) if self.is_start else end_of(day)


MOMENTS = {
    NoticeStep.APPLICATION_END: "application_ends_at",
    NoticeStep.BOND_DEADLINE: "bond_due_at",
    NoticeStep.LISTING_END: "listing_ends_at",
    NoticeStep.TIMED_BIDDING: "timed_bidding_starts_at",
}


@record
class Move:
    """A later date and where it went: nowhere yet, while the notice is suspended. The moments are there where
    the notice gives the hour."""

    notice_step: NoticeStep
    previous_on: date
    new_on: date | None = None
    previous_at: datetime | None = None
    new_at: datetime | None = None


@record
class Amendment:
    """`before` is the notice in force until then. `moved_days` is what the rule gives back; `moves` says
    where each date went. `changed_terms` names the conditions that a supplement changed."""

    kind: AmendmentKind
    amended_at: datetime
    recorded_at: datetime
    document: str
    reason: str
    before: Notice
    moved_days: int = 0
    moves: tuple[Move, ...] = ()
    changed_terms: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()

    def holds(self, at: datetime, known_at: datetime) -> bool:
        return self.amended_at <= at and self.recorded_at <= known_at


def notice_on(
    notice: Notice, amendments: Iterable[Amendment], at: datetime, known_at: datetime
) -> Notice:
    """The notice that was in force at a moment, by what was known at another."""
    return next((each.before for each in amendments if not each.holds(at, known_at)), notice)


def suspension_at(amendments: Iterable[Amendment], moment: datetime) -> Amendment | None:
    """The suspension in which the moment lies; from the moment of its resumption on a notice runs again."""
    last = None
    for each in amendments:
        if each.kind is not AmendmentKind.SUPPLEMENT and each.amended_at <= moment:
            last = each
    return last if last and last.kind is AmendmentKind.SUSPENSION else None


def suspended_spells(
    amendments: Iterable[Amendment],
) -> Iterator[tuple[datetime, datetime | None]]:
    """From when until when the notice stood still; the last end is none while it does."""
    begun = None
    for each in amendments:
        if each.kind is AmendmentKind.SUSPENSION:
            begun = each.amended_at
        elif each.kind is AmendmentKind.RESUMPTION and begun is not None:
            yield begun, each.amended_at
            begun = None
    if begun is not None:
        yield begun, None


def open_suspension(amendments: Iterable[Amendment]) -> Amendment | None:
    """The suspension that nothing has ended."""
    return suspension_at(amendments, datetime.max.replace(tzinfo=PARK_TIME))
