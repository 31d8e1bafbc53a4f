"""A fund [基金]: what was reported of it, and what it has promised to projects.

Nothing is written over: each report is one more. Of a day the report of the latest day up to it stands, of
reports on one day the one that became known last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER

FEN = Decimal("0.01")


class FundState(StrEnum):
    PREPARING = "preparing"  # 筹建
    AGREEMENT_SIGNED = "agreement_signed"  # 签订合伙协议
    ESTABLISHED = "established"  # 设立


class ApprovalLevel(StrEnum):
    """Which government approved it."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    STATE = "state"


@record
class Guidance:
    """What speaks against a fund, and where that is said; no words where none are needed."""

    words: tuple[str, ...] = ()
    source: str


@record
class FundBook:
    kinds: dict[str, str]
    purposes: dict[str, str]
    barred_purposes: Guidance | None = None
    reinvestment: Guidance | None = None
    limited_levels: Guidance | None = None


FUND_BOOK = Rulebook(FOLDER / "funds", FundBook)


@record
class PartnerRatio:
    """Who pays in, and which part of the whole."""

    partner: str
    ratio: Decimal


@record
class FundReport:
    """How the fund was on `reported_on`. `reinvestment_multiple`: so many times what the place pays in is
    to be invested there; none where no such condition was made."""

    name: str
    fund_kind: str
    fund_state: FundState
    purposes: tuple[str, ...]
    approval_level: ApprovalLevel | None = None
    total_cny: Decimal | None = None
    first_tranche_cny: Decimal | None = None
    paid_in_cny: Decimal | None = None
    partners: tuple[PartnerRatio, ...] = ()
    set_up_on: date | None = None
    reinvestment_multiple: Decimal | None = None
    scope_levels: tuple[str, ...] = ()
    scope_stages: tuple[str, ...] = ()
    document: str
    reported_on: date
    known_at: datetime

    @property
    def judged_on(self) -> date:
        """The day whose rules hold for it: that on which it was set up, or that of the report until then."""
        return self.set_up_on or self.reported_on


@record
class FundCommitment:
    """The fund puts so much into a project. `withdrawn`: it never did."""

    fund_commitment_id: str
    project_id: str
    amount_cny: Decimal
    committed_on: date
    evidence_ids: tuple[str, ...]
    withdrawn: bool = False
    known_at: datetime


@record
class Fund:
    """`reports` and `commitments` are all that was said, in the order in which it became known.
    `warned_of` are the codes of the warnings that were told last, `warnings` what they say as the fund stands
    now; `warning_no` counts what was told."""

    fund_id: str
    reports: tuple[FundReport, ...] = ()
    commitments: tuple[FundCommitment, ...] = ()
    warned_of: tuple[str, ...] = ()
    warning_no: int = 0
    warnings: tuple[Reason, ...] = ()

    @property
    def fund_state(self) -> FundState:
        return max(reversed(self.reports), key=lambda each: each.reported_on).fund_state

    def report(self, on: date, known_at: datetime) -> FundReport | None:
        """What stands of the fund on the day, as known at the moment."""
        said = [
            each for each in self.reports if each.reported_on <= on and each.known_at <= known_at
        ]
        return max(reversed(said), key=lambda each: each.reported_on, default=None)

    def promised(self, on: date, known_at: datetime) -> tuple[FundCommitment, ...]:
        """What it has put into projects by the day, as known at the moment."""
        last = {
            each.fund_commitment_id: each for each in self.commitments if each.known_at <= known_at
        }
        made = [each for each in last.values() if each.committed_on <= on and not each.withdrawn]
        return tuple(sorted(made, key=lambda each: each.fund_commitment_id))

    def commitment(self, commitment_id: str) -> FundCommitment | None:
        said = [each for each in self.commitments if each.fund_commitment_id == commitment_id]
        return said[-1] if said else None

    def with_report(self, report: FundReport) -> Fund:
        of_day = [each for each in self.reports if each.reported_on == report.reported_on]
        same = of_day and replace(of_day[-1], known_at=report.known_at) == report
        return self if same else replace(self, reports=(*self.reports, report))

    def with_commitment(self, made: FundCommitment) -> Fund:
        before = self.commitment(made.fund_commitment_id)
        same = before and replace(before, known_at=made.known_at) == made
        return self if same else replace(self, commitments=(*self.commitments, made))

    def with_warnings(self, warnings: tuple[Reason, ...]) -> Fund:
        """As these say now; they are told anew if they are others than those that were told last."""
        codes = tuple(each.code for each in warnings)
        number = self.warning_no + (codes != self.warned_of)
        return replace(self, warned_of=codes, warning_no=number, warnings=warnings)


def shares_of(amount_cny: Decimal, partners: tuple[PartnerRatio, ...]) -> tuple[Decimal, ...]:
    """What each partner pays of the amount, to the fen; what cannot be shared is the largest partner's."""
    shares = [(amount_cny * each.ratio).quantize(FEN, ROUND_DOWN) for each in partners]
    largest = max(range(len(partners)), key=lambda number: partners[number].ratio)
    shares[largest] += amount_cny - sum(shares)
    return tuple(shares)
