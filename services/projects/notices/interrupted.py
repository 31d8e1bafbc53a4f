"""What supplements and suspensions do to the days of a draft: time that stood still is given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from backbone.records import record
from park.time import PARK_TIME, day_of

from ..amendments.moving import frozen_days, working_day_from
from ..amendments.rulebook import AMENDMENT_LAW, AmendmentLaw
from .printed import When

DAY = timedelta(days=1)


@record
class Suspension:
    """A time in which the notice stands still; a day is meant from its 0:00."""

    suspended_on: When
    resumed_on: When

    @property
    def starts_on(self) -> date:
        return day_of(_moment(self.suspended_on))

    def days_after(self, first: date, law: AmendmentLaw) -> int:
        """The days that it gives back to a period that began on `first`."""
        begins, ends = max(_moment(self.suspended_on), _moment(first)), _moment(self.resumed_on)
        return frozen_days(law, begins, ends) if begins < ends else 0


@record
class Interruptions:
    """The supplements that change conditions, and the suspensions, of a draft."""

    supplements: tuple[When, ...] = ()
    suspensions: tuple[Suspension, ...] = ()

    def shown_since(self, begins: date) -> date:
        """The day from which the conditions are public as they are."""
        return max((begins, *(day_of(_moment(each)) for each in self.supplements)))

    def after(self, first: date, last: date, *, is_end: bool) -> tuple[date, str]:
        """The last day of a period once it has stood still, and why. Raises `Refused` (`CALENDAR_MISSING`)
        where an end that moves needs the working days of a year that nobody has told."""
        words, plain = [], last
        for days, suspension in self._suspensions(first):
            if suspension.starts_on <= last and days:
                last += days * DAY
                words.append(
                    f"; {days} days of the suspension of {suspension.starts_on} given back"
                )
        if is_end and last != plain and (worked := working_day_from(last)) != last:
            words.append(f"; {last} is a day off")
            last = worked
        return last, "".join(words)

    def _suspensions(self, first: date) -> Iterator[tuple[int, Suspension]]:
        for each in sorted(self.suspensions, key=lambda each: _moment(each.suspended_on)):
            yield each.days_after(first, AMENDMENT_LAW.on(each.starts_on)), each


NOTHING = Interruptions()


def _moment(when: When) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time(), PARK_TIME)
