"""What each call of the rounds is given."""

from __future__ import annotations

from typing import Any

ROUND = "黄岩区:2022:below_scale:1"
FIRM = "330604006-E9"
STEP = {"round_id": ROUND, "on": "2023-08-01", "operator_role": "enterprise_desk"}
OF_FIRM = STEP | {"enterprise_id": FIRM}
FIGURES = [{"name": "electricity_kwh", "value": "1000000"}, {"name": "tax_paid_cny", "value": -5}]
ROUNDS_GIVEN: dict[str, dict[str, Any]] = {
    "open_round": {
        "place": "黄岩区",
        "data_year": 2022,
        "group": "below_scale",
        "scheme": "huangyan-2022-below",
        "cuts": [{"grade": "A", "by": "<=", "value": "100"}],
        "townships": ["330604006"],
        "on": "2023-08-01",
        "operator_role": "enterprise_desk",
    },
    "give_round_figures": OF_FIRM
    | {"document_id": "D-1", "figures": FIGURES, "source_class": "desk"},
    "place_firm": OF_FIRM
    | {"placed": "left_out", "reason_code": "PUBLIC_UTILITY", "document_id": None},
    "publicise_areas": STEP | {"days": 8},
    "score_round": STEP,
    "adjust_grade": OF_FIRM
    | {"kind": "veto", "target_grade": "D", "reason": "an accident", "document_id": "D-1"},
    "withdraw_adjustment": OF_FIRM | {"adjustment_id": f"{ROUND}/{FIRM}/A1"},
    "publicise_grades": STEP | {"days": None},
    "object_to_round": OF_FIRM | {"text": "the area counts a road"},
    "review_objection": OF_FIRM
    | {
        "objection_id": f"{ROUND}/{FIRM}/1",
        "upheld": True,
        "why": "the certificate says so",
        "reviewed_by": "the evaluation desk",
        "document_id": "D-2",
        "figures": FIGURES,
    },
    "finalise_round": STEP,
    "revise_round": STEP | {"why": "a tax figure was wrong"},
    "withdraw_round": STEP | {"why": "the wrong scheme"},
    "what_stands_against": STEP | {"step": "score_round"},
    "round_scores": {"round_id": ROUND},
    "round_changes": {"round_id": ROUND},
    "my_figures": {"round_id": ROUND, "enterprise_id": FIRM, "asked_by": FIRM},
    "grades_of": {"enterprise_id": FIRM},
    "policies_for": {"enterprise_id": FIRM, "on": "2023-10-01"},
}
