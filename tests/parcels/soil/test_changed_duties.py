"""What other figures of soil duties would make of soil records: asked, and never done."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.parcels.soil.law import DUTIES
from tests.support.rulebooks import compared, in_force, turned

from .. import reports as land
from ..conftest import Parcels
from . import reports as soil
from .test_soil import play

TODAY = date(2024, 6, 1)
MONTHS, DAYS, YEARS = "control_report_months", "told_days_before", "survey_good_for_years"


def plot() -> Parcels:
    """Its risk is controlled since 20 July 2023; its survey ended in May of that year."""
    parcels = Parcels()
    now = datetime.fromisoformat(f"{TODAY}T12:00:00+08:00")
    parcels.clock = lambda: now
    parcels.report(*land.survey(planned_use="residential"))
    whole = soil.whole_way()[:5]
    steps = [(m, g | {"surveyed_to": "2023-05-01"} if "phase" in g else g) for m, g in whole]
    play(parcels, *steps)
    return parcels


@pytest.fixture(scope="module")
def known():
    return plot()


@pytest.fixture(scope="module")
def parcels():
    return plot()


def test_a_shorter_period_moves_the_report_and_says_that_it_is_asked_for(parcels):
    sides, facts = compared(parcels, "soil_duties", {MONTHS: 6})

    assert turned(sides) == {
        "report": ("periodic report by 2024-07-20", "periodic report by 2024-01-20"),
        "asked_for": ("no", "yes"),
    }
    [fact] = facts
    assert (fact["type"], fact["data"]["due_on"]) == ("parcels.soil_report_due", "2024-01-20")


def test_a_survey_that_an_edition_makes_old_is_named_with_its_report(parcels):
    sides, facts = compared(parcels, "soil_duties", {YEARS: 1})

    [(verdict, says)] = turned(sides).items()
    assert (verdict.partition(" ")[0], says, facts) == ("survey", ("good", "too old"), [])


def test_a_report_that_was_asked_for_is_asked_for_no_second_time():
    parcels = plot()
    before, _ = compared(parcels, "soil_duties", {DAYS: 60})
    with in_force(DUTIES, TODAY, {DAYS: 60}):
        parcels.tick("announce_soil_reports_due")
    after, facts = compared(parcels, "soil_duties", {DAYS: 60})

    assert (before, facts) == (after, [])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 24), st.integers(0, 400), st.integers(1, 3))
def test_what_is_foretold_is_what_the_service_says_once_the_edition_is_there(
    known, months, days, years
):
    parcels, changes = known, {MONTHS: months, DAYS: days, YEARS: years}
    sides, facts = compared(parcels, "soil_duties", changes)
    with in_force(DUTIES, TODAY, changes):
        again, nothing = compared(parcels, "soil_duties", changes)
        duties = parcels.read("soil_duties", parcel_id=land.PARCEL)
        fresh = plot()
        fresh.tick("announce_soil_reports_due")
        asked_for = fresh.facts_named("soil_report_due")
    due_on = next(each["due_on"] for each in duties if each["duty"] == "periodic_report")
    is_old = any(f"more than {years} year" in w for each in duties for w in each["warnings"])

    assert (again, nothing) == ({}, [])
    says = {verdict.partition(" ")[0]: after for verdict, (_, after) in turned(sides).items()}
    assert says.get("report", "periodic report by 2024-07-20") == f"periodic report by {due_on}"
    assert (says.get("survey", "good") == "too old") == is_old
    assert [each["data"] for each in facts] == asked_for
    assert (says.get("asked_for", "no") == "yes") == bool(asked_for)


@pytest.mark.parametrize(("path", "value"), [(MONTHS, 0), (DAYS, -1), (YEARS, 10**9)])
def test_a_figure_that_nothing_can_be_counted_by_is_refused(parcels, path, value):
    with pytest.raises(Answered, match=f"give {path} from"):
        compared(parcels, "soil_duties", {path: value})
