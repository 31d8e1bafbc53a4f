"""Words that the things of parcels share, as they stand on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

TOWNSHIP_DIGITS = 9
WAITS_FOR_PARCEL = "waits for the registration of its parcel"  # these are said in receipts
WAITS_FOR_PARK = "waits for the report of its park"
WAITS_FOR_BUILDING = "waits for the report of its building"
WAITS_FOR_UNIT = "waits for the report of its unit"
Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


class LandUse(StrEnum):
    INDUSTRIAL = "industrial"
    WAREHOUSE = "warehouse"
    RESIDENTIAL = "residential"
    PUBLIC = "public"
    COMMERCIAL = "commercial"


class DisposalWay(StrEnum):
    """What is done about a low-efficiency plot. The rulebook says which ways vacate land."""

    PHASE_OUT = "phase_out"  # 淘汰出清, 关停退出
    UPGRADE_IN_PLACE = "upgrade_in_place"  # 整治提升, 改造提升
    MERGER_RESTRUCTURING = "merger_restructuring"  # 兼并重组
    STATE_CAPITAL_OPERATION = "state_capital_operation"  # 国资运作
    LAND_RESERVE = "land_reserve"  # 收储, 回收盘活
    VACATE_RELOCATE = "vacate_relocate"  # 腾退, 集聚入园
    ORGANIC_RENEWAL = "organic_renewal"  # 有机更新, 拆除重建
    FUNCTION_CHANGE = "function_change"  # 功能转型


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Said:
    """When something was reported: `on` is the day that it is about, `at` when the event happened.

    Of two reports of one thing the later one stands, in whatever order they arrive.
    """

    on: date
    at: datetime
    event_id: str


def township_of(own_id: str) -> str:
    """The code of the township that gave a parcel or a case this id."""
    return own_id[:TOWNSHIP_DIGITS]
