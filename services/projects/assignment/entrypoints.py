"""Leads and open land together: plots ranked for a lead, the best assignment of all, and near misses.
Nothing is kept of it; who gets the land is decided by its supply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import eventlet

from backbone import query
from backbone.errors import DeadlineExceeded, Reason, Unavailable
from backbone.logs import log
from park.rules import refuse

from ..handbook.entrypoints import ASKED_AT_ONCE, Looking, told
from ..handbook.rules import Availability, Plot, known_availability
from ..leads.lead import Lead
from ..listings.listing import Listing
from . import schemas
from .best import best_of
from .had import kept_for_of, marks
from .merged import (
    completable,
    merged_as_dict,
    pairs_not_to_be_had,
    pairs_of,
    smallest_of,
    too_small_alone,
)
from .near import near_misses_of
from .rulebook import ASSIGNMENT_LAW, Merged, Most
from .scoring import Market, Scale, plot_as_dict, ranked

MOST = 100_000  # leads, or listings: far more than a park has


class Assignment(Looking):
    """Ranks and assigns land by the weights of the team."""

    @query(schemas.RankPlots, answers=schemas.Ranking)
    def rank_plots(self, request: dict[str, Any]) -> Any:
        """The open plots that fit a lead and can be had by what projects knows, the best first, each with
        what speaks for it; beside them those that fit and cannot be had, with why."""
        lead, scale = self._looking(request["lead_id"]), self._scale(request)
        plots, barred = self._ranked(lead, scale)
        return {
            "lead_id": lead.lead_id,
            **self._by(request, scale),
            "best_score": scale.weights.best_score,
            "plots": plots[: request["most"]],
            "left_out": len(barred),
            "not_to_be_had": barred[: request["most"]],
        }

    @query(schemas.AssignBest, answers=schemas.Assigned)
    def best_assignment(self, request: dict[str, Any]) -> Any:
        """All open land that can be had, by what projects knows, to all leads that look, each at most once,
        so that the value is the greatest."""
        leads = self.store.find(Lead, MOST, is_looking=True)
        of_township = {"township": request["township"]} if request["township"] else {}
        listings = self._open_land(**of_township)
        most = ASSIGNMENT_LAW.on(request["on"] or self.store.today).most
        kept_for, barred = self._not_for_all(listings, {lead.lead_id for lead in leads})
        refuse(too_many(len(leads), len(listings) - len(barred), most))
        scale = self._scale(request)
        found = best_of(leads, listings, scale, kept_for)
        land = {each.listing_id: each for each in listings}
        pairs = [
            pair | _beside(self._known(land[pair["listing_id"]], pair["lead_id"]))
            for pair in found["pairs"]
        ]
        left = {"left_out": len(barred), "not_to_be_had": barred[: most.plots]}
        return self._by(request, scale) | found | {"pairs": pairs} | left

    @query(schemas.NearMisses, answers=schemas.Missed)
    def near_misses(self, request: dict[str, Any]) -> Any:
        """The land that a lead would fit but for one rule, and by how much it breaks that one; and plots
        that are too small alone and large enough merged with a neighbour, by the land register."""
        lead = self._looking(request["lead_id"])
        on = request["on"] or self.store.today
        law, share = ASSIGNMENT_LAW.on(on), request["area_share"]
        area_share = law.near.area_share if share is None else share
        listings = self.store.find(Listing, MOST)
        return {
            "lead_id": lead.lead_id,
            "rules_of": on,
            "area_share": area_share,
            "plots": self._marked(lead, listings, near_misses_of(lead, listings, area_share)),
            **self._merged(lead, listings, law.merged),
        }

    def _ranked(
        self, lead: Lead, scale: Scale
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The plots that fit, the best first: those that can be had, and those that cannot, with why."""
        market = Market.of(self._open_land())
        land = {each.listing_id: each for each in market.listings}
        plots, barred = [], []
        for row in ranked(lead, market, scale):
            found = self._known(land[row["listing_id"]], lead.lead_id)
            if found.can_be_had:
                plots.append(row | _beside(found))
            else:
                barred.append(row | marks(found))
        return plots, barred

    def _not_for_all(
        self, listings: list[Listing], looking: set[str]
    ) -> tuple[dict[str, str | None], list[dict[str, Any]]]:
        """Who alone can have the plots that not everybody can, and the plots that nobody who looks can."""
        kept_for: dict[str, str | None] = {}
        barred = []
        for plot in (self.plot_of(each, self.store.now, None) for each in listings):
            found = known_availability(plot)
            if not found.can_be_had:
                theirs = kept_for_of(plot)
                kept_for[plot.listing.listing_id] = theirs if theirs in looking else None
                if theirs not in looking:
                    barred.append(plot_as_dict(plot.listing) | marks(found))
        return kept_for, sorted(barred, key=lambda each: str(each["listing_id"]))

    def _marked(
        self, lead: Lead, listings: list[Listing], misses: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """The near misses with whether they can be had; those that cannot come last."""
        land = {each.listing_id: each for each in listings}
        rows = [
            miss | marks(self._known(land[miss["listing_id"]], lead.lead_id)) for miss in misses
        ]
        return sorted(rows, key=lambda row: not row["can_be_had"])

    def _known(self, listing: Listing, lead_id: str) -> Availability:
        return known_availability(self.plot_of(listing, self.store.now, lead_id))

    def _merged(self, lead: Lead, listings: list[Listing], law: Merged) -> dict[str, Any]:
        """The land register is asked of so many plots at most as the data say, and only of those that another
        would make large enough; of those first that projects has nothing against."""
        wish, most, silence = lead.wish, law.most_plots, list[Reason]()
        small = self._seen_by(lead, too_small_alone(wish, listings))
        worth = completable(
            wish, [each.listing for each in small if known_availability(each).can_be_had]
        )
        first = {each.listing_id for each in worth}
        barred = completable(wish, [each.listing for each in small])
        asked = [*worth, *(each for each in barred if each.listing_id not in first)][:most]
        pool = eventlet.GreenPool(ASKED_AT_ONCE)
        found = pool.imap(lambda each: self._parcels_beside(each, silence), asked)
        beside = {each.listing_id: ids for each, ids in zip(asked, found, strict=True)}
        pairs = pairs_of(wish, asked, beside)
        paired = {each.listing_id: each for pair in pairs for each in pair}
        looked = self.looks_at(self._seen_by(lead, paired.values()), whole=True)
        remarks = {p.listing.listing_id: each.remarks for p, each in looked if each.can_be_had}
        bars = {p.listing.listing_id: each.bars for p, each in looked if not p.silence}
        known = [pair for pair in pairs if all(each.listing_id in bars for each in pair)]
        doubts = (
            *silence,
            *(p.silence for p, _ in looked if p.silence),
            *_more(worth, most),
            *pairs_not_to_be_had(wish, known, bars, law.most_pairs_told),
        )
        return {
            "merged": [merged_as_dict(wish, pair, remarks) for pair in smallest_of(pairs, remarks)],
            "merged_doubts": [each.as_dict() for each in dict.fromkeys(doubts)],
        }

    def _seen_by(self, lead: Lead, listings: Iterable[Listing]) -> list[Plot]:
        return [self.plot_of(each, self.store.now, lead.lead_id) for each in listings]

    def _parcels_beside(self, listing: Listing, silence: list[Reason]) -> list[str]:
        """The parcels beside that of the listing; nothing more is asked once there was no answer."""
        if silence:
            return []
        try:
            self.be_quick()
            said = self.parcels.neighbours_of(parcel_id=listing.parcel_id)
            ids: list[str] = schemas.Beside().load(said)["parcel_ids"]
            return ids
        except (Unavailable, DeadlineExceeded):
            silence.append(NO_ANSWER)
        except Exception as problem:  # noqa: BLE001 - whatever is wrong there, the others are answered
            log.warning("neighbours_not_known", problem=type(problem).__name__)
            silence.append(NO_USABLE_ANSWER)
        return []

    def _open_land(self, **filters: Any) -> list[Listing]:
        found: list[Listing] = self.store.find(Listing, MOST, is_open=True, **filters)
        return found

    def _looking(self, lead_id: str) -> Lead:
        lead: Lead = self.store.require(Lead, lead_id, "lead_id")
        refuse(None if lead.is_looking else _not_looking(lead))
        return lead

    def _scale(self, request: dict[str, Any]) -> Scale:
        law = ASSIGNMENT_LAW.on(request["on"] or self.store.today)
        return Scale(weights=replace(law.weights, **request["weights"]), points=law.points)

    def _by(self, request: dict[str, Any], scale: Scale) -> dict[str, Any]:
        return {
            "rules_of": request["on"] or self.store.today,
            "weights": asdict(scale.weights),
        }


NO_ANSWER = Reason(
    "NO_ANSWER",
    "The land register (parcels) could not be asked in time which plots lie side by side, so not every plot "
    "that a neighbour makes large enough is named. Ask again later.",
)
NO_USABLE_ANSWER = Reason(
    "NO_USABLE_ANSWER",
    "The land register (parcels) gave no usable answer to which plots lie side by side, so not every plot "
    "that a neighbour makes large enough is named. Tell whoever looks after it.",
)


def _beside(found: Availability) -> dict[str, Any]:
    """Of a row whose `reasons` are what speaks for the plot."""
    return {"can_be_had": found.can_be_had, "remarks": told(found.remarks)}


def too_many(leads: int, plots: int, most: Most) -> Reason | None:
    """One call ends within seconds, so that no other waits for it."""
    if leads <= most.leads and plots <= most.plots:
        return None
    return Reason(
        "TOO_MANY_TO_ASSIGN",
        f"There are {leads} leads and {plots} open plots that can be had; one call assigns {most.leads} "
        f"leads and {most.plots} plots at most. Ask for one township.",
        field="township",
    )


def _not_looking(lead: Lead) -> Reason:
    sentence = f"The lead looks for no land: it is {lead.stage.value}."
    return Reason("NOT_LOOKING", sentence, field="lead_id")


def _more(worth: list[Listing], most: int) -> tuple[Reason, ...]:
    """Plots of which the land register was not asked are not passed over in silence."""
    if len(worth) <= most:
        return ()
    sentence = (
        f"Of {len(worth)} plots that a neighbour may complete the {most} largest were asked about."
    )
    return (Reason("MORE_PLOTS", sentence),)
