"""A call of each method of the desk, as it should be."""

from __future__ import annotations

from typing import Any

REQUEST = {"service_request_id": "330604006-R1"}
THEN = REQUEST | {"at": "2023-08-01T09:00:00+08:00"}

CALLS: dict[str, dict[str, Any]] = {
    "receive_request": {
        **THEN,
        "enterprise_id": "330604006-E9",
        "kind": "pain_point",
        "topic": "permits",
        "summary": "The permit does not come.",
        "clock": "service",
        "counted_from": "2023-08-01",
        "contact_name": "张三",
        "contact_phone": "0575-12345678",
    },
    "hand_over_request": {**THEN, "departments": ["economy", "tax"], "lead": "tax", "text": "t"},
    "extend_request": {**THEN, "until_on": "2023-08-10", "text": "t", "approved": True},
    "answer_request": {**THEN, "department": "tax", "text": "t"},
    "rate_request": {**THEN, "satisfaction": "satisfied", "text": "t"},
    "reopen_request": {**THEN, "text": "t"},
    "withdraw_request": {**THEN, "text": "t"},
    "read_request_contact": {**REQUEST, "reader": "desk-2", "purpose": "call back"},
    "requests_due": {"within_days": 5, "holder": "tax", "township": "330604006"},
    "service_request_at": {**THEN, "known_at": "2023-08-01T09:00:00+08:00"},
    "repeated_pain_points": {
        "from_on": "2023-07-01",
        "to_on": "2023-08-01",
        "least_firms": 2,
        "within_days": 30,
    },
    "working_days": {"from_on": "2023-08-01", "days": 10},
}
