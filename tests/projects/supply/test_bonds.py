"""The bond of whoever won, or may still win, does not go back."""

from __future__ import annotations

from tests.projects.desk import LISTING, Desk

from .test_applying import refusal


def back(desk: Desk, name: str, on: str = "2023-08-31"):
    given = {"application_id": name, "notice_version": 1, "returned_on": on}
    return desk.call("return_bond", listing_id=LISTING, **given)


def test_the_bond_of_the_winner_goes_back_once_its_award_is_void():
    desk = Desk().admit("A", "B")
    desk.close(("B", "470", "08-24 10:00"), ("A", "480", "08-25 10:00"))
    back(desk, "B")
    reason = refusal(lambda: back(desk, "A"), "BOND_OF_WINNER")
    assert reason.field == "application_id"
    assert "stays until the award is void" in reason.sentence
    desk.void("2023-09-20")
    assert back(desk, "A", "2023-09-20")["applications"][0]["bond"]["returned_on"] == "2023-09-20"


def test_the_bond_of_the_highest_bidder_stays_while_nothing_is_decided():
    desk = Desk().admit("A", "B").on("08-31 10:00")
    for name, price, moment in (("A", "470", "08-24T10"), ("B", "480", "08-25T10")):
        bid = {"price_cny": f"{price}0000", "bid_at": f"2023-{moment}:00:00+08:00"}
        assert desk.call("enter_bid", listing_id=LISTING, application_id=name, **bid)["counts"]
    reason = refusal(lambda: back(desk, "B"), "BOND_OF_WINNER")
    assert "stays until another one wins" in reason.sentence
    assert back(desk, "A")
