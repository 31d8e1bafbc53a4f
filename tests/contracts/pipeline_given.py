"""What each call of the pipeline is given."""

from __future__ import annotations

from typing import Any

PROJECT = {"project_id": "battery-1"}
PIPELINE_GIVEN: dict[str, dict[str, Any]] = {
    "enter_project": PROJECT
    | {
        "name": "batteries",
        "township": "330604001",
        "investor_uscc": None,
        "investment_wan_cny": "12000.5",
        "investment_wan_usd": 500,
        "planned_start_year": 2023,
        "won_against": ["another city"],
        "opened_on": "2023-07-01",
    },
    "enter_stage": PROJECT
    | {
        "stage": "premises_leased",
        "entered_on": "2023-08-01",
        "evidence": [{"kind": "lease", "reference": "L-12"}],
        "unit_id": "330604001-B2-301",
    },
    "withdraw_stage": PROJECT | {"stage": "premises_leased"},
    "hand_over_project": PROJECT
    | {"team": "team 2", "person": "王小明", "handed_on": "2023-08-01"},
    "set_next_step": PROJECT | {"next_step": "a visit", "next_step_on": "2023-09-01"},
    "record_visit": PROJECT
    | {
        "visit_id": "visit-7",
        "visit_kind": "by_investor",
        "visited_on": "2023-08-01",
        "place": None,
        "came_of_it": "They come again.",
    },
    "pipeline_counts": {"on": "2023-08-01", "from_on": "2023-01-01", "known_at": None},
    "start_curve": {"year": 2023, "on": "2023-08-01"},
    "possible_duplicates": {"team": "team 2"},
}
