"""The page of a plot: what the register and the cases say of it, before other services are asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..register.land_code import land_code_of
from ..register.parcel import Parcel
from ..remediation.case import Case
from .schemas import CaseOfPlot, PlotPage


def page_of(parcel: Parcel, cases: Iterable[Case], on: date, became_ids: list[str]) -> PlotPage:
    """The page, without what only the other services know."""
    return PlotPage(
        land_code=land_code_of(parcel.parcel_id),
        on=on,
        parcel=parcel,
        plot_ratio=parcel.plot_ratio,
        holders=list(parcel.holders),
        encumbrances=list(parcel.encumbered_on(on)),
        cases=[_case(case) for case in cases],
        occupiers=None,
        perhaps_occupiers=None,
        listings=None,
        became_ids=became_ids,
        contracts=None,
        unreachable=[],
        unreachable_reasons=[],
    )


def _case(case: Case) -> CaseOfPlot:
    return CaseOfPlot(
        case_id=case.case_id,
        state=case.state,
        disposal_way=case.disposal_way,
        release_state=case.release.state,
        release_no=case.release.release_no,
        reasons=[reason.as_dict() for reason in case.release.reasons],
    )
