"""What townships report of a suspicion: the check on site, the holder's view, the answer to it."""

from __future__ import annotations

from enum import StrEnum

from backbone.records import record

from ..words import Said


class CampaignLine(StrEnum):
    """What the campaign works on: 低效企业整治, 存量用地有机更新, 产业载体能级提升."""

    FIRM = "firm"
    LAND = "land"
    CARRIER = "carrier"


class CampaignScope(StrEnum):
    """重点区域, 重点产业, 重点地块."""

    AREA = "area"
    INDUSTRY = "industry"
    PLOT = "plot"


class View(StrEnum):
    AGREES = "agrees"
    OBJECTS = "objects"


@record
class Check:
    """The check on site [现场核实]; `said.on` is its day. Documents and photos by their ids."""

    verified: bool
    operator_role: str
    document_ids: tuple[str, ...] = ()
    photo_ids: tuple[str, ...] = ()
    campaign_line: CampaignLine | None = None
    campaign_scope: CampaignScope | None = None
    note: str | None = None
    said: Said


@record
class Holder:
    """What the holder says of the verified suspicion; `said.on` is the day."""

    operator_role: str
    view: View
    text: str | None = None
    said: Said


@record
class Answer:
    """The answer to an objection; if it is `upheld` the suspicion is rejected."""

    operator_role: str
    upheld: bool
    text: str
    said: Said
