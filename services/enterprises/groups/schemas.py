"""The contracts of groups: what townships report of owners, and what may be asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Id, Share, in_order

from ..words import Role, Standing
from .ownership import Holding


class OwnerReported(Contract):
    """That an owner holds a share of the firm; both days are included. An owner outside the park has an
    id that its township gave it. A person is no owner here."""

    enterprise_id = Id(required=True)
    owner_id = Id(required=True)
    share = Share(zero=False, load_default=None, allow_none=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(load_default=None, allow_none=True, data_key="to")
    on = Day(required=True, data_key="reported_on")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on", "to")


class GroupAsked(Contract):
    enterprise_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class Owner(TypedDict):
    owner_id: str
    owner_name: str | None
    share: Decimal | None
    from_on: date
    to_on: date | None


class OwnersOf(TypedDict):
    """`heads` are the last owners up the chain that control the firm; none if the owners run in a ring
    (`in_a_ring`) or nobody controls it."""

    enterprise_id: str
    on: date
    owners: list[Owner]
    known_share: Decimal
    heads: tuple[str, ...]
    in_a_ring: bool
    warning: str | None


class GroupFirm(TypedDict):
    """`group_share` is what the group is known to hold of it; none of the head. With `share_unknown` the
    firm is taken for one of the group though nobody said how much is held."""

    enterprise_id: str
    firm_name: str | None
    steps: int
    through: tuple[str, ...]
    group_share: Decimal | None
    share_unknown: bool
    standing: Standing | None


class GroupPlot(TypedDict):
    """`area_m2` is that of the whole parcel, also where others own or rent a part of it."""

    parcel_id: str
    role: Role
    enterprise_ids: tuple[str, ...]
    area_m2: Decimal | None


class GroupCase(TypedDict):
    case_id: str
    parcel_id: str
    is_open: bool
    enterprise_ids: tuple[str, ...]


class StandingCount(TypedDict):
    standing: Standing
    firms: int


class GroupOverview(TypedDict):
    """All that a group comes to on a day; each plot and case counts once. The standings and cases are
    those of now. `not_kept_here` names what is none because another service keeps it."""

    enterprise_id: str
    on: date
    control_more_than: Decimal
    control_source: str
    group_firms: list[GroupFirm]
    minority_holdings: tuple[Holding, ...]
    group_plots: list[GroupPlot]
    owned_area_m2: Decimal
    rented_area_m2: Decimal
    area_unknown: int
    rented_units: int
    rented_units_area_m2: Decimal
    group_cases: list[GroupCase]
    open_cases: int
    standing_counts: list[StandingCount]
    arrears_cny: Decimal | None
    open_promises: int | None
    not_kept_here: tuple[str, ...]
