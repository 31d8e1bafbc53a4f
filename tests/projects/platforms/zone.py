"""The two platforms of the zone as they were planned, at whatever moment a test sets its clock to."""

from __future__ import annotations

from typing import Any

from backbone.testing import Rehearsal
from services.projects.service import ProjectsService

from ..conftest import LandRegister
from ..desk import at

VALLEY = "youth-valley"
TWO_LANDED = {
    "target_name": "projects",
    "counts": "projects",
    "predicate": "landed",
    "target_value": 2,
    "due_on": "2023-12-31",
    "project_kinds": ["industrial"],
}
INVESTED = {
    "target_name": "investment",
    "counts": "investment_cny",
    "predicate": "landed",
    "target_value": "3200000000",
    "due_on": "2023-12-31",
}
YOUTH_VALLEY = {
    "platform_id": VALLEY,
    "name": "智创青春谷",
    "township": "330604001",
    "place": "百官街道",
    "planned_area_mu": "1600",
    "planned_area_is_about": True,
    "planned_investment_cny": "5700000000",
    "targets": [TWO_LANDED, INVESTED],
    "document": "plan of 2023",
}
ECO_PARK = {
    "platform_id": "eco-park",
    "name": "智能装备生态园",
    "township": "330604001",
    "targets": [
        {
            "target_name": "phase-1",
            "counts": "investment_cny",
            "predicate": "begun",
            "target_value": "430000000",
            "due_on": "2023-12-31",
            "project_kinds": ["neighbourhood_centre", "infrastructure"],
        }
    ],
    "document": "plan of 2023",
}
PROGRESS = {
    "platform_id": VALLEY,
    "progress_id": "R1",
    "project_id": "P1",
    "project_kind": "industrial",
    "predicate": "landed",
    "happened_on": "2023-08-01",
    "investment_cny": "1600000000",
    "evidence_ids": ["doc-1"],
}


class Zone(Rehearsal):
    """The service, with the plan of the Youth Valley recorded on 1 August 2023."""

    def __init__(self, *, plan: dict[str, Any] = YOUTH_VALLEY) -> None:
        self.moment = at("08-01 09:00")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=LandRegister())
        self.call("record_platform", **plan)

    def on(self, text: str) -> Zone:
        """The clock goes to that moment, and the service looks for missed targets."""
        self.moment = at(text)
        self.tick("look_for_missed_targets")
        return self

    def record(self, number: int, happened_on: str, **more: Any) -> Any:
        """Project P1, P2 … landed."""
        own = {"progress_id": f"R{number}", "project_id": f"P{number}"}
        said = PROGRESS | own | {"happened_on": happened_on}
        return self.call("record_platform_progress", **said | more)

    def target(self, on: str, name: str = "projects", **asked: Any) -> dict[str, Any]:
        asked = {"platform_id": VALLEY} | asked
        found = self.read("platform_standing", on=on, **asked)["standings"]
        return {each["target_name"]: each for each in found}[name]

    def state(self, on: str, name: str = "projects", **asked: Any) -> str:
        return self.target(on, name, **asked)["target_state"]

    def missed(self, name: str = "projects") -> list[Any]:
        """What was told of the target: how much was reached, or that the miss is lifted."""
        said = [(fact, data) for fact, data in self.facts if "platform_target_miss" in fact]
        return [
            data.get("reached", "lifted")
            for _, data in said
            if data["platform_target_id"].endswith(f".{name}")
        ]
