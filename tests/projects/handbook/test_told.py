"""Whoever showed a plot to a prospect is told when it is gone, once, and told when it is back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Refused
from tests.projects.desk import at

from .desk import Desk, listing_of, parcel_of

GONE, BACK = "shown_plot_gone", "shown_plot_back"


def seen(*plots: str, **more: str) -> tuple[Desk, str]:
    """A desk whose page was looked at once, and the token."""
    desk = Desk("a", "b")
    token = desk.open_page(*plots, **more)["token"]
    desk.page(token)
    return desk, token


def test_the_team_is_told_once_which_plot_of_which_page_is_gone_and_why():
    desk, token = seen("a", "b")
    desk.revoke("a")
    desk.page(token)
    desk.revoke("a")
    [fact] = desk.facts_named(GONE)
    assert (fact["listing_id"], fact["team"]) == (listing_of("a"), "team 1")
    assert fact["shown_plot_id"] == f"{fact['page_id']}.{listing_of('a')}"
    codes = [each["code"] for each in fact["reasons"]]
    assert codes == ["RELEASE_REVOKED", "ART66_NOT_REMOVED"]


def test_it_is_taken_back_when_the_plot_comes_back():
    desk, _ = seen("a", "b")
    desk.revoke("a", 2)
    desk.release("a", 3)
    desk.revoke("a", 4)
    assert desk.told() == [(GONE, "a"), (BACK, "a"), (GONE, "a")]
    assert [each["gone_no"] for each in desk.facts_named(GONE, BACK)] == [1, 2, 3]


def test_of_a_plot_that_nobody_looked_at_nothing_is_told():
    desk = Desk("a")
    desk.open_page("a")
    desk.revoke("a")
    assert desk.told() == []


def test_a_hold_for_another_is_told_and_one_for_the_same_project_is_not():
    desk, _ = seen("a", "b")
    desk.hold("a", "lead-1")
    desk.hold("b", "lead-2")
    desk.give_free("b")
    assert desk.told() == [(GONE, "b"), (BACK, "b")]


def test_the_end_of_a_hold_is_told_by_the_timer():
    desk, _ = seen("a")
    desk.hold("a", "lead-2", until_on="2023-08-12")
    desk.on("08-13 01:00").tick("look_after_shown_plots")
    assert desk.told() == [(GONE, "a"), (BACK, "a")]


def test_the_end_of_the_applications_is_told_by_the_timer():
    desk = Desk("a")
    desk.publish("a")
    desk.page(desk.open_page("a")["token"])
    desk.on("08-29 01:00").tick("look_after_shown_plots")
    assert desk.told() == [(GONE, "a")]


def test_what_only_the_land_register_knows_is_told_at_the_next_look_and_taken_back_at_one():
    desk, token = seen("a")
    mortgaged = {"entries": [{"kind": "mortgage", "from_on": "2023-08-01", "to_on": None}]}
    desk.register.parcels[parcel_of("a")] = {"encumbrances": mortgaged}
    desk.page(token)
    desk.tick("look_after_shown_plots")  # by what projects knows alone it would be back
    assert desk.told() == [(GONE, "a")]

    desk.register.parcels.clear()
    desk.page(token)
    assert desk.told() == [(GONE, "a"), (BACK, "a")]


def test_each_page_that_showed_the_plot_is_told_of():
    desk, _ = seen("a")
    desk.page(desk.open_page("a", team="team 9")["token"])
    desk.revoke("a")
    assert sorted(each["team"] for each in desk.facts_named(GONE)) == ["team 1", "team 9"]


def test_a_page_that_is_over_is_told_of_no_more():
    desk, _ = seen("a", ends_on="2023-08-12")
    desk.on("08-13").revoke("a")
    assert desk.told() == []


def test_land_that_is_awarded_is_told_as_gone_and_a_void_award_as_back():
    desk = Desk("a")
    desk.publish("a")
    desk.page(desk.open_page("a")["token"])
    listing_id = listing_of("a")
    desk.call(
        "apply_for_land",
        listing_id=listing_id,
        application_id="A",
        bidder={"name": "A works"},
        applied_at="2023-08-10T10:00:00+08:00",
    )
    bond = {"amount_cny": "4700000", "paid_at": "2023-08-10T11:00:00+08:00"}
    desk.call("record_bond", listing_id=listing_id, application_id="A", **bond)
    bid = {
        "application_id": "A",
        "price_cny": "4700000",
        "bid_at": "2023-08-25T10:00:00+08:00",
    }
    desk.on("08-31 16:00")
    closed = {"closed_at": "2023-08-31T16:00:00+08:00", "bids": [bid]}
    desk.call("close_bidding", listing_id=listing_id, **closed)
    assert desk.why_not("a") == ["AWARDED"]
    assert desk.told() == [(GONE, "a")]

    voided = {"voided_on": "2023-09-02", "void_reason": "The winner gave it back."}
    desk.on("09-02").call("void_award", listing_id=listing_id, **voided)
    assert desk.told() == [(GONE, "a"), (BACK, "a")]


def test_land_that_nobody_took_is_told_as_back_after_its_applications_were_over():
    desk = Desk("a")
    desk.publish("a")
    desk.page(desk.open_page("a")["token"])
    desk.on("08-29 01:00").tick("look_after_shown_plots")
    desk.on("08-31 16:00")
    closed = {"closed_at": "2023-08-31T16:00:00+08:00", "bids": []}
    desk.call("close_bidding", listing_id=listing_of("a"), **closed)
    assert desk.told() == [(GONE, "a"), (BACK, "a")]


STEPS = st.one_of(
    st.tuples(st.just("release"), st.integers(1, 6)),
    st.tuples(st.just("revoke"), st.integers(1, 6)),
    st.tuples(st.just("publish"), st.just(0)),
    st.tuples(st.just("hold"), st.sampled_from([1, 2])),
    st.tuples(st.just("free"), st.just(0)),
    st.tuples(st.just("look"), st.just(0)),
    st.tuples(st.just("day"), st.integers(1, 9)),
)


class Truth:
    """What the land register would say: the newest of what it ever said, late or twice as it is heard."""

    def __init__(self) -> None:
        self.last = (0, "none")

    def said(self, number: int, state: str) -> tuple[int, str]:
        # of one number the register says one thing: odd ones release, even ones revoke
        self.last = max(self.last, (number, state))
        return self.last


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, max_size=10))
def test_no_page_ever_shows_a_plot_whose_release_does_not_stand(steps):
    desk, truth = Desk("b"), Truth()
    desk.release("a", 1)
    truth.said(1, "released")
    token = desk.open_page("a")["token"]
    for what, number in [*steps, ("look", 0)]:
        _do(desk, truth, what, number)
        state, stands = truth.last[1], desk.register.standing[parcel_of("a")]
        held = desk.why_not("a", lead_id="lead-1")
        shown = desk.shows(token)
        if state != "released" or stands["state"] != "released" or held:
            assert shown == []
        else:
            assert shown == ["a"]
    told = [name for name, _ in desk.told()]
    assert told == [GONE, BACK] * (len(told) // 2) + [GONE] * (len(told) % 2), Counter(told)
    assert len(told) % 2 == (shown == []) or not told


def _do(desk: Desk, truth: Truth, what: str, number: int) -> None:
    """One thing happens; what the desk refuses does not."""
    try:
        if what in ("release", "revoke"):
            kind = "release" if number % 2 else "revoke"
            last, state = truth.said(number, "released" if number % 2 else "revoked")
            getattr(desk, kind)("a", number)
            desk.register.standing[parcel_of("a")] |= {"state": state, "release_no": last}
        elif what == "publish":
            desk.publish("a")
        elif what == "hold":
            desk.hold("a", f"lead-{number}", until_on="2023-08-14")
        elif what == "free":
            desk.give_free("a")
        elif what == "day":
            desk.moment = max(desk.moment, at(f"08-{10 + number} 12:00"))
            desk.tick("look_after_shown_plots")
    except Refused:
        pass
