"""What is due of a firm's capital, and what its revenue makes of its scale. Each rule warns of a
situation with a reason, or says nothing; nothing of this is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.rules import Rule, broken
from park.time import months_later

from ..firms.enterprise import Scale
from .firm_profile import Capital, CapitalKind, FirmProfile
from .rulebook import CAPITAL_TERMS, CapitalTerm


@record
class CapitalStanding:
    """What is registered, subscribed and paid in on a day, under the law of that day. `since` is when
    what is subscribed was so; an increase has its own."""

    on: date
    term: CapitalTerm
    established_on: date | None
    registered: Capital | None
    subscribed: Capital | None
    paid_in: Capital | None
    since: date | None

    @property
    def unpaid(self) -> Decimal | None:
        """What is subscribed and not paid; none if nothing was subscribed, or in another currency."""
        if self.subscribed is None or self.currencies_differ:
            return None
        paid = self.paid_in.amount if self.paid_in else Decimal(0)
        return max(self.subscribed.amount - paid, Decimal(0))

    @property
    def currencies_differ(self) -> bool:
        stated = [each.currency for each in (self.subscribed, self.paid_in) if each]
        return len(set(stated)) > 1

    @property
    def is_owing(self) -> bool:
        """Whether the law of the day names an end for something that is not paid."""
        return self.term.within_years is not None and bool(self.unpaid or self.currencies_differ)

    @property
    def is_new(self) -> bool:
        return self.established_on is not None and self.established_on >= self.term.new_from

    @property
    def last_day(self) -> date | None:
        """The last day on which a new firm pays: of the law, or an earlier one of its articles."""
        by_law = self.last_day_by_law
        if by_law is None or self.subscribed is None:
            return by_law
        return min(by_law, self.subscribed.pay_by or by_law)

    @property
    def last_day_by_law(self) -> date | None:
        if not self.is_new or self.since is None or self.term.within_years is None:
            return None
        return months_later(self.since, 12 * self.term.within_years)


def capital_standing(
    profile: FirmProfile, on: date, rules: Rulebook[CapitalTerm] = CAPITAL_TERMS
) -> CapitalStanding:
    """What is known of the capital on that day."""
    subscribed = profile.capital_until(CapitalKind.SUBSCRIBED, on)
    return CapitalStanding(
        on=on,
        term=rules.on(on),
        established_on=profile.established_on,
        registered=profile.capital_on(CapitalKind.REGISTERED, on),
        subscribed=max(subscribed, key=lambda each: each.valid_from, default=None),
        paid_in=profile.capital_on(CapitalKind.PAID_IN, on),
        since=_since(profile.established_on, subscribed),
    )


def _since(established_on: date | None, subscribed: list[Capital]) -> date | None:
    """The day from which the term runs: that of the establishment, or of the last increase."""
    rises = [
        after.valid_from for before, after in pairwise(subscribed) if after.amount > before.amount
    ]
    return max([*rises, established_on]) if established_on else None


@record
class Due:
    """A warning about capital with the day by which something is due; none if no day is known."""

    code: str
    sentence: str
    due_on: date | None
    source: str


def capital_due(standing: CapitalStanding) -> tuple[Due, ...]:
    """Everything that is due of the capital, by the law of the day."""
    days = {"CAPITAL_TERM_TO_ADJUST": standing.term.adjust_by}
    if standing.last_day:
        days |= dict.fromkeys(("CAPITAL_UNPAID", "CAPITAL_OVERDUE"), standing.last_day)
    return tuple(
        Due(
            code=reason.code,
            sentence=reason.sentence,
            due_on=days.get(reason.code),
            source=standing.term.source,
        )
        for reason in broken(CAPITAL_RULES, standing)
    )


def capital_is_unpaid(standing: CapitalStanding) -> Reason | None:
    """公司法 art. 47: what is subscribed is paid within five years of the establishment. That a later
    increase has five years of its own is a reading of art. 228, not confirmed."""
    last = standing.last_day
    if not standing.is_owing or last is None or standing.on > last:
        return None
    return _reason("CAPITAL_UNPAID", f"What is subscribed has to be paid by {last}.", standing)


def capital_is_overdue(standing: CapitalStanding) -> Reason | None:
    """The day of art. 47, or an earlier one of the articles of the company, is over."""
    last = standing.last_day
    if not standing.is_owing or last is None or standing.on <= last:
        return None
    return _reason("CAPITAL_OVERDUE", f"What is subscribed had to be paid by {last}.", standing)


def term_has_to_be_adjusted(standing: CapitalStanding) -> Reason | None:
    """An older company whose term is longer, or not known, adjusts it by the day of the State Council."""
    if not standing.is_owing or standing.established_on is None or standing.is_new:
        return None
    pay_by = standing.subscribed.pay_by if standing.subscribed else None
    if pay_by is not None and pay_by <= standing.term.adjusted_at_latest:
        return None
    day = standing.term.adjust_by
    said = "is longer than the law allows" if pay_by else "is not known"
    return _reason(
        "CAPITAL_TERM_TO_ADJUST",
        f"The term for paying what is subscribed {said}; an older company adjusts it by {day}.",
        standing,
    )


def establishment_is_unknown(standing: CapitalStanding) -> Reason | None:
    """Which of the two terms holds depends on the day of the establishment."""
    if not standing.is_owing or standing.established_on is not None:
        return None
    return _reason(
        "ESTABLISHMENT_UNKNOWN",
        "Say when the firm was established: until when its capital is paid depends on it.",
        standing,
    )


def currencies_differ(standing: CapitalStanding) -> Reason | None:
    """No rate is guessed, so what is unpaid is not known."""
    if not standing.currencies_differ:
        return None
    return _reason(
        "CAPITAL_CURRENCIES_DIFFER",
        "Capital was subscribed in one currency and paid in another; report both in one.",
        standing,
    )


def more_is_paid_than_subscribed(standing: CapitalStanding) -> Reason | None:
    """It may be right (a premium), and more often a unit is wrong."""
    if standing.subscribed is None or standing.paid_in is None or standing.currencies_differ:
        return None
    if standing.paid_in.amount <= standing.subscribed.amount:
        return None
    return _reason(
        "MORE_PAID_THAN_SUBSCRIBED",
        "More is paid in than was subscribed; look at the unit.",
        standing,
    )


def _reason(code: str, sentence: str, standing: CapitalStanding) -> Reason:
    return Reason(code, sentence, source=standing.term.source)


CAPITAL_RULES: tuple[Rule[CapitalStanding], ...] = (
    capital_is_unpaid,
    capital_is_overdue,
    term_has_to_be_adjusted,
    establishment_is_unknown,
    currencies_differ,
    more_is_paid_than_subscribed,
)


def scale_differs(declared: Scale | None, by_revenue: Scale | None) -> Reason | None:
    """The township's word and the revenue are two ways to say one thing."""
    if declared is None or by_revenue is None or declared is by_revenue:
        return None
    return Reason(
        "SCALE_DIFFERS",
        f"The report of the firm says {declared}, its main revenue {by_revenue}; look which is of which "
        "year.",
        field="scale",
    )
