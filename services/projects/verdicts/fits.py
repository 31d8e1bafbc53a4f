"""What the team's weights make of leads and open land, and the handbook of plots, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from backbone.errors import Reason
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..assignment.near import near_misses_of
from ..assignment.rulebook import AssignmentLaw
from ..assignment.scoring import Market, Scale, ranked
from ..handbook.rulebook import HandbookRules
from ..handbook.rules import Plot, known_availability
from ..leads.lead import Lead
from ..listings.listing import Listing


def by_assignment(
    leads: Iterable[Lead],
    market: Market,
    listings: Sequence[Listing],
    rules: Rulebook[AssignmentLaw],
    on: date,
) -> Rulings:
    """For each lead the open plot that suits it best, and the plots that it misses by little."""
    law = rules.on(on)
    scale = Scale(weights=law.weights, points=law.points)
    found: dict[tuple[str, str], Ruling] = {}
    for lead in leads:
        found[lead.lead_id, "best_plot"] = _best(lead, market, scale, law)
        for miss in near_misses_of(lead, listings, law.near.area_share):
            found[lead.lead_id, f"near_miss {miss['listing_id']}"] = Ruling(
                says="near",
                figure=miss["off_share"],
                bar=law.near.area_share,
                unit="share of the wished area",
                reason=Reason(**miss["rule"]),
                source=law.source,
            )
    return found


def _best(lead: Lead, market: Market, scale: Scale, law: AssignmentLaw) -> Ruling:
    for row in ranked(lead, market, scale):
        why = "; ".join(f"{each['criterion']} {each['adds']}" for each in row["reasons"])
        return Ruling(
            says=row["listing_id"],
            figure=row["score"],
            bar=None,
            unit="points",
            reason=Reason("BEST_SCORE", f"It has the most points: {why}."),
            source=law.source,
        )
    nothing = Reason("NO_PLOT_FITS", "No open plot that can be had fits the lead.")
    return Ruling(says=None, reason=nothing, source=law.source)


def by_handbook(plots: Iterable[Plot], rules: Rulebook[HandbookRules]) -> Rulings:
    """Whether each open plot can be had, by what projects knows."""
    found: dict[tuple[str, str], Ruling] = {}
    for plot in plots:
        known = known_availability(plot, rules)
        reason = next(iter(known.bars), None)
        found[plot.listing.listing_id, "can_be_had"] = Ruling(
            says="yes" if known.can_be_had else "no",
            reason=reason,
            source=reason.source if reason else None,
        )
    return found
