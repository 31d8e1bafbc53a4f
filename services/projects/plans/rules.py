"""What a supply plan, and an offer plan, must keep to, and what is doubtful of a notice beside them. Each
rule answers with a reason, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park import townships
from park.rules import Rule

from ..listings.listing import Listing
from ..listings.notice import Notice
from .offer_plan import OfferPlan, OfferPlanState, departures
from .plan import PlanVersion, SupplyPlan, prefix_of
from .rulebook import PLAN_BOOK

RESIDUE_MU = Decimal(
    "0.000001"
)  # m² are kept to a millionth, so that a sum in mu may be off by less
REGULATION = "土地管理法实施条例 art. 16"
ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"


@record
class Planning:
    """A version of a plan that is recorded, and the day in the park."""

    plan: SupplyPlan
    version: PlanVersion
    today: date


def region_is_ours(planning: Planning) -> Reason | None:
    """A plan is of a district or city in which a township of the park lies, or nothing would progress."""
    begins = prefix_of(planning.plan.region)
    if any(code.startswith(begins) for code in townships.codes(planning.today)):
        return None
    said = "No township of ours lies there; give the 6-digit division code of our district or city: 330604."
    return Reason("REGION_UNKNOWN", said, "region")


def plan_days_in_order(planning: Planning) -> Reason | None:
    """A plan is approved, and published then or later; what has not happened yet is not entered."""
    approved_on, published_on = planning.version.approved_on, planning.version.published_on
    if approved_on > planning.today or (published_on and published_on > planning.today):
        field = "approved_on" if approved_on > planning.today else "published_on"
        return Reason("NOT_YET", f"Today is {planning.today}; give a day that has come.", field)
    if published_on and published_on < approved_on:
        said = f"It was approved on {approved_on}; it is published then or later."
        return Reason("PUBLISHED_BEFORE_APPROVAL", said, "published_on")
    return None


def plan_uses_are_known(planning: Planning) -> Reason | None:
    """A use that no rule knows would take in no land."""
    known, version = PLAN_BOOK.on(planning.version.approved_on).uses, planning.version
    given = [*((f"uses.{n}", each.plan_use) for n, each in enumerate(version.lines))]
    given += [(f"plots.{n}", each.plan_use) for n, each in enumerate(version.plots)]
    for field, use in given:
        if use not in known:
            said = f"Give one of these uses: {', '.join(known)}."
            return Reason("PLAN_USE_UNKNOWN", said, f"{field}.plan_use")
    return None


def plan_uses_are_apart(planning: Planning) -> Reason | None:
    """Land counts for one use of a plan: no use stands twice, and no two take in the same land."""
    lines, known = planning.version.lines, PLAN_BOOK.on(planning.version.approved_on).uses
    lines_by_way = Counter((each.plan_use, each.supply_way) for each in lines)
    taken = Counter(
        target
        for use in {each.plan_use for each in lines} & known.keys()
        for target in known[use].target_uses
    )
    if all(count == 1 for count in (*lines_by_way.values(), *taken.values())):
        return None
    said = "Give each use, or each way of it, once, and no two uses that take in the same land."
    return Reason("PLAN_USE_TWICE", said, "uses")


def total_is_the_sum_of_uses(planning: Planning) -> Reason | None:
    """The structure adds up to the total, to the last digit."""
    total = planning.version.total_mu
    found = sum((each.area_mu for each in planning.version.lines), Decimal(0))
    if abs(found - total) < RESIDUE_MU:
        return None
    said = f"The uses add up to {found:f} mu; the total is {total:f} mu. They are the same."
    return Reason("PLAN_TOTAL_DIFFERS", said, "total_mu", REGULATION)


def parts_are_no_more_than_the_total(planning: Planning) -> Reason | None:
    """Districts, and quarters, share the total; neither is added to it."""
    for name, found in _parts(planning.version):
        if found - planning.version.total_mu >= RESIDUE_MU:
            said = f"They add up to {found:f} mu; the total is {planning.version.total_mu:f} mu."
            return Reason("PLAN_PARTS_OVER_TOTAL", said, name)
    return None


def parts_are_named_once(planning: Planning) -> Reason | None:
    """A district, a quarter and a plot have one share."""
    version = planning.version
    named = {
        "districts": [each.district for each in version.districts],
        "quarters": [str(each.quarter) for each in version.quarters],
        "plots": [each.parcel_id for each in version.plots],
    }
    for field, names in named.items():
        if len(set(names)) < len(names):
            return Reason("PLAN_PART_TWICE", "Give each of them once.", field)
    return None


def parts_lie_in_the_region(planning: Planning) -> Reason | None:
    """What a plan names lies where the plan is of."""
    begins, version = prefix_of(planning.plan.region), planning.version
    named = [(f"districts.{n}.district", e.district) for n, e in enumerate(version.districts)]
    named += [(f"plots.{n}.parcel_id", e.parcel_id) for n, e in enumerate(version.plots)]
    for field, code in named:
        if not code.startswith(begins):
            said = f"The plan is of {planning.plan.region}; give what lies there."
            return Reason("NOT_IN_REGION", said, field)
    return None


PLAN_RULES: tuple[Rule[Planning], ...] = (
    region_is_ours,
    plan_days_in_order,
    plan_uses_are_known,
    plan_uses_are_apart,
    total_is_the_sum_of_uses,
    parts_are_no_more_than_the_total,
    parts_are_named_once,
    parts_lie_in_the_region,
)


def parts_are_whole(planning: Planning) -> Reason | None:
    """Where shares of districts, or quarters, are less than the total, some is nobody's: perhaps a part of
    them is printed elsewhere."""
    for name, found in _parts(planning.version):
        if planning.version.total_mu - found >= RESIDUE_MU:
            said = f"They add up to {found:f} of {planning.version.total_mu:f} mu; the rest is nobody's."
            return Reason("PLAN_PARTS_INCOMPLETE", said, name)
    return None


def plots_fit_the_total(planning: Planning) -> Reason | None:
    """More land in plots than in the plan is a slip, or a choice among them."""
    found = sum((each.area_mu for each in planning.version.plots), Decimal(0))
    if found - planning.version.total_mu < RESIDUE_MU:
        return None
    return Reason("PLOTS_OVER_TOTAL", f"The named plots add up to {found:f} mu.", "plots")


PLAN_DOUBTS: tuple[Rule[Planning], ...] = (parts_are_whole, plots_fit_the_total)


def _parts(version: PlanVersion) -> Iterator[tuple[str, Decimal]]:
    named = (("districts", version.districts), ("quarters", version.quarters))
    for name, parts in named:
        if parts:
            yield name, sum((each.area_mu for each in parts), Decimal(0))


# --- offer plans


@record
class Submitting:
    """An offer plan that is submitted, beside the one before it."""

    listing: Listing
    known: OfferPlan | None
    submitted_on: date
    today: date


def land_is_open(submitting: Submitting) -> Reason | None:
    """One plans to offer land that is released, and nobody's yet."""
    if submitting.listing.on_offer:
        return None
    said = f"The listing is {submitting.listing.state.value}; a plan is for land that is released."
    return Reason("LISTING_NOT_OPEN", said, "listing_id")


