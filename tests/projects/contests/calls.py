"""What each call of contests is given."""

from __future__ import annotations

from typing import Any

CONTEST: dict[str, Any] = {
    "contest_id": "contest-2022",
    "name": "2022 talent contest",
    "contest_kind": "contest",
    "contest_year": 2022,
    "begins_on": "2022-09-01",
    "cities": ["上海", "北京", "深圳"],
    "contest_rounds": [
        {"contest_round": "first", "city": "上海", "held_on": "2022-09-01"},
        {"contest_round": "final", "city": "深圳"},
    ],
    "contest_tracks": ["materials", "equipment"],
    "prizes": [
        {"prize": "gold", "prize_cny": "500000", "settle_within_months": 12},
        {"prize": "thanks", "prize_condition": "none"},
    ],
    "cost_cny": "3000000",
    "document": "notice of 2022",
}
CONFERENCE: dict[str, Any] = {
    "contest_id": "conference-2023",
    "name": "talent conference",
    "contest_kind": "conference",
    "contest_year": 2023,
    "begins_on": "2023-06-08",
    "cities": ["绍兴"],
    "guests": 100,
    "guests_kind": "at_least",
    "document": "page of 2023",
}
ENTRY: dict[str, Any] = {
    "contest_entry_id": "E1",
    "contest_id": "contest-2022",
    "contest_track": "materials",
    "contest_round": "final",
    "city": "上海",
    "person_id": "T-1",
    "contest_rank": 1,
    "prize": "gold",
    "won_on": "2022-11-20",
    "talent_application_id": "A1",
    "project_id": "P1",
    "township": "330604001",
    "evidence_ids": ["list-1"],
}
CALLS: dict[str, dict[str, Any]] = {
    "record_contest": CONTEST,
    "record_contest_entry": ENTRY,
    "contest_yield": {"contest_year": 2022, "on": "2023-08-01"},
}
