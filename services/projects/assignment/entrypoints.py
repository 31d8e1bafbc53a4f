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

from ..handbook.entrypoints import ASKED_AT_ONCE, Looking
from ..handbook.rules import Plot, known_availability
from ..leads.lead import Lead
from ..listings.listing import Listing
from . import schemas
from .best import best_of
from .merged import completable, merged_as_dict, pairs_of, smallest_of, too_small_alone
from .near import near_misses_of
from .rulebook import ASSIGNMENT_LAW, Most
from .scoring import Market, Scale, ranked

MOST = 100_000  # leads, or listings: far more than a park has


class Assignment(Looking):
    """Ranks and assigns land by the weights of the team."""

    @query(schemas.RankPlots, answers=schemas.Ranking)
    def rank_plots(self, request: dict[str, Any]) -> Any:
        """The open plots that fit a lead, the best first, each with what speaks for it."""
        lead, scale = self._looking(request["lead_id"]), self._scale(request)
        plots = ranked(lead, Market.of(self._open_land()), scale)
        return {
            "lead_id": lead.lead_id,
            **self._by(request, scale),
            "best_score": scale.weights.best_score,
            "plots": plots[: request["most"]],
        }

    @query(schemas.AssignBest, answers=schemas.Assigned)
    def best_assignment(self, request: dict[str, Any]) -> Any:
        """All open land to all leads that look, each at most once, so that the value is the greatest."""
        leads = self.store.find(Lead, MOST, is_looking=True)
        of_township = {"township": request["township"]} if request["township"] else {}
        listings = self._open_land(**of_township)
        most = ASSIGNMENT_LAW.on(request["on"] or self.store.today).most
        refuse(too_many(len(leads), len(listings), most))
        scale = self._scale(request)
        return self._by(request, scale) | best_of(leads, listings, scale)

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
            "plots": near_misses_of(lead, listings, area_share),
            **self._merged(lead, listings, law.merged.most_plots),
        }

    def _merged(self, lead: Lead, listings: list[Listing], most: int) -> dict[str, Any]:
        """The land register is asked of `most` plots at most, and only of those that projects has nothing
        against and that another would make large enough."""
        wish, silence = lead.wish, list[Reason]()
        small = self._seen_by(lead, too_small_alone(wish, listings))
        worth = completable(
            wish, [each.listing for each in small if known_availability(each).can_be_had]
        )
        asked = worth[:most]
        pool = eventlet.GreenPool(ASKED_AT_ONCE)
        found = pool.imap(lambda each: self._parcels_beside(each, silence), asked)
        beside = {each.listing_id: ids for each, ids in zip(asked, found, strict=True)}
        pairs = pairs_of(wish, asked, beside)
        paired = {each.listing_id: each for pair in pairs for each in pair}
        looked = self.looks_at(self._seen_by(lead, paired.values()))
        remarks = {p.listing.listing_id: each.remarks for p, each in looked if each.can_be_had}
        doubts = (*silence, *(p.silence for p, _ in looked if p.silence), *_more(worth, most))
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


def too_many(leads: int, plots: int, most: Most) -> Reason | None:
    """One call ends within seconds, so that no other waits for it."""
    if leads <= most.leads and plots <= most.plots:
        return None
    return Reason(
        "TOO_MANY_TO_ASSIGN",
        f"There are {leads} leads and {plots} open plots; one call assigns {most.leads} leads and "
        f"{most.plots} plots at most. Ask for one township.",
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
