"""What the land desk may give for a notice that is amended; each call fits its contract."""

from __future__ import annotations

from typing import Any

from tests.projects.desk import LISTING

ABOUT = {"listing_id": LISTING, "document": "D-1", "reason": "The boundary is measured again."}
CALLS: dict[str, dict[str, Any]] = {
    "supplement_notice": {
        **ABOUT,
        "supplemented_at": "2023-08-10T10:00:00+08:00",
        "terms": {"bond_cny": "4800000", "bids_in_steps": True},
        "new_dates": {"listing_end_on": "2023-09-12"},
    },
    "suspend_notice": {**ABOUT, "suspended_at": "2023-08-24T10:00:00+08:00"},
    "resume_notice": {
        **ABOUT,
        "resumed_at": "2023-09-16T10:00:00+08:00",
        "new_dates": {"application_ends_at": "2023-09-22T17:00:00+08:00"},
    },
    "notice_course": {"listing_id": LISTING, "at": "2023-09-01T12:00:00+08:00"},
    "frozen_deadlines": {"listing_id": LISTING},
}
