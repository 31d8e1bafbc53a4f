"""The contract of awarded land: what it says, what is paid and done of it, and what a void award undoes."""

from __future__ import annotations

import pytest

from backbone.errors import Answered
from services.projects.listings.listing import listing_id_of
from tests.projects.desk import LISTING, SUPPLY, Desk
from tests.projects.examples import CASE, LEAD, PARCEL, SOIL, TOWNSHIP, released, terms
from tests.projects.supply.test_applying import refusal

DRAFT = {"draft": {"published_on": "2023-08-01"}, "listing_id": LISTING}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def signed(desk) -> Desk:
    desk.sign()
    return desk


def test_a_contract_says_who_holds_the_land_for_how_long_and_by_when_it_is_paid(signed):
    contract = signed.contract()
    assert (contract["state"], contract["price_cny"]) == ("signed", "4700000.00")
    assert [each["name"] for each in contract["holders"]] == ["A works"]
    assert (contract["starts_on"], contract["ends_on"]) == ("2023-09-08", "2073-09-07")
    parts = [(each["amount_cny"], each["due_on"]) for each in contract["instalments"]]
    assert parts == [("2350000.00", "2023-10-08"), ("2350000.00", "2024-09-08")]
    [fact] = signed.facts_named("contract_signed")
    assert (fact["contract_id"], fact["parcel_id"], fact["case_id"]) == (SUPPLY, PARCEL, CASE)
    assert (fact["change_no"], fact["supply_form"]) == (1, "grant")
    assert signed.step("contract")["done_on"] == "2023-09-08"


def test_the_contracts_of_a_parcel_are_found_by_it(signed):
    [contract] = signed.read("contracts_of_parcel", parcel_id=PARCEL)
    assert contract == signed.contract()
    assert signed.read("contracts_of_parcel", parcel_id="330604006-9999") == []


def test_the_last_instalment_is_what_is_left_to_the_cent():
    thirds = [{"share": "0.333333", "within_months": n} for n in (1, 2)]
    payments = [*thirds, {"share": "0.333334", "within_months": 3}]
    desk = Desk(start_price_cny="1000000.01", contract_terms={"payments": payments}).admit("A")
    desk.on("08-31 16:00").call(
        "close_bidding",
        listing_id=LISTING,
        closed_at="2023-08-31T16:00:00+08:00",
        bids=[
            {
                "application_id": "A",
                "price_cny": "1000000.01",
                "bid_at": "2023-08-25T10:00:00+08:00",
            }
        ],
    )
    parts = [each["amount_cny"] for each in desk.sign()["instalments"]]
    assert parts == ["333333.00", "333333.00", "333334.01"]


def test_what_a_notice_does_not_say_of_the_payment_the_statute_does():
    [whole] = Desk(contract_terms={}).sign()["instalments"]
    assert (whole["amount_cny"], whole["due_on"]) == ("4700000.00", "2023-11-07")


def test_a_company_founded_for_the_project_may_hold_the_land_in_place_of_the_winner(desk):
    holders = [{"name": "B", "share": "0.6"}, {"name": "C", "share": "0.4"}]
    assert [each["name"] for each in desk.sign(holders=holders)["holders"]] == ["B", "C"]


def test_a_lease_before_a_grant_ends_with_its_own_years():
    desk = Desk(supply_form="lease_then_grant", lease_years=5)
    assert desk.sign()["ends_on"] == "2028-09-07"
    [fact] = desk.facts_named("contract_signed")
    assert (fact["supply_form"], fact["use_term_years"]) == ("lease_then_grant", 5)


# --- what comes first


def test_an_award_is_confirmed_before_its_contract_is_signed(desk):
    desk.award()
    sign = {"listing_id": LISTING, "contract_number": "1", "signed_on": "2023-08-31"}
    refusal(lambda: desk.call("sign_contract", **sign), "NOT_CONFIRMED")
    desk.on("09-05").call("confirm_award", listing_id=LISTING, confirmed_on="2023-09-05")
    refusal(lambda: desk.call("sign_contract", **sign), "NOT_CONFIRMED")
    assert desk.call("sign_contract", **sign | {"signed_on": "2023-09-05"})["state"] == "signed"


