"""What is registered of a firm beside its codes: days, persons (masked), capital, and its revenues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..figures.firm_figures import SourceClass
from ..firms.dated import Said, with_later


class Funding(StrEnum):
    """Where the money of the firm is from."""

    DOMESTIC = "domestic"  # 内资
    FOREIGN = "foreign"  # 外资
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"  # 港澳台


class CapitalKind(StrEnum):
    """`paid_in` is all that was paid up to its day."""

    REGISTERED = "registered"  # 注册资本
    SUBSCRIBED = "subscribed"  # 认缴
    PAID_IN = "paid_in"  # 实缴


@record
class Registration:
    """What the newest report says as a whole. Names and phones are masked. A deregistered firm was there
    up to `deregistered_on`, included."""

    established_on: date | None = None
    deregistered_on: date | None = None
    funding: Funding | None = None
    legal_representative: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    said: Said


@record
class Capital:
    """An amount of the currency that holds from that day on. `pay_by` is the last day by the articles of
    the company on which what was subscribed is paid."""

    kind: CapitalKind
    amount: Decimal
    currency: str
    valid_from: date
    pay_by: date | None = None
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return self.kind, self.valid_from


@record
class Revenue:
    """The main revenue [主营业务收入] of a year, out of one class of sources."""

    data_year: int
    source_class: SourceClass
    main_revenue_cny: Decimal
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return self.data_year, self.source_class


@record
class FirmProfile:
    enterprise_id: str
    township: str
    registration: Registration | None = None
    capital: tuple[Capital, ...] = ()
    revenues: tuple[Revenue, ...] = ()

    def with_registration(self, registration: Registration) -> FirmProfile:
        if self.registration and self.registration.said > registration.said:
            return self
        return replace(self, registration=registration)

    def with_capital(self, capital: Capital) -> FirmProfile:
        return replace(self, capital=with_later(self.capital, capital))

    def with_revenue(self, revenue: Revenue) -> FirmProfile:
        return replace(self, revenues=with_later(self.revenues, revenue))

    @property
    def established_on(self) -> date | None:
        return self.registration.established_on if self.registration else None

    def capital_on(self, kind: CapitalKind, day: date) -> Capital | None:
        """What holds on that day."""
        return last_of(self.capital_until(kind, day))

    def capital_until(self, kind: CapitalKind, day: date) -> list[Capital]:
        """All that was said of the kind up to that day, in time."""
        return [each for each in self.capital if each.kind is kind and each.valid_from <= day]


def last_of(stated: Iterable[Capital]) -> Capital | None:
    return max(stated, key=lambda each: each.valid_from, default=None)
