"""An investment desk, at whatever moment a test sets its clock to."""

from __future__ import annotations

from typing import Any

from tests.projects.desk import Desk

PROOF = {
    "lead": "contact",
    "negotiating": "visit",
    "under_review": "joint_review",
    "signed": "formal_agreement",
    "landed": "company_registered",
    "land_acquired": "award",
    "premises_leased": "lease",
    "construction_started": "construction_permit",
    "construction_completed": "completion_acceptance",
    "in_production": "production_started",
    "full_capacity": "capacity_review",
}


class InvestmentDesk(Desk):
    def __init__(self) -> None:
        super().__init__(noticed=False)
        self.on("2026-01-01")

    def project(self, project_id: str = "p", opened_on: str = "2023-01-01", **more: Any) -> Any:
        given = {"project_id": project_id, "name": "separators", "opened_on": opened_on}
        return self.call("enter_project", **given | more)

    def enter(self, stage: str, on: str, project_id: str = "p", **more: Any) -> Any:
        proof = [{"kind": PROOF[stage], "reference": "doc-1"}] if stage in PROOF else []
        given = {"project_id": project_id, "stage": stage, "entered_on": on, "evidence": proof}
        return self.call("enter_stage", **given | more)

    def lose(self, on: str, project_id: str = "p", reason: str = "other_place") -> Any:
        return self.enter("terminated", on, project_id, lost_reason=reason, lost_to="another city")

    def entrust(self, team: str, on: str = "2023-01-01", project_id: str = "p", **more: Any) -> Any:
        given = {"project_id": project_id, "team": team, "handed_on": on}
        return self.call("hand_over_project", **given | more)

    def plan(self, on: str, project_id: str = "p") -> Any:
        given = {"project_id": project_id, "next_step": "a visit", "next_step_on": on}
        return self.call("set_next_step", **given)

    def now(self, project_id: str = "p") -> Any:
        return self.read("get_project", project_id=project_id)

    def told(self, *names: str) -> list[str]:
        """The facts of the pipeline so far, by name."""
        wanted = names or ("project_", "next_step", "possible_")
        return [name for name in self.fact_names if name.startswith(wanted)]
