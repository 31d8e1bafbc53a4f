"""A talent office with one plan, at whatever moment a test sets its clock to."""

from __future__ import annotations

from typing import Any

import pytest

from backbone.errors import Refused
from backbone.testing import Rehearsal
from services.projects.service import ProjectsService

from ..conftest import LandRegister
from ..desk import at
from .calls import APPLICATION, FIGURE, PLAN, STEP

PROOF = {
    "formally_checked": "formal_check",
    "reviewed": "expert_review",
    "interviewed": "interview_record",
    "site_checked": "site_record",
    "publicised": "publicity_notice",
    "approved": "approval_document",
    "rejected": "decision",
    "withdrawn": "withdrawal_letter",
    "ended": "departure",
}
COURSE = {
    "formally_checked": "2023-08-05",
    "reviewed": "2023-08-20",
    "interviewed": "2023-09-01",
    "publicised": "2023-09-10",
    "approved": "2023-09-17",
}


class Office(Rehearsal):
    def __init__(self, **plan: Any) -> None:
        self.moment = at("2023-06-01 09:00")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=LandRegister())
        self.call("record_talent_plan", **PLAN | plan)
        self.on("2026-01-01")

    def on(self, text: str) -> Office:
        """The clock goes to that moment."""
        self.moment = at(text)
        return self

    def apply(self, number: int = 1, when: str = "07-10 10:00", **more: Any) -> Any:
        """Application A1, A2 … of person T-1, T-2 …"""
        own = {
            "talent_application_id": f"A{number}",
            "person_id": f"T-{number}",
            "submitted_at": at(when).isoformat(),
        }
        return self.call("apply_for_talent_plan", **APPLICATION | own | more)

    def enter(self, state: str, on: str, number: int = 1, **more: Any) -> Any:
        given = {
            "talent_application_id": f"A{number}",
            "talent_state": state,
            "entered_on": on,
            "evidence_kind": PROOF[state],
        }
        said = STEP | given | more
        return self.call("enter_talent_state", **{k: v for k, v in said.items() if v is not None})

    def revoke(self, state: str, number: int = 1) -> Any:
        given = {"talent_application_id": f"A{number}", "talent_state": state}
        return self.call("revoke_talent_state", **given)

    def approve(self, number: int = 1, *, until: str = "approved") -> Office:
        """Through the whole course, on its usual days."""
        for state, day in COURSE.items():
            self.enter(state, day, number)
            if state == until:
                break
        return self

    def state_figure(self, **more: Any) -> Any:
        return self.call("state_talent_figure", **FIGURE | more)

    def state(self, number: int = 1) -> str:
        found = self.read("get_talent_application", talent_application_id=f"A{number}")
        return found["talent_state"]

    def applied(self, **asked: Any) -> list[str]:
        """Who stands in the batch at its deadline, or at the moment that is asked for."""
        found = self.batch(**asked)["batch_applicants"]
        return [each["talent_application_id"] for each in found]

    def batch(self, **asked: Any) -> Any:
        given = {"talent_plan_id": "celebrities", "talent_batch": "27"}
        return self.read("batch_applicants", **given | asked)

    def count(self, measure: str = "talents", **wanted: Any) -> Any:
        """The count of one scope: all together, unless a level, plan or category is named."""
        asked = {name: wanted.pop(name) for name in ("on", "known_at") if name in wanted}
        named = {"plan_level": None, "talent_plan_id": None, "talent_category": None} | wanted
        found = self.read("talent_counts", **asked)["talent_counts"]
        scopes = [
            each for each in found if each["talent_scope"] == {"talent_measure": measure} | named
        ]
        return scopes[0] if scopes else None


def refused(act: Any, *args: Any, **how: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **how)
    return [reason.code for reason in caught.value.reasons]
