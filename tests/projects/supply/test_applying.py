"""Who may apply for land and until when, and who had applied when the applications ended."""

from __future__ import annotations

import pytest

from backbone.errors import Answered, Invalid, NotFound
from park.codes import USCC_ALPHABET, uscc_problem
from tests.projects.desk import LISTING, SUPPLY, Desk, at


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refusal(act, *codes: str):
    with pytest.raises(Answered) as caught:
        act()
    assert [reason.code for reason in caught.value.reasons] == list(codes)
    return caught.value.reasons[0]


def names(desk: Desk, **asked: str) -> list[str]:
    found = desk.read("applicants", listing_id=LISTING, **asked)["applicants"]
    return [each["application_id"] for each in found]


@pytest.mark.parametrize(
    ("applied_at", "codes"),
    [
        ("07-31 23:59:59", ["APPLICATION_EARLY"]),
        ("08-01 00:00", []),
        ("08-28 17:00", []),
        ("08-28 17:00:01", ["APPLICATION_LATE"]),
    ],
)
def test_one_applies_from_the_first_day_until_the_hour_of_the_notice(desk, applied_at, codes):
    desk.on("09-30")
    if codes:
        assert refusal(lambda: desk.apply("A", applied_at), *codes).field == "applied_at"
    else:
        assert desk.apply("A", applied_at)["applications"][0]["bidder"]["name"] == "A works"


def test_without_an_hour_the_whole_last_day_counts():
    desk = Desk(application_ends_at=None)
    desk.apply("A", "08-28 23:59:59")
    refusal(lambda: desk.apply("B", "08-29 00:00"), "APPLICATION_LATE")


def test_who_had_applied_at_17_00_on_the_last_day_is_answered_a_year_later(desk):
    desk.apply("A", "08-10 10:00")
    desk.apply("B", "08-28 16:59")
    desk.on("08-28 17:05").apply("C", "08-28 16:58")
    desk.on("2024-08-28 09:00")
    assert names(desk) == ["A", "C", "B"]
    assert names(desk, at="2023-08-20T12:00:00+08:00") == ["A"]
    assert names(desk, known_at="2023-08-28T17:00:00+08:00") == ["A", "B"]


def test_an_applicant_who_withdrew_was_there_until_then(desk):
    desk.apply("A", "08-10 10:00")
    desk.on("08-15").call("withdraw_application", listing_id=LISTING, application_id="A")
    assert names(desk) == []
    assert names(desk, at="2023-08-14T12:00:00+08:00") == ["A"]
    assert names(desk, known_at="2023-08-14T12:00:00+08:00") == ["A"]


def test_after_the_applications_ended_nobody_withdraws(desk):
    desk.apply("A")
    desk.on("08-28 17:01")
    withdraw = {"listing_id": LISTING, "application_id": "A"}
    refusal(lambda: desk.call("withdraw_application", **withdraw), "WITHDRAWAL_LATE")
    desk.on("08-28 17:00").call("withdraw_application", **withdraw)
    assert names(desk) == []


def test_the_frozen_list_of_an_offer_that_failed_is_kept_beside_the_next_one(desk):
    desk.admit("A")
    desk.close()
    desk.on("09-20").publish(
        listing_number="虞土工告[2023]19号",
        **{
            name: day.replace("2023-08", "2023-10")
            for name, day in {
                "notice_start_on": "2023-08-01",
                "notice_end_on": "2023-08-21",
                "application_start_on": "2023-08-01",
                "application_end_on": "2023-08-28",
                "bond_deadline_on": "2023-08-29",
                "listing_start_on": "2023-08-21",
                "listing_end_on": "2023-08-31",
                "application_ends_at": "2023-08-28T17:00:00+08:00",
            }.items()
        },
    )
    desk.apply("B", "10-10 10:00")
    assert names(desk) == ["B"]
    asked = desk.read("applicants", listing_id=LISTING, notice_version=1)
    assert [each["application_id"] for each in asked["applicants"]] == ["A"]
    assert asked["applicants"][0]["bond_paid"] is True
    assert asked["supply_id"] == SUPPLY


@pytest.mark.parametrize(
    ("paid_at", "amount", "codes"),
    [
        ("08-29 17:00", "4700000", []),
        ("08-29 17:00:01", "4700000", ["BOND_LATE"]),
        ("08-29 12:00", "4699999.99", ["BOND_SHORT"]),
    ],
)
def test_a_bond_is_whole_and_paid_by_its_deadline(paid_at, amount, codes):
    desk = Desk(bond_due_at="2023-08-29T17:00:00+08:00")
    desk.apply("A")
    if codes:
        refusal(lambda: desk.bond("A", paid_at, amount), *codes)
    else:
        assert desk.bond("A", paid_at, amount)["applications"][0]["bond"]["returned_on"] is None


