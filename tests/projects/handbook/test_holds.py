"""A plot is kept for one project until a day, by whom is known, and the end comes by itself."""

from __future__ import annotations

import pytest

from backbone.errors import Answered, Refused

from .desk import Desk, listing_of, parcel_of


@pytest.mark.parametrize(
    ("kind", "until_on"), [("reserved", "2023-09-09"), ("in_talks", "2023-08-24")]
)
def test_a_hold_without_a_last_day_lasts_as_long_as_its_kind_does(kind, until_on):
    hold = Desk("a").hold("a", hold_kind=kind)
    assert (hold["until_on"], hold["held_on"]) == (until_on, "2023-08-10")


@pytest.mark.parametrize(
    ("kind", "until_on", "warned"),
    [
        ("reserved", "2023-09-09", []),
        ("reserved", "2023-09-10", ["HOLD_IS_LONG"]),
        ("in_talks", "2023-08-25", ["HOLD_IS_LONG"]),
        ("reserved", "2036-11-28", ["HOLD_IS_LONG"]),
        ("reserved", None, []),
    ],
)
def test_a_hold_beyond_its_usual_length_is_kept_and_warned_of(kind, until_on, warned):
    hold = Desk("a").hold("a", hold_kind=kind, until_on=until_on)
    assert [each["code"] for each in hold["warnings"]] == warned
    assert until_on is None or hold["until_on"] == until_on


def test_a_hold_says_who_keeps_the_plot_and_no_persons_name():
    desk = Desk("a")
    hold = desk.hold("a", person="王小明")
    assert (hold["team"], hold["person"], hold["project_id"]) == ("team 2", "王**", "lead-1")
    [fact] = desk.facts_named("plot_held")
    assert "person" not in fact


def test_a_plot_that_is_kept_for_another_project_cannot_be_kept_and_the_sentence_says_until_when():
    desk = Desk("a")
    desk.hold("a", "lead-1", until_on="2023-08-20")
    with pytest.raises(Refused, match="team 2 keeps the plot for lead-1 until 2023-08-20"):
        desk.hold("a", "lead-2")


def test_the_project_that_has_a_plot_may_keep_it_longer():
    desk = Desk("a")
    desk.hold("a", until_on="2023-08-20")
    hold = desk.hold("a", until_on="2023-08-25")
    assert (hold["hold_no"], hold["until_on"]) == (2, "2023-08-25")


def test_a_plot_can_be_kept_for_today_alone():
    assert Desk("a").hold("a", until_on="2023-08-10")["until_on"] == "2023-08-10"


def test_a_hold_that_is_over_gives_way_to_another_before_the_timer_came():
    desk = Desk("a")
    desk.hold("a", "lead-1", until_on="2023-08-11")
    desk.on("08-12").hold("a", "lead-2")
    assert [name for name in desk.fact_names if name.startswith("plot_h")] == [
        "plot_held",
        "plot_hold_ended",
        "plot_held",
    ]


@pytest.mark.parametrize(("moment", "ends"), [("08-20 23:30", []), ("08-21 00:30", ["expired"])])
def test_the_timer_ends_a_hold_on_the_day_after_its_last_and_once(moment, ends):
    desk = Desk("a")
    desk.hold("a", until_on="2023-08-20")
    for _ in range(2):
        desk.on(moment).tick("look_after_shown_plots")
    assert [each["hold_end"] for each in desk.facts_named("plot_hold_ended")] == ends


def test_a_hold_that_is_given_free_is_over_and_cannot_be_given_free_again():
    desk = Desk("a")
    desk.hold("a")
    assert desk.give_free("a")["end"] == "released"
    assert desk.why_not("a") == []
    with pytest.raises(Refused, match="NOT_HELD"):
        desk.give_free("a")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"until_on": "2023-08-09"}, "ALREADY_OVER"),
        ({"lead": "lead-9"}, "NOT_FOUND"),
        ({"hold_kind": "wanted"}, "INVALID"),
        ({"team": ""}, "INVALID"),
    ],
)
def test_a_hold_that_cannot_be_says_why(given, code):
    with pytest.raises(Answered) as refused:
        Desk("a").hold("a", **given)
    assert refused.value.reasons[0].code == code


