"""What became of the deadlines of land and of investment: met, late, missed, or not known."""

from __future__ import annotations

from datetime import date

import pytest

from park.dues.due import Asked
from services.projects.ledger.outcomes import of_offer_plan
from services.projects.plans.offer_plan import OfferPlan

from ..contests.hall import SETTLE_BY, Hall
from ..desk import LISTING, SUPPLY, Desk
from ..plans.office import Office
from ..platforms.zone import TWO_LANDED, VALLEY, YOUTH_VALLEY, Zone


def became(service, **asked):
    period = {"from_on": "2023-01-01", "to_on": "2029-12-31"}
    return service.read("due_outcomes", **period | asked)


def brief(page, *whats):
    names = ("what", "due_on", "outcome", "met_on", "days_late")
    found = [tuple(each[name] for name in names) for each in page["outcomes"]]
    return [each for each in found if each[0] in whats]


def pay(desk, number, paid_on):
    desk.on(paid_on).call(
        "record_payment", contract_id=SUPPLY, instalment_no=number, paid_on=paid_on
    )


@pytest.mark.parametrize(
    ("paid_on", "found"),
    [
        ("2023-10-08", ("met", "2023-10-08", 0)),
        ("2023-10-09", ("late", "2023-10-09", 1)),
        (None, ("missed", None, 24)),
    ],
)
def test_an_instalment_was_paid_by_its_day_or_late_or_never(paid_on, found):
    desk = Desk()
    desk.sign()
    if paid_on:
        pay(desk, 1, paid_on)
    page = became(desk.on("2023-11-01"), to_on="2023-10-31", holder="grantee")

    assert brief(page, "payment") == [("payment", "2023-10-08", *found)]
    assert [each["rule"] for each in page["outcomes"]] == ["contract_terms: payments"]


def test_what_was_paid_on_its_day_stays_when_the_rest_comes_late():
    desk = Desk()
    desk.sign()
    pay(desk, 1, "2023-10-12")

    [told] = became(desk.on("2023-11-01"), to_on="2023-10-31", holder="grantee")["outcomes"]

    assert told["state_at_deadline"] == "signed, paid 0 of 4700000 yuan"


def test_what_was_due_when_the_award_became_void_and_not_done_was_missed():
    desk = Desk()
    desk.award()
    desk.void("2023-09-20")

    page = became(desk.on("2023-10-01"))

    assert brief(page, "contract") == [("contract", "2023-09-14", "missed", None, 17)]


def test_what_was_still_to_come_when_the_award_became_void_was_not_missed():
    desk = Desk()
    desk.award()
    desk.void("2023-09-10")

    assert brief(became(desk.on("2023-10-01")), "contract") == []


def test_the_days_of_bidders_only_end_and_are_named_as_not_covered():
    desk = Desk()
    desk.award()
    page = became(desk.on("2023-10-01"))

    assert brief(page, "applications", "bonds") == []
    assert "applications, bonds" in [each["what"] for each in page["not_covered"]]


@pytest.mark.parametrize(
    ("landed", "found"),
    [
        (["2023-08-01", "2023-12-31"], ("met", "2023-12-31", 0)),
        (["2023-08-01", "2024-01-02"], ("late", "2024-01-02", 2)),
        (["2023-08-01"], ("missed", None, 32)),
    ],
)
def test_a_target_was_reached_on_the_day_by_which_enough_had_landed(landed, found):
    zone = Zone()
    zone.on("2024-02-01 12:00")
    for number, day in enumerate(landed, start=1):
        zone.record(number, day)

    told = [each for each in became(zone)["outcomes"] if each["thing_id"] == f"{VALLEY}.projects"]

    assert [(e["due_on"], e["outcome"], e["met_on"], e["days_late"]) for e in told] == [
        ("2023-12-31", *found)
    ]


@pytest.mark.parametrize("value", [2, 1])  # as it was planned, and as a later plan has it
def test_what_is_entered_after_the_day_of_a_target_changes_its_outcome_and_not_how_it_stood(value):
    zone = Zone()
    zone.record(1, "2023-08-01")
    zone.on("2024-02-01 12:00")
    before = became(zone)["outcomes"]
    zone.record(2, "2023-12-20")
    zone.call(
        "record_platform", **YOUTH_VALLEY | {"targets": [TWO_LANDED | {"target_value": value}]}
    )

    [was] = [each for each in before if each["thing_id"] == f"{VALLEY}.projects"]
    [now] = became(zone)["outcomes"]

    assert (was["outcome"], now["outcome"]) == ("missed", "met")
    assert [each["state_at_deadline"] for each in (was, now)] == ["reached 1 of 2"] * 2


def test_of_a_target_that_was_planned_after_its_day_nothing_is_frozen():
    zone = Zone()
    zone.on("2024-02-01 12:00")
    older = TWO_LANDED | {"target_name": "older", "due_on": "2023-06-30"}
    zone.call("record_platform", **YOUTH_VALLEY | {"targets": [TWO_LANDED, older]})

    stood = {each["thing_id"]: each["state_at_deadline"] for each in became(zone)["outcomes"]}

    assert stood == {f"{VALLEY}.projects": "reached 0 of 2", f"{VALLEY}.older": None}


@pytest.mark.parametrize(
    ("landed_on", "outcome", "days_late"),
    [("2023-11-20", "met", 0), ("2023-11-22", "late", 2)],
)
def test_a_winner_settled_by_the_day_or_late(landed_on, outcome, days_late):
    hall = Hall()
    hall.project()
    hall.entry()
    hall.at("2023-11-23")
    hall.land(landed_on)
    hall.at("2023-11-24")

    assert brief(became(hall), "settlement") == [
        ("settlement", SETTLE_BY, outcome, landed_on, days_late)
    ]


def test_a_plan_is_decided_and_its_notice_is_out_by_their_days():
    office = Office()
    office.submit()
    office.approve()
    office.publish()

    page = became(office.on("2023-11-01"))

    assert brief(page, "decide_offer_plan", "publish_notice") == [
        ("decide_offer_plan", "2023-08-24", "met", "2023-07-28", 0),
        ("publish_notice", "2023-10-26", "met", "2023-08-01", 0),
    ]


def test_an_approval_without_its_notice_was_missed():
    office = Office()
    office.submit()
    office.approve()

    page = became(office.on("2023-11-01"))

    assert brief(page, "publish_notice") == [("publish_notice", "2023-10-26", "missed", None, 6)]


def test_of_a_notice_whose_offer_is_not_on_record_nobody_knows_the_day():
    office = Office()
    office.submit()
    office.approve()
    office.publish()
    plan = office.service().store.require(OfferPlan, LISTING)

    found = {each.due.what: each for each in of_offer_plan(plan, [], Asked(on=date(2023, 11, 1)))}

    notice = found["publish_notice"]
    assert (notice.is_known, notice.met_on) == (False, None)
