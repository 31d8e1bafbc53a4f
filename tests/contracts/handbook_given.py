"""What each call of holds, the handbook and prospects' pages is given."""

from __future__ import annotations

from typing import Any

LISTING = "6f0e2c1a-58c3-5d52-8f0f-1d5a9b6c7e10"
HANDBOOK_GIVEN: dict[str, dict[str, Any]] = {
    "hold_plot": {
        "listing_id": LISTING,
        "project_id": "battery-1",
        "hold_kind": "in_talks",
        "team": "team 2",
        "person": "王小明",
        "until_on": "2023-09-30",
    },
    "release_hold": {"listing_id": LISTING},
    "plot_availability": {"listing_id": LISTING, "lead_id": "battery-1"},
    "promotion_handbook": {"on": "2023-08-21", "township": "330604006"},
    "open_prospect_page": {
        "lead_id": "battery-1",
        "ends_on": "2023-09-30",
        "wish": {"min_area_m2": "8000", "townships": ["330604006"]},
        "team": "team 2",
    },
    "close_prospect_page": {"page_id": "0b1f6a0c0f0e4a6f9d4f5b8c7a2e1d30"},
    "prospect_page": {"token": "5f2a9c0be1d74386af10c2d9b8e7461035cdfa218e6b4709d3f1a0c2b5e89476"},
}
