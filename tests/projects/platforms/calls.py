"""What each call of platforms and funds is given."""

from __future__ import annotations

from typing import Any

from .zone import PROGRESS, VALLEY, YOUTH_VALLEY

TALENT = {
    "fund_id": "qing-ke-chuang",
    "name": "青科创人才基金",
    "fund_kind": "talent",
    "fund_state": "established",
    "purposes": ["talent_projects"],
    "approval_level": "county",
    "total_cny": "500000000",
    "first_tranche_cny": "50000000",
    "partners": [
        {"partner": "A capital", "ratio": "0.6"},
        {"partner": "B capital", "ratio": "0.4"},
    ],
    "set_up_on": "2023-06-08",
    "scope_stages": ["初创期", "成长期"],
    "document": "notice of 8 June 2023",
    "reported_on": "2023-06-08",
}
MONEY = {
    "fund_id": "qing-ke-chuang",
    "fund_commitment_id": "M1",
    "project_id": "P1",
    "amount_cny": "20000000",
    "committed_on": "2023-07-01",
    "evidence_ids": ["doc-1"],
}
CALLS: dict[str, dict[str, Any]] = {
    "record_platform": YOUTH_VALLEY,
    "record_platform_progress": PROGRESS,
    "platform_standing": {"platform_id": VALLEY, "on": "2023-12-31"},
    "record_fund": TALENT,
    "commit_fund": MONEY,
    "fund_overview": {"on": "2023-08-01", "known_at": "2023-08-01T09:00:00+08:00"},
}
