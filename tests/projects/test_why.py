"""Why a contract, a commitment, a project, a match, a hold and an offer plan stand as they do today."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backbone.errors import Invalid, NotFound
from tests.projects.commitments.test_reviews import review
from tests.projects.desk import LISTING, SUPPLY, TAX, Desk
from tests.projects.handbook.desk import Desk as Handbook
from tests.projects.handbook.desk import listing_of
from tests.projects.pipeline.desk import InvestmentDesk
from tests.projects.plans.office import Office


def rules(desk: Any, thing: str, identity: str) -> list[dict[str, Any]]:
    found = desk.read("rules_of", thing=thing, id=identity)
    assert all(each["source"] for each in found)
    return found


def said(desk: Any, thing: str, identity: str) -> list[tuple[str, str]]:
    return [(each["code"], each["rule_outcome"]) for each in rules(desk, thing, identity)]


@pytest.fixture
def signed() -> Desk:
    desk = Desk()
    desk.sign()
    return desk


def test_what_was_done_after_its_day_says_how_late_it_was(signed):
    signed.on("2024-09-20").call(
        "record_payment", contract_id=SUPPLY, instalment_no=1, paid_on="2024-01-05"
    )
    found = {each["thing_id"]: each for each in rules(signed, "contract", SUPPLY)}
    paid = found[f"{SUPPLY}.payment.1"]

    assert paid["rule_outcome"] == "kept"
    due_on = date.fromisoformat(paid["due_on"])
    assert (
        f"was done on 2024-01-05, {(date(2024, 1, 5) - due_on).days} days after" in paid["sentence"]
    )
    assert due_on < date(2024, 1, 5)


def test_of_a_moment_a_contract_says_what_was_open_late_or_paid_then(signed):
    signed.on("2023-12-01")
    before, moment = rules(signed, "contract", SUPPLY), signed.moment.isoformat()
    signed.on("2024-09-20").call(
        "record_payment", contract_id=SUPPLY, instalment_no=1, paid_on="2024-01-05"
    )

    assert rules(signed, "contract", SUPPLY) != before
    then = signed.read("rules_of", thing="contract", id=SUPPLY, as_of=moment)
    assert then == before


def test_of_a_moment_a_lead_says_what_land_there_was_for_it_then():
    desk = Handbook("a", "b")
    wish = {"min_area_m2": "9000000"}
    desk.call("register_lead", lead_id="l-3", name="n", source="fund_led", wish=wish)
    desk.hear_itself()
    leads, moment = ("lead-1", "l-3"), desk.moment.isoformat()
    before = [rules(desk, "lead", each) for each in leads]
    desk.on("08-12 12:00").revoke("a")

    assert [rules(desk, "lead", each) for each in leads] != before
    then = [desk.read("rules_of", thing="lead", id=each, as_of=moment) for each in leads]
    assert then == before


def test_a_contract_says_which_instalment_is_late_and_by_which_rule(signed):
    signed.call("record_payment", contract_id=SUPPLY, instalment_no=1, paid_on="2023-09-08")
    found = {each["thing_id"]: each for each in rules(signed.on("2024-09-20"), "contract", SUPPLY)}

    first, second = (found[f"{SUPPLY}.payment.{number}"] for number in (1, 2))
    assert (first["rule_outcome"], second["rule_outcome"]) == ("kept", "late")
    assert (second["due_on"], "12 days late" in second["sentence"]) == ("2024-09-08", True)
    assert "art. 14" in second["source"]
    assert (found[f"{SUPPLY}.delivery.1"]["rule_outcome"], found[None]["code"]) == (
        "late",
        "NOT_PAID",
    )
    assert "art. 16" in found[None]["source"]


def test_a_void_contract_asks_for_nothing_any_more(signed):
    signed.void()
    assert said(signed, "contract", SUPPLY) == [("CONTRACT_VOID", "broken")]
    assert said(signed, "land_commitments", SUPPLY) == [("CONTRACT_VOID", "broken")]
    assert said(signed, "due_step", f"{SUPPLY}.payment.1") == []


@pytest.mark.parametrize(
    ("day", "found", "code", "outcome", "source"),
    [
        ("2026-01-01", None, "COMMITMENT_OPEN", "open", "标准地"),
        ("2029-01-01", None, "COMMITMENT_LATE", "late", "标准地"),
        ("2029-01-01", "31", "COMMITMENT_KEPT", "kept", "标准地"),
        ("2029-01-01", "28", "COMMITMENT_BREACHED", "broken", "art. 35"),
    ],
)
def test_a_commitment_says_what_was_promised_and_reached_and_by_which_step(
    signed, day, found, code, outcome, source
):
    signed.on(day)
    if found:
        review(signed, value=found, reviewed_on="2028-03-08")
    [rule] = rules(signed, "land_commitments", SUPPLY)

    assert (rule["code"], rule["rule_outcome"], source in rule["source"]) == (code, outcome, True)
    assert f">= {TAX['value']} {TAX['unit']}" in rule["sentence"]
    assert (found or "no review yet") in rule["sentence"]
    step = signed.read("get_due_step", step_id=rule["thing_id"])
    assert (step["supply_step"], step["due_on"]) == ("full_capacity_review", rule["due_on"])


def test_land_that_was_awarded_says_until_when_its_contract_is_to_be_signed():
    desk = Desk()
    desk.award()
    found = {each["code"]: each for each in rules(desk.on("2023-10-20"), "supply", SUPPLY)}

    assert (found["CONTRACT"]["rule_outcome"], found["BOND_RETURN"]["rule_outcome"]) == (
        "late",
        "kept",
    )
    assert said(desk, "due_step", f"{SUPPLY}.contract.1") == [("CONTRACT", "late")]


def test_a_project_says_what_its_next_stage_asks_for():
    desk = InvestmentDesk()
    desk.project(opened_on="2025-12-28")
    found = rules(desk, "project", "p")

    gates = {e["sentence"].split(".")[0]: e for e in found if e["code"] == "EVIDENCE_MISSING"}
    assert list(gates) == ["Next may come negotiating"]
    assert "visit, due_diligence, first_plan" in gates["Next may come negotiating"]["sentence"]
    assert ("LOST_REASON_UNKNOWN", "open") in said(desk, "project", "p")
    assert ("NEXT_STEP_MISSING", "open") in said(desk, "project", "p")


def test_a_project_of_which_nothing_is_planned_and_one_that_was_given_up():
    desk = InvestmentDesk()
    desk.project()
    desk.tick("remind_of_next_steps")
    assert ("NEXT_STEP_MISSING", "late") in said(desk, "project", "p")
    desk.plan("2026-02-01")
    assert ("NEXT_STEP", "open") in said(desk, "project", "p")
    assert ("NEXT_STEP", "late") in said(desk.on("2026-02-03"), "project", "p")
    desk.lose("2026-02-03")
    assert said(desk, "project", "p")[0] == ("PROJECT_OVER", "bars")


def test_a_lead_and_its_match_say_whether_the_land_fits():
    desk = Handbook("a")
    desk.hear_itself()
    lead = rules(desk, "lead", "lead-1")
    fits = [(each["code"], each["thing"], each["thing_id"]) for each in lead]
    assert ("FITS", "listing", listing_of("a")) in fits
    assert ("EVIDENCE_MISSING", "open") in said(desk, "lead", "lead-1")
    assert said(desk, "match", listing_of("a")) == [("FITS", "kept")] * 2
    desk.revoke("a")
    assert said(desk, "match", listing_of("a")) == [("NOT_ON_OFFER", "bars")] * 2

    small = {"min_area_m2": "9000000"}
    desk.call("register_lead", lead_id="l-3", name="n", source="fund_led", wish=small)
    desk.release("b")
    [none] = [each for each in rules(desk, "lead", "l-3") if each["code"] == "NOT_MATCHED"]
    assert "TOO_SMALL 1" in none["sentence"]


def test_a_hold_says_whom_it_bars_until_when_and_how_it_ended():
    desk = Handbook("a")
    desk.hold("a", until_on="2023-12-01")
    assert said(desk, "plot_hold", listing_of("a")) == [
        ("HELD", "bars"),
        ("HOLD_IS_LONG", "warns"),
        ("HOLD_END", "open"),
    ]
    desk.on("2023-12-02")
    assert said(desk, "plot_hold", listing_of("a"))[0] == ("HOLD_OVER", "follows")
    on = {"on": "2023-12-01"}
    then = desk.read("rules_of", thing="plot_hold", id=listing_of("a"), **on)
    assert (then[0]["code"], then[0]["rule_outcome"]) == ("HELD", "bars"), "on its last day"
    desk.tick("look_after_shown_plots")
    assert said(desk, "plot_hold", listing_of("a"))[0] == ("HOLD_EXPIRED", "follows")


def test_an_offer_plan_says_what_was_decided_and_until_when_it_lies():
    office = Office()
    office.submit()
    assert said(office, "offer_plan", LISTING)[0] == ("OFFER_PLAN_SUBMITTED", "open")
    office.send_back()
    [returned] = rules(office, "offer_plan", LISTING)
    assert (returned["code"], returned["rule_outcome"]) == ("OFFER_PLAN_RETURNED", "bars")
    assert "The price is too low." in returned["sentence"]


def test_a_kind_without_a_rule_is_answered_and_one_that_is_none_is_named(signed):
    assert said(signed, "listing", LISTING) == []
    with pytest.raises(NotFound, match="contract"):
        signed.read("rules_of", thing="contract", id="nobody")
    with pytest.raises(Invalid, match=r"Give one of .*contract"):
        signed.read("rules_of", thing="treaty", id=SUPPLY)
