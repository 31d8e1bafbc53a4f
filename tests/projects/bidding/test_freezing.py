"""A bidding that is frozen: when it goes on, and until when it is extended."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid

from .given import asked, at, bid, clock, codes, judge, outcome, path
from .test_auction import CALLED


def frozen(first: str, last: str | None) -> list[str | None]:
    return [at(first), last and at(last)]


@pytest.mark.parametrize(
    ("repaired", "goes_on", "told_by"),
    [
        ("03 12:30", "03 12:30", None),
        ("03 13:00", "03 13:00", None),
        ("03 13:00:01", "04 12:00", "03 13:00:01"),
        ("03 14:00", "04 12:00", "03 14:00"),
        ("05 09:00", "05 09:00", "05 09:00"),
    ],
)
def test_repaired_within_an_hour_it_goes_on_at_once_else_24_hours_after_the_freeze(
    repaired, goes_on, told_by
):
    found = asked(frozen=frozen("03 12:00", repaired), place="福建")

    assert clock(found["resume_not_before"]) == goes_on
    assert clock(found["told_by"]) == told_by
    assert found["outcome"] is None


@pytest.mark.parametrize(
    ("froze", "repaired", "at_least", "at_most", "left"),
    [
        ("08 12:00", "08 12:30", "10 10:30", None, None),
        ("08 12:00", "08 14:00", "11 10:00", None, None),
        ("10 08:59:59", "10 09:09:59", "10 10:10", None, None),
        ("10 09:00", "10 09:10", "10 10:10", "10 10:10", 60),
        ("10 09:40", "10 10:10", "10 10:30", "10 11:10", 60),
        ("10 09:40", "10 10:41", "11 10:00", "11 10:40", 60),
        ("10 10:00", "10 10:10", None, None, None),
    ],
)
def test_a_listing_is_extended_by_the_frozen_time_and_in_its_last_hour_by_an_hour_at_most(
    froze, repaired, at_least, at_most, left
):
    found = judge(frozen=frozen(froze, repaired))

    assert clock(found["extended_to_at_least"]) == at_least
    assert clock(found["extended_to_at_most"]) == at_most
    assert found["remaining_at_most_minutes"] == left
    assert clock(found["listing_ends_at"]) == (at_least or "10 10:00")


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("10 09:39:59", None),
        ("10 09:40", "BID_WHILE_FROZEN"),
        ("10 10:09:59", "BID_WHILE_FROZEN"),
        ("10 10:10", None),
        ("10 10:30", None),
        ("10 10:30:01", "BID_AFTER_END"),
    ],
)
def test_nobody_bids_while_it_is_frozen_and_everybody_until_the_later_end(moment, code):
    found = judge(bid("A", moment, "1361"), frozen=frozen("10 09:40", "10 10:10"))

    assert codes(found) == ([code] if code else [])


@pytest.mark.parametrize(
    ("first", "came_out"),
    [("10 08:59:59", "sold"), ("10 09:00", "auction"), ("10 09:10", "auction")],
)
def test_frozen_time_is_no_part_of_the_last_hour(first, came_out):
    bids = [bid("A", first, "1361"), bid("B", "10 10:20", "1371")]

    assert judge(*bids, frozen=frozen("10 09:40", "10 10:10"))["outcome"] == came_out


def test_an_auction_after_a_freeze_follows_the_later_end():
    found = judge(*CALLED, frozen=frozen("10 09:40", "10 10:10"))

    assert clock(found["starts_at"]) == "10 10:45"


def test_while_nobody_has_repaired_it_nothing_comes_out():
    found = judge(*CALLED, frozen=frozen("10 09:40", None))

    assert outcome(found) == ("frozen", None, None)
    assert (found["listing_ends_at"], found["resume_not_before"]) == (None, None)
    assert str(found["highest"]) == "1371"
    assert path(found) == ["FROZEN"]


def test_two_freezes_extend_it_by_both_in_whatever_order_they_are_given():
    pairs = [frozen("08 12:00", "08 12:30"), frozen("09 12:00", "09 12:10")]

    assert clock(judge(frozen=pairs)["listing_ends_at"]) == "10 10:40"
    assert clock(judge(frozen=pairs[::-1])["listing_ends_at"]) == "10 10:40"


def test_a_freeze_within_another_is_one_with_it():
    pairs = [frozen("08 12:00", "08 12:30"), frozen("08 12:10", "08 12:50")]

    assert clock(judge(frozen=pairs)["listing_ends_at"]) == "10 10:50"
    assert judge(frozen=[*pairs, frozen("08 12:45", None)])["outcome"] == "frozen"


@pytest.mark.parametrize(
    ("froze", "repaired", "opens", "ends"),
    [
        ("10 10:05", "10 10:10", "10 10:25", "10 10:30"),
        ("10 10:16", "10 10:26", "10 10:41", "10 10:46"),
        ("10 10:16", "10 12:00", "11 10:31", "11 10:36"),
        ("10 10:20", "10 10:30", "10 10:15", "10 10:20"),
    ],
    ids=["while preparing", "in the countdown", "for long", "after it"],
)
def test_an_auction_that_was_frozen_has_preparation_and_countdown_again(
    froze, repaired, opens, ends
):
    found = judge(*CALLED, frozen=frozen(froze, repaired), auction_silent=True)

    assert (clock(found["starts_at"]), clock(found["ends_at"])) == (opens, ends)


def test_bids_before_a_freeze_of_the_auction_stand_and_others_follow_after_it():
    bids = [
        bid("A", "10 10:17", "1381"),
        bid("B", "10 10:19", "1391"),
        bid("B", "10 10:39", "1391"),
        bid("B", "10 10:42", "1391"),
    ]
    found = judge(*CALLED, *bids, frozen=frozen("10 10:18", "10 10:25"))

    assert codes(found) == ["BID_WHILE_FROZEN", "AUCTION_NOT_OPEN"]
    assert outcome(found) == ("sold", "B", "1391")
    assert clock(found["ends_at"]) == "10 10:47"


def test_an_auction_that_is_still_frozen_has_no_winner():
    found = judge(*CALLED, bid("A", "10 10:17", "1381"), frozen=frozen("10 10:18", None))

    assert outcome(found) == ("frozen", None, None)
    assert clock(found["listing_ends_at"]) == "10 10:00"


def test_where_no_rule_speaks_of_it_the_bidding_goes_on_when_it_is_repaired():
    found = judge(frozen=frozen("08 12:00", "08 15:00"), place="national")

    assert clock(found["resume_not_before"]) == "08 15:00"
    assert clock(found["listing_ends_at"]) == "10 13:00"


@pytest.mark.parametrize(
    "wrong",
    [
        "soon",
        ["2025-04-08T12:00"],
        ["2025-04-08T12:00", "2025-04-08T11:59"],
        [[]],
        [3, 4],
        [None, None],
    ],
)
def test_a_freeze_that_cannot_be_read_is_told(wrong):
    with pytest.raises(Invalid) as caught:
        judge(frozen=wrong)

    assert {each.field for each in caught.value.reasons} == {"frozen"}
