"""What each call of the overview and of reports is given."""

from __future__ import annotations

from typing import Any

CLOCKS = {
    "on": "2023-07-31",
    "known_at": "2023-09-10T00:00:00+08:00",
    "rules": "2023-08-01",
}
OVERVIEW_GIVEN: dict[str, dict[str, Any]] = {
    "overview": CLOCKS,
    "overview_figures": CLOCKS,
    "period_figures": {"from": "2023-07-24", "to": "2023-07-30", "known_at": CLOCKS["known_at"]},
    "start_figures": CLOCKS,
    "draft_report": {"report_kind": "weekly", "on": "2023-07-26", "known_at": CLOCKS["known_at"]},
    "issue_report": {"report_kind": "weekly", "on": "2023-07-26"},
    "report_corrections": {"zone_report_id": "weekly-2023-W30"},
    "explain_overview": {**CLOCKS, "figure": "land_remediated"},
}
