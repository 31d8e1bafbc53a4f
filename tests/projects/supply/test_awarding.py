"""Who gets the land, and what follows until the contract."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from tests.projects.desk import AGAIN, LISTING, SUPPLY, Desk
from tests.projects.examples import SOIL, released

from .test_applying import refusal


@pytest.fixture
def desk() -> Desk:
    return Desk(start_price_cny="13610000", bid_step_cny="100000").admit("A", "B")


A, B = ("A", "1361", "08-22 10:00"), ("B", "1374.3", "08-23 10:00")


def test_one_bidder_at_the_start_price_gets_the_land(desk):
    awarded = desk.close(A)
    assert awarded["state"] == "awarded"
    [fact] = desk.facts_named("listing_awarded")
    assert fact["winner"]["name"] == "A works"
    assert (fact["price_cny"], fact["awarded_on"]) == ("13610000.00", "2023-08-31")
    assert (fact["supply_id"], fact["use_term_years"]) == (SUPPLY, 50)
    assert desk.listing()["state"] == "awarded"


@pytest.mark.parametrize(
    ("bids", "winner", "refused"),
    [
        ([A, B], "B", []),
        ([B, A], "B", []),
        ([A, ("B", "1371", "08-23 10:00")], "B", []),
        ([A, ("B", "1370.9", "08-23 10:00")], "A", ["BID_BELOW_STEP"]),
        ([A, ("B", "1361", "08-23 10:00")], "A", ["BID_BELOW_STEP"]),
        ([("C", "1400", "08-22 10:00"), A], "A", ["BIDDER_NOT_ADMITTED"]),
    ],
    ids=["higher", "any order", "one step", "half a step", "equal", "a stranger"],
)
def test_the_highest_bid_that_counts_wins_and_of_equal_ones_the_earlier(
    desk, bids, winner, refused
):
    whole = [(name, f"{int(float(price) * 10)}", moment) for name, price, moment in bids]
    closed = close_in_thousands(desk, whole)
    assert (closed["award"] or {}).get("application_id") == winner
    assert [each["reason"]["code"] for each in closed["bids_refused"]] == refused


def test_a_bid_that_is_mistyped_does_not_close_the_land_as_unsold(desk):
    with pytest.raises(
        Answered, match=r"BID_BELOW_START \(bids\.0\.price_cny\): A bid was 13610000"
    ):
        close_in_thousands(desk, [("A", "13609", "08-22 10:00")])
    assert desk.listing()["state"] == "notice_published"

    assert close_in_thousands(desk, [("A", "13610", "08-22 10:00")])["state"] == "awarded"


def test_land_for_which_nobody_bid_is_unsold(desk):
    assert close_in_thousands(desk, [])["state"] == "unsold"


@pytest.mark.parametrize(("in_steps", "winner"), [(False, "B"), (True, "A")])
def test_whether_bids_are_whole_steps_is_for_the_notice_to_say(in_steps, winner):
    desk = Desk(start_price_cny="13610000", bid_step_cny="100000", bids_in_steps=in_steps)
    desk.admit("A", "B")
    bids = [("A", "13610", "08-22 10:00"), ("B", "13743", "08-23 10:00")]
    assert close_in_thousands(desk, bids)["award"]["application_id"] == winner


def close_in_thousands(desk, bids):
    desk.on("08-31 16:00")
    told = [
        {
            "application_id": name,
            "price_cny": f"{price}000",
            "bid_at": f"2023-{moment.replace(' ', 'T')}:00+08:00",
        }
        for name, price, moment in bids
    ]
    closed_at = "2023-08-31T16:00:00+08:00"
    return desk.call("close_bidding", listing_id=LISTING, closed_at=closed_at, bids=told)


def test_who_paid_no_bond_wins_nothing(desk):
    desk.apply("C")
    closed = desk.close(("C", "1500", "08-25 10:00"))
    assert closed["state"] == "unsold"
    assert closed["bids_refused"][0]["reason"]["code"] == "BIDDER_NOT_ADMITTED"


@pytest.mark.parametrize(("reserve", "state"), [("13610000", "awarded"), ("13610000.01", "unsold")])
def test_below_the_reserve_price_nothing_is_sold(desk, reserve, state):
    closed = desk.close(A, reserve_price_cny=reserve)
    assert closed["state"] == state
    assert "reserve_price_cny" not in str(closed)


@pytest.mark.parametrize(
    ("closed_at", "open_still"), [("08-30 23:59", True), ("08-31 00:00", False)]
)
def test_until_the_last_day_whoever_is_admitted_may_bid(desk, closed_at, open_still):
    if open_still:
        refusal(lambda: desk.close(A, closed_at=closed_at), "BIDDING_OPEN")
    else:
        assert desk.close(A, closed_at=closed_at)["closed_on"] == "2023-08-31"


def test_land_is_awarded_once(desk):
    desk.close(A)
    refusal(lambda: desk.close(B), "NOT_ON_OFFER")


def test_land_that_nobody_wants_is_unsold_and_offered_again_under_a_new_number(desk):
    assert desk.close()["state"] == "unsold"
    [unsold] = desk.facts_named("listing_unsold")
    assert unsold["applicants"] == 2
    assert desk.listing()["state"] == "unsold"
    assert desk.read("list_listings", filter={"is_open": True})["items"]
    old = {"listing_number": "虞土工告〔2023〕12号"}  # in another spelling
    refusal(lambda: desk.publish(**AGAIN | old), "NUMBER_USED")
    again = desk.publish(**AGAIN)
    assert (again["state"], again["notice_version"]) == ("notice_published", 2)
    assert desk.supply()["state"] == "unsold"


def test_land_is_not_offered_again_from_a_day_on_which_it_was_still_on_offer(desk):
    desk.close()
    early = {"notice_start_on": "2023-08-30", "application_start_on": "2023-08-30"}
    refusal(lambda: desk.publish(**AGAIN | early), "NOTICE_BEFORE_LAST_ENDED")
    draft = {"published_on": "2023-08-30", "method": "listing"}
    found = desk.read("check_notice", draft=draft, listing_id=LISTING)
    [told] = [each for each in found["findings"] if each["code"] == "NOTICE_BEFORE_LAST_ENDED"]
    assert (told["severity"], told["computed"], found["bars"]) == ("bar", "2023-08-31", True)
    assert desk.publish(**AGAIN)["state"] == "notice_published"


def test_a_release_that_ended_a_notice_lets_the_next_one_begin_on_its_own_day(desk):
    later = {"release_no": 2, "released_on": "2023-08-15", "vacated_on": "2023-07-20"}
    desk.on("11-20").hear("parcels", "land_released", released(**later))
    desk.parcels.answer = {"state": "released", "release_no": 2, "reasons": []}
    early = {"listing_number": "2", "notice_start_on": "2023-08-14"}
    days = {"notice_end_on": "2023-09-05", "listing_start_on": "2023-09-05"}
    more = {"listing_end_on": "2023-09-25", "application_start_on": "2023-08-15"}
    refusal(lambda: desk.publish(**early | days | more), "NOTICE_BEFORE_LAST_ENDED")
    again = desk.publish(**early | days | more | {"notice_start_on": "2023-08-15"})
    assert again["notice_version"] == 2


def test_land_whose_release_does_not_stand_any_more_is_not_awarded(desk):
    desk.parcels.answer = {"state": "revoked", "release_no": 2, "reasons": [SOIL.as_dict()]}
    with pytest.raises(Answered, match="RELEASE_NOT_STANDING"):
        desk.close(A)
    assert desk.listing()["state"] == "notice_published"
    assert desk.facts_named("listing_awarded") == []


# --- the release after the award


def test_a_release_that_is_revoked_after_the_award_stands_against_it_and_takes_nothing_back(desk):
    desk.close(A)
    desk.revoke()
    [contested] = desk.facts_named("award_contested")
    assert contested["reasons"] == [SOIL.as_dict()]
    assert contested["contract_signed"] is False
    assert desk.listing()["state"] == "awarded"
    assert desk.facts_named("listing_withdrawn") == []
    assert [each["code"] for each in desk.supply()["against"]] == ["ART66_NOT_REMOVED"]


@settings(max_examples=25, deadline=None)
@given(st.permutations([2, 3, 4, 4, 5, 2]), st.sampled_from([4, 5]))
def test_what_stands_against_an_award_is_the_same_in_whatever_order_its_releases_are_heard(
    order, last
):
    desk = Desk().admit("A")
    desk.close(("A", "470", "08-25 10:00"))
    for number in (each for each in order if each <= last):
        if number % 2:
            desk.hear("parcels", "land_released", released(release_no=number))
        else:
            desk.revoke(number)
    against = [] if last == 5 else ["ART66_NOT_REMOVED"]
    assert [each["code"] for each in desk.supply()["against"]] == against
    assert desk.void()["listing_state"] == ("draft" if last == 5 else "withdrawn")


def test_land_that_is_taken_off_the_market_ends_the_bidding_and_all_bonds_go_back(desk):
    desk.revoke()
    assert desk.supply()["state"] == "terminated"
    assert desk.step("bond_return")["due_on"] == "2023-08-25"
    assert desk.step("bond_return")["done_on"] is None
    refusal(lambda: desk.close(A), "NOT_ON_OFFER")


def test_a_release_on_other_terms_ends_the_bidding_too(desk):
    desk.hear("parcels", "land_released", released(release_no=3))
    assert (desk.listing()["state"], desk.supply()["state"]) == ("draft", "terminated")


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_what_stood_against_an_award_is_gone_with_the_next_release_in_either_order(desk, order):
    desk.close(A)
    for number in order:
        if number == 2:
            desk.revoke(2)
        else:
            desk.hear("parcels", "land_released", released(release_no=3))
    assert desk.supply()["against"] == []
    assert desk.listing()["state"] == "awarded"


def test_the_same_revocation_contests_an_award_once(desk):
    desk.close(A)
    desk.revoke()
    desk.revoke()
    assert len(desk.facts_named("award_contested")) == 1


# --- what is due after the award


def test_result_contract_and_bonds_are_due_in_working_days_after_the_award(desk):
    desk.close(A)
    assert desk.step("result_publicity")["due_on"] == "2023-09-14"
    assert desk.step("contract")["due_on"] == "2023-09-14"
    assert desk.step("bond_return")["due_on"] == "2023-09-07"


def test_the_days_of_the_notice_for_the_contract_come_before_those_of_the_rulebook():
    terms = {"sign_within_working_days": 3}
    desk = Desk(contract_terms=terms).admit("A")
    desk.close(("A", "470", "08-25 10:00"))
    assert desk.step("contract")["due_on"] == "2023-09-05"


def test_a_contract_that_is_late_is_told_once(desk):
    desk.close(A)
    desk.call("publicise_result", listing_id=LISTING, publicised_on="2023-08-31")
    desk.call("return_bond", listing_id=LISTING, application_id="B", returned_on="2023-08-31")
    assert desk.tick_on("09-14 12:00") == []
    assert desk.tick_on("09-15 00:30") == ["contract_overdue"]
    assert desk.tick_on("09-16 12:00") == []
    [late] = desk.facts_named("contract_overdue")
    assert (late["due_on"], late["days_overdue"], late["level"]) == ("2023-09-14", 1, "overdue")


def test_bonds_that_are_not_returned_and_a_result_that_is_not_public_are_told(desk):
    desk.close(A)
    assert desk.tick_on("09-08 12:00") == ["supply_step_overdue"]
    assert desk.tick_on("09-15 12:00") == ["contract_overdue", "supply_step_overdue"]
    kinds = [fact["supply_step"] for fact in desk.facts_named("supply_step_overdue")]
    assert kinds == ["bond_return", "result_publicity"]


def test_the_bonds_of_an_offer_that_failed_all_go_back(desk):
    desk.close()
    for name in "AB":
        assert desk.step("bond_return")["done_on"] is None
        desk.call("return_bond", listing_id=LISTING, application_id=name, returned_on="2023-08-31")
    assert desk.step("bond_return")["done_on"] == "2023-08-31"


@pytest.mark.parametrize(
    ("method", "field"),
    [("confirm_award", "confirmed_on"), ("publicise_result", "publicised_on")],
)
def test_what_follows_an_award_comes_after_it_and_not_tomorrow(desk, method, field):
    refusal(lambda: desk.call(method, listing_id=LISTING, **{field: "2023-08-20"}), "NOT_AWARDED")
    desk.close(A)
    early, late = (
        lambda day=day: desk.call(method, listing_id=LISTING, **{field: day})
        for day in ("2023-08-30", "2023-09-01")
    )
    refusal(early, "STEP_TOO_EARLY")
    refusal(late, "NOT_YET")
    told = desk.call(method, listing_id=LISTING, **{field: "2023-08-31"})
    assert told["award"][field] == "2023-08-31"


def test_a_year_without_a_calendar_holds_up_no_award_and_its_day_is_found_later(
    monkeypatch, tmp_path
):
    late = {name: day.replace("2023", "2026") for name, day in WINTER.items()}
    desk = Desk(noticed=False).on("2026-11-02")
    desk.publish(**late)
    desk.apply("A", "2026-12-10 10:00")
    desk.bond("A", "2026-12-20 10:00")
    desk.close(("A", "470", "2026-12-25 10:00"), closed_at="2026-12-29 16:00")
    assert desk.step("contract")["due_on"] is None
    assert desk.tick_on("2026-12-30 12:00") == []
    (tmp_path / "2027.toml").write_text('source = "x"\noff = [2027-01-01]\n')
    monkeypatch.setenv("CALENDAR_FOLDER", str(tmp_path))
    assert "contract_overdue" in desk.tick_on("2027-02-01 12:00")
    assert desk.step("contract")["due_on"] == "2027-01-13"


WINTER = {
    "approved_on": "2023-10-28",
    "notice_start_on": "2023-11-02",
    "notice_end_on": "2023-11-30",
    "application_start_on": "2023-11-02",
    "application_end_on": "2023-12-22",
    "bond_deadline_on": "2023-12-23",
    "listing_start_on": "2023-12-01",
    "listing_end_on": "2023-12-29",
    "application_ends_at": "2023-12-22T17:00:00+08:00",
}
