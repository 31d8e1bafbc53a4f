"""The facts of bulletins and meetings. Areas in m², days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record

from .bulletin import Bulletin
from .meeting import Decision
from .period import PeriodKind


@record
class BulletinIssued:
    """`parcels.bulletin_issued`: a township's week or quarter was counted and frozen."""

    bulletin_id: str
    township: str
    kind: PeriodKind
    period_id: str
    completed: int
    open: int
    late: int
    remediated_area_m2: Decimal
    vacated_area_m2: Decimal
    issued_on: date


@record
class MeetingDecided:
    """`parcels.meeting_decided`: the regular meeting decided something of a case."""

    decision_id: str
    case_id: str
    township: str
    met_on: date
    decision: str
    due_on: date | None


EMITTED = (BulletinIssued, MeetingDecided)


def bulletin_issued_of(bulletin: Bulletin) -> BulletinIssued:
    figures = bulletin.figures
    return BulletinIssued(
        bulletin_id=bulletin.bulletin_id,
        township=bulletin.township,
        kind=bulletin.kind,
        period_id=bulletin.period_id,
        completed=len(figures.completed),
        open=len(figures.open),
        late=len(figures.late),
        remediated_area_m2=figures.remediated_area_m2,
        vacated_area_m2=figures.vacated_area_m2,
        issued_on=bulletin.issued_on,
    )


def meeting_decided_of(decision: Decision) -> MeetingDecided:
    return MeetingDecided(
        decision_id=decision.decision_id,
        case_id=decision.case_id,
        township=decision.township,
        met_on=decision.met_on,
        decision=decision.decision,
        due_on=decision.due_on,
    )
