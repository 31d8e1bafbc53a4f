"""The offer plan [出让方案] of a plot: what is to be offered in which way, submitted for one release of its
land, and approved or returned by the government before the notice is published.

It is approved for that release: one of the land anew, and its withdrawal, end it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook

from ..listings.listing import Listing, ListingState
from ..listings.notice import CENT, Indicator, Notice, PriceBasis, SupplyForm, SupplyWay
from .rulebook import PLAN_BOOK, PlanBook


class OfferPlanState(StrEnum):
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    ENDED = "ended"  # its release is no longer the one that the land is offered under


@record
class OfferContent:
    """What is to be offered. The price follows `price_basis`; what is not given is left to the notice."""

    supply_way: SupplyWay
    supply_form: SupplyForm
    use_term_years: int
    lease_years: int | None = None
    price_basis: PriceBasis
    start_price_cny: Decimal
    bond_cny: Decimal | None = None
    indicators: tuple[Indicator, ...] = ()
    conditions: tuple[str, ...] = ()

    def whole_start_price_cny(self, area_m2: Decimal) -> Decimal:
        """The start price of all the land, to the cent."""
        area = area_m2 if self.price_basis is PriceBasis.PER_M2 else Decimal(1)
        return (self.start_price_cny * area).quantize(CENT, ROUND_HALF_UP)


@record
class Decision:
    """Approved, or returned with what is to be changed, by whom and under which document."""

    approved: bool
    decided_on: date
    decided_by: str
    document: str
    remarks: str | None = None
    known_at: datetime


@record
class Submission:
    """`decisions` are in the order in which they became known; the last one stands. `state` follows.
    `warnings` are what a notice of this content would be barred by, or warned of."""

    submission_no: int
    release_no: int
    content: OfferContent
    submitted_on: date
    document: str
    known_at: datetime
    decisions: tuple[Decision, ...] = ()
    ended_at: datetime | None = None
    warnings: tuple[Reason, ...] = ()
    state: OfferPlanState = OfferPlanState.SUBMITTED

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", self._state())

    @property
    def decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    def _state(self) -> OfferPlanState:
        if self.ended_at:
            return OfferPlanState.ENDED
        if self.decision is None:
            return OfferPlanState.SUBMITTED
        return OfferPlanState.APPROVED if self.decision.approved else OfferPlanState.RETURNED

    @property
    def since_on(self) -> date:
        return self.decision.decided_on if self.decision else self.submitted_on


@record
class OfferPlan:
    """All that was submitted for a listing, and decided of it; the last submission stands. `noticed` says
    that a notice followed it; `change_no` counts what was told, and `lies_told` that it lies."""

    listing_id: str
    parcel_id: str
    township: str
    submissions: tuple[Submission, ...]
    noticed: bool = False
    lies_told: bool = False
    change_no: int = 0
    state: OfferPlanState = OfferPlanState.SUBMITTED

    def __post_init__(self) -> None:
        state = self.last.state if self.submissions else OfferPlanState.SUBMITTED
        object.__setattr__(self, "state", state)

    @property
    def last(self) -> Submission:
        return self.submissions[-1]

    @property
    def approval(self) -> Decision | None:
        """The approval, while it stands."""
        return self.last.decision if self.state is OfferPlanState.APPROVED else None

    @property
    def lies_from(self) -> date:
        """The first day on which it has lain too long; the last that there is if it lies nowhere."""
        return self.lies_from_by(PLAN_BOOK)

    def lies_from_by(self, rules: Rulebook[PlanBook]) -> date:
        days = rules.on(self.last.since_on).lies_after_days
        waits = {OfferPlanState.SUBMITTED: days.submitted, OfferPlanState.APPROVED: days.approved}
        waited = waits.get(self.state)
        if waited is None or self.noticed:
            return date.max
        return self.last.since_on + timedelta(days=waited + 1)

    @property
    def tell_on(self) -> date:
        """The day on which it is to be told that it lies; none is left once it was."""
        return date.max if self.lies_told else self.lies_from

    def told_by(self, today: date, rules: Rulebook[PlanBook] = PLAN_BOOK) -> OfferPlan:
        """Once it was told that it lies, or lies no longer; as it is, if there is nothing to tell by then."""
        lies = self.lies_from_by(rules) <= today
        if lies is self.lies_told:
            return self
        return replace(self, lies_told=lies, change_no=self.change_no + 1)

    def with_submission(self, submission: Submission) -> OfferPlan:
        new = replace(submission, submission_no=len(self.submissions) + 1)
        return replace(self, submissions=(*self.submissions, new), noticed=False)

    def with_decision(self, decision: Decision) -> OfferPlan:
        """With what was decided of the last submission, unless that is known."""
        last, known = self.last, self.last.decision
        if known and replace(known, known_at=decision.known_at) == decision:
            return self
        return self._with_last(replace(last, decisions=(*last.decisions, decision)))

    def following(self, listing: Listing, now: datetime) -> OfferPlan:
        """As the listing says: a notice is out, or the release that it was submitted for is gone."""
        if listing.state is ListingState.AWARDED:
            return replace(self, noticed=True)
        after = replace(
            self, noticed=self.noticed or listing.state is ListingState.NOTICE_PUBLISHED
        )
        release_no = listing.release.release_no if listing.on_offer and listing.release else None
        if release_no != self.last.release_no and self.last.ended_at is None:
            return after._with_last(replace(self.last, ended_at=now))
        return after

    def _with_last(self, submission: Submission) -> OfferPlan:
        return replace(self, submissions=(*self.submissions[:-1], submission))


def departures(
    content: OfferContent, notice: Notice, area_m2: Decimal
) -> dict[str, tuple[str, str]]:
    """Each field of the notice that is not as it was approved, with what was approved and what is noticed.
    What the plan leaves open departs from nothing; prices are compared for the whole land."""
    approved = {
        "supply_way": content.supply_way.value,
        "supply_form": content.supply_form.value,
        "use_term_years": content.use_term_years,
        "lease_years": content.lease_years,
        "start_price_cny": content.whole_start_price_cny(area_m2),
        "bond_cny": content.bond_cny,
        "indicators": _listed(content.indicators) if content.indicators else None,
    }
    noticed = {
        "supply_way": notice.supply_way.value,
        "supply_form": notice.supply_form.value,
        "use_term_years": notice.use_term_years,
        "lease_years": notice.lease_years,
        "start_price_cny": notice.whole_start_price_cny(area_m2),
        "bond_cny": notice.bond_cny,
        "indicators": _listed(notice.indicators),
    }
    return {
        name: (str(value), str(noticed[name]))
        for name, value in approved.items()
        if value is not None and value != noticed[name]
    }


def _listed(indicators: tuple[Indicator, ...]) -> str:
    """Indicators in one order and spelling: 30 and 30.0 are the same."""
    return "; ".join(
        sorted(
            f"{each.code} {each.op.value} {each.value.normalize():f} {each.unit} "
            f"({each.check_stage.value}, {each.years_running} years)"
            for each in indicators
        )
    )
