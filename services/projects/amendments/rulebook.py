"""What interrupts a notice, as numbers: `rulebook/amendments/<first day>.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from park.rulebook import Rulebook

from ..periods.counting import Counting
from ..rulebook import FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionLaw:
    """How the days of a suspension count."""

    counting: Counting
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementLaw:
    """How the days count that ran before it, and the kind of period that lies between it and the sale."""

    counting: Counting
    period: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumptionLaw:
    """Hours from a resumption to the next end."""

    hours: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOffLaw:
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentLaw:
    suspension: SuspensionLaw
    supplement: SupplementLaw
    resumption: ResumptionLaw
    day_off: DayOffLaw


AMENDMENT_LAW = Rulebook(FOLDER / "amendments", AmendmentLaw)
