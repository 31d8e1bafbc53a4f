"""The facts of paths, and when each is announced. Days in the park."""

from __future__ import annotations

from datetime import date

from backbone.records import record

from .lengths import Level, PathStep


@record
class RemediationOverdue:
    """`parcels.remediation_overdue`: the step that the case is in should be done, and is not. It is
    announced once for each level, and again if it is late for another day that was planned."""

    case_id: str
    parcel_id: str
    township: str
    step: PathStep
    holder: str
    level: Level
    due_on: date
    days_overdue: int


EMITTED = (RemediationOverdue,)
