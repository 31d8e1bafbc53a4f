"""An honour has its level, year and term; whose honour ends is known ahead of the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered, NotFound

from ..conftest import NOON, Enterprises
from ..reports import FIRM, OTHER, TOWNSHIP


def honour(**more):
    report = {"enterprise_id": FIRM, "honour": "little_giant", "level": "national", "year": 2020}
    days = {"granted_on": "2020-11-17", "expires_on": "2023-11-16", "reported_on": "2023-08-01"}
    return report | days | more


def held(enterprises, on=None):
    return enterprises.read("honours_of", enterprise_id=FIRM, on=on)["honours"]


def due(enterprises, **asked):
    found = enterprises.read("honours_expiring", **asked)["deadlines"]
    told = [each["deadline"] for each in found]
    return [(each["due"], each["due_on"], each["days_left"]) for each in told]


@pytest.mark.parametrize(
    ("on", "stands"),
    [("2020-11-16", False), ("2020-11-17", True), ("2023-11-16", True), ("2023-11-17", False)],
)
def test_an_honour_stands_from_its_grant_to_its_last_day(enterprises, on, stands):
    assert enterprises.tell("honour_reported", honour()) is None
    [found] = held(enterprises, on)
    assert (found["stands"], found["inferred"]) == (stands, False)
    assert found["honour_name"] == "专精特新“小巨人”企业"


@pytest.mark.parametrize(("on", "stands"), [("2022-12-31", True), ("2023-01-01", False)])
def test_an_honour_that_was_withdrawn_stands_no_more_from_that_day_on(enterprises, on, stands):
    enterprises.tell("honour_reported", honour(withdrawn_on="2023-01-01"))
    assert held(enterprises, on)[0]["stands"] is stands


@pytest.mark.parametrize(
    ("granted_on", "expires_on"),
    [
        ("2020-11-17", "2023-11-16"),
        ("2020-02-28", "2023-02-27"),
        ("2020-02-29", "2023-02-28"),
        ("2021-03-01", "2024-02-29"),
    ],
)
def test_a_term_that_was_not_reported_is_inferred_and_said_to_be(
    enterprises, granted_on, expires_on
):
    enterprises.tell("honour_reported", honour(granted_on=granted_on, expires_on=None))
    [found] = held(enterprises)
    assert (found["expires_on"], found["inferred"]) == (expires_on, True)


@pytest.mark.parametrize("kind", ["hidden_champion", "县长质量奖"])
def test_where_no_term_is_known_an_honour_stands_without_an_end(enterprises, kind):
    enterprises.tell("honour_reported", honour(honour=kind, level="provincial", expires_on=None))
    [found] = held(enterprises, "2099-01-01")
    assert (found["expires_on"], found["stands"], found["inferred"]) == (None, True, False)
    assert due(enterprises, within_days=3660) == []


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"honour": "县长质量奖", "level": "county"}, "not in the list"),
        ({"level": "county"}, "national"),
        ({"honour": "single_champion", "level": "provincial"}, None),
        ({"honour": "single_champion", "level": "municipal"}, "national or provincial"),
    ],
)
def test_an_odd_honour_is_kept_with_a_note(enterprises, changes, note):
    said = enterprises.tell("honour_reported", honour(**changes))
    assert said is None if note is None else note in said
    assert len(held(enterprises)) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"within_days": 87}, [("expiry", "2023-11-16", 87)]),  # today is 2023-08-21
        ({"within_days": 86}, []),
        ({"within_days": 87, "honour": "high_tech"}, []),
        ({"within_days": 87, "township": "330604001"}, []),
        ({"within_days": 87, "township": TOWNSHIP}, [("expiry", "2023-11-16", 87)]),
        ({"within_days": 0, "on": "2023-11-16"}, [("expiry", "2023-11-16", 0)]),
        ({"within_days": 90, "on": "2023-11-17"}, []),
    ],
)
def test_expiring_honours_are_listed_within_so_many_days(enterprises, asked, found):
    enterprises.tell("honour_reported", honour())
    assert due(enterprises, **asked) == found


def test_a_recheck_is_due_before_the_end_and_listed_while_it_is_overdue(enterprises):
    enterprises.tell("honour_reported", honour(recheck_due_on="2023-08-10"))
    assert due(enterprises, within_days=87) == [
        ("recheck", "2023-08-10", -11),
        ("expiry", "2023-11-16", 87),
    ]


def test_an_honour_that_was_granted_anew_is_due_by_the_newer_grant_only(enterprises):
    enterprises.tell("honour_reported", honour())
    newer = honour(year=2023, granted_on="2023-11-17", expires_on="2026-11-16")
    enterprises.tell("honour_reported", newer)
    assert due(enterprises, within_days=365) == []
    assert due(enterprises, within_days=365, on="2025-12-31") == [("expiry", "2026-11-16", 320)]
    enterprises.tell(
        "honour_reported", newer | {"withdrawn_on": "2023-11-17", "reported_on": "2023-08-02"}
    )
    assert due(enterprises, within_days=365) == [("expiry", "2023-11-16", 87)]


def test_firms_are_counted_by_honour_and_level_each_once(enterprises):
    enterprises.tell("honour_reported", honour())
    enterprises.tell("honour_reported", honour(year=2021, granted_on="2021-01-01"))
    enterprises.tell("honour_reported", honour(enterprise_id=OTHER))
    counts = enterprises.read("honour_counts")["honour_counts"]
    assert counts == [{"honour": "little_giant", "level": "national", "firms": 2}]
    assert enterprises.read("honour_counts", on="2019-01-01")["honour_counts"] == []
    assert enterprises.read("honour_counts", township="330604001")["honour_counts"] == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"expires_on": "2020-11-16"}, "INVALID"),
        ({"recheck_due_on": "2020-11-16"}, "INVALID"),
        ({"withdrawn_on": "2020-11-16"}, "INVALID"),
        ({"level": "world"}, "INVALID"),
        ({"year": 1999}, "INVALID"),
        ({"reported_on": "2023-08-23"}, "NOT_YET"),
        ({"enterprise_id": "330604001-E9"}, "NOT_YOUR_TOWNSHIP"),
    ],
)
def test_what_cannot_be_is_refused(enterprises, wrong, code):
    with pytest.raises(Answered) as caught:
        enterprises.tell("honour_reported", honour() | wrong)
    assert [each.code for each in caught.value.reasons] == [code]


def test_a_firm_without_honours_is_not_found(enterprises):
    with pytest.raises(NotFound):
        held(enterprises)


REPORTS = [
    honour(),
    honour(expires_on="2024-11-16", reported_on="2023-08-02"),
    honour(expires_on="2025-11-16", reported_on="2023-08-02"),
    honour(year=2023, granted_on="2023-11-17", expires_on="2026-11-16"),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        at = NOON + timedelta(minutes=number)
        enterprises.tell("honour_reported", REPORTS[number], at=at, id=f"e-{number}")
    assert [each["expires_on"] for each in held(enterprises)] == ["2025-11-16", "2026-11-16"]


def test_a_report_that_is_older_says_that_a_later_one_stands(enterprises):
    enterprises.tell("honour_reported", honour(reported_on="2023-08-02"))
    assert "later report stands" in enterprises.tell("honour_reported", honour())


def test_a_report_of_tomorrow_is_taken_for_clocks_differ(enterprises):
    assert enterprises.tell("honour_reported", honour(reported_on="2023-08-22")) is None
