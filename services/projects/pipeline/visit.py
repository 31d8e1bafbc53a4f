"""A visit or a meeting about a project, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from backbone.records import record


class VisitKind(StrEnum):
    TO_INVESTOR = "to_investor"  # 外出拜访
    BY_INVESTOR = "by_investor"  # 来访
    MEETING = "meeting"  # 会议
    EVENT = "event"  # 推介会, 赛事


@record
class Visit:
    visit_id: str
    project_id: str
    visit_kind: VisitKind
    visited_on: date
    place: str | None = None
    came_of_it: str
    recorded_at: datetime
