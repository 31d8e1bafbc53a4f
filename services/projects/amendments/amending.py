"""An amendment as the land desk enters it, beside the notice that it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any

from backbone.records import record
from park.time import day_of

from ..listings.amendment import Amendment, AmendmentKind, NoticeStep, suspension_at
from ..listings.listing import Listing
from ..listings.notice import Notice
from ..periods.counting import PERIODS, Period
from .moving import Given, Moved, ahead, days_between, frozen_days, moved
from .rulebook import AMENDMENT_LAW, AmendmentLaw


@record
class Change:
    """What is entered: `new_dates` by their steps, `terms` by their fields of the notice."""

    kind: AmendmentKind
    amended_at: datetime
    document: str
    reason: str
    new_dates: Given = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)


@record
class Amending:
    """A change beside the notice that it changes, at the moment at which it is entered."""

    listing: Listing
    notice: Notice
    change: Change
    now: datetime

    @property
    def law(self) -> AmendmentLaw:
        return AMENDMENT_LAW.on(day_of(self.change.amended_at))

    @property
    def suspension(self) -> Amendment | None:
        """The suspension that the change finds."""
        return suspension_at(self.listing.amendments, self.change.amended_at)

    @property
    def still_at(self) -> datetime:
        """The moment up to which the notice has run: it stands still from its suspension on."""
        return self.suspension.amended_at if self.suspension else self.change.amended_at

    @property
    def changed_terms(self) -> tuple[str, ...]:
        """The conditions that get another value."""
        terms = self.change.terms
        return tuple(name for name in terms if getattr(self.notice, name) != terms[name])

    @property
    def days(self) -> int:
        """The days that the rule gives back."""
        if self.change.kind is AmendmentKind.RESUMPTION and self.suspension:
            return frozen_days(self.law, self.suspension.amended_at, self.change.amended_at)
        return self._days_under_old_terms() if self.changed_terms else 0

    @property
    def last_changed_on(self) -> date | None:
        """The day on which a supplement changed the conditions last; none if none did."""
        found = [each.amended_at for each in self.listing.amendments if each.changed_terms]
        return day_of(found[-1]) if found else None

    @property
    def shown_since(self) -> date:
        """The day from which the conditions were public as they are."""
        return self.last_changed_on or self.notice.notice_start_on

    @property
    def waiting_period(self) -> Period:
        """What lies between the conditions and the sale, under the law of the notice."""
        return PERIODS.on(self.notice.notice_start_on)[self.law.supplement.period]

    def _days_under_old_terms(self) -> int:
        """The days that ran since then; while it stood still, none did."""
        counting, since = self.law.supplement.counting, self.shown_since
        ran = days_between(counting, since, day_of(self.still_at))
        suspended_on = since
        for each in self.listing.amendments:
            if each.kind is AmendmentKind.SUSPENSION:
                suspended_on = max(since, day_of(each.amended_at))
            elif each.kind is AmendmentKind.RESUMPTION:
                ran -= days_between(counting, suspended_on, day_of(each.amended_at))
        return max(0, ran)

    def steps_ahead(self) -> dict[NoticeStep, date]:
        """The steps that can still move, with their days."""
        return ahead(self.notice, self.still_at)

    def moved(self) -> Moved:
        """The notice with its new dates and terms."""
        new = {name: self.change.terms[name] for name in self.changed_terms}
        terms = replace(self.notice, **new)
        return moved(terms, self.still_at, self.days, self.change.new_dates, self.law)
