"""The funds of a day, as they were known at a moment: what they have, and what they put into projects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.rules import broken

from .fund import Fund, FundCommitment, FundReport, shares_of
from .rules import FUND_WARNINGS, FundSeen

NOTHING = Decimal(0)


@record
class PartnerShare:
    """What a partner pays of the first tranche, pro rata; none while that is not known."""

    partner: str
    ratio: Decimal
    of_first_tranche_cny: Decimal | None


@record
class FundOn:
    """`left_cny` is what it may still put into projects; none while its total is not known. `warnings` are
    what speaks against it, and refuse nothing."""

    fund_id: str
    report: FundReport
    first_tranche_share: Decimal | None
    partner_shares: tuple[PartnerShare, ...]
    fund_commitments: tuple[FundCommitment, ...]
    committed_cny: Decimal
    left_cny: Decimal | None
    warnings: tuple[Reason, ...]


@record
class FundOverview:
    """`total_cny` sums the totals that are known; `total_unknown` names the funds without one."""

    on: date
    known_at: datetime
    funds: tuple[FundOn, ...]
    total_cny: Decimal
    committed_cny: Decimal
    total_unknown: tuple[str, ...]


def overview(funds: Iterable[Fund], on: date, known_at: datetime) -> FundOverview:
    seen = [
        fund_on(fund, report, fund.promised(on, known_at))
        for fund in funds
        if (report := fund.report(on, known_at))
    ]
    return FundOverview(
        on=on,
        known_at=known_at,
        funds=tuple(seen),
        total_cny=sum((each.report.total_cny or NOTHING for each in seen), NOTHING),
        committed_cny=sum((each.committed_cny for each in seen), NOTHING),
        total_unknown=tuple(each.fund_id for each in seen if each.report.total_cny is None),
    )


def fund_on(fund: Fund, report: FundReport, promised: tuple[FundCommitment, ...]) -> FundOn:
    seen = FundSeen(report=report, commitments=promised)
    total, tranche = report.total_cny, report.first_tranche_cny
    return FundOn(
        fund_id=fund.fund_id,
        report=report,
        first_tranche_share=round(tranche / total, 6) if tranche and total else None,
        partner_shares=_partner_shares(report),
        fund_commitments=promised,
        committed_cny=seen.committed_cny,
        left_cny=None if total is None else max(total - seen.committed_cny, NOTHING),
        warnings=broken(FUND_WARNINGS, seen),
    )


def _partner_shares(report: FundReport) -> tuple[PartnerShare, ...]:
    partners, tranche = report.partners, report.first_tranche_cny
    paid = shares_of(tranche, partners) if tranche and partners else (None,) * len(partners)
    return tuple(
        PartnerShare(partner=each.partner, ratio=each.ratio, of_first_tranche_cny=share)
        for each, share in zip(partners, paid, strict=True)
    )
