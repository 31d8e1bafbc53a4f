"""Bids in the listing: which of them count, who wins, and by which path."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered, Invalid

from .given import LAND, asked, at, bid, codes, judge, outcome, path

A, B = bid("A", "02 10:00", "1361"), bid("B", "03 10:00", "1371")


@pytest.mark.parametrize(
    ("price", "code", "right"),
    [
        ("1360.9", "BID_BELOW_START", "1361"),
        ("1361", None, None),
        ("1361.1", None, None),
        ("1361.05", "BID_TOO_FINE", "1361.1"),
    ],
)
def test_a_first_bid_is_the_start_price_or_more_in_tenths_of_10_000_yuan(price, code, right):
    found = judge(bid("A", "02 10:00", price))

    assert codes(found) == ([code] if code else [])
    assert found["outcome"] == ("unsold" if code else "sold")
    assert [str(each["right_price"]) for each in found["refusals"]] == ([right] if right else [])


@pytest.mark.parametrize(
    ("start", "more", "first", "says"),
    [
        ("1494.1", {}, "1494.1", []),
        ("1494.08", {}, "1494.1", ["START_PRICE_TOO_FINE"]),
        ("1494.000001", {}, "1494.1", ["START_PRICE_TOO_FINE"]),
        ("1494.08", {"multiples": True}, "1494.08", []),
        ("1494.08", {"place": "national"}, "1494.08", []),
    ],
)
def test_where_the_start_price_cannot_be_bid_the_next_price_above_it_is_the_first(
    start, more, first, says
):
    low = judge(bid("A", "02 10:00", "1"), start=start, **more)
    bidding = judge(bid("A", "02 10:00", first), start=start, **more)

    assert str(low["refusals"][0]["right_price"]) == first
    assert (codes(bidding), bidding["outcome"]) == ([], "sold")
    assert path(bidding) == [*says, "ONE_BIDDER"]
    assert path(judge(start=start, frozen=[at("08 12:00"), None], **more)) == [*says, "FROZEN"]
    if says:
        sentence = bidding["path"][0]["sentence"]
        assert "multiples of 0.1 万元: the lowest bid is 1494.1 万元" in sentence


@pytest.mark.parametrize(
    ("price", "code"),
    [("1371", None), ("1370.9", "BID_BELOW_STEP"), ("1361", "BID_BELOW_STEP"), ("1374.3", None)],
    ids=["one step", "less than a step", "equal", "any amount above"],
)
def test_a_later_bid_is_a_step_above_the_highest(price, code):
    found = judge(A, bid("B", "03 10:00", price))

    assert codes(found) == ([code] if code else [])
    assert found["winner"] == ("A" if code else "B")
    assert all("1371 万元 or more" in each["sentence"] for each in found["refusals"])


@pytest.mark.parametrize(
    ("asked_for", "winner", "codes_"),
    [
        ({}, "B", []),
        ({"multiples": True}, "A", ["BID_NOT_IN_STEPS"]),
        ({"place": "宁海"}, "A", ["BID_NOT_IN_STEPS"]),
        ({"place": "宁海", "multiples": False}, "B", []),
        ({"place": "national"}, "B", []),
    ],
)
def test_whether_bids_rise_by_whole_steps_is_for_the_place_and_the_notice(
    asked_for, winner, codes_
):
    found = judge(A, bid("B", "03 10:00", "1374.3"), **asked_for)

    assert (found["winner"], codes(found)) == (winner, codes_)
    assert all("1371 万元 or 1381 万元" in each["sentence"] for each in found["refusals"])


@pytest.mark.parametrize(("price", "right"), [("1361.1", "1371"), ("1374.3", "1381")])
def test_what_would_have_been_right_is_told_beside_the_start_price_too(price, right):
    [refusal] = judge(bid("A", "02 10:00", price), multiples=True)["refusals"]

    assert str(refusal["right_price"]) == right


@pytest.mark.parametrize(
    ("moment", "counts"), [("10 09:59:59", True), ("10 10:00", True), ("10 10:00:01", False)]
)
def test_a_bid_is_made_by_the_end_of_the_listing(moment, counts):
    found = judge(bid("A", moment, "1361"))

    assert codes(found) == ([] if counts else ["BID_AFTER_END"])


@pytest.mark.parametrize(("moment", "counts"), [("01 08:59:59", False), ("01 09:00", True)])
def test_a_bid_before_the_listing_does_not_count(moment, counts):
    found = judge(bid("A", moment, "1361"), begin="2025-04-01T09:00")

    assert codes(found) == ([] if counts else ["BID_BEFORE_LISTING"])


def test_who_has_no_number_bids_in_vain():
    found = judge(A, B, numbers=["A"])

    assert outcome(found) == ("sold", "A", "1361")
    assert codes(found) == ["BIDDER_NOT_ADMITTED"]


@pytest.mark.parametrize(
    ("bids", "came_out", "by"),
    [
        ([], ("unsold", None, None), "NO_BID"),
        ([A], ("sold", "A", "1361"), "ONE_BIDDER"),
        ([A, B], ("sold", "B", "1371"), "NONE_IN_LAST_HOUR"),
        ([A, bid("B", "10 09:30", "1371")], ("sold", "B", "1371"), "ONE_IN_LAST_HOUR"),
        (
            [bid("A", "10 09:10", "1361"), bid("A", "10 09:30", "1371")],
            ("sold", "A", "1371"),
            "ONE_BIDDER",
        ),
        (
            [A, bid("B", "10 09:30", "1371"), bid("B", "10 09:40", "1381")],
            ("sold", "B", "1381"),
            "ONE_IN_LAST_HOUR",
        ),
        (
            [bid("A", "10 09:10", "1361"), bid("B", "10 09:30", "1371")],
            ("auction", None, None),
            "SEVERAL_IN_LAST_HOUR",
        ),
    ],
)
def test_who_bid_in_the_last_hour_decides_whether_there_is_an_auction(bids, came_out, by):
    found = judge(*bids)

    assert outcome(found) == came_out
    assert by in path(found)


@pytest.mark.parametrize(
    ("moment", "came_out", "is_told"),
    [
        ("10 08:59:59", "sold", False),
        ("10 09:00", "auction", True),
        ("10 09:00:01", "auction", False),
    ],
)
def test_a_bid_exactly_an_hour_before_the_end_counts_as_in_the_last_hour_and_that_is_told(
    moment, came_out, is_told
):
    found = judge(bid("A", moment, "1361"), bid("B", "10 09:30", "1371"))

    assert found["outcome"] == came_out
    assert ("LAST_HOUR_BOUNDARY" in path(found)) is is_told
    assert ("not confirmed" in str(found["path"])) is is_told


def test_where_no_rule_speaks_of_a_last_hour_the_highest_bid_wins():
    found = judge(bid("A", "10 09:10", "1361"), bid("B", "10 09:30", "1371"), place="national")

    assert outcome(found) == ("sold", "B", "1371")
    assert path(found) == ["HIGHEST_WINS"]


@pytest.mark.parametrize(
    ("reserve", "came_out"),
    [("1361", "sold"), ("1361.1", "unsold")],
)
def test_the_highest_bid_reaches_the_reserve_price(reserve, came_out):
    found = judge(A, reserve=reserve)

    assert found["outcome"] == came_out
    assert path(found)[-1] == ("RESERVE_REACHED" if came_out == "sold" else "RESERVE_NOT_REACHED")
    assert reserve not in str(found["path"])


@pytest.mark.parametrize(
    ("moment", "came_out"),
    [("10 08:59:59", "unsold"), ("10 09:00", "sold"), ("10 09:30", "sold"), ("10 11:00", "sold")],
)
def test_a_reserve_price_that_is_entered_in_the_last_hour_is_none(moment, came_out):
    found = judge(A, reserve="1400", reserve_entered_at=f"2025-04-{moment.replace(' ', 'T')}")

    assert found["outcome"] == came_out
    assert ("RESERVE_TOO_LATE" in path(found)) is (came_out == "sold")


def test_two_bids_of_one_moment_and_price_are_the_earlier_handed_in():
    first, second = bid("A", "02 10:00", "1361"), bid("B", "02 10:00", "1361")

    assert judge(first, second)["winner"] == "A"
    assert judge(second, first)["winner"] == "B"


# --- whose rules


@pytest.mark.parametrize(
    ("place", "rules"), [("福建", "福建"), ("福建省厦门市", "福建"), ("宁波市宁海县", "宁海")]
)
def test_a_place_is_known_by_the_name_in_it(place, rules):
    assert judge(A, place=place)["place"] == rules


def test_without_a_place_fujians_rules_stand_in_and_that_is_said():
    found = judge(A, place=None)

    assert found["place"] == "福建"
    assert path(found) == ["PLACE_STANDS_IN", "ONE_BIDDER"]


@pytest.mark.parametrize(("place", "on"), [("火星", None), ("福建", "2012-11-30")])
def test_a_place_without_rules_on_that_day_is_refused_with_those_that_have(place, on):
    with pytest.raises(Answered, match=r"PLACE_UNKNOWN.*national"):
        judge(A, place=place, on=on)


def test_fujians_rules_hold_from_their_first_day():
    assert judge(A, on="2012-12-01")["rules_of"].isoformat() == "2012-12-01"


# --- what is given


@pytest.mark.parametrize("name", ["start", "step", "end"])
def test_a_bidding_without_what_it_needs_says_so(name):
    with pytest.raises(Invalid) as caught:
        asked(**{key: value for key, value in LAND.items() if key != name})

    assert [each.field for each in caught.value.reasons] == [name]


@pytest.mark.parametrize(
    "wrong",
    [
        ["A", "2025-04-02T10:00"],
        {"bidder": "A"},
        ["A", "soon", "1361"],
        ["A", "2025-04-02T10:00", "much"],
        ["A", "2025-04-02T10:00", "-1"],
        ["", "2025-04-02T10:00", "1361"],
        [None, "2025-04-02T10:00", "1361"],
    ],
)
def test_a_bid_that_cannot_be_read_is_told_with_its_place(wrong):
    with pytest.raises(Invalid) as caught:
        judge(A, wrong)

    assert {each.field for each in caught.value.reasons} == {"bids.1"}


def test_amounts_may_be_yuan_and_moments_may_have_an_offset():
    land = LAND | {"unit": "元", "start": 13610000, "end": "2025-04-10T02:00:00Z"}
    found = asked(**land, bids=[["A", "2025-04-02T10:00:00+08:00", "13610000"]])

    assert outcome(found) == ("sold", "A", "13610000")
    assert found["ends_at"].isoformat() == "2025-04-10T10:00:00+08:00"


# --- what always holds

MINUTES = st.integers(0, 200)
ENTRIES = st.lists(
    st.tuples(st.sampled_from("ABC"), MINUTES, st.integers(13_500, 14_200)),
    max_size=9,
    unique_by=lambda each: each[1],
)


def entries(drawn):
    """Bids from 07:00 until after the end, in tenths of 10,000 yuan."""
    return [
        bid(name, f"10 {7 + minute // 60:02}:{minute % 60:02}", f"{price // 10}.{price % 10}")
        for name, minute, price in drawn
    ]


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.data())
def test_the_order_in_which_bids_are_handed_in_changes_nothing(drawn, data):
    bids = entries(drawn)
    mixed = data.draw(st.permutations(bids))
    one, other = judge(*bids), judge(*mixed)
    of_index = [{**each, "index": mixed.index(bids[each["index"]])} for each in one["refusals"]]

    def same(found):
        return {name: value for name, value in found.items() if name not in ("refused", "refusals")}

    assert same(one) == same(other)
    assert sorted(of_index, key=lambda each: each["index"]) == other["refusals"]


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.booleans(), st.booleans())
def test_a_refused_bid_changes_nothing_and_the_winner_bid_highest(drawn, multiples, silent):
    bids = entries(drawn)
    found = judge(*bids, multiples=multiples, auction_silent=silent)
    counted = [each for index, each in enumerate(bids) if index not in found["refused"]]
    again = judge(*counted, multiples=multiples, auction_silent=silent)
    prices = [float(price) for _, _, price in sorted(counted, key=lambda each: each[1])]

    assert again["refused"] == []
    assert outcome(again) == outcome(found)
    assert path(again) == path(found)
    assert all(later >= earlier + 10 for earlier, later in pairwise(prices))
    assert found["price"] is None or float(found["price"]) == max(prices)
    assert found["outcome"] != "sold" or counted


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.booleans())
def test_the_price_that_would_have_been_right_counts(drawn, multiples):
    bids = entries(drawn)
    for each in judge(*bids, multiples=multiples)["refusals"]:
        if each["right_price"] is None:
            continue
        name, moment, price = bids[each["index"]]
        mended = [*bids]
        mended[each["index"]] = [name, moment, str(each["right_price"])]
        assert each["index"] not in judge(*mended, multiples=multiples)["refused"]
        assert float(each["right_price"]) > float(price)
