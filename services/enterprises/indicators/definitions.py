"""Which indicators there are: dated data, `rulebook/economy/<first day>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


class IndicatorCounting(StrEnum):
    """How an indicator counts; the rulebook explains each."""

    CUMULATIVE = "cumulative"
    STOCK = "stock"
    RATIO = "ratio"


@record
class GivenUnit:
    """What one of a unit comes to in the unit `of` an indicator."""

    of: str
    factor: Decimal


@record
class Definition:
    title: str
    unit: str
    counting: IndicatorCounting
    of: tuple[str, ...] = ()
    whole: bool = False
    negative: bool = False


@record
class Definitions:
    """`bases` beside the townships, by their codes."""

    bases: tuple[str, ...]
    units: Mapping[str, GivenUnit]
    indicators: Mapping[str, Definition]


INDICATORS = Rulebook(FOLDER / "economy", Definitions)