def test_one_bidder_applies_once(desk):
    desk.apply("A")
    refusal(lambda: desk.apply("A"), "BIDDER_APPLIED")


def test_a_firm_that_applies_again_under_another_id_is_the_same_bidder(desk):
    firm = {"name": "works", "uscc": uscc()}
    desk.apply("A", bidder=firm)
    refusal(lambda: desk.apply("B", bidder=firm), "BIDDER_APPLIED")
    desk.call("withdraw_application", listing_id=LISTING, application_id="A")
    assert len(desk.apply("B", bidder=firm)["applications"]) == 2


def test_a_firm_without_a_credit_code_is_known_by_the_id_of_the_township_and_not_by_its_name(desk):
    firm = {"name": "works", "enterprise_id": "330604006-E42"}
    desk.apply("A", bidder=firm)
    refusal(lambda: desk.apply("B", bidder=firm | {"name": "the works"}), "BIDDER_APPLIED")
    other = {"name": "works", "enterprise_id": "330604006-E43"}
    assert len(desk.apply("B", bidder=other)["applications"]) == 2
    assert len(desk.apply("C", bidder={"name": "works"})["applications"]) == 3


def test_the_number_of_an_identity_card_is_no_part_of_a_name(desk):
    with pytest.raises(Invalid, match="identity card"):
        desk.apply("A", bidder={"name": "Li 330604199001011234"})


def test_a_moment_that_has_not_come_is_not_entered(desk):
    desk.on("08-05")
    given = {"bidder": {"name": "A"}, "applied_at": at("08-06").isoformat()}
    refusal(
        lambda: desk.call("apply_for_land", listing_id=LISTING, application_id="A", **given),
        "NOT_YET",
    )


def test_nobody_applies_for_land_without_a_notice():
    desk = Desk(noticed=False)
    with pytest.raises(NotFound):
        desk.apply("A")


def test_nobody_applies_for_land_whose_notice_was_withdrawn(desk):
    desk.revoke()
    refusal(lambda: desk.apply("A"), "NOT_ON_OFFER")


# --- its deadlines


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("08-24 12:00", []),
        ("08-25 00:00", [("applications", "three_days", -3)]),
        ("08-26 12:00", [("applications", "three_days", -2), ("bonds", "three_days", -3)]),
        ("08-27 12:00", [("applications", "one_day", -1), ("bonds", "three_days", -2)]),
    ],
)
def test_the_ends_of_applications_and_bonds_are_told_three_days_and_one_day_before(
    desk, moment, told
):
    desk.tick_on(moment)
    found = desk.facts_named("deadline_near")
    assert [(each["supply_step"], each["level"], each["days_overdue"]) for each in found] == told


@pytest.mark.parametrize(("moment", "told"), [("08-29 12:00", ["bonds"]), ("08-30 12:00", [])])
def test_a_deadline_that_has_passed_is_not_near(desk, moment, told):
    desk.tick_on(moment)
    assert [each["supply_step"] for each in desk.facts_named("deadline_near")] == told


def test_of_land_that_was_taken_off_the_market_no_deadline_is_told(desk):
    desk.revoke()
    assert desk.tick_on("08-27 12:00") == []


# --- an agreement


def test_an_agreement_that_a_second_party_asks_for_becomes_a_listing():
    desk = Desk(supply_way="agreement")
    desk.apply("A")
    assert desk.facts_named("supply_way_changed") == []
    desk.apply("B")
    [changed] = desk.facts_named("supply_way_changed")
    assert (changed["previous_way"], changed["supply_way"]) == ("agreement", "listing")
    assert changed["listing_end_on"] == "2023-08-31"
    assert desk.read("applicants", listing_id=LISTING)["supply_way"] == "listing"


def test_the_only_applicant_of_an_agreement_takes_the_land_when_nobody_can_apply_any_more():
    desk = Desk(supply_way="agreement")
    desk.admit("A")
    refusal(lambda: desk.close(closed_at="08-28 16:59"), "BIDDING_OPEN")
    awarded = desk.close(("A", "470", "08-28 17:00"), closed_at="08-28 17:00")
    assert awarded["state"] == "awarded"


def test_an_agreement_with_two_applicants_waits_for_the_end_of_the_listing():
    desk = Desk(supply_way="agreement")
    desk.admit("A", "B")
    why = refusal(lambda: desk.close(closed_at="08-30 17:00"), "BIDDING_OPEN")
    assert "second party" in why.sentence
    assert desk.close(("B", "470", "08-30 10:00"))["state"] == "awarded"


def uscc() -> str:
    """A credit code whose check character fits."""
    head = "91330604MA2BN1AA1"
    return next(code for last in USCC_ALPHABET if not uscc_problem(code := head + last))
