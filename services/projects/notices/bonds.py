"""The bond that notices of a place usually ask, as their own show it."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook

from ..findings import Finding, Outcome
from ..rulebook import FOLDER
from .printed import WAN, Printed

NOT_KNOWN = "The notice does not print what this rule needs, or no notice of its place is known."


@record
class PlaceBond:
    """The usual share of the start price, and the notice that shows it."""

    share: Decimal
    source: str


@record
class PlaceBonds:
    otherwise: str
    places: dict[str, PlaceBond]

    def of(self, place: str) -> PlaceBond | None:
        """That of the last name that the place holds: 海盐 of 嘉兴 海盐."""
        known = [name for name in self.places if name in place]
        inner = max(known, key=lambda name: (place.index(name), len(name)), default=None)
        return self.places[inner] if inner else None


PLACE_BONDS = Rulebook(FOLDER / "bonds", PlaceBonds)


def bond_is_usual_for_its_place(plot: Printed, bonds: PlaceBonds) -> Finding:
    """Practice: a bond below what the place's own notices ask, cut to whole 万元, is looked at."""
    usual, whole = bonds.of(plot.place), plot.price.whole_cny(plot.area) if plot.price else None
    about: dict[str, Any] = {"code": "BOND_UNUSUAL_FOR_PLACE", "field": "bond_wan"}
    if usual is None or whole is None or plot.bond_cny is None:
        return Finding(
            **about, outcome=Outcome.DOES_NOT_APPLY, sentence=NOT_KNOWN, source=bonds.otherwise
        )
    least = (whole * usual.share / WAN).to_integral_value(ROUND_FLOOR)
    return Finding(
        **about,
        outcome=Outcome.KEPT if plot.bond_cny >= least * WAN else Outcome.WARNED,
        sentence=f"Notices of this place ask {usual.share:.0%} of the start price, here {least:f} 万元.",
        source=f"{bonds.otherwise}: {usual.source}",
        computed=f"{least:f}",
    )
