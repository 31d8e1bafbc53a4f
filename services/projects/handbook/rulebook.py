"""How land is shown to prospects, as dated data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from park.rulebook import Rulebook

from ..rulebook import FOLDER


class HoldKind(StrEnum):
    """Why a plot is kept for one project."""

    RESERVED = "reserved"  # 预留
    IN_TALKS = "in_talks"  # 在谈


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Whether what was found keeps the plot from being shown, and where that comes from."""

    bars: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    open_days: int
    most_plots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPlace:
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookRules:
    hold_days: dict[HoldKind, int]
    page: PageRules
    floor: FloorPlace
    against: dict[str, Weight]


HANDBOOK = Rulebook(FOLDER / "handbook", HandbookRules)
