"""The monthly report: the overview on the month's last day, what came since the month before, the starts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.parcels.overview.page import PAGE

from ...projects.desk import SUPPLY
from .. import reports
from .zone import Zone, figures_of, section_of, values_of


@pytest.fixture
def zone() -> Zone:
    return Zone().whole_case()


def test_every_figure_is_that_of_the_overview_on_the_month_s_last_day(zone):
    report = zone.draft("monthly", "2023-07-04")
    page = zone.read("overview", on="2023-07-31")

    shown = {f["figure"]: f["value"] for topic in page["topics"] for f in topic["figures"]}
    found = values_of(report)
    assert {name.partition(".")[2] for name in found} >= {*shown}
    for name, value in found.items():
        if name.partition(".")[2] in shown:
            assert value == shown[name.partition(".")[2]], name
    titles = [each["title"] for each in report["sections"]]
    assert titles[: len(page["topics"])] == [topic["title"] for topic in page["topics"]]


def test_each_figure_says_what_came_since_the_end_of_the_month_before(zone):
    zone.report(*reports.survey(parcel_id="330604006-0300", surveyed_on="2023-07-01", area_mu="5"))

    area = figures_of(zone.draft("monthly", "2023-07-31"))["parcels.plots_area"]

    assert (area["told"]["value"], area["previous_value"], area["change"]) == ("15", "10", "5")
    before = figures_of(zone.draft("monthly", "2023-06-30"))["parcels.plots_area"]
    assert before["told"]["value"] == area["previous_value"]


def test_what_happened_on_the_first_day_of_the_month_came_in_it_in_every_service(zone):
    zone.land.project("p", "2023-07-01")
    visit = {"visit_id": "v", "project_id": "p", "visit_kind": "to_investor", "place": "Ningbo"}
    zone.land.call("record_visit", **visit, visited_on="2023-08-01", came_of_it="They come.")

    visits = figures_of(zone.draft("monthly", "2023-08-02"))["projects.visits"]

    assert (visits["told"]["value"], visits["previous_value"], visits["change"]) == ("1", "0", "1")


def test_two_ratios_have_no_difference():
    zone = Zone().whole_case()

    ratio = figures_of(zone.draft("monthly", "2023-07-31"))["parcels.times_output"]

    assert (ratio["told"]["unit"], ratio["change"]) == ("times", None)


def test_a_month_that_goes_on_is_told_up_to_today(zone):
    report = zone.draft("monthly", "2023-08-20")

    assert (report["first"], report["last"]) == ("2023-08-01", "2023-08-03")


@pytest.mark.parametrize(
    ("on", "last"), [("2024-02-10", "2024-02-29"), ("2023-12-01", "2023-12-31")]
)
def test_a_month_ends_on_its_last_day(zone, on, last):
    assert zone.day("2024-06-01").draft("monthly", on)["last"] == last


# --- the start curve


def curve_of(zone: Zone, on: str) -> dict[str, tuple[object, ...]]:
    months = section_of(zone.draft("monthly", on), "Start curve")["start_curve"]
    names = ("land_due", "land_begun", "projects_wanted", "projects_begun")
    return {each["month"]: tuple(each[name] for name in names) for each in months}


@pytest.fixture
def sold() -> Zone:
    """Land of which the contract of 8 September 2023 wants a start in six months."""
    zone = Zone()
    zone.land.on("08-01 09:00").publish()
    zone.land.sign()
    return zone


def test_land_is_to_begin_by_its_contract_and_begins_when_it_does(sold):
    sold.day("2024-05-05")
    sold.land.call("record_construction", contract_id=SUPPLY, started_on="2024-04-20")

    curve = curve_of(sold, "2024-05-01")

    assert [*curve] == [f"2024-{number:02}" for number in range(1, 13)]
    assert [curve[f"2024-0{number}"][:2] for number in (2, 3, 4, 5, 6)] == [
        (0, 0),
        (1, 0),
        (1, 1),
        (1, 1),
        (1, None),
    ]


def test_what_was_to_begin_in_an_earlier_year_is_in_the_curve_from_its_first_month(sold):
    sold.day("2025-02-01")

    assert curve_of(sold, "2025-01-31")["2025-01"][:2] == (1, 0)


def test_land_without_a_contract_that_stands_is_to_begin_nowhere(sold):
    sold.land.void()
    sold.day("2024-05-05")

    assert curve_of(sold, "2024-05-01")["2024-03"][:2] == (0, 0)


def test_projects_are_held_to_the_curve_of_their_year(zone):
    zone.day("2025-04-10")
    for number in (1, 2, 3):
        zone.land.project(f"p-{number}", opened_on="2025-01-02", planned_start_year=2025)
    for stage, on in (("signed", "01-03"), ("landed", "01-20"), ("land_acquired", "02-01")):
        zone.land.enter(stage, f"2025-{on}", "p-1")
    zone.land.enter("construction_started", "2025-02-15", "p-1")

    curve = curve_of(zone, "2025-04-01")

    assert [curve[f"2025-0{number}"][3] for number in (1, 2, 3, 4, 5)] == [0, 1, 1, 1, None]
    wanted = {month: row[2] for month, row in curve.items() if row[2] is not None}
    assert wanted == {"2025-03": 2, "2025-06": 3, "2025-10": 3}
    law = zone.land.read("start_curve", year=2025, on="2025-04-10")
    assert wanted == {mark["ends_on"][:7]: mark["needed"] for mark in law["marks"]}
    assert law["begun"] == curve["2025-04"][3]


def test_the_months_of_the_curve_are_the_figures_of_projects_added_up(sold):
    sold.day("2024-05-05")
    report = sold.draft("monthly", "2024-05-01")

    due = [
        Decimal(each["told"]["value"])
        for name, each in figures_of(report).items()
        if name.startswith("projects.land_starts_due:")
    ]
    assert sum(due) == curve_of(sold, "2024-05-01")["2024-12"][0] == 1


def test_the_sections_are_the_topics_of_the_overview_and_then_the_curve(sold):
    sold.day("2024-05-05")

    titles = [each["title"] for each in sold.draft("monthly", "2024-05-01")["sections"]]

    topics = [topic.title for page in PAGE.editions.values() for topic in page.topics]
    assert titles[-1] == "Start curve [开工进度]"
    assert titles[:-1] == [each for each in topics if each in titles]
