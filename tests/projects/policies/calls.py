"""What each call of policies is given."""

from __future__ import annotations

from typing import Any

from ..clauses.calls import EXCEPTION

REVIEW = {"conclusion": "keeps_the_rules", "reviewed_on": "2025-05-20"}
AN_EXCEPTION = {
    "review": {**REVIEW, "conclusion": "exception", "conclusion_reasons": "nobody else builds it"},
    "exception": EXCEPTION,
}
BUILDING = {"fact": "stage", "test": "reached", "words": ["construction_started"]}
LARGE = {"fact": "investment_wan_cny", "test": "at_least", "figure": "5000"}
MATERIALS = {"fact": "sector", "test": "one_of", "words": ["new_materials", "equipment"]}
POLICY = {
    "policy_id": "policy-12",
    "title": "support for laboratories",
    "clause": "对新材料项目按设备投资额的10%给予补助，最高100万元",
    "gives_kind": "subsidy",
    "amount_cny": "1000000",
    "share": "0.1",
    "share_of": "what the equipment cost",
    "condition": [BUILDING, LARGE, MATERIALS],
    "valid_from": "2025-06-01",
    "valid_to": "2025-12-31",
    "document": "notice 2025-7",
    "review": REVIEW,
}
REVISION = {
    "policy_id": "policy-12",
    "revised_on": "2025-11-20",
    "valid_to": "2026-12-31",
    "document": "notice 2025-19",
}
END = {
    "policy_id": "policy-12",
    "ends_on": "2025-09-30",
    "decided_on": "2025-06-15",
    "end_reason": "another takes its place",
    "document": "notice 2025-15",
}
CLAIM = {
    "policy_id": "policy-12",
    "policy_claim_id": "claim-1",
    "project_id": "p",
    "claimed_cny": "500000",
    "claimed_on": "2025-06-20",
    "evidence_ids": ["invoice-3"],
}
GRANT = {
    "policy_id": "policy-12",
    "policy_claim_id": "claim-1",
    "granted_cny": "400000",
    "granted_on": "2025-06-25",
    "document": "decision 2025-12",
}
MARK = {
    "project_id": "p",
    "mark_id": "mark-1",
    "mark_kind": "sector",
    "word": "new_materials",
    "from_on": "2025-03-01",
    "document": "list of 2025",
}
ASKED = {"on": "2025-06-30", "known_at": "2025-07-01T09:00:00+08:00"}
CALLS: dict[str, dict[str, Any]] = {
    "record_policy": POLICY | AN_EXCEPTION,
    "revise_policy": REVISION,
    "end_policy": END,
    "claim_policy": CLAIM,
    "grant_policy_claim": GRANT,
    "mark_project": MARK,
    "policy_claimants": {"policy_id": "policy-12", **ASKED},
    "policy_overview": ASKED,
}