def test_land_that_is_not_on_offer_is_kept_for_nobody():
    desk = Desk("a")
    desk.revoke("a")
    with pytest.raises(Refused, match="NOT_ON_OFFER"):
        desk.hold("a")


def test_land_that_is_not_on_offer_is_refused_for_that_alone_though_a_hold_is_left():
    desk = Desk("a")
    desk.hold("a", "lead-1")
    desk.revoke("a")
    with pytest.raises(Refused) as refused:
        desk.hold("a", "lead-2")
    assert [each.code for each in refused.value.reasons] == ["NOT_ON_OFFER"]


def test_holds_are_found_by_their_project():
    desk = Desk()
    desk.hold("a", "lead-1")
    desk.hold("b", "lead-2")
    found = desk.read("list_plot_holds", filter={"project_id": "lead-2"})
    assert [each["listing_id"] for each in found["items"]] == [listing_of("b")]


# --- a plot that is gone


def ends(desk) -> list[tuple[str, list[str]]]:
    """How the holds ended, and why."""
    found = desk.facts_named("plot_hold_ended")
    return [(each["hold_end"], [why["code"] for why in each["reasons"]]) for each in found]


@pytest.mark.parametrize("release_no", [1, 2])  # the one under which it was kept, or a later one
def test_land_that_is_taken_back_is_kept_no_longer_and_whoever_kept_it_hears_why(release_no):
    desk = Desk("a")
    desk.hold("a")
    desk.revoke("a", release_no)
    assert ends(desk) == [("plot_gone", ["RELEASE_REVOKED", "ART66_NOT_REMOVED"])]
    hold = desk.read("get_plot_hold", listing_id=listing_of("a"))
    assert (hold["end"], hold["end_reasons"][0]["code"]) == ("plot_gone", "RELEASE_REVOKED")
    desk.on("09-20").tick("look_after_shown_plots")
    assert len(ends(desk)) == 1, "it is told once"


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_release_of_the_land_anew_brings_no_hold_back_in_whatever_order_it_is_heard(newest_first):
    desk = Desk("a")
    desk.hold("a")
    steps = [lambda: desk.revoke("a", 2), lambda: desk.release("a", 3)]
    for step in reversed(steps) if newest_first else steps:
        step()
    assert [end for end, _ in ends(desk)] == ["plot_gone"]
    assert desk.hold("a", "lead-2")["hold_no"] == 2


def test_land_whose_release_is_only_corrected_is_kept_on():
    desk = Desk("a")
    desk.hold("a")
    desk.release("a", 2, area_m2="11780")
    assert ends(desk) == []


def test_land_that_is_sold_is_kept_no_longer():
    desk = Desk("a")
    desk.publish("a")
    desk.hold("a", until_on="2023-12-31")
    given = {"listing_id": listing_of("a"), "application_id": "A"}
    applied = {"bidder": {"name": "A works"}, "applied_at": "2023-08-10T10:00:00+08:00"}
    desk.call("apply_for_land", **given | applied)
    paid = {"amount_cny": "4700000", "paid_at": "2023-08-20T10:00:00+08:00"}
    desk.on("08-31 16:00").call("record_bond", **given | paid)
    bid = {"application_id": "A", "price_cny": "4700000", "bid_at": "2023-08-25T10:00:00+08:00"}
    closed = {"listing_id": listing_of("a"), "closed_at": "2023-08-31T16:00:00+08:00"}
    desk.call("close_bidding", **closed, bids=[bid])
    assert ends(desk) == [("plot_gone", ["AWARDED"])]


@pytest.mark.parametrize("away", [False, True])
def test_a_parcel_that_was_split_is_kept_no_longer_once_the_register_says_so(away):
    desk = Desk("a")
    desk.hold("a")
    desk.register.parcels[parcel_of("a")] = {"state": "split"}
    desk.register.away = away
    desk.tick("look_after_shown_plots")
    assert ends(desk) == ([] if away else [("plot_gone", ["PLOT_GONE"])])
