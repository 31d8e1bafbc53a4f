"""What each call of talent plans is given."""

from __future__ import annotations

from typing import Any

CLOSES = "2023-07-31T17:00:00+08:00"
PLAN: dict[str, Any] = {
    "talent_plan_id": "celebrities",
    "name": "名士之乡英才计划",
    "plan_level": "city",
    "talent_categories": [
        {
            "talent_category": "leader_project",
            "category_name": "领军人才创业项目",
            "support_cny": 5000000,
        },
        {
            "talent_category": "leader_team",
            "category_name": "领军创业团队项目",
            "support_cny": "10000000.50",
            "support_is_most": True,
        },
    ],
    "talent_batches": [
        {"talent_batch": "27", "batch_year": 2023, "opens_on": "2023-06-01", "closes_at": CLOSES},
        {"talent_batch": "28", "batch_year": 2024, "closes_at": "2024-07-31T17:00:00+08:00"},
    ],
    "term_months": 36,
    "publicised_days": 7,
    "document": "notice of 2023",
}
APPLICATION: dict[str, Any] = {
    "talent_application_id": "A1",
    "talent_plan_id": "celebrities",
    "talent_batch": "27",
    "talent_category": "leader_project",
    "person_id": "T-17",
    "enterprise_id": "330604001-E9",
    "township": "330604001",
    "submitted_at": "2023-07-10T10:00:00+08:00",
    "evidence_ids": ["form-1"],
}
STEP: dict[str, Any] = {
    "talent_application_id": "A1",
    "talent_state": "formally_checked",
    "entered_on": "2023-08-01",
    "evidence_kind": "formal_check",
    "evidence_ids": ["list-1"],
}
FIGURE: dict[str, Any] = {
    "talent_figure_id": "high-level",
    "talent_measure": "talents",
    "talents_stated": 1000,
    "talent_figure_kind": "at_least",
    "figure_on": "2023-07-31",
    "document": "page of 2023",
}
CALLS: dict[str, dict[str, Any]] = {
    "record_talent_plan": PLAN,
    "apply_for_talent_plan": APPLICATION,
    "enter_talent_state": STEP,
    "revoke_talent_state": {"talent_application_id": "A1", "talent_state": "formally_checked"},
    "state_talent_figure": FIGURE,
    "batch_applicants": {"talent_plan_id": "celebrities", "talent_batch": "27", "at": CLOSES},
    "talent_counts": {"on": "2023-08-01", "known_at": "2023-08-01T09:00:00+08:00"},
}