def submission_has_happened(submitting: Submitting) -> Reason | None:
    """What has not happened yet is not entered."""
    if submitting.submitted_on <= submitting.today:
        return None
    return Reason(
        "NOT_YET", f"Today is {submitting.today}; give a day that has come.", "submitted_on"
    )


SUBMITTING_RULES: tuple[Rule[Submitting], ...] = (land_is_open, submission_has_happened)


@record
class Deciding:
    """A decision of the last submission of an offer plan."""

    plan: OfferPlan
    decided_on: date
    today: date


def plan_can_be_decided(deciding: Deciding) -> Reason | None:
    """A plan is decided that was submitted. An approval may be corrected, or taken back; a returned plan is
    submitted again, and one whose release is gone, too."""
    if deciding.plan.state in (OfferPlanState.SUBMITTED, OfferPlanState.APPROVED):
        return None
    said = f"The plan is {deciding.plan.state.value}; submit it again."
    return Reason("OFFER_PLAN_NOT_SUBMITTED", said, "listing_id", ORDER_39)


def decision_follows_submission(deciding: Deciding) -> Reason | None:
    """It has happened, and not before the plan was submitted."""
    first, today = deciding.plan.last.submitted_on, deciding.today
    if first <= deciding.decided_on <= today:
        return None
    said = f"It was submitted on {first} and today is {today}; give a day between the two."
    return Reason("DECISION_DAY", said, "decided_on")


DECIDING_RULES: tuple[Rule[Deciding], ...] = (plan_can_be_decided, decision_follows_submission)


# --- what is doubtful of a notice


@record
class Offering:
    """A notice that is published, the offer plan of its listing, and the supply plan of its year."""

    listing: Listing
    notice: Notice
    offer_plan: OfferPlan | None
    supply_plan: PlanVersion | None

    def doubts(self) -> tuple[Reason, ...]:
        """What speaks against it; nothing of it bars the notice."""
        return (*_approval_doubts(self), *_plan_doubts(self))


def _approval_doubts(offering: Offering) -> Iterator[Reason]:
    """39号令 (2007): the government approves the offer plan before the notice; the notice is as approved."""
    plan, notice, release = offering.offer_plan, offering.notice, offering.listing.release
    approval = plan.approval if plan else None
    if plan is None or approval is None or release is None:
        said = f"The offer plan is {plan.state.value}." if plan else "No offer plan is recorded."
        yield Reason("OFFER_PLAN_NOT_APPROVED", said, "listing_id", ORDER_39)
        return
    for field, (approved, noticed) in departures(
        plan.last.content, notice, release.area_m2
    ).items():
        said = f"{field} was approved as {approved}; the notice has {noticed}."
        yield Reason("NOTICE_DEPARTS_FROM_PLAN", said, field, ORDER_39)
    printed = {
        "approved_on": (str(approval.decided_on), str(notice.approved_on)),
        "approval_document_number": (approval.document, notice.approval_document_number),
    }
    for field, (approved, noticed) in printed.items():
        if approved != noticed:
            said = f"The approval is recorded with {field} {approved}; the notice has {noticed}."
            yield Reason("NOTICE_DEPARTS_FROM_PLAN", said, field, ORDER_39)


def _plan_doubts(offering: Offering) -> Iterator[Reason]:
    """实施条例 art. 16: land is supplied by the plan of the year, where one is recorded."""
    plan, listing = offering.supply_plan, offering.listing
    use = listing.release.target_use if listing.release else None
    if plan and not plan.use_of_plot(listing.parcel_id, use):
        named = "does not name this plot" if plan.use_of(use) else f"has no land for {use} use"
        said = f"The supply plan of the year, version {plan.plan_version}, {named}."
        yield Reason("NOT_IN_SUPPLY_PLAN", said, "listing_id", REGULATION)
