"""Grades and figures of codes for the tests, with whatever a test changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..conftest import NOON, Enterprises
from ..reports import FIRM, PARCEL, firm

MEAN = {
    "industry_code": "C34",
    "data_year": 2022,
    "mean_tco2_per_wan": "1",
    "document": "means 2022",
}


def grade(value: str | None = "B", year: int = 2022, **changes: Any) -> dict[str, Any]:
    fact = {
        "enterprise_id": FIRM,
        "data_year": year,
        "grade": value,
        "previous_grade": None,
        "revision": 1,
        "final_on": f"{year + 1}-07-20",
        "round_id": f"permu-{year}",
        "scheme": "黄岩 2022",
        "parcels": [PARCEL],
    }
    return fact | changes


def carbon(emission: str = "100", **changes: Any) -> dict[str, Any]:
    figures = {"emission_tco2": emission, "value_added_cny": "1000000"}
    entry = {
        "enterprise_id": FIRM,
        "kind": "carbon_code",
        "data_year": 2022,
        "valid_from": "2024-02-01",
        "figures": figures,
        "industry_code": "C34",
        "source_class": "declared",
        "document": "form 3",
    }
    return entry | changes


def risk(major: int = 0, overdue: int = 0, **changes: Any) -> dict[str, Any]:
    entry = {
        "enterprise_id": FIRM,
        "kind": "risk_code",
        "valid_from": "2023-08-10",
        "figures": {"major_hazards_open": major, "hazards_overdue": overdue},
        "source_class": "declared",
        "document": "inspection 17",
    }
    return entry | changes


class Firm:
    """A firm whose codes are reported, an hour apart."""

    def __init__(self) -> None:
        self.enterprises = Enterprises()
        self.enterprises.report(firm())
        self.heard_ids = 0

    @property
    def now(self) -> datetime:
        return self.enterprises.now

    def wait(self, **how: float) -> datetime:
        self.enterprises.now += timedelta(**how)
        return self.enterprises.now

    def graded(self, value: str | None = "B", year: int = 2022, **changes: Any) -> None:
        self.hear(grade(value, year, **changes))

    def hear(self, data: dict[str, Any], **how: Any) -> None:
        at = self.wait(hours=1)
        self.enterprises._heard("enterprises", "grade_final", data, at=at, **how)

    def record(self, entry: dict[str, Any]) -> Any:
        self.wait(hours=1)
        return self.enterprises.call("record_code_figures", **entry)

    def codes(self, **asked: Any) -> dict[str, dict[str, Any]]:
        found = self.enterprises.read("get_codes", enterprise_id=FIRM, **asked)
        return {each["kind"]: each for each in found["codes"]}

    def value(self, kind: str = "grade_code", **asked: Any) -> Any:
        return self.codes(**asked)[kind]["value"]

    def told(self, name: str = "code_changed") -> list[Any]:
        return [(each["value"], each["change_no"]) for each in self.enterprises.facts_named(name)]


NEXT_YEAR = NOON + timedelta(days=400)
