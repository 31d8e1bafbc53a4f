"""A draft that is supplemented or suspended: each later day, and the line that says why."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from marshmallow import ValidationError

from park.time import PARK_TIME
from services.projects.notices.earliest import Step, earliest
from services.projects.notices.interrupted import Interruptions, Suspension
from services.projects.notices.printed import Printed
from services.projects.notices.schemas import EarliestDates
from tests.projects.desk import LISTING, Desk

TODAY = date(2025, 3, 1)
PLOT = Printed(released_on=date(2025, 2, 1), published_on=date(2025, 3, 3))


def steps(plot: Printed = PLOT, **course) -> dict[str, Step]:
    found = earliest(plot, TODAY, TODAY, Interruptions(**course))
    return {each.step: each for each in found}


def stood(first: date, last: date) -> Suspension:
    return Suspension(suspended_on=first, resumed_on=last)


def test_a_draft_that_nothing_interrupts_has_no_more_lines():
    assert list(steps()) == [
        "published_on", "documents_from", "apply_from", "sale_from", "sale_to", "bond_to",
        "result_publicity", "bond_return", "contract",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("suspended", "sale_from", "sale_to"),
    [
        ((date(2025, 3, 10), date(2025, 3, 15)), date(2025, 3, 28), date(2025, 4, 7)),
        ((date(2025, 3, 26), date(2025, 3, 29)), date(2025, 3, 23), date(2025, 4, 7)),  # 清明
        ((date(2025, 4, 2), date(2025, 4, 12)), date(2025, 3, 23), date(2025, 4, 14)),  # a Saturday
        ((date(2025, 4, 3), date(2025, 4, 4)), date(2025, 3, 23), date(2025, 4, 2)),  # too late
    ],
)
def test_what_stood_still_is_given_back(suspended, sale_from, sale_to):
    found = steps(suspensions=(stood(*suspended),))
    assert found["sale_from"].day == sale_from
    assert found["sale_to"].day == sale_to
    assert found["suspension"].lawful is True


def test_the_line_of_the_sale_says_why_it_ends_later():
    found = steps(suspensions=(stood(date(2025, 4, 2), date(2025, 4, 12)),))
    assert "10 days of the suspension of 2025-04-02 given back" in found["sale_to"].sentence
    assert "2025-04-12 is a day off" in found["sale_to"].sentence


def test_a_suspension_before_the_notice_is_named():
    found = steps(suspensions=(stood(date(2025, 3, 2), date(2025, 3, 5)),))
    assert found["suspension"].lawful is False


@pytest.mark.parametrize(
    ("supplement", "lawful"), [(date(2025, 3, 30), True), (date(2025, 3, 31), False)]
)
def test_a_supplement_comes_before_the_sale_and_the_time_before_it_begins_anew(supplement, lawful):
    plot = Printed(
        released_on=date(2025, 2, 1), published_on=date(2025, 3, 3), sale_from=date(2025, 3, 31)
    )
    found = steps(plot, supplements=(supplement,))
    assert found["supplement"].lawful is lawful
    assert found["sale_from"].day > date(2025, 4, 15)
    assert found["sale_from"].lawful is False


def test_a_year_without_working_days_gives_no_day_and_the_reason():
    plot = Printed(published_on=date(2022, 8, 9), sale_from=date(2022, 9, 1))
    found = steps(plot, suspensions=(stood(date(2022, 9, 3), date(2022, 9, 26)),))
    assert found["sale_to"].day is None
    assert "2022" in found["sale_to"].sentence


def test_the_hour_of_a_suspension_counts():
    suspended = Suspension(
        suspended_on=datetime(2025, 3, 10, 9, tzinfo=PARK_TIME),
        resumed_on=datetime(2025, 3, 15, 10, tzinfo=PARK_TIME),
    )
    assert steps(suspensions=(suspended,))["sale_from"].day == date(2025, 3, 29)


def test_the_land_of_a_listing_says_itself_when_it_was_free():
    desk = Desk(noticed=False)
    draft = {"published_on": "2023-07-19"}
    asked = desk.read("earliest_dates", draft=draft, listing_id=LISTING)
    assert asked["steps"][0]["day"] == "2023-07-20"
    assert asked["steps"][0]["lawful"] is False
    checked = desk.read("check_notice", draft=draft, listing_id=LISTING)
    found = {each["code"]: each["outcome"] for each in checked["findings"]}
    assert found["NOTICE_BEFORE_RELEASE"] == "broken"
    said = draft | {"released_on": "2023-07-01"}
    assert desk.read("earliest_dates", draft=said, listing_id=LISTING)["steps"][0]["lawful"]


def test_what_interrupts_a_draft_is_asked_by_a_call():
    desk = Desk(noticed=False)
    answer = desk.read(
        "earliest_dates",
        draft={"published_on": "2025-03-03", "released_on": "2025-02-01"},
        on="2025-03-01",
        supplements=["2025-03-05"],
        suspensions=[{"suspended_on": "2025-03-10", "resumed_on": "2025-03-15"}],
    )
    days = {each["step"]: each["day"] for each in answer["steps"]}
    assert (
        days["sale_from"] == "2025-03-30"
    )  # 20 days from the supplement, and five that stood still


def test_every_day_after_the_sale_counts_from_the_end_that_a_suspension_moved():
    plot = Printed(
        released_on=date(2025, 2, 1),
        published_on=date(2025, 3, 3),
        sale_from=date(2025, 3, 23),
        sale_to=date(2025, 4, 2),
    )
    found = steps(plot, suspensions=(stood(date(2025, 3, 26), date(2025, 4, 4)),))
    assert found["sale_to"].day == date(2025, 4, 11)  # nine days more
    assert found["bond_to"].day == date(2025, 4, 10)
    for step in ("bond_return", "result_publicity", "contract"):
        assert "days from 2025-04-11," in found[step].sentence
        assert "planned on 2025-04-02 is not lawful" in found[step].sentence


@pytest.mark.parametrize(
    ("suspended_on", "resumed_on", "right"),
    [
        ("2026-10-09", "2026-09-30", "2026-10-09"),
        ("2026-10-09", "2026-10-08", "2026-10-09"),
        ("2026-10-09", "2026-10-09", None),
        ("2026-10-09", "2026-10-10", None),
        ("2026-10-09T09:00", "2026-10-09T08:59", "2026-10-09 09:00"),
        ("2026-10-09T09:00", "2026-10-09T09:00", None),
    ],
)
def test_a_suspension_does_not_end_before_it_begins(suspended_on, resumed_on, right):
    each = {"suspended_on": suspended_on, "resumed_on": resumed_on}
    errors = {}
    try:
        EarliestDates().load({"draft": {}, "suspensions": [each]})
    except ValidationError as problem:
        errors = problem.messages
    said = {"resumed_on": [f"Give {right} (suspended_on) or later."]}
    assert errors == ({"suspensions": {0: said}} if right else {})
