"""What each call of clauses is given."""

from __future__ import annotations

from typing import Any

HERE = "竞得人须在本县注册成立公司"
EXCEPTION = {
    "ground": "science",
    "no_milder_way": True,
    "ends_on": "2027-12-31",
    "end_condition": "the fund is spent",
}
ANSWER = {
    "clause_id": "policy-12.3",
    "code": "REWARD_BY_TAX_PAID",
    "conclusion": "exception",
    "conclusion_reasons": "It helps to build a laboratory that nobody builds without it.",
    "decided_by": "the review group",
    "decided_on": "2025-06-01",
    "document": "review 2025-7",
    "exception": EXCEPTION,
}
CALLS: dict[str, dict[str, Any]] = {
    "check_clauses": {
        "document_kind": "policy",
        "clauses": [
            {
                "text": HERE,
                "clause_id": "policy-12.3",
                "clause_kind": "reward_by_tax_paid",
                "exception": EXCEPTION,
                "conclusion_reasons": "r",
            }
        ],
        "reviewed_on": "2025-05-20",
        "on": "2025-06-02",
    },
    "record_clause_answer": ANSWER,
}
