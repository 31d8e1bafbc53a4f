from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from ..conftest import NOON, Enterprises
from ..reports import TOWNSHIP, firm, premises

BELOW = "huangyan-2022-below"  # which publishes no cuts
QUARTERS = [
    {"grade": "A", "by": "<=", "value": "25"},
    {"grade": "B", "by": "<=", "value": "50"},
    {"grade": "C", "by": "<=", "value": "75"},
    {"grade": "D", "by": "last", "value": "25"},
]
ROUND = "黄岩区:2022:below_scale:1"
AREAS_ON, SCORED_ON, PUBLICISED_ON, FINAL_ON = (
    "2023-07-01",
    "2023-07-10",
    "2023-07-11",
    "2023-07-18",
)
GROUP = {"finalise_round", "revise_round", "withdraw_round"}


def firm_id(number: int) -> str:
    return f"{TOWNSHIP}-E{number}"


def plot_id(number: int) -> str:
    return f"{TOWNSHIP}-P{number}"


class Desk(Enterprises):
    """The enterprise desk with a round. Firm n holds plot n of 10 mu, unless a test says otherwise."""

    round_id = ROUND
    minutes = 0

    def survey(self, number: int, area_m2: str = "6666.666667", version: int = 1) -> None:
        fact = {"parcel_id": plot_id(number), "township": TOWNSHIP, "area_m2": area_m2}
        about = {"land_use": "industrial", "in_zone": True, "version": version}
        self.hear("parcels", "parcel_registered", fact | about).or_raise()

    def firm(self, number: int, *where: dict[str, str], **changes: Any) -> None:
        at = where or (premises(parcel_id=plot_id(number)),)
        report = firm(*at, enterprise_id=firm_id(number), uscc=None, **changes)
        self.report(report, at=self._next())

    def figures(self, number: int, source: str = "tax", **figures: Any) -> None:
        """Figures of 2022; each report is later than the one before."""
        about = {"enterprise_id": firm_id(number), "data_year": 2022, "source_class": source}
        how = {"publisher": TOWNSHIP, "at": self._next()}
        self._heard("township", "enterprise.figures_reported", about | figures, **how)

    def _next(self) -> datetime:
        self.minutes += 1
        return NOON + timedelta(minutes=self.minutes)

    def open(self, **changes: Any) -> Any:
        about = {"place": "黄岩区", "data_year": 2022, "group": "below_scale", "scheme": BELOW}
        about["cuts"] = QUARTERS
        who = {"townships": [TOWNSHIP], "on": "2023-06-20", "operator_role": "enterprise_desk"}
        return self.call("open_round", **(about | who | changes))

    def step(self, name: str, on: str, **more: Any) -> Any:
        role = "evaluation_group" if name in GROUP else "enterprise_desk"
        about = {"round_id": self.round_id, "on": on, "operator_role": role}
        return self.call(name, **(about | more))

    def give(self, number: int, on: str = "2023-06-25", **figures: str) -> Any:
        given = [{"name": name, "value": value} for name, value in figures.items()]
        about = {"enterprise_id": firm_id(number), "document_id": "D-1", "figures": given}
        return self.step("give_round_figures", on, **about)

    def adjust(self, number: int, kind: str, target: str, on: str = SCORED_ON) -> Any:
        about = {"enterprise_id": firm_id(number), "kind": kind, "target_grade": target}
        why = {"reason": "by the list of the county", "document_id": "D-7"}
        return self.step("adjust_grade", on, **about, **why)

    def object(self, number: int, on: str, **more: Any) -> str:
        about = {"enterprise_id": firm_id(number), "text": "the figure is wrong"}
        role = {"operator_role": "enterprise"}
        said = self.step("object_to_round", on, **(about | role | more))
        return str(said["objection_id"])

    def review(self, number: int, objection_id: str, on: str, upheld: bool, **figures: str) -> Any:
        about = {"enterprise_id": firm_id(number), "objection_id": objection_id, "upheld": upheld}
        why = {"why": "the certificate says so", "reviewed_by": "the evaluation desk"}
        given = [{"name": name, "value": value} for name, value in figures.items()]
        return self.step("review_objection", on, **about, **why, figures=given)

    def scored(self, **of: Any) -> dict[str, Any]:
        """The firms of the round by their number."""
        found = self.read("round_scores", round_id=of.get("round_id", self.round_id))
        return {each["enterprise_id"].rpartition("E")[2]: each for each in found["scored_firms"]}

    def grades(self, **of: Any) -> dict[str, Any]:
        return {number: each["grade"] for number, each in self.scored(**of).items()}

    def until_scored(self) -> None:
        self.step("publicise_areas", AREAS_ON)
        self.step("score_round", SCORED_ON)

    def until_publicised(self) -> None:
        self.until_scored()
        self.step("publicise_grades", PUBLICISED_ON)

    def until_final(self) -> None:
        self.until_publicised()
        self.step("finalise_round", FINAL_ON)


def four_firms(
    desk: Desk, taxes: Iterable[int] = (400000, 300000, 200000, 100000), **opened: Any
) -> Desk:
    """Four firms of 10 mu each, that pay 40,000, 30,000, 20,000 and 10,000 yuan per mu."""
    for number, tax in enumerate(taxes, 1):
        desk.survey(number)
        desk.firm(number)
        desk.figures(number, tax_paid_cny=str(tax))
    desk.open(**opened)
    for number in range(1, 5):
        desk.give(number, electricity_kwh="1000000")
    return desk


@pytest.fixture
def empty() -> Desk:
    return Desk()


@pytest.fixture
def desk(empty: Desk) -> Desk:
    return four_firms(empty)
