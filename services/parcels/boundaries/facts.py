"""The facts of boundaries. None of them says where a parcel lies."""

from __future__ import annotations

from backbone.records import record

from ..words import Why
from .findings import BoundaryFindings


@record
class BoundaryDoubtful:
    """`parcels.boundary_doubtful`: the outline does not fit the register or a neighbour. `finding_no`
    grows with each change of the findings."""

    parcel_id: str
    township: str
    finding_no: int
    reasons: tuple[Why, ...]


@record
class BoundaryCleared:
    """`parcels.boundary_cleared`: nothing is doubtful about the boundary any more."""

    parcel_id: str
    township: str
    finding_no: int


EMITTED = (BoundaryDoubtful, BoundaryCleared)


def fact_of(findings: BoundaryFindings) -> BoundaryDoubtful | BoundaryCleared:
    """The fact that tells the findings as they are from now on."""
    about = {"parcel_id": findings.parcel_id, "township": findings.township}
    if not findings.reasons:
        return BoundaryCleared(**about, finding_no=findings.finding_no)
    reasons = tuple(reason.as_dict() for reason in findings.reasons)
    return BoundaryDoubtful(**about, finding_no=findings.finding_no, reasons=reasons)
