"""The start curve by months: land by its contract, projects by the law."""

from __future__ import annotations

from typing import Any

import pytest

from ..desk import SUPPLY
from ..pipeline.desk import InvestmentDesk

SOON = {"sign_within_working_days": 10, "start_within_months": 1}


@pytest.fixture
def desk() -> InvestmentDesk:
    """Land of which the contract of 8 September 2023 wants a start by 8 March 2024."""
    desk = InvestmentDesk()
    desk.on("08-01 09:00").publish()
    desk.sign()
    return desk


def months(desk: InvestmentDesk, name: str, on: str, **asked: Any) -> dict[str, str]:
    """The months of which a figure counts something."""
    found = desk.read("start_figures", on=on, **asked)
    named = [each["figure"] for each in found if each["figure"]["figure"].startswith(f"{name}:")]
    return {
        each["figure"].partition(":")[2]: each["value"] for each in named if each["value"] != "0"
    }


def begin(desk: InvestmentDesk, **days: str) -> None:
    desk.on("2024-06-01").call("record_construction", contract_id=SUPPLY, **days)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2023-12-31", {}),
        ("2024-01-01", {"2024-03": "1"}),
        ("2024-12-31", {"2024-03": "1"}),
        ("2025-01-01", {"before": "1"}),
    ],
)
def test_land_is_due_in_the_month_that_its_contract_names_from_its_signing_on(desk, on, due):
    desk.on("2025-06-01")

    assert months(desk, "land_starts_due", on) == due


def test_each_month_of_the_year_has_a_figure_of_what_is_due_and_those_up_to_the_day_of_what_began(
    desk,
):
    found = [each["figure"]["figure"] for each in desk.read("start_figures", on="2023-09-08")]

    def named(name: str) -> list[str]:
        return [each.partition(":")[2] for each in found if each.startswith(f"{name}:")]

    assert named("land_starts_due") == ["before", *(f"2023-{n:02}" for n in range(1, 13))]
    assert named("land_starts") == ["before", *(f"2023-{n:02}" for n in range(1, 10))]
    assert named("project_starts") == named("land_starts")
    assert named("project_starts_wanted") == ["2023-03", "2023-06", "2023-10"]


def test_a_contract_that_was_not_signed_by_the_day_is_due_nowhere():
    desk = InvestmentDesk()
    desk.on("08-01 09:00").publish(contract_terms=SOON)
    desk.sign()
    desk.on("2024-01-01")

    assert months(desk, "land_starts_due", "2023-09-07") == {}
    assert months(desk, "land_starts_due", "2023-09-08") == {"2023-10": "1"}


@pytest.mark.parametrize(
    ("on", "begun"),
    [
        ("2024-04-19", {}),
        ("2024-04-20", {"2024-04": "1"}),
        ("2025-02-01", {"before": "1"}),
    ],
)
def test_land_begins_in_the_month_in_which_building_did(desk, on, begun):
    begin(desk, started_on="2024-04-20")
    desk.on("2025-06-01")

    assert months(desk, "land_starts", on) == begun


def test_a_start_that_was_recorded_later_was_not_known_before(desk):
    begin(desk, started_on="2024-04-20")

    early = "2024-05-01T12:00:00+08:00"
    assert months(desk, "land_starts", "2024-05-01", known_at=early) == {}
    assert months(desk, "land_starts", "2024-05-01") == {"2024-04": "1"}


@pytest.mark.parametrize(("on", "due"), [("2024-02-09", {"2024-03": "1"}), ("2024-02-10", {})])
def test_a_contract_that_is_void_is_due_nowhere_from_that_day_on(desk, on, due):
    desk.on("2024-02-12").call(
        "void_award", listing_id=_listing(desk), voided_on="2024-02-10", void_reason="given back"
    )

    assert months(desk, "land_starts_due", on) == due


def test_land_that_names_no_day_for_its_start_is_left_out():
    desk = InvestmentDesk()
    desk.on("08-01 09:00").publish(contract_terms={"sign_within_working_days": 10})
    desk.sign()
    begin(desk, started_on="2024-04-20")

    for name in ("land_starts_due", "land_starts"):
        assert months(desk, name, "2024-06-01") == {}


def test_a_part_names_the_contract_and_the_call_that_said_so(desk):
    begin(desk, started_on="2024-04-20")

    found = {each["figure"]["figure"]: each for each in desk.read("start_figures", on="2024-06-01")}

    [part] = found["land_starts:2024-04"]["parts"]
    assert (part["thing"], part["thing_id"], part["about_on"]) == ("contract", SUPPLY, "2024-04-20")
    last = desk.read("contract_history", contract_id=SUPPLY)[-1]
    assert part["event_id"] == last["by"]["id"]


def test_the_law_s_marks_are_of_the_projects_of_the_year(desk):
    desk.on("2025-04-10")
    for number in (1, 2, 3):
        desk.project(f"p-{number}", "2025-01-02", planned_start_year=2025)
    desk.project("other", "2025-01-02", planned_start_year=2026)

    wanted = months(desk, "project_starts_wanted", "2025-04-01")

    assert wanted == {"2025-03": "2", "2025-06": "3", "2025-10": "3"}
    assert months(desk, "project_starts", "2025-04-01") == {}


def _listing(desk: InvestmentDesk) -> str:
    [listing] = desk.read("list_listings")["items"]
    return str(listing["listing_id"])
