"""An offer: a notice for released land. It is what the rules of a publication look at."""

from __future__ import annotations

from datetime import date

from backbone.records import record

from ..periods.counting import PERIODS, Period
from ..rulebook import LISTING_LAW, ListingLaw
from .notice import Notice
from .release import Release


@record
class Offer:
    """`law` and `periods` are derived: whoever makes an offer names no day. `was_revoked` says that an
    earlier release of the land was taken back, `last_ended_on` when its last offering ended."""

    notice: Notice
    release: Release
    was_revoked: bool = False
    last_ended_on: date | None = None

    @property
    def law(self) -> ListingLaw:
        """The law of the day on which the notice starts."""
        return LISTING_LAW.on(self.notice.notice_start_on)

    @property
    def periods(self) -> dict[str, Period]:
        """How long each kind of period is on that day, and how its days count."""
        return PERIODS.on(self.notice.notice_start_on)
