"""What is due: what of it somebody asks for, in which order, and how a page goes on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from park.dues.asked import DueQuestion, asked
from park.dues.due import Asked, Counting, Due, Place, Reminded, page_of
from park.why.said import of_due

TODAY = date(2023, 9, 1)


def due(on: str | None = "2023-09-01", **more) -> Due:
    day = date.fromisoformat(on) if on else None
    about = {"service": "parcels", "thing": "case", "thing_id": "C1", "what": "work"}
    usual = {"rule": "r", "counting": Counting.NAMED, "source": "s", "holder": "township"}
    question = Asked(on=TODAY)
    return Due(**about | usual | {"due_on": day, "days_late": question.days_late(day)} | more)


@pytest.mark.parametrize(
    ("on", "days_late"),
    [("2023-08-31", 1), ("2023-09-01", 0), ("2023-09-02", 0), ("2022-09-01", 365), (None, 0)],
)
def test_a_thing_is_late_from_the_day_after_its_day_on(on, days_late):
    assert due(on).days_late == days_late


def test_a_rule_says_how_long_it_is_and_one_day_is_no_days():
    said = of_due(due("2023-08-31", length=1, counting=Counting.WORKING_DAYS)).sentence

    assert said == "work is due by 2023-08-31 and is 1 day late (r, 1 working day; township)."
    assert "(r; township)" in of_due(due("2023-08-31")).sentence


@pytest.mark.parametrize(
    ("on", "late", "wanted"),
    [
        ("2023-08-31", False, True),
        ("2023-09-15", False, True),  # 14 days ahead
        ("2023-09-16", False, False),
        (None, False, True),  # it waits for the calendar of a year
        ("2023-08-31", True, True),
        ("2023-09-01", True, False),
        (None, True, False),
    ],
)
def test_what_is_late_and_what_is_due_in_so_many_days_is_wanted(on, late, wanted):
    assert Asked(on=TODAY, late=late).wants(due(on)) is wanted


@pytest.mark.parametrize(
    ("of", "asked_for", "wanted"),
    [
        ({"holder": "economy"}, {"holder": "economy"}, True),
        ({"holder": "economy"}, {"holder": "planning"}, False),
        ({"township": "330604006"}, {"township": "330604006"}, True),
        ({"township": "330604006"}, {"township": "330604001"}, False),
        # a township holds a request of another one
        ({"township": "330604006", "holder": "330604001"}, {"township": "330604001"}, True),
        (
            {"township": "330604006", "holder": "economy"},
            {"township": "330604006", "holder": "tax"},
            False,
        ),
        ({"holder": None}, {"holder": "economy"}, False),
    ],
)
def test_an_office_has_what_it_holds_and_a_township_what_is_its_own_too(of, asked_for, wanted):
    assert due(**of).concerns(asked_for.get("holder"), asked_for.get("township")) is wanted


def test_what_is_due_is_told_in_the_order_of_its_days_and_what_has_none_last():
    found = [due(None), due("2023-09-10"), due("2023-08-01"), due("2023-09-01")]

    page = page_of(found, Asked(on=TODAY))

    days = [each.due_on and each.due_on.isoformat() for each in page.dues]
    assert days == ["2023-08-01", "2023-09-01", "2023-09-10", None]
    assert (page.dues_found, page.late_found, page.cursor) == (4, 1, None)


@given(
    st.sets(st.tuples(st.integers(0, 20), st.sampled_from("ab|c")), max_size=12), st.integers(1, 5)
)
def test_page_after_page_has_everything_once(things, limit):
    found = [due(f"2023-09-{day + 1:02}", thing_id=name) for day, name in things]
    question = Asked(on=TODAY, within_days=30, limit=limit)
    told, cursor = [], None
    for _ in range(len(found) + 1):
        page = page_of(
            found,
            Asked(on=TODAY, within_days=30, limit=limit, cursor=cursor and Place.read(cursor)),
        )
        told += page.dues
        cursor = page.cursor
        if cursor is None:
            break

    assert told == sorted(found, key=lambda each: each.place)
    assert page_of(found, question).dues_found == len(found)


def test_a_question_without_a_day_is_of_today():
    assert asked(DueQuestion().load({}), TODAY) == Asked(on=TODAY)
    assert asked(DueQuestion().load({"on": "2023-10-01"}), TODAY).on == date(2023, 10, 1)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("cursor", "work", "Give the cursor of the page before."),
        ("cursor", "soon|parcels|case|C1|work", "Give the cursor of the page before."),
        ("township", "33060", "Give the township's 9-digit division code: 330604006."),
        ("within_days", 3661, "Give a whole number from 0 to 3660."),
        ("limit", 0, "Give a whole number from 1 to 500."),
        ("on", "1.9.2023", "Give the day as YYYY-MM-DD: 2023-08-01."),
    ],
)
def test_a_question_that_cannot_be_read_is_told_what_would_be_right(field, value, said):
    with pytest.raises(ValidationError) as wrong:
        DueQuestion().load({field: value})

    assert wrong.value.messages == {field: [said]}


@pytest.mark.parametrize(
    ("on", "until"), [("9999-12-30", "9999-12-30"), ("9999-12-01", "9999-12-15")]
)
def test_nobody_looks_beyond_the_last_day(on, until):
    assert Asked(on=date.fromisoformat(on)).until.isoformat() == until


@pytest.mark.parametrize(
    ("days", "told_next"),
    [
        (["2023-08-31"], None),
        (["2023-09-01"], None),  # it was told this morning, or was not to be told
        (["2023-09-02"], "2023-09-02"),
        (["2023-08-31", "2023-09-02", "2023-09-03"], "2023-09-02"),
        ([], None),
    ],
)
def test_the_next_reminder_is_one_that_is_still_to_come(days, told_next):
    reminders = [Reminded(level="late", on=date.fromisoformat(each)) for each in days]

    found = Asked(on=TODAY).to_come(reminders)

    assert (found and found.on and found.on.isoformat()) == told_next


def test_a_reminder_that_is_over_stands_on_no_page():
    over = due("2023-08-01", next_reminder=Reminded(level="late", on=date(2023, 8, 4)))

    [shown] = page_of([over], Asked(on=TODAY)).dues

    assert shown.next_reminder is None


@pytest.mark.parametrize(
    ("asked_for", "holders"),
    [
        ({"holder": "nonsense"}, ("economy", "planning")),
        ({"holder": "nonsense", "late": True}, ("economy",)),
        ({"holder": "economy"}, ()),
        ({"holder": "water"}, ("economy", "planning")),  # it has something, but later
        ({}, ()),
    ],
)
def test_where_a_holder_has_nothing_those_who_have_something_are_named(asked_for, holders):
    found = [
        due("2023-08-31", holder="economy"),
        due("2023-09-02", holder="planning"),
        due("2024-09-02", holder="water"),
        due("2023-09-03", holder=None),
    ]

    assert page_of(found, Asked(on=TODAY, **asked_for)).due_holders == holders
