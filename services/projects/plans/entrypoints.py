"""The supply plan of a year and progress against it, and the approval of what is to be offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from backbone import Collection, command, every, hears, query, reads
from backbone.errors import NotFound, Reason
from backbone.messages.envelope import Event
from park.rules import broken, refuse
from park.time import day_of

from ..listings.listing import Listing
from . import facts, schemas
from .offer_plan import Decision, OfferContent, OfferPlan, Submission
from .plan import PlanVersion, SupplyPlan, plan_id_of, regions_of
from .plot import PlotEntry, PlotStep, SuppliedPlot
from .progress import SupplyPlanProgress, progress
from .rules import (
    DECIDING_RULES,
    PLAN_DOUBTS,
    PLAN_RULES,
    SUBMITTING_RULES,
    Deciding,
    Offering,
    Planning,
    Submitting,
)

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
MOST = 100_000  # plots of a region, or plans: far more than there are
KEPT = (
    Collection(SupplyPlan, key="plan_id", filters=("region",), orders=("year",)),
    Collection(SuppliedPlot, key="listing_id", filters=("regions", "parcel_id"), history=False),
    Collection(
        OfferPlan,
        key="listing_id",
        filters=("parcel_id", "township", "state"),
        orders=("tell_on",),
    ),
)
EMITTED = facts.EMITTED


class OfferPlans:
    """Keeps what is to be offered, and who approved it."""

    store: Any  # within a handler, the unit of work

    get_offer_plan, list_offer_plans, offer_plan_history = reads(OfferPlan)

    @command(schemas.SubmitOfferPlan, answers=OfferPlan)
    def submit_offer_plan(self, request: dict[str, Any]) -> Any:
        """Submit what is to be offered of a plot, in which way, at which price, to the government."""
        listing = self.store.require(Listing, request.pop("listing_id"), "listing_id")
        known = self.store.get(OfferPlan, listing.listing_id)
        submitting = Submitting(
            listing=listing,
            known=known,
            submitted_on=request["submitted_on"],
            today=self.store.today,
        )
        refuse(*broken(SUBMITTING_RULES, submitting))
        release_no = listing.release.release_no if listing.release else 0
        doubts = self.doubts_of_content(listing, request["content"], request["submitted_on"])
        submission = Submission(
            submission_no=1,
            release_no=release_no,
            known_at=self.store.now,
            warnings=doubts,
            **request,
        )
        before = known or OfferPlan(
            listing_id=listing.listing_id,
            parcel_id=listing.parcel_id,
            township=listing.township,
            submissions=(),
        )
        after = before.with_submission(submission).following(listing, self.store.now)
        return self._keep_offer_plan(self._tell_plan(after, facts.submitted_of))

    def doubts_of_content(
        self, listing: Listing, content: OfferContent, on: date
    ) -> tuple[Reason, ...]:
        """What a notice of this content would be barred by, or warned of. The service says who knows."""
        raise NotImplementedError

    @command(schemas.ApproveOfferPlan, answers=OfferPlan)
    def approve_offer_plan(self, request: dict[str, Any]) -> Any:
        """The government approved the last submission; again with other days or documents corrects it."""
        return self._decide_plan(request, approved=True)

    @command(schemas.ReturnOfferPlan, answers=OfferPlan)
    def return_offer_plan(self, request: dict[str, Any]) -> Any:
        """The government returned the last submission, or took its approval back."""
        return self._decide_plan(request, approved=False)

    @every(LOOK_EVERY_S)
    def look_for_lying_plans(self, _: Event) -> None:
        """Announce each offer plan that has waited too long, once."""
        today = self.store.today
        for plan in self.store.find(OfferPlan, TOLD_AT_ONCE, "tell_on"):
            if plan.tell_on > today:
                return
            told = plan.told_by(today)
            self.store.save(told)
            self.store.announce(facts.lies_of(told))

    def follow_offer_plan(self, listing: Listing) -> None:
        """A notice is out, or the release that was planned for is gone."""
        plan = self.store.get(OfferPlan, listing.listing_id)
        if plan is None:
            return
        after = plan.following(listing, self.store.now)
        if after.state is not plan.state:
            after = self._tell_plan(after, facts.ended_of)
        self._keep_offer_plan(after)

    def doubts_of_notice(self, listing: Listing) -> tuple[Reason, ...]:
        """What speaks against the notice of a listing beside the law; who plans is told of a departure."""
        if listing.notice is None:
            return ()
        offering = Offering(
            listing=listing,
            notice=listing.notice,
            offer_plan=self.store.get(OfferPlan, listing.listing_id),
            supply_plan=self._plan_of_year(listing),
        )
        doubts = offering.doubts()
        self.store.announce(*facts.departed_of(listing, doubts))
        return doubts

    def _plan_of_year(self, listing: Listing) -> PlanVersion | None:
        """The plan of the year in which the notice starts: that of the district, else of the city."""
        on = listing.notice.notice_start_on if listing.notice else self.store.today
        for region in regions_of(listing.township):
            plan = self.store.get(SupplyPlan, plan_id_of(region, on.year))
            if plan and (version := plan.version(on, self.store.now)):
                return version  # type: ignore[no-any-return]
        return None

    def _decide_plan(self, request: dict[str, Any], *, approved: bool) -> Any:
        plan = self.store.require(OfferPlan, request.pop("listing_id"), "listing_id")
        deciding = Deciding(plan=plan, decided_on=request["decided_on"], today=self.store.today)
        refuse(*broken(DECIDING_RULES, deciding))
        decision = Decision(approved=approved, known_at=self.store.now, **request)
        after = plan.with_decision(decision)
        if after != plan:
            after = self._tell_plan(after, facts.decided_of)
        return self._keep_offer_plan(after)

    def _tell_plan(self, plan: OfferPlan, fact_of: Callable[[OfferPlan], Any]) -> OfferPlan:
        """The plan, after one more fact of it."""
        after = replace(plan, change_no=plan.change_no + 1)
        self.store.announce(fact_of(after))
        return after

    def _keep_offer_plan(self, plan: OfferPlan) -> Any:
        """Save it; whoever was told that it lies is told when it lies no longer."""
        after = plan
        if plan.lies_told and plan.lies_from > self.store.today:
            after = self._tell_plan(replace(plan, lies_told=False), facts.lies_of)
        self.store.save(after)
        return self.store.dump(after)


class SupplyPlans(OfferPlans):
    """Keeps the plan of each year, and what became of the plots on offer."""

    get_supply_plan, list_supply_plans, supply_plan_history = reads(SupplyPlan)

    @command(schemas.RecordSupplyPlan, answers=schemas.PlanRecorded)
    def record_supply_plan(self, request: dict[str, Any]) -> Any:
        """Record the supply plan of a year as it was approved, revise it, or correct it."""
        region, year = request["region"], request["year"]
        plan_id = plan_id_of(region, year)
        before = self.store.get(SupplyPlan, plan_id) or SupplyPlan(
            plan_id=plan_id, region=region, year=year
        )
        version = PlanVersion(**request["version"], known_at=self.store.now)
        planning = Planning(plan=before, version=version, today=self.store.today)
        refuse(*broken(PLAN_RULES, planning))
        after = before.with_version(version)
        if after != before:
            self.store.announce(facts.recorded_of(after))
        doubts = [each.as_dict() for each in broken(PLAN_DOUBTS, planning)]
        return {"plan": self._keep_supply_plan(after), "warnings": doubts}

    @query(schemas.ProgressAsked, answers=SupplyPlanProgress)
    def supply_plan_progress(self, request: dict[str, Any]) -> Any:
        """What was planned, offered, awarded and contracted by a day, as known at a moment."""
        now, on = self.store.now, request["on"] or self.store.today
        known_at = min(request["known_at"] or now, now)
        plan = self.store.require(SupplyPlan, request["plan_id"], "plan_id")
        version = plan.version(on, known_at)
        if version is None:
            raise NotFound.of("version of the plan that was approved and known by then", "on")
        plots = self.store.find(SuppliedPlot, MOST, regions=plan.region)
        return self.store.dump(progress(plan, version, plots, on, known_at))

    @every(LOOK_EVERY_S)
    def look_for_overdue_plans(self, _: Event) -> None:
        """Announce, once, that the plan of this year is not published in time. A region is looked at from
        its first plan on."""
        today = self.store.today
        known = {each.plan_id: each for each in self.store.find(SupplyPlan, MOST)}
        for region in sorted({each.region for each in known.values() if each.year <= today.year}):
            plan_id = plan_id_of(region, today.year)
            new = SupplyPlan(plan_id=plan_id, region=region, year=today.year)
            plan = known.get(plan_id, new)
            if plan.is_overdue(today) and not plan.overdue_told:
                told = plan.with_told(overdue=True)
                self.store.save(told)
                self.store.announce(facts.overdue_of(told))

    def _keep_supply_plan(self, plan: SupplyPlan) -> Any:
        """Save it; whoever was told that it is overdue is told that it is public."""
        lifts = plan.overdue_told and plan.published_on is not None
        after = plan.with_told(overdue=False) if lifts else plan
        self.store.save(after)
        if lifts:
            self.store.announce(facts.overdue_of(after))
        return self.store.dump(after)

    # --- what became of the plots

    def draft_heard(self, event: Event) -> None:
        """Land may be offered. The service calls this when `matching` has heard it; a fact of which it
        reads no land says nothing here."""
        data, said_at = event.data, event.time or self.store.now
        if not (data["parcel_id"] and data["township"]):
            return
        self._enter_step(
            data,
            PlotEntry(
                plot_step=PlotStep.RELEASED,
                on=day_of(said_at),
                known_at=said_at,
                area_m2=data["area_m2"],
                target_use=data["target_use"],
            ),
        )

    @hears("projects", "listing_published", schemas.ListingPublished)
    def count_offer(self, event: Event) -> None:
        """A notice is out."""
        data = event.data
        said = {name: data[name] for name in ("area_m2", "target_use", "supply_way", "supply_form")}
        self._count(event, PlotStep.OFFERED, "notice_start_on", **said)

    @hears("projects", "supply_way_changed", schemas.SupplyWayChanged, in_order_of="listing_id")
    def count_way(self, event: Event) -> None:
        """An agreement became a listing."""
        self._count(event, PlotStep.WAY_CHANGED, None, supply_way=event.data["supply_way"])

    @hears("projects", "listing_awarded", schemas.ListingAwarded)
    def count_award(self, event: Event) -> None:
        """The land was awarded."""
        self._count(event, PlotStep.AWARDED, "awarded_on")

    @hears("projects", "contract_signed", schemas.ContractSigned, in_order_of="listing_id")
    def count_contract(self, event: Event) -> None:
        """The contract of the land was signed."""
        self._count(event, PlotStep.CONTRACTED, "signed_on")

    @hears("projects", "listing_unsold", schemas.ListingUnsold)
    def count_unsold(self, event: Event) -> None:
        """Nobody wanted the land."""
        self._count(event, PlotStep.UNSOLD, "closed_on")

    @hears("projects", "award_voided", schemas.AwardVoided, in_order_of="listing_id")
    def count_void(self, event: Event) -> None:
        """The award never held."""
        self._count(event, PlotStep.VOIDED, "voided_on")

    @hears("projects", "listing_withdrawn", schemas.OfListing)
    def count_withdrawal(self, event: Event) -> None:
        """The land is no longer on offer."""
        self._count(event, PlotStep.WITHDRAWN, None)

    def _count(self, event: Event, step: PlotStep, day: str | None, **said: Any) -> None:
        """Enter what a fact says; without a day of its own it is of the day on which it was said."""
        data, said_at = event.data, event.time or self.store.now
        entry = PlotEntry(
            plot_step=step,
            on=data[day] if day else day_of(said_at),
            known_at=said_at,
            notice_version=_version_in(data),
            **said,
        )
        self._enter_step(data, entry)

    def _enter_step(self, data: dict[str, Any], entry: PlotEntry) -> None:
        listing_id = data["listing_id"]
        plot = self.store.get(SuppliedPlot, listing_id) or SuppliedPlot(
            listing_id=listing_id, parcel_id=data["parcel_id"], township=data["township"]
        )
        self.store.save(plot.with_entry(entry))
        if listing := self.store.get(Listing, listing_id):
            self.follow_offer_plan(listing)


def _version_in(data: dict[str, Any]) -> int:
    """The version of the notice that a fact is of: its own field, or the end of the supply's id."""
    if "notice_version" in data:
        return int(data["notice_version"])
    _, _, version = data.get("supply_id", ".0").rpartition(".")
    return int(version)
