"""Bids one by one, a frozen bidding, and the online auction, by the rules of the place of the notice."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid
from tests.projects.desk import LISTING, Desk, at

from .test_applying import refusal

FUJIAN = {
    "place": "福建",
    "listing_ends_at": "2023-08-31T10:00:00+08:00",
    "start_price_cny": "4700000",
    "bid_step_cny": "100000",
}
LATE_TWO = [("A", "470", "08-31 09:10"), ("B", "480", "08-31 09:30")]


@pytest.fixture
def desk() -> Desk:
    return Desk(**FUJIAN).admit("A", "B", "C")


def enter(desk: Desk, name: str, price_wan: str, moment: str):
    desk.moment = max(desk.moment, at(moment))
    given = {"application_id": name, "price_cny": f"{price_wan}0000"}
    return desk.call("enter_bid", listing_id=LISTING, bid_at=at(moment).isoformat(), **given)


def freeze(desk: Desk, first: str, last: str | None = None, **more: str):
    desk.moment = max(desk.moment, at(last or first))
    given = {"frozen_at": at(first).isoformat(), **more}
    if last:
        given["repaired_at"] = at(last).isoformat()
    return desk.call("record_interruption", listing_id=LISTING, **given)


def end_auction(desk: Desk, *bids: tuple[str, str, str], closed_at="08-31 11:00", **more):
    desk.moment = max(desk.moment, at(closed_at))
    told = [
        {"application_id": name, "price_cny": f"{price}0000", "bid_at": at(moment).isoformat()}
        for name, price, moment in bids
    ]
    given = {"closed_at": at(closed_at).isoformat(), "bids": told, **more}
    return desk.call("close_auction", listing_id=LISTING, **given)


# --- bids


def test_whoever_enters_a_bid_hears_whether_it_counts_and_what_the_next_one_is(desk):
    first = enter(desk, "A", "470", "08-22 10:00")
    low = enter(desk, "B", "475", "08-23 10:00")

    assert (first["counts"], first["refused"]) == (True, None)
    assert first["next_price_cny"] == "4800000.00"
    assert low["counts"] is False
    assert low["refused"]["reason"]["code"] == "BID_BELOW_STEP"
    assert low["refused"]["right_price_cny"] == low["next_price_cny"] == "4800000.00"


PER_M2 = FUJIAN | {"price_basis": "per_m2", "start_price_cny": "100", "bid_step_cny": "5"}


def bid_at_once(desk: Desk, name: str, price_cny: str, moment: str):
    """The bid as it is entered, and the one after it at the price that was announced."""
    desk.on(moment)
    first = desk.call("enter_bid", listing_id=LISTING, application_id=name, price_cny=price_cny)
    told = {"application_id": "B", "price_cny": first["next_price_cny"]}
    return first, desk.call("enter_bid", listing_id=LISTING, **told)


@pytest.mark.parametrize(
    ("changes", "first", "announced"),
    [
        (PER_M2, "1179000", "1238000.00"),
        (PER_M2, "100", "1179000.00"),
        (PER_M2 | {"bids_in_steps": True}, "1178100", "1237005.00"),
        (PER_M2 | {"place": None}, "1178100", "1237005.00"),
        (FUJIAN | {"bid_step_cny": "100000.01"}, "4700000", "4801000.00"),
        (FUJIAN | {"start_price_cny": "4700080"}, "1", "4701000.00"),
    ],
    ids=["per m2", "too low", "whole steps", "to the fen", "a fen above", "start too fine"],
)
def test_a_price_that_is_announced_counts_when_it_is_bid(changes, first, announced):
    desk = Desk(**changes).admit("A", "B")
    entered, after = bid_at_once(desk, "A", first, "08-22 10:00")

    assert entered["next_price_cny"] == announced
    assert after["refused"] is None


def test_the_first_price_of_an_auction_and_each_next_one_counts_when_it_is_bid():
    desk = Desk(**PER_M2 | {"auction_step_cny": "7"}).admit("A", "B", "C")
    bids = {"A": ("1179000", "08-31 09:10"), "B": ("1238000", "08-31 09:30")}
    for name, (price, moment) in bids.items():
        desk.on(moment)
        desk.call("enter_bid", listing_id=LISTING, application_id=name, price_cny=price)
    desk.on("08-31 10:00")
    closed = desk.call(
        "close_bidding", listing_id=LISTING, closed_at=at("08-31 10:00").isoformat(), bids=[]
    )
    [called] = desk.facts_named("online_auction_called")
    opens = closed["auction"]["opens_at_price_cny"]
    entered, after = bid_at_once(desk, "C", opens, "08-31 10:17")

    assert opens == called["opens_at_price_cny"] == "1321000.00"
    assert (entered["refused"], after["refused"]) == (None, None)
    assert entered["next_price_cny"] == "1404000.00"


def test_the_first_bid_is_told_the_start_price(desk):
    low = enter(desk, "A", "460", "08-22 10:00")

    assert low["refused"]["reason"]["code"] == "BID_BELOW_START"
    assert low["next_price_cny"] == "4700000.00"


def test_a_bid_that_comes_to_be_known_late_changes_which_later_ones_count(desk):
    enter(desk, "B", "480", "08-23 10:00")
    late = enter(desk, "A", "475", "08-22 10:00")

    assert late["counts"] is True
    assert [each["application_id"] for each in late["bids_refused"]] == ["B"]


def test_bids_that_were_entered_count_when_the_bidding_is_closed_and_each_once(desk):
    enter(desk, "A", "470", "08-22 10:00")
    closed = desk.close(("A", "470", "08-22 10:00"), ("B", "480", "08-23 10:00"))

    assert closed["award"]["application_id"] == "B"
    assert len(closed["bids"]) == 2
    assert [each["code"] for each in closed["path"]] == ["NONE_IN_LAST_HOUR"]


def test_a_bid_for_land_that_is_sold_is_not_taken(desk):
    desk.close(("A", "470", "08-22 10:00"))
    refusal(lambda: enter(desk, "B", "480", "08-31 09:00"), "NOT_ON_OFFER")


def test_a_bid_of_a_moment_that_has_not_come_is_not_taken(desk):
    desk.on("08-22 10:00")
    given = {"application_id": "A", "price_cny": "4700000"}
    later = at("08-22 10:01").isoformat()
    refusal(lambda: desk.call("enter_bid", listing_id=LISTING, bid_at=later, **given), "NOT_YET")


def test_without_a_moment_a_bid_is_made_now(desk):
    desk.on("08-22 10:00")
    given = {"application_id": "A", "price_cny": "4700000"}
    entered = desk.call("enter_bid", listing_id=LISTING, **given)

    assert entered["bid"]["bid_at"].startswith("2023-08-22T")
    assert entered["counts"] is True


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("08-20 23:59", "BID_BEFORE_LISTING"),
        ("08-21 00:00", None),
        ("08-31 10:01", "BID_AFTER_END"),
    ],
)
def test_a_bid_is_made_within_the_listing_of_the_notice(desk, moment, code):
    entered = enter(desk, "A", "470", moment)

    assert (entered["refused"] or {"reason": {"code": None}})["reason"]["code"] == code


# --- the place


def test_a_place_without_bidding_rules_is_refused_with_those_that_have():
    with pytest.raises(Invalid, match=r"place.*national, 宁海, 福建"):
        Desk(place="火星")


def test_where_the_last_hour_counts_a_notice_says_when_the_listing_ends():
    with pytest.raises(Invalid, match=r"listing_ends_at.*last hour"):
        Desk(place="福建")


def test_a_notice_of_ninghai_takes_whole_steps_alone():
    desk = Desk(place="浙江省宁海县").admit("A", "B")
    closed = desk.close(("A", "470", "08-22 10:00"), ("B", "485", "08-23 10:00"))

    assert closed["award"]["application_id"] == "A"
    assert closed["bids_refused"][0]["reason"]["code"] == "BID_NOT_IN_STEPS"
    assert closed["bids_refused"][0]["right_price_cny"] == "4900000.00"


def test_a_notice_without_a_place_goes_to_the_highest_bid_until_it_is_closed():
    desk = Desk(listing_ends_at="2023-08-31T10:00:00+08:00").admit("A", "B")
    closed = desk.close(*LATE_TWO, ("A", "490", "08-31 10:30"))

    assert (closed["award"]["application_id"], closed["auction"]) == ("A", None)
    assert [each["code"] for each in closed["path"]] == ["HIGHEST_WINS"]


@pytest.mark.parametrize(("sign_within", "due_on"), [(None, "2023-09-07"), (3, "2023-09-05")])
def test_the_contract_is_due_by_the_notice_else_by_the_place(sign_within, due_on):
    terms = {"sign_within_working_days": sign_within}
    desk = Desk(**FUJIAN, contract_terms=terms).admit("A")
    desk.close(("A", "470", "08-25 10:00"))

    assert desk.step("contract")["due_on"] == due_on
    assert desk.step("bond_return")["due_on"] == "2023-09-07"


@pytest.mark.parametrize(
    ("changes", "lowest"),
    [
        ({"start_price_cny": "4700000"}, None),
        ({"start_price_cny": "4700999.99"}, "4701000.00"),
        ({"start_price_cny": "4700080", "bids_in_steps": True}, None),
        ({"start_price_cny": "4700080", "place": None}, None),
        ({"price_basis": "per_m2", "start_price_cny": "100"}, "1179000.00"),
    ],
    ids=["whole thousands", "too fine", "whole steps", "no place", "per m2"],
)
def test_a_notice_whose_start_price_cannot_be_bid_is_published_with_a_warning(changes, lowest):
    warnings = Desk(**FUJIAN | changes).listing()["warnings"]
    [said] = [w for w in warnings if w["code"] == "START_PRICE_TOO_FINE"] or [None]

    assert (said is None) is (lowest is None)
    assert said is None or f"the lowest bid is {lowest} CNY" in said["sentence"]


# --- the auction


def test_two_bidders_of_the_last_hour_call_the_auction_and_the_land_stays_on_offer(desk):
    closed = desk.close(*LATE_TWO, closed_at="08-31 10:00")
    [called] = desk.facts_named("online_auction_called")

    assert (closed["state"], desk.listing()["state"]) == ("open", "notice_published")
    assert at("08-31 10:15").isoformat() in str(called["starts_at"])
    assert called["opens_at_price_cny"] == "4900000.00"
    desk.close(*LATE_TWO, closed_at="08-31 10:05")
    assert len(desk.facts_named("online_auction_called")) == 1


def test_the_auction_has_the_step_of_the_notice():
    desk = Desk(**FUJIAN, auction_step_cny="200000").admit("A", "B")
    closed = desk.close(*LATE_TWO, closed_at="08-31 10:00")

    assert closed["auction"]["opens_at_price_cny"] == "5000000.00"


def test_who_bids_last_in_the_auction_gets_the_land_also_without_a_bid_before(desk):
    desk.close(*LATE_TWO, closed_at="08-31 10:00")
    entered = enter(desk, "C", "490", "08-31 10:17")
    low = enter(desk, "A", "495", "08-31 10:18")
    awarded = end_auction(desk)

    assert entered["next_price_cny"] == "5000000.00"
    assert low["refused"]["reason"]["code"] == "BID_BELOW_STEP"
    assert (awarded["state"], awarded["award"]["application_id"]) == ("awarded", "C")
    assert [each["code"] for each in awarded["path"]] == ["SEVERAL_IN_LAST_HOUR", "AUCTION_HELD"]
    assert desk.facts_named("listing_awarded")[0]["price_cny"] == "4900000.00"


@pytest.mark.parametrize(("reserve", "state"), [("4800000", "awarded"), ("4800001", "unsold")])
def test_a_silent_auction_leaves_it_to_the_listing_and_the_reserve_price(desk, reserve, state):
    desk.close(*LATE_TWO, closed_at="08-31 10:00", reserve_price_cny=reserve)

    assert end_auction(desk, reserve_price_cny=reserve)["state"] == state


def test_a_reserve_price_of_the_last_hour_is_none(desk):
    late = {"reserve_price_cny": "9000000", "reserve_entered_at": at("08-31 09:01").isoformat()}
    assert desk.close(("A", "470", "08-22 10:00"), **late)["state"] == "awarded"


@pytest.mark.parametrize(("closed_at", "is_open"), [("08-31 10:21", True), ("08-31 10:22", False)])
def test_an_auction_is_closed_after_its_countdown(desk, closed_at, is_open):
    desk.close(*LATE_TWO, closed_at="08-31 10:00")
    bids = [("C", "490", "08-31 10:17")]
    if is_open:
        refusal(lambda: end_auction(desk, *bids, closed_at=closed_at), "AUCTION_OPEN")
    else:
        assert end_auction(desk, *bids, closed_at=closed_at)["state"] == "awarded"


def test_no_auction_is_closed_that_nobody_called(desk):
    refusal(lambda: end_auction(desk), "NO_AUCTION")


def test_land_that_is_taken_off_the_market_has_no_auction_any_more(desk):
    desk.close(*LATE_TWO, closed_at="08-31 10:00")
    desk.revoke()

    assert desk.supply()["state"] == "terminated"
    refusal(lambda: end_auction(desk), "NOT_ON_OFFER")


# --- a freeze


def test_whoever_enters_a_freeze_hears_when_it_goes_on_and_when_the_listing_ends(desk):
    open_still = freeze(desk, "08-31 09:40")
    repaired = freeze(desk, "08-31 09:40", "08-31 10:10")

    assert open_still["resume_not_before"] is None
    assert str(repaired["resume_not_before"]).startswith("2023-08-31T10:10")
    assert str(repaired["extended_to_at_least"]).startswith("2023-08-31T10:30")
    assert repaired["remaining_at_most_minutes"] == 60
    assert len(desk.facts_named("bidding_frozen")) == 1
    [resumes] = desk.facts_named("bidding_resumes")
    assert str(resumes["listing_ends_at"]).startswith("2023-08-31T10:30")
    freeze(desk, "08-31 09:40", "08-31 10:10")
    assert len(desk.facts_named("bidding_resumes")) == 1


@pytest.mark.parametrize(
    ("closed_at", "code"), [("08-31 10:29", "BIDDING_OPEN"), ("08-31 10:30", None)]
)
def test_an_extended_listing_is_closed_at_its_later_end(desk, closed_at, code):
    freeze(desk, "08-31 09:40", "08-31 10:10")
    bids = [("A", "470", "08-22 10:00"), ("B", "480", "08-31 09:50")]
    if code:
        refusal(lambda: desk.close(*bids, closed_at=closed_at), code)
        return
    closed = desk.close(*bids, closed_at=closed_at)
    assert closed["award"]["application_id"] == "A"
    assert closed["bids_refused"][0]["reason"]["code"] == "BID_WHILE_FROZEN"


@pytest.mark.parametrize("place", ["福建", None])
def test_a_frozen_bidding_is_not_closed(place):
    desk = Desk(**FUJIAN | {"place": place}).admit("A")
    freeze(desk, "08-31 09:40")
    bids = [("A", "470", "08-22 10:00")]
    refusal(lambda: desk.close(*bids, closed_at="08-31 12:00"), "BIDDING_FROZEN")
    freeze(desk, "08-31 09:40", "08-31 10:10")
    assert desk.close(*bids, closed_at="08-31 12:00")["state"] == "awarded"


def test_an_auction_that_is_frozen_begins_again_and_that_is_told(desk):
    desk.close(*LATE_TWO, closed_at="08-31 10:00")
    freeze(desk, "08-31 10:05", "08-31 10:10")
    told = [str(each["starts_at"]) for each in desk.facts_named("online_auction_called")]

    assert [each[11:16] for each in told] == ["10:15", "10:25"]
    assert end_auction(desk)["path"][-1]["code"] == "AUCTION_SILENT"


def test_an_auction_that_is_frozen_for_now_is_not_closed_and_begins_again_after_its_repair(desk):
    desk.close(*LATE_TWO, closed_at="08-31 10:00")
    freeze(desk, "08-31 10:05")
    refusal(lambda: end_auction(desk), "BIDDING_FROZEN")
    freeze(desk, "08-31 10:05", "08-31 10:10")

    assert len(desk.facts_named("online_auction_called")) == 2
    assert desk.facts_named("online_auction_dropped") == []
    assert end_auction(desk)["award"]["application_id"] == "B"


def test_a_bid_of_the_listing_that_is_entered_late_may_leave_no_auction_and_that_is_told(desk):
    desk.close(*LATE_TWO, closed_at="08-31 10:00")
    late = enter(desk, "C", "490", "08-22 10:00")

    assert [each["application_id"] for each in late["bids_refused"]] == ["A", "B"]
    assert len(desk.facts_named("online_auction_dropped")) == 1
    refusal(lambda: end_auction(desk), "NO_AUCTION")
    assert desk.close(closed_at="08-31 11:00")["award"]["application_id"] == "C"


def test_freezes_may_be_entered_in_any_order():
    ends = []
    for order in ([0, 1], [1, 0]):
        desk = Desk(**FUJIAN).admit("A")
        desk.on("08-31 12:00")
        for number in order:
            freeze(desk, *[("08-28 12:00", "08-28 12:30"), ("08-29 12:00", "08-29 12:10")][number])
        ends.append(desk.supply()["interruptions"])
    without = [[{**i, "recorded_at": None} for i in each] for each in ends]
    assert without[0] == without[1]
    refusal(lambda: desk.close(closed_at="08-31 10:39"), "BIDDING_OPEN")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"repaired_at": "2023-08-31T09:39:00+08:00"}, "repaired_at"),
        ({"resumed_at": "2023-08-31T09:45:00+08:00"}, "repaired_at"),
    ],
)
def test_a_repair_comes_after_the_freeze(desk, more, field):
    with pytest.raises(Invalid) as caught:
        freeze(desk, "08-31 09:40", **more)
    assert [each.field for each in caught.value.reasons] == [field]


def test_a_freeze_that_has_not_come_is_not_entered(desk):
    desk.on("08-30 12:00")
    given = {"frozen_at": at("08-31 09:40").isoformat()}
    refusal(lambda: desk.call("record_interruption", listing_id=LISTING, **given), "NOT_YET")


@pytest.mark.parametrize(
    ("set_then", "warnings"),
    [
        ({}, []),
        ({"ends_at": "2023-08-31T10:30:00+08:00"}, []),
        ({"ends_at": "2023-08-31T10:29:59+08:00"}, ["EXTENSION_TOO_SHORT"]),
        ({"ends_at": "2023-08-31T11:10:00+08:00"}, []),
        ({"ends_at": "2023-08-31T11:10:01+08:00"}, ["EXTENSION_TOO_LONG"]),
        ({"resumed_at": "2023-08-31T10:09:59+08:00"}, ["RESUMED_TOO_EARLY"]),
        ({"resumed_at": "2023-08-31T10:10:00+08:00"}, []),
    ],
)
def test_moments_that_were_set_against_the_rules_are_warned_of(desk, set_then, warnings):
    answer = freeze(desk, "08-31 09:40", "08-31 10:10", **set_then)

    assert [each["code"] for each in answer["warnings"]] == warnings


def test_where_the_listing_was_extended_for_longer_that_end_holds(desk):
    freeze(desk, "08-31 09:40", "08-31 10:10", ends_at="2023-08-31T11:00:00+08:00")
    bids = [("A", "470", "08-31 10:55")]
    refusal(lambda: desk.close(*bids, closed_at="08-31 10:59"), "BIDDING_OPEN")

    assert desk.close(*bids, closed_at="08-31 11:00")["state"] == "awarded"


@pytest.mark.parametrize(
    ("told_at", "goes_on", "told_by"),
    [
        (None, "30T12:00", "29T14:00"),
        ("08-29 11:00", "30T12:00", "29T12:00"),
        ("08-29 13:00", "30T13:00", "29T13:00"),
        ("08-29 15:00", "30T15:00", "29T15:00"),
    ],
)
def test_after_a_long_freeze_it_goes_on_a_day_after_the_bidders_were_told(
    desk, told_at, goes_on, told_by
):
    more = {"told_at": at(told_at).isoformat()} if told_at else {}
    answer = freeze(desk, "08-29 12:00", "08-29 14:00", **more)

    assert str(answer["resume_not_before"])[8:16] == goes_on
    assert str(answer["told_by"])[8:16] == told_by
