"""What interrupts a notice, as numbers: `rulebook/amendments/<first day>.toml`."""

from __future__ import annotations

from backbone.records import record
from park.rulebook import Rulebook

from ..periods.counting import Counting
from ..rulebook import FOLDER


@record
class SuspensionLaw:
    """How the days of a suspension count."""

    counting: Counting
    source: str


@record
class SupplementLaw:
    """How the days count that ran before it, and the kind of period that lies between it and the sale."""

    counting: Counting
    period: str
    source: str


@record
class ResumptionLaw:
    """Hours from a resumption to the next end."""

    hours: int
    source: str


@record
class DayOffLaw:
    source: str


@record
class AmendmentLaw:
    suspension: SuspensionLaw
    supplement: SupplementLaw
    resumption: ResumptionLaw
    day_off: DayOffLaw


AMENDMENT_LAW = Rulebook(FOLDER / "amendments", AmendmentLaw)
