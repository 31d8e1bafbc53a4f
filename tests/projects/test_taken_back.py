"""A release that is taken back reaches everyone whom the land had reached: leads, applicants, the award,
its contract, and the team of its project; and so does its return."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .desk import LISTING, SUPPLY, Desk
from .examples import LEAD, released

TEAM = "travelling team 2"
WHY = ["ART66_NOT_REMOVED"]


def hand_over(desk: Desk, lead_id: str) -> None:
    desk.call("hand_over_project", project_id=lead_id, team=TEAM, handed_on="2023-08-01")


def with_lead(desk: Desk) -> str:
    lead_id = desk.call("register_lead", **LEAD)["lead_id"]
    desk.hear_itself()
    hand_over(desk, lead_id)
    return lead_id


def codes(fact) -> list[str]:
    return [reason["code"] for reason in fact["reasons"]]


def awarded_to_a_lead() -> tuple[Desk, str]:
    desk = Desk()
    lead_id = with_lead(desk)
    desk.apply("A", lead_id=lead_id)
    desk.bond("A")
    desk.close(("A", "470", "08-25 10:00"))
    return desk, lead_id


def test_leads_that_were_matched_hear_once_that_the_land_is_not_to_be_had():
    desk = Desk()
    lead_id = with_lead(desk)

    desk.revoke()
    desk.revoke(3)

    [told] = desk.facts_named("match_withdrawn")
    assert (told["lead_ids"], told["release_no"], codes(told)) == ([lead_id], 1, WHY)
    assert desk.read("get_match", listing_id=LISTING)["withdrawn"] is True


def test_a_match_with_land_on_other_terms_is_withdrawn_and_made_anew():
    desk = Desk()
    lead_id = with_lead(desk)

    desk.hear("parcels", "land_released", released(release_no=2))
    desk.hear_itself()

    [told] = desk.facts_named("match_withdrawn")
    assert codes(told) == ["RELEASE_REPLACED"]
    match = desk.read("get_match", listing_id=LISTING)
    assert (match["lead_ids"], match["release_no"], match["withdrawn"]) == ([lead_id], 2, False)


def test_nobody_is_told_of_a_match_that_named_nobody():
    desk = Desk()
    desk.hear_itself()
    desk.revoke()
    assert desk.facts_named("match_withdrawn") == []


def test_land_that_a_lead_was_awarded_withdraws_no_match():
    desk, _ = awarded_to_a_lead()
    desk.revoke()
    assert desk.facts_named("match_withdrawn") == []


def test_a_terminated_offer_names_its_applicants_and_the_bonds_that_go_back():
    desk = Desk().admit("A")
    desk.apply("B")
    desk.apply("C")
    desk.call("withdraw_application", listing_id=LISTING, application_id="C")

    desk.revoke()

    [told] = desk.facts_named("offer_terminated")
    figures = (told["applicants"], told["bonds_held"], told["bonds_cny"], codes(told))
    assert figures == (2, 1, "4700000.00", WHY)
    assert desk.supply()["state"] == "terminated"


def test_a_bond_that_went_back_before_is_not_to_go_back_again():
    desk = Desk().admit("A")
    desk.call(
        "return_bond", listing_id=LISTING, application_id="A", returned_on=str(desk.moment.date())
    )
    desk.revoke()
    [told] = desk.facts_named("offer_terminated")
    assert (told["bonds_held"], told["bonds_cny"]) == (0, "0")


def test_a_draft_that_is_withdrawn_terminates_no_offer():
    desk = Desk(noticed=False)
    desk.revoke()
    assert desk.facts_named("offer_terminated") == []


@pytest.mark.parametrize("signed", [False, True])
def test_the_team_of_a_project_hears_what_stands_against_its_land_and_that_it_is_over(signed):
    desk, lead_id = awarded_to_a_lead()
    if signed:
        desk.sign()

    desk.revoke()

    [told] = desk.facts_named("project_land_contested")
    assert (told["project_id"], told["team"], told["contract_signed"], codes(told)) == (
        lead_id, TEAM, signed, WHY,
    )  # fmt: skip
    desk.hear("parcels", "land_released", released(release_no=3))
    assert [each["project_id"] for each in desk.facts_named("project_land_contest_lifted")] == [
        lead_id
    ]
    assert [each["supply_id"] for each in desk.facts_named("award_contest_lifted")] == [SUPPLY]


def test_a_contract_shows_what_stands_against_it_until_the_land_is_released_again():
    desk = Desk()
    desk.sign()

    desk.revoke()
    assert codes({"reasons": desk.contract()["against"]}) == WHY
    desk.hear("parcels", "land_released", released(release_no=3))

    assert desk.contract()["against"] == []


def test_an_award_without_a_project_has_no_team_to_tell():
    desk = Desk()
    desk.award()
    desk.revoke()
    assert desk.facts_named("award_contested")
    assert not desk.facts_named("project_land_contested")


@settings(deadline=None, max_examples=24)
@given(st.permutations([("released", 3), ("revoked", 2), ("revoked", 4), ("released", 5)]))
def test_in_whatever_order_the_land_register_is_heard_the_contract_ends_the_same(order):
    desk = Desk()
    desk.sign()
    for what, number in order:
        if what == "released":
            desk.hear("parcels", "land_released", released(release_no=number))
        else:
            desk.revoke(number)
    assert (desk.contract()["against"], desk.supply()["against"]) == ([], [])
    contested, lifted = (
        len(desk.facts_named(name)) for name in ("award_contested", "award_contest_lifted")
    )
    assert contested == lifted


def test_what_is_heard_twice_is_told_once():
    desk, _ = awarded_to_a_lead()
    for _ in range(2):
        desk.forget()
        desk.revoke()
    assert len(desk.facts_named("project_land_contested")) == 1
