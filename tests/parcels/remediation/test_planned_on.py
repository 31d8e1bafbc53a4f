"""A plan may say its day; without it, it has that of its event."""

from __future__ import annotations

import itertools

import pytest

from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.reports import CASE


def planned_facts(parcels: Parcels) -> list[tuple[str, str | None]]:
    facts = parcels.facts_named("remediation_planned")
    return [(fact["planned_end_on"], fact["planned_on"]) for fact in facts]


def planning(parcels: Parcels) -> tuple[str, str | None]:
    first = parcels.read("case_path", case_id=CASE)["milestones"][0]
    return first["step"], first["done_on"]


def test_the_day_of_the_plan_is_on_the_path_and_in_the_fact(parcels):
    for report in [reports.survey(), reports.identified()]:
        parcels.report(*report)
    parcels.report(*reports.planned(planned_on="2023-02-20"))

    assert planning(parcels) == ("planning", "2023-02-20")
    assert planned_facts(parcels) == [("2023-07-31", "2023-02-20")]


def test_a_plan_without_a_day_has_that_of_its_event(parcels):
    for report in [reports.survey(), reports.identified(), reports.planned()]:
        parcels.report(*report)

    assert planning(parcels) == ("planning", "2023-08-01")
    assert planned_facts(parcels) == [("2023-07-31", None)]


def test_a_day_that_is_told_afterwards_is_announced(parcels):
    for report in [reports.survey(), reports.identified(), reports.planned()]:
        parcels.report(*report)
    assert parcels.report(*reports.planned(planned_on="2023-02-20")) is None

    assert planning(parcels) == ("planning", "2023-02-20")
    assert planned_facts(parcels) == [("2023-07-31", None), ("2023-07-31", "2023-02-20")]


def test_a_plan_of_a_day_to_come_is_refused(parcels, refused):
    with refused("NOT_YET"):
        parcels.report(*reports.planned(planned_on="2023-09-03"))


def test_of_several_plans_the_one_that_was_reported_last_stands_in_any_order():
    plans = [
        reports.planned(),
        reports.planned(planned_on="2023-05-01", planned_end_on="2023-12-31"),
        reports.planned(planned_on="2023-02-20"),
    ]
    events = [reports.event(*each, number) for number, each in enumerate(plans, 10)]
    for order in itertools.permutations(events):
        parcels = Parcels()
        for report in [reports.survey(), reports.identified()]:
            parcels.report(*report)
        for each in order:
            parcels.handle(each)
        found = parcels.read("get_case", case_id=CASE)["planned"]
        assert (found["planned_on"], found["planned_end_on"]) == ("2023-02-20", "2023-07-31")


@pytest.mark.parametrize("day", ["2023-13-01", "yesterday", 20230220])
def test_a_day_that_is_none_is_refused(parcels, refused, day):
    with refused("INVALID"):
        parcels.report(*reports.planned(planned_on=day))
