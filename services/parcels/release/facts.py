"""The facts of releases. Areas in m², days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record

from ..remediation.release import Release, ReleaseState
from ..words import LandUse, Why
from .gates import Vacancy


@record
class LandReleased:
    """`parcels.land_released`: the land may be offered. `release_no` grows with each change of the
    release of this case; `evidence_ids` say why it was allowed."""

    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    target_use: LandUse
    industry_code: str | None
    release_no: int
    evidence_ids: tuple[str, ...]
    vacated_on: date
    released_on: date


@record
class ReleaseBlocked:
    """`parcels.release_blocked`: land was vacated and may not be offered yet."""

    parcel_id: str
    case_id: str
    township: str
    release_no: int
    reasons: tuple[Why, ...]


@record
class ReleaseRevoked:
    """`parcels.release_revoked`: land that was released may not be offered any more."""

    parcel_id: str
    case_id: str
    township: str
    release_no: int
    reasons: tuple[Why, ...]


EMITTED = (LandReleased, ReleaseBlocked, ReleaseRevoked)
BARRED: dict[ReleaseState, type[ReleaseBlocked | ReleaseRevoked]] = {
    ReleaseState.BLOCKED: ReleaseBlocked,
    ReleaseState.REVOKED: ReleaseRevoked,
}


def fact_of(
    land: Vacancy, release: Release, today: date
) -> LandReleased | ReleaseBlocked | ReleaseRevoked:
    """The fact that tells the release as it is from now on."""
    ids = {
        "parcel_id": land.parcel.parcel_id,
        "case_id": land.case.case_id,
        "township": land.case.township,
    }
    if release.state in BARRED:
        reasons = tuple(reason.as_dict() for reason in release.reasons)
        return BARRED[release.state](**ids, release_no=release.release_no, reasons=reasons)
    return LandReleased(
        **ids,
        area_m2=land.terms.area_m2,
        target_use=land.terms.target_use,
        industry_code=land.terms.industry_code,
        release_no=release.release_no,
        evidence_ids=release.evidence_ids,
        vacated_on=land.completed.said.on,
        released_on=today,
    )