def test_a_contract_is_signed_once_and_not_tomorrow(desk):
    refusal(lambda: desk.sign(signed_on="2023-09-09"), "NOT_YET")
    desk.call("sign_contract", listing_id=LISTING, contract_number="1", signed_on="2023-09-08")
    again = {"listing_id": LISTING, "contract_number": "2", "signed_on": "2023-09-08"}
    refusal(lambda: desk.call("sign_contract", **again), "NOT_AWARDED")


def test_no_contract_is_signed_for_land_whose_release_was_taken_back(desk):
    desk.award()
    desk.parcels.answer = {"state": "revoked", "release_no": 2, "reasons": [SOIL.as_dict()]}
    with pytest.raises(Answered, match="ART66_NOT_REMOVED"):
        desk.sign()
    assert desk.facts_named("contract_signed") == []


# --- what follows


def test_a_right_is_registered_after_the_whole_price_was_paid(signed):
    register = {"contract_id": SUPPLY, "registered_on": "2023-09-30"}
    signed.on("09-30")
    pay(signed, 1)
    assert "2" in refusal(lambda: signed.call("register_right", **register), "NOT_PAID").sentence
    assert pay(signed, 2)["state"] == "paid"
    delivered = signed.call("record_delivery", contract_id=SUPPLY, delivered_on="2023-09-20")
    assert (delivered["state"], delivered["starts_on"]) == ("delivered", "2023-09-20")
    assert signed.call("register_right", **register)["state"] == "registered"
    [changed] = signed.facts_named("contract_changed")
    assert (changed["change_no"], changed["ends_on"]) == (2, "2073-09-19")


@pytest.mark.parametrize(
    ("registered_on", "code"), [("2023-09-24", "NOT_PAID"), ("2023-09-25", None)]
)
def test_a_right_is_not_registered_before_the_day_of_the_last_payment(signed, registered_on, code):
    signed.on("09-30")
    pay(signed, 1, "2023-09-20")
    pay(signed, 2, "2023-09-25")
    register = {"contract_id": SUPPLY, "registered_on": registered_on}
    if code:
        refusal(lambda: signed.call("register_right", **register), code)
    else:
        assert signed.call("register_right", **register)["state"] == "registered"


def test_building_is_complete_after_it_was_begun(signed):
    signed.on("09-30")
    built = {"contract_id": SUPPLY, "completed_on": "2023-09-20"}
    late = {"started_on": "2023-09-21"} | built
    refusal(lambda: signed.call("record_construction", **late), "BUILDING_ENDS_FIRST")
    assert signed.call("record_construction", **built)["completed_on"] == "2023-09-20"
    begun = {"contract_id": SUPPLY, "started_on": "2023-09-21"}
    refusal(lambda: signed.call("record_construction", **begun), "BUILDING_ENDS_FIRST")
    begun["started_on"] = "2023-09-20"
    assert signed.call("record_construction", **begun)["started_on"] == "2023-09-20"


def pay(desk, number, paid_on="2023-09-30"):
    return desk.call("record_payment", contract_id=SUPPLY, instalment_no=number, paid_on=paid_on)


def test_what_follows_a_contract_lies_between_it_and_today(signed):
    refusal(lambda: pay(signed, 1, "2023-09-07"), "STEP_DAY")
    refusal(lambda: pay(signed, 1, "2023-09-09"), "STEP_DAY")
    assert pay(signed, 1, "2023-09-08")["instalments"][0]["paid_on"] == "2023-09-08"
    refusal(lambda: pay(signed, 3, "2023-09-08"), "NOT_FOUND")


def test_everybody_hears_of_a_payment_and_of_its_correction(signed):
    signed.on("09-20")
    for paid_on in ("2023-09-12", "2023-09-15"):
        pay(signed, 2, paid_on)
    told = signed.facts_named("payment_made")
    assert [(each["instalment_no"], each["paid_on"]) for each in told] == [
        (2, "2023-09-12"),
        (2, "2023-09-15"),
    ]
    assert (told[0]["amount_cny"], told[0]["due_on"]) == ("2350000.00", "2024-09-08")
    [contract] = signed.facts_named("contract_signed")
    assert [each["amount_cny"] for each in contract["instalments"]] == ["2350000.00"] * 2


# --- what is due


def test_an_instalment_is_told_a_week_ahead_and_when_it_is_late(signed):
    settle_the_award(signed)
    assert signed.tick_on("09-30 12:00") == []
    assert signed.tick_on("10-01 12:00") == ["payment_due"]
    assert signed.tick_on("10-08 12:00") == []
    told = signed.tick_on("10-09 12:00")
    assert told == ["supply_step_overdue", "payment_due"]  # the land was not delivered either
    ahead, late = signed.facts_named("payment_due")
    assert (ahead["level"], ahead["days_overdue"], ahead["instalment_no"]) == ("ahead", -7, 1)
    assert (late["level"], late["days_overdue"]) == ("overdue", 1)


