"""Who can have a plot, by what projects knows: the land register, which may know more, is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..handbook.rules import Availability, Plot, known_availability

# Of each listing that not everybody can have, the lead that can; none if nobody can.
KeptFor = Mapping[str, str | None]


def kept_for_of(plot: Plot) -> str | None:
    """The project that a plot is held for, if nothing but the hold speaks against it."""
    if plot.held is None:
        return None
    theirs = replace(plot, project_id=plot.held.project_id)
    return theirs.project_id if known_availability(theirs).can_be_had else None


def marks(found: Availability) -> dict[str, Any]:
    """Whether the plot can be had, why not, and what stands beside it, as `plot_availability` tells them."""
    return {
        "can_be_had": found.can_be_had,
        "reasons": [each.as_dict() for each in found.bars],
        "remarks": [each.as_dict() for each in found.remarks],
    }
