"""The contracts of groups: what townships report of owners, and what may be asked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, validates_schema

from backbone.errors import Reason
from backbone.messages.contract import Contract
from park.fields import Day, Flag, Id, Moment, Share, in_order

from ..obligations.reckoning import Arrear, PromiseStanding
from ..words import Role, Standing
from .ownership import Holding


class OwnerReported(Contract):
    """That an owner holds a share of the firm; both days are included. An owner outside the park has an
    id that its township gave it. A person is no owner here. With `mistyped` what was reported of that
    owner from that first day on never held, and no share is needed."""

    enterprise_id = Id(required=True)
    owner_id = Id(required=True)
    share = Share(zero=False, load_default=None, allow_none=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(load_default=None, allow_none=True, data_key="to")
    mistyped = Flag(load_default=False)
    on = Day(required=True, data_key="reported_on")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on", "to")


class GroupAsked(Contract):
    enterprise_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class GroupOverviewAsked(GroupAsked):
    """`on` is today unless a day is given, `known_at` is now."""

    known_at = Moment(load_default=None, allow_none=True)


class Owner(TypedDict):
    owner_id: str
    owner_name: str | None
    share: Decimal | None
    from_on: date
    to_on: date | None


class OwnersOf(TypedDict):
    """`heads` are the last owners up the chain that control the firm: who has it in its group and is in the
    group of nobody. None if nobody controls it, or only owners in a ring (`in_a_ring`) do."""

    enterprise_id: str
    on: date
    owners: list[Owner]
    known_share: Decimal
    heads: tuple[str, ...]
    in_a_ring: bool
    warning: str | None


class GroupFirm(TypedDict):
    """`group_share` is what the group is known to hold of it; none of the head. With `share_unknown` the
    firm is taken for one of the group though nobody said how much is held. With `owners_doubt` its owners
    hold more than the whole together, and it may be of another group."""

    enterprise_id: str
    firm_name: str | None
    steps: int
    through: tuple[str, ...]
    group_share: Decimal | None
    share_unknown: bool
    owners_doubt: Reason | None
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


class NotAttributed(TypedDict):
    """What is late or promised by a contract of the group, or of land that it owns, and cannot be said to
    be the group's or not. `promises` counts those of the contract."""

    contract_id: str
    parcel_id: str
    instalment_no: int | None
    amount_cny: Decimal | None
    promises: int
    why: Reason


class GroupOverview(TypedDict):
    """All that a group comes to on a day, as known at a moment; each plot, case, instalment and promise
    counts once. The standings and cases are those of the day, the areas of plots those of now.
    `arrears_cny` is the sum of `group_arrears`, to which `not_attributed` may add. `not_kept_here` names
    what is none because another service keeps it: nothing."""

    enterprise_id: str
    on: date
    known_at: datetime
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
    group_arrears: list[Arrear]
    open_promises: int | None
    kept_promises: int
    broken_promises: int
    group_promises: list[PromiseStanding]
    not_attributed: list[NotAttributed]
    not_kept_here: tuple[str, ...]
