"""A contest of 2022 with its entries and their projects, at whatever moment a test sets its clock to."""

from __future__ import annotations

from typing import Any

from ..desk import at
from ..pipeline.desk import PROOF
from ..talents.office import Office
from .calls import CONTEST, ENTRY

SETTLE_BY = "2023-11-20"  # a year after the gold prize was won


class Hall(Office):
    def __init__(self, **contest: Any) -> None:
        super().__init__()
        self.on("2023-01-02")
        self.call("record_contest", **CONTEST | contest)

    def at(self, text: str) -> Hall:
        """The clock goes to that moment, the service hears itself and looks for winners who are to settle."""
        self.moment = at(text)
        self.hear_itself()
        self.tick("remind_of_settlements")
        return self

    def contest(self, **changes: Any) -> Any:
        return self.call("record_contest", **CONTEST | changes)

    def entry(self, number: int = 1, **more: Any) -> Any:
        own = {
            "contest_entry_id": f"E{number}",
            "contest_rank": number,
            "person_id": f"T-{number}",
            "talent_application_id": f"A{number}",
            "project_id": f"P{number}",
        }
        return self.call("record_contest_entry", **ENTRY | own | more)

    def project(self, number: int = 1, stage: str = "signed") -> Any:
        given = {"project_id": f"P{number}", "name": "batteries", "opened_on": "2022-12-01"}
        return self.call("enter_project", stage=stage, **given)

    def land(self, on: str, number: int = 1, stage: str = "landed") -> Any:
        proof = [{"kind": PROOF[stage], "reference": "doc-1"}]
        given = {"project_id": f"P{number}", "stage": stage, "entered_on": on, "evidence": proof}
        return self.call("enter_stage", **given)

    def kept(self, number: int = 1) -> Any:
        return self.read("get_contest_entry", contest_entry_id=f"E{number}")

    def told(self) -> list[str]:
        """What was told of winners who are to settle: due, missed, lifted."""
        names = [name for name in self.fact_names if name.startswith("settlement_")]
        return [name.removeprefix("settlement_") for name in names]

    def yielded(self, **asked: Any) -> Any:
        return self.read("contest_yield", **asked)

    def chain(self, number: int = 1, **asked: Any) -> Any:
        [found] = self.yielded(contest_id="contest-2022", **asked)["contest_yields"]
        chains = {each["contest_entry_id"]: each for each in found["contest_chains"]}
        return chains.get(f"E{number}")
