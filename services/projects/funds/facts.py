"""The facts of funds. Money in yuan, days in the park. No fact names a partner."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record

from .fund import ApprovalLevel, Fund, FundCommitment, FundReport, FundState


@record
class FundReported:
    """`projects.fund_reported`: how a fund was on a day, and what speaks against it. `report_no` counts."""

    fund_id: str
    report_no: int
    reported_on: date
    fund_kind: str
    fund_state: FundState
    purposes: tuple[str, ...]
    approval_level: ApprovalLevel | None
    total_cny: Decimal | None
    first_tranche_cny: Decimal | None
    paid_in_cny: Decimal | None
    set_up_on: date | None
    reinvestment_multiple: Decimal | None
    warnings: tuple[Reason, ...]


@record
class FundCommitted:
    """`projects.fund_committed`: a fund puts money into a project; a later one of the same id corrects it."""

    fund_id: str
    fund_commitment_id: str
    commitment_no: int
    project_id: str
    amount_cny: Decimal
    committed_on: date
    withdrawn: bool


@record
class FundWarned:
    """`projects.fund_warned`: something speaks against a fund as it stands. It takes the place of what was
    told of the fund before; `warning_no` counts."""

    fund_id: str
    warning_no: int
    reasons: tuple[Reason, ...]


@record
class FundWarningLifted:
    """`projects.fund_warning_lifted`: by what is known now nothing speaks against the fund."""

    fund_id: str
    warning_no: int


EMITTED = (FundReported, FundCommitted, FundWarned, FundWarningLifted)


def reported_of(fund: Fund, report: FundReport, warnings: tuple[Reason, ...]) -> FundReported:
    return FundReported(
        fund_id=fund.fund_id,
        report_no=len(fund.reports),
        reported_on=report.reported_on,
        fund_kind=report.fund_kind,
        fund_state=report.fund_state,
        purposes=report.purposes,
        approval_level=report.approval_level,
        total_cny=report.total_cny,
        first_tranche_cny=report.first_tranche_cny,
        paid_in_cny=report.paid_in_cny,
        set_up_on=report.set_up_on,
        reinvestment_multiple=report.reinvestment_multiple,
        warnings=warnings,
    )


def committed_of(fund: Fund, made: FundCommitment) -> FundCommitted:
    return FundCommitted(
        fund_id=fund.fund_id,
        fund_commitment_id=made.fund_commitment_id,
        commitment_no=len(fund.commitments),
        project_id=made.project_id,
        amount_cny=made.amount_cny,
        committed_on=made.committed_on,
        withdrawn=made.withdrawn,
    )


def warned_of(fund: Fund, reasons: tuple[Reason, ...]) -> FundWarned | FundWarningLifted:
    """The fact of what speaks against a fund, or of that nothing does any more."""
    if reasons:
        return FundWarned(fund_id=fund.fund_id, warning_no=fund.warning_no, reasons=reasons)
    return FundWarningLifted(fund_id=fund.fund_id, warning_no=fund.warning_no)
