"""The online auction after the listing: when it opens, who may bid what, and when it is over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .given import at, bid, clock, codes, judge, outcome, path

CALLED = [bid("A", "10 09:10", "1361"), bid("B", "10 09:30", "1371")]


@pytest.mark.parametrize(("step", "opens"), [(None, "1381"), ("20", "1391"), ("0.5", "1371.5")])
def test_it_opens_after_15_minutes_at_the_highest_bid_plus_one_step_of_the_auction(step, opens):
    found = judge(*CALLED, auction_step=step)

    assert found["outcome"] == "auction"
    assert (clock(found["starts_at"]), str(found["opens_at_price"])) == ("10 10:15", opens)
    assert found["ends_at"] is None


def test_silence_in_the_first_countdown_leaves_the_land_to_the_highest_bid_of_the_listing():
    found = judge(*CALLED, auction_silent=True)

    assert outcome(found) == ("sold", "B", "1371")
    assert clock(found["ends_at"]) == "10 10:20"
    assert path(found)[-1] == "AUCTION_SILENT"


def test_each_bid_starts_the_countdown_again_and_whoever_has_a_number_may_join():
    found = judge(*CALLED, bid("C", "10 10:17", "1391"), auction_step="20", numbers=["A", "B", "C"])

    assert outcome(found) == ("sold", "C", "1391")
    assert clock(found["ends_at"]) == "10 10:22"
    assert path(found)[-1] == "AUCTION_HELD"


def test_who_has_no_number_does_not_join():
    found = judge(*CALLED, bid("C", "10 10:17", "1391"), numbers=["A", "B"], auction_silent=True)

    assert codes(found) == ["BIDDER_NOT_ADMITTED"]
    assert outcome(found) == ("sold", "B", "1371")


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("10 10:00:01", "AUCTION_NOT_OPEN"),
        ("10 10:14:59", "AUCTION_NOT_OPEN"),
        ("10 10:15", None),
        ("10 10:20", None),
        ("10 10:20:01", "AUCTION_OVER"),
    ],
)
def test_the_first_countdown_has_its_first_and_its_last_moment(moment, code):
    found = judge(*CALLED, bid("A", moment, "1381"), auction_silent=True)

    assert codes(found) == ([code] if code else [])
    assert found["winner"] == ("B" if code else "A")


@pytest.mark.parametrize(
    ("second", "winner"), [("10 10:23", "B"), ("10 10:23:01", "A")], ids=["in time", "late"]
)
def test_a_second_bid_comes_within_the_countdown_of_the_first(second, winner):
    found = judge(*CALLED, bid("A", "10 10:18", "1381"), bid("B", second, "1391"))

    assert found["winner"] == winner
    assert clock(found["ends_at"]) == ("10 10:28" if winner == "B" else "10 10:23")


@pytest.mark.parametrize(
    ("price", "code", "right"),
    [
        ("1380.9", "BID_BELOW_STEP", "1381"),
        ("1381", None, None),
        ("1384.3", None, None),
        ("1384.35", "BID_TOO_FINE", "1384.4"),
    ],
)
def test_an_auction_rises_by_its_step_from_the_highest_bid_of_the_listing(price, code, right):
    found = judge(*CALLED, bid("A", "10 10:17", price), auction_silent=True)

    assert codes(found) == ([code] if code else [])
    assert [str(each["right_price"]) for each in found["refusals"]] == ([right] if code else [])


@pytest.mark.parametrize(("price", "counts"), [("1391", True), ("1401", False), ("1411", True)])
def test_where_whole_steps_are_asked_the_auction_has_its_own(price, counts):
    bids = [*CALLED, bid("A", "10 10:17", price)]
    found = judge(*bids, multiples=True, auction_step="20")

    assert codes(found) == ([] if counts else ["BID_NOT_IN_STEPS"])


def test_bids_that_are_all_refused_do_not_yet_tell_how_the_auction_went():
    found = judge(*CALLED, bid("A", "10 10:17", "1375"))

    assert found["outcome"] == "auction"
    assert codes(found) == ["BID_BELOW_STEP"]


@pytest.mark.parametrize(("reserve", "came_out"), [("1391", "sold"), ("1391.1", "unsold")])
def test_the_reserve_price_holds_in_the_auction_too(reserve, came_out):
    found = judge(*CALLED, bid("A", "10 10:17", "1391"), reserve=reserve)

    assert found["outcome"] == came_out


def test_below_the_reserve_price_several_bidders_of_the_last_hour_still_go_to_the_auction():
    found = judge(*CALLED, reserve="1400")

    assert found["outcome"] == "auction"
    assert judge(*CALLED, reserve="1400", auction_silent=True)["outcome"] == "unsold"


@pytest.mark.parametrize("multiples", [False, True])
@settings(max_examples=15, deadline=None)
@given(
    start=st.decimals("1", "2000", places=3),
    step=st.decimals("0.01", "20", places=3),
    auction_step=st.decimals("0.01", "20", places=3),
)
def test_the_price_at_which_an_auction_opens_counts_and_the_path_says_the_same(
    multiples, start, step, auction_step
):
    terms = {"start": str(start), "step": str(step), "auction_step": str(auction_step)}
    terms["multiples"] = multiples
    bids: list[list[str]] = []
    for name, minute in (("A", "10"), ("B", "30")):
        low = judge(*bids, bid(name, f"10 09:{minute}", "0.01"), **terms)["refusals"]
        right = str(low[-1]["right_price"]) if low else "0.01"
        bids.append(bid(name, f"10 09:{minute}", right))
    called = judge(*bids, **terms)
    opens = f"{called['opens_at_price']:f}"

    assert f" from {opens} 万元 on" in called["path"][-1]["sentence"]
    assert codes(judge(*bids, ["C", at("10 10:17"), opens], **terms)) == []
