"""The contracts of profiles: what townships report of a firm's registration, capital and revenue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import (
    Day,
    Id,
    MoneyCny,
    Text,
    TownshipCode,
    WholeNumber,
    in_order,
)

from ..figures.firm_figures import SourceClass
from ..firms.enterprise import Scale
from .firm_profile import Capital, CapitalKind, Funding
from .persons import masked_name, masked_phone
from .rules import Due

YEARS = validate.Range(2000, 2100, error="Give a whole number from {min} to {max}.")
DAYS = validate.Range(0, 3660, error="Give a whole number from {min} to {max}.")
CURRENCY = validate.Regexp(
    r"[A-Z]{3}\Z", error="Give the currency by its three letters: CNY, USD or EUR."
)


class Money(MoneyCny):
    """An amount of the currency that stands beside it."""

    unit, asked = "of the currency", "amount in its currency"


class RegistrationReported(Contract):
    """All that the township knows of the registration: it takes the place of the report before it.
    Persons are masked as they are read."""

    enterprise_id = Id(required=True)
    established_on = Day(load_default=None, allow_none=True)
    deregistered_on = Day(load_default=None, allow_none=True)
    funding = fields.Enum(Funding, by_value=True, load_default=None, allow_none=True)
    legal_representative = Text(100, load_default=None, allow_none=True)
    contact_name = Text(100, load_default=None, allow_none=True)
    contact_phone = Text(40, load_default=None, allow_none=True)
    on = Day(required=True, data_key="reported_on")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "established_on", "deregistered_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        named = {name: data[name] for name in ("legal_representative", "contact_name")}
        masked = {name: value and masked_name(value) for name, value in named.items()}
        phone = data["contact_phone"]
        return data | masked | {"contact_phone": phone and masked_phone(phone)}


class CapitalReported(Contract):
    """An amount that holds from `valid_from` on; `paid_in` is all that was paid by then."""

    enterprise_id = Id(required=True)
    kind = fields.Enum(CapitalKind, by_value=True, required=True)
    amount = Money(zero=True, required=True)
    currency = fields.String(load_default="CNY", validate=CURRENCY)
    valid_from = Day(required=True)
    pay_by = Day(load_default=None, allow_none=True)
    on = Day(required=True, data_key="reported_on")


class RevenueReported(Contract):
    enterprise_id = Id(required=True)
    data_year = WholeNumber(required=True, validate=YEARS)
    source_class = fields.Enum(SourceClass, by_value=True, required=True)
    main_revenue_cny = MoneyCny(zero=True, required=True)
    on = Day(required=True, data_key="reported_on")


class ProfileAsked(Contract):
    enterprise_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class CapitalDueAsked(Contract):
    within_days = WholeNumber(load_default=365, validate=DAYS)
    township = TownshipCode(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class CapitalOf(TypedDict):
    """`unpaid` is what is subscribed and not paid, in the currency of both; none if it is not known."""

    enterprise_id: str
    on: date
    registered: Capital | None
    subscribed: Capital | None
    paid_in: Capital | None
    unpaid: Decimal | None
    capital_due: tuple[Due, ...]


class FirmDue(TypedDict):
    enterprise_id: str
    township: str
    due: Due


class CapitalDue(TypedDict):
    """What is due by `until` or already was, the earliest first."""

    on: date
    until: date
    firms_due: list[FirmDue]


class ScaleOf(TypedDict):
    """`scale_by_revenue` is none while no revenue that may judge is known."""

    enterprise_id: str
    on: date
    declared_scale: Scale | None
    scale_by_revenue: Scale | None
    revenue_year: int | None
    threshold_cny: Decimal
    source: str
    warning: str | None
