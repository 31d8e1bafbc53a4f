"""The working days of the park, and a year that nobody has told of yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park import calendar
from park.calendar import CalendarMissing, add_working_days, is_working_day

YEAR_2027 = """
source = "https://www.gov.cn/zhengce/2027"
off = [2026-12-31, 2027-01-01, 2027-01-02]
work = [2027-01-03]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the installation."""
    monkeypatch.setenv("CALENDAR_FOLDER", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2022-12-31", False),  # a Saturday of 2022, in the circular of 2023
        ("2023-01-28", True),  # a Saturday that works
        ("2024-02-04", True),  # a Sunday that works
        ("2024-10-12", True),
        ("2025-10-08", False),  # a Wednesday off
        ("2026-01-02", False),  # a Friday off
        ("2026-02-28", True),
        ("2026-09-20", True),
        ("2026-11-27", True),  # like any Friday
        ("2026-11-28", False),  # like any Saturday
    ],
)
def test_the_authorities_work_on_weekdays_but_for_what_the_circular_moves(day, worked):
    assert is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("day", "n", "last"),
    [
        ("2023-01-19", 1, "2023-01-20"),
        ("2023-01-20", 1, "2023-01-28"),  # the whole Spring Festival, and a Saturday that works
        ("2023-04-21", 1, "2023-04-23"),  # a Sunday
        ("2023-12-29", 1, "2024-01-02"),
        ("2024-02-09", 5, "2024-02-22"),
        ("2024-09-30", 10, "2024-10-18"),
        ("2025-01-24", 10, "2025-02-13"),
        ("2025-09-26", 10, "2025-10-16"),
        ("2026-02-12", 10, "2026-03-04"),
        ("2026-02-13", 10, "2026-03-05"),
        ("2026-12-18", 5, "2026-12-25"),
        ("2026-12-28", 3, "2026-12-31"),
        ("2022-12-30", 1, "2023-01-03"),  # the first day is not counted, nor asked for
        ("2026-11-28", 0, "2026-11-28"),
    ],
)
def test_working_days_are_counted_from_the_next_day(day, n, last):
    assert add_working_days(date.fromisoformat(day), n) == date.fromisoformat(last)


@pytest.mark.parametrize(("year", "n"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_circular_leaves(year, n):
    days = (date(year, 1, 1) + timedelta(days=i) for i in range(366))
    assert sum(is_working_day(day) for day in days if day.year == year) == n


@pytest.mark.parametrize(
    ("day", "n", "year"),
    [("2026-12-28", 4, 2027), ("2026-12-28", 10, 2027), ("2022-12-01", 1, 2022)],
)
def test_a_year_without_data_is_not_guessed(day, n, year):
    with pytest.raises(CalendarMissing, match=f"CALENDAR_MISSING.*{year}") as missing:
        add_working_days(date.fromisoformat(day), n)
    assert missing.value.year == year


@given(
    day=st.dates(date(2023, 1, 1), date(2026, 6, 1)), n=st.integers(0, 60), more=st.integers(0, 60)
)
def test_the_count_may_be_made_in_two_steps(day, n, more):
    assert add_working_days(add_working_days(day, n), more) == add_working_days(day, n + more)


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(date(2026, 1, 5), -1)


def test_an_installation_adds_a_year_while_the_services_run(folder):
    with pytest.raises(CalendarMissing):
        is_working_day(date(2027, 1, 3))
    assert is_working_day(date(2026, 12, 31))
    (folder / "2027.toml").write_text(YEAR_2027)
    assert is_working_day(date(2027, 1, 3))
    assert not is_working_day(date(2026, 12, 31))  # the later circular has the last word
    assert add_working_days(date(2026, 12, 30), 2) == date(2027, 1, 4)
    assert calendar.years() == (2023, 2024, 2025, 2026, 2027)


def test_a_year_of_the_installation_goes_before_ours(folder):
    (folder / "2026.toml").write_text('source = "x"\noff = [2026-11-27]')
    assert not is_working_day(date(2026, 11, 27))
    assert not is_working_day(date(2026, 2, 28))


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("2027.toml", "off = [2027-01-01]", "source"),
        ("2027.toml", 'source = "x"\noff = [', "2027.toml"),
        ("2027.toml", 'source = "x"', "days off"),
        ("2027.toml", 'source = "x"\noff = [2028-01-01]', "no day of 2027"),
        ("2027.toml", 'source = "x"\noff = [2026-11-30]', "no day of 2027"),
        ("2027.toml", 'source = "x"\noff = [2027-01-02]\nwork = [2027-01-02]', "off and in work"),
        ("2027.toml", 'source = "x"\noff = [2027-01-01]\nwork = [2027-01-04]', "no Saturday"),
        ("next.toml", 'source = "x"\noff = [2027-01-01]', "name it for its year"),
    ],
)
def test_a_circular_that_cannot_be_right_is_left_out_with_a_word(folder, caplog, name, text, named):
    (folder / name).write_text(text)
    with pytest.raises(CalendarMissing):
        is_working_day(date(2027, 1, 1))
    assert named in caplog.text
    assert is_working_day(date(2026, 11, 27))


def test_a_folder_that_is_not_there_changes_nothing(folder, monkeypatch):
    monkeypatch.setenv("CALENDAR_FOLDER", str(folder / "none"))
    assert is_working_day(date(2026, 11, 27))
