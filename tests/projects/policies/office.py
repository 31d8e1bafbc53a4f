"""An office that keeps policies and hears claims, at whatever moment a test sets its clock to."""

from __future__ import annotations

from typing import Any

from backbone.testing import Rehearsal
from services.projects.service import ProjectsService

from ..conftest import LandRegister
from ..desk import at
from ..pipeline.desk import PROOF
from .calls import CLAIM, END, GRANT, MARK, POLICY, REVISION

ENDINGS = ("policy_ending", "policy_ended", "policy_ending_lifted")


class Office(Rehearsal):
    """The service on 1 July 2025, with one project that meets the policy and is in its sector."""

    def __init__(self) -> None:
        self.moment = at("2025-07-01")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=LandRegister())
        self.project("p")
        self.build("p")
        self.mark()

    def on(self, text: str) -> Office:
        """The clock goes to that moment, and the service looks for what ends."""
        self.moment = at(text)
        self.tick("look_for_ending_policies")
        return self

    def project(self, project_id: str, **more: Any) -> Any:
        given = {"name": "separators", "opened_on": "2024-01-01", "investment_wan_cny": "5000"}
        return self.call("enter_project", **given | {"project_id": project_id} | more)

    def enter(self, project_id: str, stage: str, on: str, **more: Any) -> Any:
        proof = [{"kind": PROOF[stage], "reference": "doc-1"}] if stage in PROOF else []
        given = {"project_id": project_id, "stage": stage, "entered_on": on, "evidence": proof}
        return self.call("enter_stage", **given | more)

    def build(self, project_id: str, on: str = "2025-06-10") -> None:
        for stage in ("signed", "land_acquired"):
            self.enter(project_id, stage, "2024-05-01")
        self.enter(project_id, "construction_started", on)

    def mark(self, **more: Any) -> Any:
        return self.call("mark_project", **MARK | more)

    def policy(self, **more: Any) -> Any:
        return self.call("record_policy", **POLICY | more)

    def revise(self, **more: Any) -> Any:
        return self.call("revise_policy", **REVISION | more)

    def end(self, **more: Any) -> Any:
        return self.call("end_policy", **END | more)

    def claim(self, **more: Any) -> Any:
        return self.call("claim_policy", **CLAIM | more)

    def grant(self, **more: Any) -> Any:
        return self.call("grant_policy_claim", **GRANT | more)

    def claimants(self, on: str = "2025-07-01", **asked: Any) -> dict[str, Any]:
        """What is said of each project, by its id."""
        found = self.read("policy_claimants", policy_id="policy-12", on=on, **asked)
        return {each["project_id"]: each for each in found["claimants"]}

    def against(self, on: str = "2025-07-01", project_id: str = "p", **asked: Any) -> list[str]:
        reasons = self.claimants(on, **asked)[project_id]["why_not"]
        return [f"{each['code']} {each['field']}" for each in reasons]

    def ends(self) -> list[tuple[str, str, int, str | None]]:
        """What was told of ends: the fact, what ends, its number and the last day."""
        return [
            (name, data["what_ends"], data["ending_no"], data.get("ends_on"))
            for name, data in self.facts
            if name in ENDINGS
        ]
