"""What holds of a supplement, a suspension and a resumption; each rule answers with a reason, or nothing.

`ENTRY_RULES` judge what is entered, `DATE_RULES` the dates that come of it, and `DOUBTS` only warn.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from backbone.errors import Reason, Refused
from backbone.records import record
from park.rules import Rule
from park.time import PARK_TIME, day_of

from ..listings.amendment import AmendmentKind, NoticeStep
from ..listings.listing import Listing, ListingState
from ..listings.notice import Notice, SupplyWay
from .amending import Amending
from .moving import Moved

SUPPLEMENTS = "福建省 rules of online listings, art. 11 (for Zhejiang not confirmed)"
NOTICE = "the notice"
MOMENT_FIELDS = {
    AmendmentKind.SUPPLEMENT: "supplemented_at",
    AmendmentKind.SUSPENSION: "suspended_at",
    AmendmentKind.RESUMPTION: "resumed_at",
}


@record
class Dated:
    """A change with the dates that come of it."""

    amending: Amending
    result: Moved

    @property
    def kind(self) -> AmendmentKind:
        return self.amending.change.kind

    @property
    def conditions_shown_on(self) -> date | None:
        """The day on which the conditions changed last, of a notice that runs again or goes on; none if
        they never did."""
        amending = self.amending
        if self.kind is AmendmentKind.SUPPLEMENT:
            runs = amending.suspension is None
            return day_of(amending.change.amended_at) if runs and amending.changed_terms else None
        return amending.last_changed_on

    def given(self) -> Iterator[tuple[NoticeStep, datetime, datetime]]:
        """Each step that was given: when it fell before, and when it falls now."""
        for step in self.amending.change.new_dates:
            before = step.falls_at(self.amending.notice)
            after = step.falls_at(self.result.notice)
            if before and after:
                yield step, before, after


def notice_out(listing: Listing) -> Notice:
    """The notice of land on offer. Raises `Refused` if there is none."""
    if listing.state is ListingState.NOTICE_PUBLISHED and listing.notice:
        return listing.notice
    sentence = f"Only a notice that is out is amended; this listing is {listing.state.value}."
    raise Refused([Reason("NOT_ON_OFFER", sentence, "listing_id")])


# --- what is entered


def it_has_happened(amending: Amending) -> Reason | None:
    """What has not happened yet is not entered."""
    if amending.change.amended_at <= amending.now:
        return None
    return Reason("NOT_YET", "Give a moment that has come.", _moment_of(amending))


def amendments_follow_one_another(amending: Amending) -> Reason | None:
    """A notice is amended once it is public, and after what was entered of it before."""
    last = amending.listing.amendments[-1] if amending.listing.amendments else None
    at, begins = amending.change.amended_at, amending.notice.notice_start_on
    if day_of(at) >= begins and (last is None or at >= last.amended_at):
        return None
    since = _told(last.amended_at) if last else str(begins)
    return Reason("AMENDED_TOO_EARLY", f"Give {since} or later.", _moment_of(amending), NOTICE)


def what_stands_still_is_not_suspended(amending: Amending) -> Reason | None:
    """A suspended notice is resumed before it is suspended again."""
    found = amending.suspension
    if found is None or amending.change.kind is not AmendmentKind.SUSPENSION:
        return None
    sentence = f"It is suspended since {_told(found.amended_at)}; resume it first."
    return Reason("SUSPENDED_ALREADY", sentence, "listing_id")


def what_runs_is_not_resumed(amending: Amending) -> Reason | None:
    """Only a suspended notice is resumed."""
    if amending.suspension or amending.change.kind is not AmendmentKind.RESUMPTION:
        return None
    return Reason(
        "NOT_SUSPENDED", "The notice runs; only a suspended one is resumed.", "listing_id"
    )


def what_is_over_is_not_suspended(amending: Amending) -> Reason | None:
    """After the end of the sale there is nothing left to stand still."""
    if amending.change.kind is not AmendmentKind.SUSPENSION:
        return None
    ends_at = NoticeStep.LISTING_END.falls_at(amending.notice)
    if ends_at is None or amending.change.amended_at <= ends_at:
        return None
    return Reason("NOTICE_OVER", f"The sale ended at {_told(ends_at)}.", "suspended_at", NOTICE)


def supplements_come_before_the_sale(amending: Amending) -> Reason | None:
    """福建省, art. 11: the conditions change by a supplement before the sale begins, and not after it."""
    if amending.change.kind is not AmendmentKind.SUPPLEMENT or not amending.changed_terms:
        return None
    begins_at = NoticeStep.LISTING_START.falls_at(amending.notice)
    if begins_at is None or amending.still_at < begins_at:
        return None
    sentence = (
        f"The sale began on {day_of(begins_at)}; its conditions do not change any more. To change "
        f"{', '.join(amending.changed_terms)}, the land is offered anew."
    )
    return Reason("SALE_HAS_BEGUN", sentence, "terms", SUPPLEMENTS)


def what_is_over_stays(amending: Amending) -> Reason | None:
    """A step that was over gets no new date."""
    ahead = amending.steps_ahead()
    over = [step for step in amending.change.new_dates if step not in ahead]
    if not over:
        return None
    sentence = f"It was over at {_told(amending.still_at)}; leave it out."
    return Reason("STEP_IS_OVER", sentence, _field_of(over[0]), NOTICE)


ENTRY_RULES: tuple[Rule[Amending], ...] = (
    it_has_happened,
    amendments_follow_one_another,
    what_stands_still_is_not_suspended,
    what_runs_is_not_resumed,
    what_is_over_is_not_suspended,
    supplements_come_before_the_sale,
    what_is_over_stays,
)


# --- the dates that come of it


def what_was_left_is_kept(dated: Dated) -> Reason | None:
    """福建省, art. 55: a later date moves by the frozen time at least; a supplement brings none forward."""
    amending = dated.amending
    frozen = timedelta()
    if dated.kind is AmendmentKind.RESUMPTION:
        frozen = amending.change.amended_at - amending.still_at
    for step, before, after in dated.given():
        if after < before + frozen:
            least = _told(before + frozen)
            sentence = f"What was left of it ends at {least}; give that or later."
            source = amending.law.suspension.source
            return Reason("TIME_LEFT_CUT", sentence, _field_of(step), source)
    return None


def sale_waits_for_the_supplement(dated: Dated) -> Reason | None:
    """39号令 (2007): the conditions are public for 20 days before the sale begins, those of a supplement too;
    of a notice that stands still this is seen when it is resumed."""
    notice, period = dated.result.notice, dated.amending.waiting_period
    shown = dated.conditions_shown_on
    if shown is None or notice.supply_way is SupplyWay.AGREEMENT:
        return None
    safe = period.limit(shown)
    if notice.listing_start_on >= safe:
        return None
    sentence = f"The conditions changed on {shown}; the sale begins on {safe} or later."
    return Reason("SUPPLEMENT_TOO_LATE", sentence, "new_dates.listing_start_on", period.source)


DATE_RULES: tuple[Rule[Dated], ...] = (what_was_left_is_kept, sale_waits_for_the_supplement)


# --- what only warns, for it stands on no law of the province


def time_is_given_back(dated: Dated) -> Reason | None:
    """福建省, art. 11: the time is extended when the conditions change."""
    amending = dated.amending
    if dated.kind is not AmendmentKind.SUPPLEMENT:
        return None
    for step, before, after in dated.given():
        if day_of(after) < day_of(before) + timedelta(days=amending.days):
            sentence = f"{amending.days} days ran under the old conditions; not all are given back."
            return Reason(
                "TIME_NOT_GIVEN_BACK", sentence, _field_of(step), amending.law.supplement.source
            )
    return None


def resumption_is_told_in_time(dated: Dated) -> Reason | None:
    """福建省, art. 58: applicants hear of a resumption 24 hours ahead."""
    law, resumed_at = dated.amending.law.resumption, dated.amending.change.amended_at
    if dated.kind is not AmendmentKind.RESUMPTION:
        return None
    ends = [
        at
        for step in dated.amending.steps_ahead()
        if not step.is_start and (at := step.falls_at(dated.result.notice))
    ]
    if not ends or min(ends) >= resumed_at + timedelta(hours=law.hours):
        return None
    sentence = f"The next end comes {_told(min(ends))}, less than {law.hours} hours after it."
    return Reason("RESUMED_AT_SHORT_NOTICE", sentence, "resumed_at", law.source)


DOUBTS: tuple[Rule[Dated], ...] = (time_is_given_back, resumption_is_told_in_time)


def _moment_of(amending: Amending) -> str:
    """The field in which the moment of a change is given."""
    return MOMENT_FIELDS[amending.change.kind]


def _field_of(step: NoticeStep) -> str:
    return f"new_dates.{step.day_field or step.moment_field}"


def _told(moment: datetime) -> str:
    return moment.astimezone(PARK_TIME).isoformat(timespec="minutes")
