"""What is owed and promised by one contract of land, as projects told it: who bears it, the parts of the
price, what was paid, what was promised and what reviews found.

Everything that was told is kept with the moment from which it is known, in whatever order it came, so that
the record of any moment can be had again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from backbone.records import record

Told = TypeVar("Told", bound=Any)


@record
class Bearer:
    """One who holds the land or has its duties, alone or with others; `share` is of 1."""

    enterprise_id: str | None = None
    uscc: str | None = None
    share: Decimal | None = None


@record
class Held:
    """Who holds the land and who has its duties from that day on."""

    change_no: int
    from_on: date
    holders: tuple[Bearer, ...]
    bearers: tuple[Bearer, ...]
    known_at: datetime


@record
class Instalment:
    """A part of the price; of one that was told of by its reminder only, the amount may be unknown."""

    instalment_no: int
    due_on: date
    amount_cny: Decimal | None = None
    known_at: datetime


@record
class Payment:
    instalment_no: int
    paid_on: date
    known_at: datetime


@record
class Promise:
    """An indicator that is promised; without `indicator` only that there is one was told."""

    commitment_id: str
    indicator: str | None = None
    check_stage: str | None = None
    op: str | None = None
    required: Decimal | None = None
    unit: str | None = None
    years_running: int = 1
    known_at: datetime


@record
class Finding:
    """What a review found of a promise; `bearers` had the duty on that day, and a breach stays theirs."""

    commitment_id: str
    review_id: str
    reviewed_on: date
    data_year: int | None = None
    met: bool
    actual: Decimal
    bearers: tuple[Bearer, ...] = ()
    known_at: datetime

    @property
    def year(self) -> int:
        return self.data_year or self.reviewed_on.year


@record
class Lifted:
    """That a review was corrected: what it was said to miss before is not missed."""

    commitment_id: str
    review_id: str
    known_at: datetime


@record
class LandObligations:
    """Everything that was told of one contract. A void one never held, from the moment that is known."""

    contract_id: str
    parcel_id: str
    township: str
    held: tuple[Held, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    payments: tuple[Payment, ...] = ()
    promises: tuple[Promise, ...] = ()
    findings: tuple[Finding, ...] = ()
    lifted: tuple[Lifted, ...] = ()
    void_known_at: datetime | None = None

    @property
    def enterprise_ids(self) -> tuple[str, ...]:
        return tuple(sorted({e.enterprise_id for e in self._everybody() if e.enterprise_id}))

    @property
    def usccs(self) -> tuple[str, ...]:
        """The codes of those who are named by nothing else."""
        named = [each for each in self._everybody() if not each.enterprise_id]
        return tuple(sorted({each.uscc for each in named if each.uscc}))

    @property
    def names_no_firm(self) -> bool:
        """Whether somebody has neither id nor code, and so can be no firm of ours."""
        return any(not (each.enterprise_id or each.uscc) for each in self._everybody())

    def _everybody(self) -> list[Bearer]:
        held = [each for held in self.held for each in (*held.holders, *held.bearers)]
        return held + [each for finding in self.findings for each in finding.bearers]

    def told(self, **more: Iterable[Any]) -> LandObligations:
        """With more of what was told, each once, in the order in which it became known."""
        changed: Any = {n: _in_order({*getattr(self, n), *new}) for n, new in more.items()}
        return replace(self, **changed)

    def voided(self, known_at: datetime) -> LandObligations:
        return replace(self, void_known_at=min(self.void_known_at or known_at, known_at))

    def known(self, moment: datetime) -> LandObligations | None:
        """As it was known at that moment; none if it is void by then."""
        if self.void_known_at and self.void_known_at <= moment:
            return None
        names = ("held", "instalments", "payments", "promises", "findings", "lifted")
        then: Any = {n: tuple(e for e in getattr(self, n) if e.known_at <= moment) for n in names}
        return replace(self, **then)


def _in_order(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda each: (each.known_at, repr(each))))
