"""The bidding rules of each place, as dated data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from backbone.errors import Reason, Refused
from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


@record
class Number:
    """A number that a rule sets, the article that does, and whether anybody has confirmed it."""

    value: Decimal
    source: str
    confirmed: bool = True

    @property
    def minutes(self) -> timedelta:
        return timedelta(minutes=int(self.value))

    @property
    def hours(self) -> timedelta:
        return timedelta(hours=int(self.value))

    @property
    def whole(self) -> int:
        return int(self.value)


@record
class Choice:
    """Yes or no, where it is written, and whether anybody has confirmed it."""

    value: bool
    source: str
    confirmed: bool = True


@record
class LastHour:
    minutes: Number
    its_first_moment_counts: Choice
    reserve_comes_before: Choice


@record
class AuctionRules:
    preparation_minutes: Number
    countdown_minutes: Number


@record
class FreezingRules:
    repair_minutes: Number
    wait_hours: Number
    told_hours_before: Number
    left_minutes_at_most: Number


@record
class DayRules:
    applications_end_before_last_working_days: Number
    review_days: Number
    refused_bond_days: Number
    reviews_end_before_last_days: Number
    contract_working_days: Number
    bond_return_working_days: Number


@record
class BiddingLaw:
    """How one place judges bids. Without `last_hour` and `auction` the highest bid wins; without `freezing`
    the bidding goes on when it is repaired; without `days` the periods of the rulebook hold."""

    place: str
    source: str
    in_steps: Choice
    smallest_cny: Number
    enough_bidders: Number
    bid_at_the_end_counts: Choice
    last_hour: LastHour | None = None
    auction: AuctionRules | None = None
    freezing: FreezingRules | None = None
    days: DayRules | None = None

    def with_steps(self, asked: bool) -> BiddingLaw:
        """The same rules where the notice says whether bids rise by whole steps."""
        return replace(self, in_steps=Choice(value=asked, source="the notice"))

    def cite(self, setting: Number | Choice) -> str:
        """The article, and whether what it says is confirmed."""
        doubt = "" if setting.confirmed else " (not confirmed)"
        return f"{self.source}, {setting.source}{doubt}"


@record
class BiddingLaws:
    default: str
    tried_by: str
    places: tuple[BiddingLaw, ...]

    def of(self, place: str) -> BiddingLaw | None:
        """The rules of the place that a notice names, 福建省厦门市 for one; none where none fits."""
        return next((law for law in self.places if law.place in place), None)


BIDDING_LAWS = Rulebook(FOLDER / "bidding", BiddingLaws)


def law_of(place: str | None, on: date) -> BiddingLaw:
    """The bidding rules of the place on that day; without a place those of a notice that names none. Raises
    `Refused` (`PLACE_UNKNOWN`) for a place without rules on that day."""
    laws = BIDDING_LAWS.on(on)
    if found := laws.of(place or laws.default):
        return found
    known = ", ".join(law.place for law in laws.places)
    sentence = f"There are no bidding rules of this place on {on}; there are those of {known}."
    raise Refused([Reason("PLACE_UNKNOWN", sentence, field="place")])
