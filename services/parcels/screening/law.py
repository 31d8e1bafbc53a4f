"""The dated data of screening: when land is idle, and by which criteria it is of low efficiency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .construction import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBegun:
    years: int
    source: str
    fee_share_of_land_price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    years: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    years: int
    source: str
    area_below: Part
    investment_below: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    days: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleLaw:
    """The periods after which granted land is idle, and what follows."""

    not_begun: NotBegun
    take_back: TakeBack
    stopped: Stopped
    investigation: Investigation


IDLE_LAW = Rulebook(FOLDER / "idle_land", IdleLaw)
