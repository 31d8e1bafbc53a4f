"""What may be asked of leads and open land together, and what is answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Share, TownshipCode, WholeNumber

from ..leads.lead import Wish
from ..listings.listing import ListingState
from . import rulebook
from .rules import Criterion

LARGEST_WEIGHT = 1000
MOST_PLOTS = 500


def _weight() -> WholeNumber:
    said = "Give a whole number from {min} to {max}."
    return WholeNumber(validate=validate.Range(0, LARGEST_WEIGHT, error=said))


class Weights(Contract):
    """What counts how much; what is left out counts as in the dated data."""

    placed = _weight()
    area = _weight()
    township = _weight()
    industry = _weight()
    price = _weight()

    @validates_schema
    def something_counts(self, data: dict[str, Any], **_: Any) -> None:
        if len(data) == len(self.fields) and not any(data.values()):
            raise ValidationError("Give at least one weight above 0.", "area")


class Weighed(Contract):
    """`on` is the day whose weights count; today if it is left out."""

    weights = fields.Nested(Weights, load_default=dict)
    on = Day(load_default=None, allow_none=True)


class RankPlots(Weighed):
    lead_id = fields.Str(required=True)
    most = WholeNumber(
        load_default=20,
        validate=validate.Range(1, MOST_PLOTS, error="Give a whole number from {min} to {max}."),
    )


class AssignBest(Weighed):
    """All open land, or that of one township."""

    township = TownshipCode(load_default=None, allow_none=True)


class NearMisses(Contract):
    """`area_share` is how far off an area may be, as a share of the wished one; else the dated data say."""

    lead_id = fields.Str(required=True)
    area_share = Share(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class Beside(Schema):
    """What `parcels.neighbours_of` answers: only what is read."""

    class Meta:
        unknown = EXCLUDE

    parcel_ids = fields.List(fields.Str(), required=True)


class Why(TypedDict):
    """One thing that counts: `points` of 1000, and what they `add` to the score by its weight."""

    criterion: Criterion
    points: int
    weight: int
    adds: int
    sentence: str


class Plot(TypedDict):
    listing_id: str
    parcel_id: str
    township: str
    state: ListingState
    area_m2: Decimal


class RankedPlot(Plot):
    """`reasons` are what speaks for the plot; `remarks` stand beside land that can be had."""

    score: int
    reasons: list[Why]
    can_be_had: bool
    remarks: list[dict[str, str]]


class BarredPlot(Plot):
    """A plot that cannot be had by what projects knows; `reasons` say why, as `plot_availability` does."""

    can_be_had: bool
    reasons: list[dict[str, str]]
    remarks: list[dict[str, str]]


class BarredFit(BarredPlot):
    """One that fits the lead; `score` is what it would have in the ranking."""

    score: int


class Ranking(TypedDict):
    """The plots that fit and can be had, the best first. `best_score` is that of land that is perfect in
    everything. `left_out` counts the plots that fit and cannot be had, by what projects knows;
    `not_to_be_had` has as many of them as there may be plots, the best first."""

    lead_id: str
    rules_of: date
    weights: rulebook.Weights
    best_score: int
    plots: list[RankedPlot]
    left_out: int
    not_to_be_had: list[BarredFit]


class PlacedPlot(RankedPlot):
    lead_id: str


class LeadLeft(TypedDict):
    lead_id: str
    fitting_plots: int
    sentence: str


class PlotLeft(Plot):
    fitting_leads: int
    sentence: str


class GreedyPair(TypedDict):
    lead_id: str
    listing_id: str


class BestFirst(TypedDict):
    """What comes of it when the best single pair is made first; `lost` is what that gives away."""

    value: int
    lost: int
    pairs: list[GreedyPair]


class Move(TypedDict):
    lead_id: str
    from_listing_id: str | None
    to_listing_id: str | None


class OneMorePlot(TypedDict):
    """The value with one more plot, ideal for the lead that gets it, less the value without; `moves` are
    the leads that then give up a plot or get another. Without a lead, nobody would need it."""

    worth: int
    lead_id: str | None
    wish: Wish | None
    moves: list[Move]


class Assigned(TypedDict):
    """`value` adds up the scores and, for each lead with land, 1000 times the weight `placed`.
    `left_out` counts the open plots that no lead can have, by what projects knows."""

    rules_of: date
    weights: rulebook.Weights
    value: int
    pairs: list[PlacedPlot]
    leads_left: list[LeadLeft]
    plots_left: list[PlotLeft]
    best_first: BestFirst
    one_more_plot: OneMorePlot
    left_out: int
    not_to_be_had: list[BarredPlot]


class NearMiss(Plot):
    """`rule` is the one that stands between; an area is off by `off_m2`, `off_share` of the wished bound.
    `release_reasons` say why land that was released may not be offered now, `reasons` whatever keeps the
    plot from the lead by what projects knows."""

    rule: dict[str, str]
    off_m2: Decimal | None
    off_share: Decimal | None
    release_reasons: list[dict[str, str]]
    can_be_had: bool
    reasons: list[dict[str, str]]
    remarks: list[dict[str, str]]


class MergedPlot(Plot):
    """A plot that is too small alone. `remarks` stand beside land that can be had."""

    rule: dict[str, str]
    remarks: list[dict[str, str]]


class MergedPlots(TypedDict):
    """Two plots that lie side by side, the larger one first, and their area together."""

    plots: list[MergedPlot]
    area_m2: Decimal
    reasons: list[dict[str, str]]


class Missed(TypedDict):
    """`merged` are plots which are large enough with a neighbour, those of the smallest area together first;
    `merged_doubts` say why there may be more, and which pairs would do but cannot be had."""

    lead_id: str
    rules_of: date
    area_share: Decimal
    plots: list[NearMiss]
    merged: list[MergedPlots]
    merged_doubts: list[dict[str, str]]
