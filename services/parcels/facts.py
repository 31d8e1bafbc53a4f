"""The facts that parcels announces. Areas in m², days in the park."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .terms import DisposalWay, LandUse

Why = dict[str, str]  # a reason: code, sentence, and perhaps source


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRegistered:
    """`parcels.parcel_registered`: land was surveyed. `version` grows with each change of it."""

    parcel_id: str
    township: str
    area_m2: Decimal
    land_use: LandUse
    in_zone: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationIdentified:
    """`parcels.remediation_identified`: the task force found the plot to be of low efficiency."""

    case_id: str
    parcel_id: str
    township: str
    low_efficiency_reasons: tuple[str, ...]
    identified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationPlanned:
    """`parcels.remediation_planned`: it is known what shall be done, and until when."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    planned_end_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationApproved:
    """`parcels.remediation_approved`: the plan may be carried out."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationProgressed:
    """`parcels.remediation_progressed`: how far it has come, in percent."""

    case_id: str
    parcel_id: str
    township: str
    percent: int
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationCompleted:
    """`parcels.remediation_completed`: accepted and closed. Nothing is vacated by most ways."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    vacated_area_m2: Decimal
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationContradicted:
    """`parcels.remediation_contradicted`: a report that had been waiting does not fit what came
    before it in the chain, and was set aside."""

    case_id: str
    parcel_id: str
    township: str
    report: str
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LandReleased:
    """`parcels.land_released`: the land may be offered. `release_no` grows with each change of the
    release of this case; `evidence_ids` say why it was allowed. `vacated_on` is the day of the
    acceptance [验收], `released_on` the day on which the park's gates said yes."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseBlocked:
    """`parcels.release_blocked`: land was vacated and may not be offered yet."""

    parcel_id: str
    case_id: str
    township: str
    release_no: int
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRevoked:
    """`parcels.release_revoked`: land that was released may not be offered any more."""

    parcel_id: str
    case_id: str
    township: str
    release_no: int
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    parcel_id: str
    area_m2: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSplit:
    """`parcels.parcel_split`: the parcel is no more, its children are."""

    parcel_id: str
    township: str
    children: tuple[Child, ...]
    split_on: date


EMITTED = (
    ParcelRegistered,
    RemediationIdentified,
    RemediationPlanned,
    RemediationApproved,
    RemediationProgressed,
    RemediationCompleted,
    RemediationContradicted,
    LandReleased,
    ReleaseBlocked,
    ReleaseRevoked,
    ParcelSplit,
)
