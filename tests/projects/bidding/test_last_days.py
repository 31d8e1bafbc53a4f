"""The days that follow from a listing by the rules of its place."""

from __future__ import annotations

import pytest

from .given import bid, judge
from .test_auction import CALLED

A = bid("A", "02 10:00", "1361")


def days(*bids, **changes):
    found = judge(*bids, **changes)
    return {each["step"]: each["day"] and each["day"].isoformat() for each in found["deadlines"]}


@pytest.mark.parametrize(
    ("end", "applications", "reviews"),
    [
        ("2025-04-10T10:00", "2025-04-07", "2025-04-08"),  # a Thursday
        ("2025-04-09T10:00", "2025-04-06", "2025-04-07"),  # 4 to 6 April are holidays
        ("2025-04-08T10:00", "2025-04-02", "2025-04-06"),
        ("2025-04-13T10:00", "2025-04-08", "2025-04-11"),  # a Sunday
    ],
)
def test_applications_end_before_the_last_three_working_days_and_reviews_before_the_last_two(
    end, applications, reviews
):
    found = days(end=end)

    assert (found["applications"], found["reviews"]) == (applications, reviews)


def test_the_contract_is_signed_and_bonds_go_back_in_five_working_days():
    found = days(A)

    assert (found["contract"], found["bond_return"]) == ("2025-04-17", "2025-04-17")


def test_of_unsold_land_bonds_go_back_and_nothing_is_signed():
    found = days()

    assert "contract" not in found
    assert found["bond_return"] == "2025-04-17"


def test_while_the_auction_is_awaited_nothing_that_follows_it_has_a_day():
    assert set(days(*CALLED)) == {"applications", "reviews"}


@pytest.mark.parametrize(
    ("applied", "review"),
    [("2025-04-01", "2025-04-03"), ("2025-04-06", "2025-04-08"), ("2025-04-07", "2025-04-08")],
)
def test_an_application_is_reviewed_in_two_days_and_before_the_last_two(applied, review):
    assert days(applied_on=applied)["review_of_application"] == review


def test_a_refused_bond_goes_back_in_five_days():
    assert days(bond_refused_on="2025-04-02")["refused_bond_return"] == "2025-04-07"


def test_a_year_without_a_calendar_leaves_the_day_open_and_says_what_is_missing():
    found = judge(A, end="2031-04-10T10:00")
    [contract] = [each for each in found["deadlines"] if each["step"] == "contract"]

    assert found["outcome"] == "sold"
    assert contract["day"] is None
    assert "2031" in contract["sentence"]
    assert found["deadlines"][0]["day"] is None


def test_where_no_rule_speaks_of_them_there_are_none():
    assert days(A, place="national") == {}
