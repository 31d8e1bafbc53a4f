"""How far the later dates of a notice move: at least by the time that it stood still."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Refused
from park.calendar import is_working_day
from park.time import PARK_TIME
from services.projects.amendments.moving import ahead, frozen_days, moved
from services.projects.amendments.rulebook import AMENDMENT_LAW
from services.projects.listings.amendment import NoticeStep as Step
from tests.projects.examples import notice

LAW = AMENDMENT_LAW.on(date(2023, 8, 1))
ENDS = [Step.APPLICATION_END, Step.BOND_DEADLINE, Step.LISTING_END]
HOLIDAYS_2022 = """
source = "国务院办公厅 2021-10-25"
off = [2022-09-12, 2022-10-03, 2022-10-04, 2022-10-05, 2022-10-06, 2022-10-07]
work = [2022-10-08, 2022-10-09]
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARK_TIME)


@pytest.fixture
def year_2022(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2022.toml").write_text(HOLIDAYS_2022, "utf-8")
    monkeypatch.setenv("CALENDAR_FOLDER", str(tmp_path))


@pytest.mark.parametrize(
    ("suspended_at", "resumed_at", "days"),
    [
        ("2022-09-03T09:00", "2022-09-26T09:00", 23),
        ("2022-09-03T17:00", "2022-09-26T09:00", 23),  # not fewer than the days on paper
        ("2022-09-03T09:00", "2022-09-26T09:00:01", 24),  # nor than the time that was frozen
        ("2022-09-03T09:00", "2022-09-03T09:00", 0),
        ("2022-09-03T09:00", "2022-09-03T09:20", 1),
        ("2022-09-03T23:50", "2022-09-04T00:10", 1),
    ],
)
def test_a_suspension_gives_back_the_days_that_it_took(suspended_at, resumed_at, days):
    assert frozen_days(LAW, at(suspended_at), at(resumed_at)) == days


def in_2022(**changes):
    """A notice of 9 August 2022, as land in another province was offered."""
    days = {
        "notice_start_on": date(2022, 8, 9),
        "application_start_on": date(2022, 8, 9),
        "notice_end_on": date(2022, 8, 30),
        "listing_start_on": date(2022, 8, 30),
        "application_end_on": date(2022, 9, 13),
        "application_ends_at": at("2022-09-13T17:00"),
        "bond_deadline_on": date(2022, 9, 13),
        "listing_end_on": date(2022, 9, 15),
        "listing_ends_at": at("2022-09-15T10:00"),
    }
    return notice(**days | changes)


def test_land_that_was_suspended_from_3_to_26_september_2022_goes_on_to_a_saturday_that_works(
    year_2022,
):
    after = moved(in_2022(), at("2022-09-03T09:00"), 23, {}, LAW).notice

    assert after.application_ends_at == at("2022-10-08T17:00")
    assert after.application_end_on == date(2022, 10, 8)
    assert after.bond_deadline_on == date(2022, 10, 8)
    assert after.listing_ends_at == at(
        "2022-10-09T10:00"
    )  # an end of a later day stays of a later day
    assert after.notice_end_on == date(2022, 8, 30)  # it was over
    assert after.listing_start_on == date(2022, 8, 30)


def test_a_year_without_working_days_is_not_guessed():
    with pytest.raises(Refused) as caught:
        moved(in_2022(), at("2022-09-03T09:00"), 23, {}, LAW)
    assert caught.value.reasons[0].code == "CALENDAR_MISSING"


def test_days_that_are_given_hold_without_a_calendar_and_say_so():
    given = {
        Step.APPLICATION_END: at("2022-10-08T17:00"),
        Step.BOND_DEADLINE: at("2022-10-08T17:30"),
        Step.LISTING_END: at("2022-10-10T10:00"),
    }
    found = moved(in_2022(), at("2022-09-03T09:00"), 23, given, LAW)

    assert found.notice.application_ends_at == at("2022-10-08T17:00")
    assert found.notice.bond_due_at == at("2022-10-08T17:30")
    assert found.notice.listing_ends_at == at("2022-10-10T10:00")
    assert [each.code for each in found.warnings] == ["CALENDAR_MISSING"] * 3


@pytest.mark.parametrize(
    ("given", "end", "warned"),
    [
        (date(2022, 10, 7), date(2022, 10, 8), ["END_ON_DAY_OFF"]),
        (date(2022, 10, 8), date(2022, 10, 8), []),
        (date(2022, 10, 15), date(2022, 10, 17), ["END_ON_DAY_OFF"]),  # a plain Saturday
    ],
)
def test_an_end_that_is_given_on_a_day_off_falls_on_the_next_working_day(
    year_2022, given, end, warned
):
    found = moved(in_2022(), at("2022-09-03T09:00"), 23, {Step.APPLICATION_END: given}, LAW)

    assert found.notice.application_ends_at == datetime.combine(
        end, datetime.min.time().replace(hour=17), PARK_TIME
    )
    assert [each.code for each in found.warnings] == warned


def test_an_end_that_is_put_off_pushes_those_behind_it():
    given = {Step.APPLICATION_END: date(2023, 9, 22)}
    after = moved(notice(), at("2023-08-22T10:00"), 7, given, LAW).notice

    assert after.bond_deadline_on == date(2023, 9, 25)  # the next working day
    assert after.listing_end_on == date(2023, 9, 26)


@pytest.mark.parametrize(
    ("moment", "steps"),
    [
        ("2023-08-01T10:00", [Step.LISTING_START, Step.NOTICE_END, *ENDS]),
        ("2023-08-21T00:00", [Step.LISTING_START, Step.NOTICE_END, *ENDS]),
        ("2023-08-21T00:01", [Step.NOTICE_END, *ENDS]),
        ("2023-08-28T23:59", ENDS),
        ("2023-08-29T00:00", ENDS[1:]),
        ("2023-09-01T00:00", []),
    ],
)
def test_only_what_is_ahead_moves(moment, steps):
    assert list(ahead(notice(), at(moment))) == steps


def test_the_hour_of_an_end_stays():
    timed = notice(
        listing_ends_at=at("2023-08-31T15:00"), timed_bidding_starts_at=at("2023-08-31T15:05")
    )
    after = moved(timed, at("2023-08-22T10:00"), 1, {}, LAW).notice

    assert after.listing_ends_at == at("2023-09-01T15:00")
    assert after.timed_bidding_starts_at == at("2023-09-01T15:05")


MOMENTS = st.integers(0, 30 * 24 * 60).map(
    lambda minutes: at("2023-08-01T00:00") + timedelta(minutes=minutes)
)


@given(since=MOMENTS, stood=st.timedeltas(timedelta(), timedelta(days=90)))
def test_whenever_it_is_suspended_nobody_loses_time_and_no_end_is_on_a_day_off(since, stood):
    before = notice()
    days = frozen_days(LAW, since, since + stood)
    after = moved(before, since, days, {}, LAW).notice

    for step in ahead(before, since):
        assert step.falls_at(after) >= step.falls_at(before) + stood
        assert step.is_start or not days or is_working_day(step.day(after))
    assert after.application_end_on < after.bond_deadline_on < after.listing_end_on
