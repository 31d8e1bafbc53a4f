"""Who may say what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.parcels.rulebook import ROLES, WAYS, Vacates
from services.parcels.words import DisposalWay

from . import reports

YONGHE = "330604107"
WAYS_OF_2023 = WAYS.on(date(2023, 8, 1))
RECOVERY = ("land_reserve", "state_capital_operation", "function_change")


@pytest.mark.parametrize(
    ("step", "role"),
    [
        (reports.identified, "township"),
        (reports.planned, "task_force"),
        (reports.approved, "enterprise"),
        (reports.progressed, "government"),
        (reports.completed, "township"),
        (reports.completed, "Task_Force"),
    ],
)
def test_a_report_of_the_wrong_office_is_refused(parcels, refused, step, role):
    with refused("WRONG_ROLE"):
        parcels.report(*step(operator_role=role))


@pytest.mark.parametrize("way", RECOVERY)
def test_recovery_purchase_and_planning_change_need_the_government(parcels, refused, way):
    with refused("WRONG_ROLE"):
        parcels.report(*reports.approved(way, operator_role="zone_committee"))


@pytest.mark.parametrize("way", [way for way in DisposalWay if way not in RECOVERY])
def test_the_zone_committee_approves_the_other_ways(parcels, way):
    assert parcels.report(*reports.approved(way.value, operator_role="zone_committee"))


@pytest.mark.parametrize(
    "way", [way for way in DisposalWay if WAYS_OF_2023[way].vacates is Vacates.NO]
)
def test_a_way_by_which_the_occupant_stays_vacates_nothing(parcels, refused, way):
    with refused("WAY_VACATES_NOTHING"):
        parcels.report(*reports.completed(way.value, vacated_area_m2="100"))

    assert parcels.report(*reports.completed(way.value, vacated_area_m2="0"))


def test_a_township_reports_no_parcel_of_another_one(parcels, refused):
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*reports.survey(), township=YONGHE)


def test_a_township_moves_no_case_of_another_one(parcels, refused):
    for step in reports.whole_case()[:3]:
        parcels.report(*step)

    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*reports.approved(), township=YONGHE)


def test_a_township_puts_no_case_of_its_own_on_the_land_of_another_one(parcels, refused):
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*reports.identified(case_id=f"{YONGHE}-C1"), township=YONGHE)


def test_a_township_takes_no_case_id_of_another_one(parcels, refused):
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*reports.identified(parcel_id=f"{YONGHE}-1"), township=YONGHE)


def test_a_case_stays_on_its_parcel(parcels, refused):
    parcels.report(*reports.identified())

    with refused("CASE_OF_ANOTHER_PARCEL"):
        parcels.report(*reports.planned(parcel_id="330604006-0999"))


@pytest.mark.parametrize(
    "step",
    [
        reports.survey(surveyed_on="2023-09-03"),
        reports.identified(identified_on="2203-02-01"),
        reports.progressed(reported_on="2023-09-03"),
        reports.completed(completed_on="2023-09-03"),
    ],
)
def test_a_day_that_has_not_come_is_refused(parcels, refused, step):
    with refused("NOT_YET"):
        parcels.report(*step)


def test_a_clock_that_is_a_little_fast_does_no_harm(parcels):
    parcels.report(*reports.survey(surveyed_on="2023-09-02"))


def test_every_edition_of_the_rulebook_knows_every_way():
    assert all(set(ways) == set(DisposalWay) for ways in WAYS.editions.values())


def test_a_report_of_a_day_before_the_first_edition_is_measured_by_that_one():
    first = min(ROLES.editions)
    assert ROLES.on(first - timedelta(days=1)) is ROLES.on(first) is ROLES.editions[first]
