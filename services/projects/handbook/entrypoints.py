"""The promotion handbook [招商手册], prospects' pages and holds: only land that can really be had today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import eventlet

from backbone import Collection, command, every, query, reads
from backbone.errors import DeadlineExceeded, NotFound, Reason, Refused, Unavailable
from backbone.logs import log
from backbone.messages.envelope import Event
from park.rules import refuse
from park.time import PARK_TIME

from ..leads.lead import Lead
from ..listings.listing import Listing
from ..pipeline.project import Project
from ..platforms.platform import Platform
from ..policies.policy import Policy
from . import facts, schemas
from .hold import HoldEnd, PlotHold
from .limits import held_by_another, is_over, is_past, lasts_long, not_on_offer, why_gone
from .offers import in_mu, plots_on_offer, policies_on_offer, unit_on_offer
from .pages.page import PageState, ProspectPage, ShownOn, ShownPlot, heard_of, told_anew
from .rulebook import HANDBOOK
from .rules import Availability, Plot, availability, known_availability, plot_is_gone

LOOK_EVERY_S = 3600
MOST = 100_000  # listings, holds, or plots that were shown: far more than a park has
UNITS = 1000  # that parcels names at once
LONGEST_S = 3.0  # that parcels is waited for: somebody looks at the page now
SHARE = 0.6  # of the time that the caller still waits; the rest is for our own answer
ASKED_AT_ONCE = 10
KEPT = (
    Collection(
        PlotHold,
        key="listing_id",
        filters=("project_id", "team", "hold_kind"),
        orders=("expires_on",),
    ),
    Collection(ProspectPage, key="page_id", filters=("project_id", "team"), orders=("ends_on",)),
    Collection(ShownPlot, key="listing_id"),
)
EMITTED = facts.EMITTED
Looked = tuple[Plot, Availability]


class Looking:
    """What holds, handbook and pages need: plots as they stand, by projects and by the land register."""

    store: Any  # within a handler, the unit of work
    parcels: Any

    def plot_of(self, listing: Listing, at: datetime, project_id: str | None) -> Plot:
        hold = self.store.get(PlotHold, listing.listing_id)
        return Plot(listing=listing, at=at, hold=hold, project_id=project_id)

    def looks_at(self, plots: Iterable[Plot], *, whole: bool = False) -> list[Looked]:
        """Each plot with what stands against it; the land register is asked only of those that projects
        has nothing against, and no more once it did not answer. With `whole` it is asked of all that are on
        offer, so that what projects knows hides nothing: a few plots at most."""
        known = [(plot, known_availability(plot)) for plot in plots]
        open_plots = [
            plot for plot, found in known if found.can_be_had or (whole and plot.listing.is_open)
        ]
        silence: list[Reason] = []
        pool = eventlet.GreenPool(ASKED_AT_ONCE)
        asked = pool.imap(lambda plot: self._asked(plot, silence), open_plots)
        answers = {plot.listing.listing_id: plot for plot in asked}
        return [
            (answers[plot.listing.listing_id], availability(answers[plot.listing.listing_id]))
            if plot.listing.listing_id in answers
            else (plot, found)
            for plot, found in known
        ]

    def _asked(self, plot: Plot, silence: list[Reason]) -> Plot:
        """The plot with what the land register says of it, or with why that is not known."""
        if silence:
            return replace(plot, silence=silence[0])
        ids = {"parcel_id": plot.listing.parcel_id}
        try:
            self.be_quick()
            said = self.parcels.get_parcel(**ids)
            standing = self.parcels.release_standing(**ids, case_id=plot.listing.case_id)
            return replace(plot, land=schemas.Land().load(said | {"standing": standing}))
        except (Unavailable, DeadlineExceeded):
            silence.append(NO_ANSWER)
            return replace(plot, silence=NO_ANSWER)
        except Exception as problem:  # noqa: BLE001 - whatever is wrong there, the plot is not shown
            log.warning("plot_not_shown", problem=type(problem).__name__)
            return replace(plot, silence=NO_USABLE_ANSWER)

    def be_quick(self) -> None:
        """The next question to the land register waits no longer than somebody who looks can."""
        self.parcels.deadline_s = min(
            self.parcels.deadline_s, LONGEST_S, SHARE * self.store.seconds_left
        )

    def prospect_of(self, project_id: str) -> tuple[Project | None, Lead | None]:
        """The project or the lead of that id. Raises `NotFound`."""
        project, lead = self.store.get(Project, project_id), self.store.get(Lead, project_id)
        if project is None and lead is None:
            raise NotFound.of("project or lead", "project_id")
        return project, lead

    def follow_shown(self, listing_id: str) -> None:
        """Tell whoever showed the plot that it is gone, or back, by what projects knows."""
        shown = self.store.get(ShownPlot, listing_id)
        listing = self.store.get(Listing, listing_id)
        if shown is None or listing is None:
            return
        for each in shown.pages:
            page = self.store.require(ProspectPage, each.page_id)
            if page.state_on(self.store.today) is PageState.OPEN:
                plot = self.plot_of(listing, self.store.now, page.project_id)
                bars = known_availability(plot).bars
                after = heard_of(each, bool(bars))
                self.keep_shown(page, listing, after, bars)

    def keep_shown(
        self, page: ProspectPage, listing: Listing, shown: ShownOn, bars: tuple[Reason, ...]
    ) -> None:
        before = self.store.get(ShownPlot, listing.listing_id) or ShownPlot(
            listing_id=listing.listing_id
        )
        after = before.with_page(shown)
        self.store.save(after)
        for each in told_anew(before.pages, after.pages):
            self.store.announce(facts.told_of(page, each, listing, bars))


class Holds(Looking):
    """Keeps a plot for one project until a day."""

    get_plot_hold, list_plot_holds, plot_hold_history = reads(PlotHold)

    @command(schemas.HoldPlot, answers=PlotHold)
    def hold_plot(self, request: dict[str, Any]) -> Any:
        """Keep a plot on offer for a project, or go on keeping it until another day."""
        self.prospect_of(request["project_id"])
        listing = self.store.require(Listing, request["listing_id"], "listing_id")
        today = self.store.today
        days = HANDBOOK.on(today).hold_days[request["hold_kind"]]
        usual_last = today + timedelta(days=days)
        until_on = request["until_on"] or usual_last
        long = lasts_long(until_on, usual_last, request["hold_kind"].value)
        before = self.store.get(PlotHold, listing.listing_id)
        held = before if before and before.holds_on(today) else None
        refuse(
            not_on_offer(listing) or held_by_another(held, request["project_id"]),
            is_over(until_on, today),
        )
        if before and not held and before.end is None:
            self._end(before, listing, HoldEnd.EXPIRED)
        number = before.hold_no + 1 if before else 1
        days_of = {"until_on": until_on, "held_on": today}
        release_no = listing.release.release_no if listing.release else None
        hold = PlotHold(
            **request | days_of,
            hold_no=number,
            release_no=release_no,
            warnings=(long,) if long else (),
        )
        self.store.save(hold)
        self.store.announce(facts.held_of(hold, listing))
        self.follow_shown(listing.listing_id)
        return self.store.dump(hold)

    @command(schemas.ReleaseHold, answers=PlotHold)
    def release_hold(self, request: dict[str, Any]) -> Any:
        """Keep a plot no longer."""
        hold = self.store.require(PlotHold, request["listing_id"], "listing_id")
        if not hold.holds_on(self.store.today):
            sentence = "The plot is held for nobody; there is nothing to release."
            raise Refused([Reason("NOT_HELD", sentence, field="listing_id")])
        listing = self.store.require(Listing, hold.listing_id)
        return self.store.dump(self._end(hold, listing, HoldEnd.RELEASED))

    @every(LOOK_EVERY_S)
    def look_after_shown_plots(self, _: Event) -> None:
        """End the holds whose last day is over, or whose plot is gone by what the land register says now, and
        tell of shown plots whose day has come or gone."""
        kept = []
        for hold in self.store.find(PlotHold, MOST, "expires_on"):
            if hold.end:
                break
            listing = self.store.require(Listing, hold.listing_id)
            if hold.expires_on <= self.store.today:
                self._end(hold, listing, HoldEnd.EXPIRED)
            elif self.follow_hold(listing):
                kept.append(self.plot_of(listing, self.store.now, hold.project_id))
        for plot, _found in self.looks_at(kept):
            if plot.hold and (gone := plot_is_gone(plot)):
                self._end(plot.hold, plot.listing, HoldEnd.PLOT_GONE, (gone,))
        for shown in self.store.find(ShownPlot, MOST):
            self.follow_shown(shown.listing_id)

    def follow_hold(self, listing: Listing) -> bool:
        """Whether the plot is kept still; of one that is gone whoever kept it is told why."""
        hold = self.store.get(PlotHold, listing.listing_id)
        if hold is None or hold.end:
            return False
        reasons = why_gone(hold, listing)
        if reasons:
            self._end(hold, listing, HoldEnd.PLOT_GONE, reasons)
        return not reasons

    def _end(
        self, hold: PlotHold, listing: Listing, end: HoldEnd, reasons: tuple[Reason, ...] = ()
    ) -> PlotHold:
        after = hold.ended(end, reasons)
        self.store.save(after)
        self.store.announce(facts.hold_ended_of(after, listing, end))
        self.follow_shown(listing.listing_id)
        return after


class Handbook(Looking):
    """Answers what is on offer on a day, and why a plot is not."""

    @query(schemas.AvailabilityAsked, answers=schemas.PlotAvailability)
    def plot_availability(self, request: dict[str, Any]) -> Any:
        """Whether a plot can be had now, and everything that speaks against it."""
        listing = self.store.require(Listing, request["listing_id"], "listing_id")
        if request["project_id"]:
            self.prospect_of(request["project_id"])
        [(plot, found)] = self.looks_at(
            [self.plot_of(listing, self.store.now, request["project_id"])], whole=True
        )
        answer = {
            "listing_id": listing.listing_id,
            "on": plot.on,
            "can_be_had": found.can_be_had,
            "reasons": told(found.bars),
            "remarks": told(found.remarks),
        }
        return self.store.dump(answer)

    @query(schemas.HandbookAsked, answers=schemas.PromotionHandbook)
    def promotion_handbook(self, request: dict[str, Any]) -> Any:
        """The handbook [招商手册]: every plot and unit that can be had on a day, today or later."""
        today, on = self.store.today, request["on"] or self.store.today
        refuse(is_past(on, today))
        midnight = datetime.combine(on, time(0), PARK_TIME)
        at = self.store.now if on == today else midnight
        township = request["township"]
        listings = [
            each
            for each in self.store.find(Listing, MOST, is_open=True)
            if township in (None, each.township)
        ]
        listings.sort(key=lambda each: (each.township, -(each.area_m2 or 0), each.listing_id))
        looked = self.looks_at([self.plot_of(each, at, None) for each in listings])
        return self.store.dump(self._bound(on, looked, self._units(on, township)))

    def _bound(self, on: date, looked: list[Looked], units: dict[str, Any] | None) -> Any:
        platforms = self.store.find(Platform, MOST)
        plots = plots_on_offer(looked, platforms)
        area = sum((each["area_m2"] for each in plots), Decimal(0))
        found = units and [unit_on_offer(each, on) for each in units["units"]]
        return {
            "on": on,
            "known_at": self.store.now,
            "plots": plots,
            "plots_area_m2": area,
            "plots_area_mu": in_mu(area),
            "units": found,
            "units_found": units and units["units_found"],
            "policies": policies_on_offer(self.store.find(Policy, MOST), on),
            "not_shown": [_not_shown(*each) for each in looked if not each[1].can_be_had],
            "unreachable": silent_of(looked, units_missing=units is None),
        }

    def _units(self, on: date, township: str | None) -> dict[str, Any] | None:
        """What can be rented, as parcels says; none if it does not say so."""
        asked = {"on": on.isoformat(), "limit": UNITS, "township": township}
        try:
            self.be_quick()
            found: dict[str, Any] = schemas.UnitsFree().load(self.parcels.units_available(**asked))
        except Exception as problem:  # noqa: BLE001 - the land is told all the same
            log.warning("units_not_shown", problem=type(problem).__name__)
            return None
        return found


NO_ANSWER = Reason(
    "NO_ANSWER",
    "The land register (parcels) could not be reached in time, so the plot is not shown. Ask again later.",
)
NO_USABLE_ANSWER = Reason(
    "NO_USABLE_ANSWER",
    "The land register (parcels) gave no usable answer, so the plot is not shown. Tell whoever looks after "
    "it.",
)


def silent_of(looked: Iterable[Looked], *, units_missing: bool = False) -> list[str]:
    """Who did not answer."""
    return ["parcels"] if units_missing or any(plot.silence for plot, _ in looked) else []


def _not_shown(plot: Plot, found: Availability) -> dict[str, Any]:
    listing = plot.listing
    about = {"listing_id": listing.listing_id, "township": listing.township}
    return about | {"reasons": told(found.bars)}


def told(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    return [reason.as_dict() for reason in reasons]