def test_an_instalment_that_was_paid_is_not_told(signed):
    settle_the_award(signed)
    pay(signed.on("09-30"), 1)
    assert signed.tick_on("10-01 12:00") == []


@pytest.mark.parametrize(
    ("day", "levels"),
    [
        ("2024-03-08", []),
        ("2024-03-09", ["overdue"]),
        ("2025-03-08", ["one_year"]),
        ("2026-03-08", ["two_years"]),
    ],
)
def test_building_that_does_not_begin_is_told_at_once_and_after_one_and_two_years(
    signed, day, levels
):
    signed.tick_on(f"{day} 12:00")
    assert [fact["level"] for fact in signed.facts_named("start_overdue")] == levels


def test_building_that_began_in_time_is_not_told(signed):
    signed.on("2024-03-01")
    built = signed.call("record_construction", contract_id=SUPPLY, started_on="2024-03-01")
    assert built["started_on"] == "2024-03-01"
    signed.tick_on("2026-03-09 12:00")
    assert signed.facts_named("start_overdue") == []
    assert "completion" in [
        each["supply_step"] for each in signed.facts_named("supply_step_overdue")
    ]


def settle_the_award(desk):
    desk.call("publicise_result", listing_id=LISTING, publicised_on="2023-09-08")


def test_everything_that_is_due_is_one_list_in_the_order_of_its_days(signed):
    found = signed.read("list_due_steps", filter={"is_open": True}, order="due_on")["items"]
    assert [(each["supply_step"], each["due_on"]) for each in found] == [
        ("result_publicity", "2023-09-14"),
        ("delivery", "2023-10-08"),
        ("payment", "2023-10-08"),
        ("start", "2024-03-08"),
        ("payment", "2024-09-08"),
        ("completion", "2026-03-08"),
        ("full_capacity_review", "2028-03-08"),
    ]


# --- its number


def awarded_elsewhere(desk) -> str:
    """Another plot, awarded and confirmed by 1 September, and its listing."""
    ids = {"parcel_id": f"{TOWNSHIP}-0300", "case_id": f"{TOWNSHIP}-C30"}
    desk.hear("parcels", "land_released", released(**ids))
    listing = {"listing_id": listing_id_of(*ids.values())}
    desk.call("publish_listing", **listing, **terms(listing_number="2023-13"))
    a = listing | {"application_id": "A"}
    applied = {"bidder": {"name": "A works"}, "applied_at": "2023-08-10T10:00:00+08:00"}
    desk.call("apply_for_land", **a | applied)
    desk.call("record_bond", **a, amount_cny="4700000", paid_at="2023-08-20T10:00:00+08:00")
    bid = {"application_id": "A", "price_cny": "4700000", "bid_at": "2023-08-25T10:00:00+08:00"}
    desk.call("close_bidding", **listing, closed_at="2023-08-31T16:00:00+08:00", bids=[bid])
    desk.call("confirm_award", **listing, confirmed_on="2023-09-01")
    return listing["listing_id"]


@pytest.mark.parametrize("voided", [False, True])
@pytest.mark.parametrize(
    ("number", "field"),
    [
        ({"contract_number": "3306042023A21001"}, "contract_number"),
        ({"contract_number": "2", "supervision_number": "3306042023B00１1"}, "supervision_number"),
    ],
)
def test_a_number_that_another_contract_has_is_refused_and_says_whose_it_is(
    desk, number, field, voided
):
    desk.sign(supervision_number="3306042023B0011")
    if voided:
        desk.void()
    given = {"listing_id": awarded_elsewhere(desk), "signed_on": "2023-09-08"}
    with pytest.raises(Answered) as caught:
        desk.call("sign_contract", **given | number)
    [why] = caught.value.reasons
    assert (why.code, why.field) == ("NUMBER_USED", field)
    assert PARCEL in why.sentence
    own = {"contract_number": "2023-22", "supervision_number": None}
    assert desk.call("sign_contract", **given | own)["contract_number"] == "2023-22"


# --- a void award


