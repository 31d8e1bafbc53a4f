"""How land is shown to prospects, as dated data."""

from __future__ import annotations

from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


class HoldKind(StrEnum):
    """Why a plot is kept for one project."""

    RESERVED = "reserved"  # 预留
    IN_TALKS = "in_talks"  # 在谈


@record
class Weight:
    """Whether what was found keeps the plot from being shown, and where that comes from."""

    bars: bool
    source: str


@record
class PageRules:
    open_days: int
    most_plots: int


@record
class FloorPlace:
    place: str


@record
class HandbookRules:
    hold_days: dict[HoldKind, int]
    page: PageRules
    floor: FloorPlace
    against: dict[str, Weight]


HANDBOOK = Rulebook(FOLDER / "handbook", HandbookRules)
