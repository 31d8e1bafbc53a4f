"""How the cases and the standings of a group were on a past day, and what was known of it at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import NotFound
from services.enterprises.case import Case, Completion
from services.enterprises.words import Role

from ..conftest import NOON, Enterprises
from ..reports import CASE, FIRM, PARCEL, completed, firm, identified
from .test_groups import HEAD, overview, owner

AGAIN = completed("phase_out", completed_on="2023-08-20", reopened_on="2023-08-02")
# how the case and the firm were, from each day on
COURSE = [
    ("2023-02-09", [], {"in_operation": 1}),
    ("2023-02-10", [True], {"under_remediation": 1}),
    ("2023-07-19", [True], {"under_remediation": 1}),
    ("2023-07-20", [False], {"relocated": 1}),
    ("2023-08-01", [False], {"relocated": 1}),
    ("2023-08-02", [True], {"under_remediation": 1}),
    ("2023-08-19", [True], {"under_remediation": 1}),
    ("2023-08-20", [False], {"phased_out": 1}),
]
HEARD = {
    "firm": lambda e, at: e.report(firm(), at=at),
    "owner": lambda e, at: e.tell("owner_reported", owner(), at=at),
    "identified": lambda e, at: e.identify(identified(), at=at),
    "accepted, with a wrong day": lambda e, at: e.complete(
        completed(completed_on="2023-06-01"), at=at
    ),
    "accepted": lambda e, at: e.complete(completed(), at=at),
    "reopened": lambda e, _: e.reopen("2023-08-02"),
    "accepted again": lambda e, at: e.complete(AGAIN, at=at),
}


def after(*names: str) -> Enterprises:
    """A service that heard these in this order; each was said at its own time all the same."""
    enterprises = Enterprises()
    for name in names:
        HEARD[name](enterprises, NOON + timedelta(minutes=list(HEARD).index(name)))
    return enterprises


def seen(enterprises, on, **asked):
    found = overview(enterprises, on=on, **asked)
    standings = {each["standing"]: each["firms"] for each in found["standing_counts"]}
    member = [each["standing"] for each in found["group_firms"] if each["enterprise_id"] == FIRM]
    assert member == list(standings)
    cases = [each["is_open"] for each in found["group_cases"]]
    assert found["open_cases"] == sum(cases)
    return cases, standings


def test_cases_and_standings_are_those_of_the_day_though_all_of_it_came_late_and_was_corrected():
    park = after(*HEARD)
    for on, cases, standings in COURSE:
        assert seen(park, on) == (cases, standings), on


@settings(max_examples=4, deadline=None)
@given(st.permutations([*HEARD]))
def test_in_whatever_order_a_service_hears_of_it_every_day_is_the_same(order):
    park = after(*order, order[0])
    for on, cases, standings in COURSE:
        assert seen(park, on) == (cases, standings), on


def test_a_day_is_seen_as_it_was_known_at_a_moment(enterprises):
    def hour(number):
        return NOON + timedelta(hours=number)

    enterprises.report(firm())
    enterprises.tell("owner_reported", owner())
    enterprises.identify(identified(), at=hour(1))
    enterprises.complete(completed(), at=hour(3))
    known = {
        number: seen(enterprises, "2023-07-25", known_at=hour(number).isoformat())
        for number in (0, 2, 4)
    }
    assert known == {
        0: ([], {"in_operation": 1}),
        2: ([True], {"under_remediation": 1}),
        4: ([False], {"relocated": 1}),
    }


def test_a_case_that_was_cancelled_was_open_until_that_day(enterprises):
    enterprises.report(firm())
    enterprises.tell("owner_reported", owner())
    enterprises.identify(identified())
    enterprises.cancel("2023-05-01")
    assert seen(enterprises, "2023-04-30") == ([True], {"under_remediation": 1})
    assert seen(enterprises, "2023-05-01") == ([False], {"in_operation": 1})


# --- the case alone, in plain Python


def accepted(on, turn=None, way="vacate_relocate"):
    return Completion(
        completed_on=date.fromisoformat(on),
        disposal_way=way,
        vacated_area_m2=Decimal(1),
        reopened_on=turn and date.fromisoformat(turn),
    )


SAID = [
    lambda c, at: c.identified(date(2023, 2, 11), at),
    lambda c, at: c.identified(date(2023, 2, 10), at),
    lambda c, at: c.completed(accepted("2023-06-01"), at),
    lambda c, at: c.completed(accepted("2023-07-20"), at),
    lambda c, _: c.reopened(date(2023, 8, 2)),
    lambda c, at: c.completed(accepted("2023-08-10", "2023-08-02", "phase_out"), at),
    lambda c, at: c.completed(accepted("2023-08-20", "2023-08-02", "phase_out"), at),
    lambda c, _: c.reopened(date(2023, 9, 1)),
    lambda c, _: c.cancelled(date(2023, 9, 9)),
]


def told(order):
    case = Case(case_id=CASE, parcel_id=PARCEL)
    for number in order:
        case = SAID[number](case, datetime(2023, 10, 1, 0, number, tzinfo=UTC))
    return case


@given(st.permutations([*range(len(SAID))] * 2))
def test_a_case_of_many_turns_is_the_same_in_whatever_order_it_is_heard_of(order):
    assert told(order) == told(range(len(SAID)))


@pytest.mark.parametrize(
    ("on", "standing", "since"),
    [
        ("2023-02-10", "under_remediation", "2023-02-10"),
        ("2023-07-19", "under_remediation", "2023-02-10"),
        ("2023-07-20", "relocated", "2023-07-20"),
        ("2023-08-19", "under_remediation", "2023-08-02"),
        ("2023-08-31", "phased_out", "2023-08-20"),
        ("2023-09-01", "under_remediation", "2023-09-01"),
        ("2023-09-09", "in_operation", "2023-09-09"),
    ],
)
def test_a_case_is_on_each_day_what_had_happened_to_it_by_then(on, standing, since):
    left = told(range(len(SAID))).as_on(date.fromisoformat(on)).leaves(Role.OWNER)
    assert (left.standing, left.since.isoformat()) == (standing, since)


def test_an_acceptance_that_answers_a_reopening_tells_of_that_too():
    case = told([1, 3, 6]).as_on(date(2023, 8, 2))
    assert case.leaves(Role.OWNER).standing == "under_remediation"


# --- before anything was known


@pytest.mark.parametrize("first", ["firm", "owner"])
def test_before_the_first_report_of_a_group_nothing_was_known_of_it(first):
    park = after("owner", "firm")
    head = HEAD if first == "owner" else FIRM
    before = (NOON - timedelta(seconds=1)).isoformat()
    with pytest.raises(NotFound) as caught:
        overview(park, head, known_at=before)
    [why] = caught.value.reasons
    assert (why.code, why.field) == ("NOT_KNOWN_YET", "known_at")
    assert "2023-08-21T11:59:59+08:00" in why.sentence
    since = why.sentence.partition("came at ")[2].partition(";")[0]
    assert overview(park, head, known_at=since)["group_firms"]