def test_a_void_award_frees_the_land_and_ends_its_contract(signed):
    assert signed.void()["listing_state"] == "draft"
    assert signed.contract()["state"] == "voided"
    assert signed.supply()["state"] == "voided"
    [voided] = signed.facts_named("award_voided")
    assert voided["contract_signed"] is True
    assert voided["reasons"][0]["code"] == "AWARD_VOID"
    assert signed.fact_names[-1] == "listing_drafted"
    refusal(signed.publish, "NUMBER_USED", "NOTICE_BEFORE_LAST_ENDED")
    [told] = [
        each
        for each in signed.read("check_notice", **DRAFT)["findings"]
        if each["code"] == "NOTICE_BEFORE_LAST_ENDED"
    ]
    assert told["computed"] == "2023-09-20", "the day on which the award became void"
    assert signed.read("list_due_steps", filter={"is_open": True})["items"] == []


def test_land_whose_release_was_revoked_meanwhile_stays_withdrawn_when_its_award_is_void(signed):
    signed.revoke()
    assert signed.facts_named("award_contested")[0]["contract_signed"] is True
    assert signed.void()["listing_state"] == "withdrawn"
    assert len(signed.facts_named("listing_drafted")) == 1


def test_a_void_award_before_the_contract_says_that_there_was_none(desk):
    desk.award()
    desk.void()
    assert desk.facts_named("award_voided")[0]["contract_signed"] is False


def test_nothing_follows_a_void_award(signed):
    signed.void()
    refusal(lambda: pay(signed, 1), "CONTRACT_VOID", "STEP_DAY")
    refusal(signed.void, "NOT_AWARDED")


# --- the project


def test_a_project_has_its_land_with_the_contract_and_no_more_when_the_award_is_void(desk):
    desk.call("register_lead", lead_id="lead-17", **LEAD)
    desk.apply("A", lead_id="lead-17")
    desk.bond("A")
    desk.close(("A", "470", "08-25 10:00"))
    assert desk.facts_named("listing_awarded")[0]["lead_id"] == "lead-17"
    desk.sign()
    assert desk.read("get_lead", lead_id="lead-17")["contract_ids"] == [SUPPLY]
    assert desk.read("list_leads", filter={"is_looking": True})["items"] == []
    desk.void()
    assert desk.read("get_lead", lead_id="lead-17")["contract_ids"] == []
    assert desk.read("list_leads", filter={"is_looking": True})["items"]


# --- land that changes hands


def transfer(desk, kind="transfer", on="2023-10-01", name="B works"):
    desk.on("10-20")
    given = {"contract_id": SUPPLY, "transfer_kind": kind, "transferred_on": on}
    return desk.call("transfer_contract", holders=[{"name": name}], **given)


def test_a_transfer_changes_the_holder_and_is_told(signed):
    assert [each["name"] for each in transfer(signed)["contract"]["holders"]] == ["B works"]
    [changed] = signed.facts_named("contract_changed")
    assert ([each["name"] for each in changed["holders"]], changed["change_no"]) == (["B works"], 2)


def test_a_lease_leaves_the_land_with_its_holder(signed):
    contract = transfer(signed, kind="lease")["contract"]
    assert [each["name"] for each in contract["holders"]] == ["A works"]
    assert contract["tenures"][-1]["parties"][0]["name"] == "B works"


def test_a_transfer_comes_after_the_one_before_it(signed):
    transfer(signed)
    refusal(lambda: transfer(signed, on="2023-09-30", name="C"), "STEP_TOO_EARLY")


@pytest.mark.parametrize(
    ("completed_on", "transferred_on", "warned"),
    [
        (None, "2028-10-01", True),
        ("2023-10-01", "2028-09-30", True),
        ("2023-10-01", "2028-10-01", False),
    ],
)
def test_a_transfer_within_the_years_of_the_notice_is_warned_of(
    completed_on, transferred_on, warned
):
    desk = Desk(contract_terms={"no_transfer_years": 5})
    desk.sign()
    desk.on("2029-01-01")
    if completed_on:
        desk.call("record_construction", contract_id=SUPPLY, completed_on=completed_on)
    given = {"contract_id": SUPPLY, "transfer_kind": "transfer", "transferred_on": transferred_on}
    told = desk.call("transfer_contract", holders=[{"name": "B"}], **given)
    codes = [each["code"] for each in told["warnings"]]
    assert codes == (["TRANSFER_TOO_EARLY"] if warned else [])
