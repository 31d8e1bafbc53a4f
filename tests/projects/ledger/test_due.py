"""What is due of land and of investment: who has it, by which rule, who was told and what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from park.dues.due import Asked
from services.projects.dues.due_step import About, StepKind
from services.projects.ledger.dues import of_step

from ..contests.hall import SETTLE_BY, Hall
from ..desk import LISTING, SUPPLY, Desk
from ..examples import PARCEL, TOWNSHIP
from ..handbook.desk import Desk as HandbookDesk
from ..handbook.desk import listing_of
from ..pipeline.desk import InvestmentDesk
from ..plans.office import Office as PlanOffice
from ..platforms.zone import VALLEY, Zone
from ..policies.office import Office as PolicyOffice

FIRM = f"{TOWNSHIP}-E9"


def due(service, **asked):
    return service.read("due", **asked)["dues"]


def brief(found):
    return [(each["thing"], each["what"], each["due_on"], each["days_late"]) for each in found]


def one(service, what, **asked):
    [found] = [each for each in due(service, **asked) if each["what"] == what]
    return found


def told(found):
    """The reminders that were sent, and the next one."""
    next_one = found["next_reminder"]
    sent = [(each["level"], each["on"]) for each in found["reminded"]]
    return sent, next_one and (next_one["level"], next_one["on"])


def test_a_late_contract_is_told_with_the_rule_that_made_its_day():
    desk = Desk()
    desk.award()
    desk.tick_on("09-15")

    assert one(desk, "contract") == {
        "service": "projects",
        "thing": "due_step",
        "thing_id": f"{SUPPLY}.contract.1",
        "what": "contract",
        "decision": None,
        "about_id": PARCEL,
        "enterprise_ids": [],
        "holder": "land_desk",
        "township": TOWNSHIP,
        "due_on": "2023-09-14",
        "days_late": 1,
        "stands_still": False,
        "rule": "periods: contract",
        "counting": "working_days",
        "length": 10,
        "source": "国土资发〔2010〕34号; for industrial land practice (not confirmed)",
        "reminded": [{"level": "overdue", "on": "2023-09-15"}],
        "next_reminder": None,
        "state_at_deadline": "awarded",
    }


def test_a_contract_that_the_notice_gave_other_days_is_due_by_the_notice():
    terms = {"sign_within_working_days": 5, "payments": [{"share": "1", "within_months": 1}]}
    desk = Desk(contract_terms=terms)
    desk.award()

    found = one(desk, "contract")

    assert (found["due_on"], found["rule"]) == (
        "2023-09-07",
        "contract_terms: sign_within_working_days",
    )


@pytest.mark.parametrize(
    ("what", "number", "due_on", "holder", "counting", "length"),
    [
        ("payment", 1, "2023-10-08", "grantee", "named", None),
        ("payment", 2, "2024-09-08", "grantee", "named", None),
        ("delivery", 1, "2023-10-08", "land_desk", "calendar_days", 30),
        ("start", 1, "2024-03-08", "grantee", "months", 6),
        ("completion", 1, "2026-03-08", "grantee", "months", 30),
        ("full_capacity_review", 1, "2028-03-08", "land_desk", "months", 24),
    ],
)
def test_what_follows_a_contract_is_due_of_whom_and_counted_how(
    what, number, due_on, holder, counting, length
):
    desk = Desk()
    desk.sign()

    found = {each["thing_id"]: each for each in due(desk, within_days=3000)}

    step = found[f"{SUPPLY}.{what}.{number}"]
    assert (step["due_on"], step["holder"], step["counting"]) == (due_on, holder, counting)
    assert step["length"] == length


def test_a_deadline_names_the_firm_that_won_and_then_who_bears_the_contract():
    desk = Desk()
    desk.apply("A", bidder={"name": "A works", "enterprise_id": FIRM})
    desk.bond("A")
    desk.close(("A", "470", "08-25 10:00"))
    firms = {each["what"]: each["enterprise_ids"] for each in due(desk, within_days=30)}
    desk.sign()

    assert firms == {"result_publicity": [FIRM], "contract": [FIRM]}
    found = due(desk, holder="grantee", within_days=3000)
    assert {each["what"] for each in found} == {"payment", "start", "completion"}
    assert {tuple(each["enterprise_ids"]) for each in found} == {(FIRM,)}


def test_a_payment_was_told_ahead_and_is_told_once_more_when_it_is_late():
    desk = Desk()
    desk.sign()
    before = told(one(desk, "payment", within_days=31))
    desk.tick_on("10-01")

    assert before == ([], ("ahead", "2023-10-01"))
    assert told(one(desk, "payment")) == ([("ahead", "2023-10-01")], ("overdue", "2023-10-09"))


@pytest.mark.parametrize(
    ("on", "told_next"),
    [
        ("2023-09-30", ("ahead", "2023-10-01")),
        ("2023-10-01", ("overdue", "2023-10-09")),
        ("2023-10-08", ("overdue", "2023-10-09")),
        ("2023-10-09", None),
        ("2024-06-01", None),
    ],
)
def test_the_next_reminder_of_a_payment_is_one_that_is_still_to_come(on, told_next):
    desk = Desk()
    desk.sign()

    first = [each for each in due(desk, on=on) if each["thing_id"] == f"{SUPPLY}.payment.1"]

    assert [told(each)[1] for each in first] == [told_next]


def test_a_step_waits_without_a_day_while_nobody_told_the_working_days_of_its_year():
    about = About(SUPPLY, LISTING, PARCEL, TOWNSHIP)
    step = about.step(StepKind.CONTRACT, working_days=(date(2035, 12, 31), 10))

    found = of_step(step, Asked(on=date(2036, 6, 1)))

    assert (found.due_on, found.days_late, found.counting) == (None, 0, "working_days")
    assert (found.reminded, found.next_reminder) == ((), None)


def test_what_was_paid_is_not_due():
    desk = Desk()
    desk.sign()
    desk.on("09-20").call(
        "record_payment",
        contract_id=SUPPLY,
        instalment_no=1,
        paid_on="2023-09-20",
    )

    assert due(desk, within_days=20, holder="grantee") == []
    assert [each["thing_id"][-9:] for each in due(desk, within_days=400, holder="grantee")] == [
        "1.start.1",
        "payment.2",
    ]


@pytest.mark.parametrize(
    ("what", "number", "stood"),
    [
        ("payment", 1, "signed, paid 0 of 4700000 yuan"),
        ("delivery", 1, "signed"),
        ("start", 1, "signed, building not begun"),
        ("completion", 1, "signed, building not begun"),
        ("full_capacity_review", 1, "0 of 1 promises reviewed"),
    ],
)
def test_how_what_follows_a_contract_stood_is_told_once_its_day_is_over(what, number, stood):
    desk = Desk()
    desk.sign()
    before = {each["state_at_deadline"] for each in due(desk, within_days=3000, holder="grantee")}
    desk.on("2028-03-09")

    found = {each["thing_id"]: each["state_at_deadline"] for each in due(desk)}

    assert before == {None}
    assert found[f"{SUPPLY}.{what}.{number}"] == stood


def test_what_was_paid_at_a_deadline_stays_whatever_is_paid_afterwards():
    desk = Desk()
    desk.sign()
    desk.on("2024-10-01").call(
        "record_payment", contract_id=SUPPLY, instalment_no=1, paid_on="2024-10-01"
    )

    assert desk.contract()["instalments"][0]["paid_on"] == "2024-10-01"
    assert one(desk, "payment")["state_at_deadline"] == "signed, paid 0 of 4700000 yuan"


def test_who_had_applied_when_the_applications_ended_stays():
    desk = Desk()
    desk.admit("A")
    desk.apply("B")
    assert one(desk, "applications")["state_at_deadline"] is None
    desk.on("08-30")

    assert one(desk, "applications")["state_at_deadline"] == "2 applicants, 1 with their bond"
    assert one(desk, "bonds")["state_at_deadline"] == "2 applicants, 1 with their bond"


def test_who_is_entered_after_the_applications_ended_had_not_applied_by_then():
    desk = Desk()
    desk.admit("A")
    desk.on("08-30 10:00")
    desk.apply("B", "08-25 10:00")

    assert one(desk, "applications")["state_at_deadline"] == "1 applicants, 1 with their bond"


def test_the_day_of_a_suspended_notice_stands_still():
    desk = Desk()
    desk.on("08-10").call(
        "suspend_notice",
        listing_id=LISTING,
        suspended_at="2023-08-10T12:00:00+08:00",
        reason="A neighbour disputes the boundary.",
        document="notice 2023-1",
    )

    found = one(desk, "applications", within_days=30)

    assert (found["stands_still"], found["next_reminder"]) == (True, None)


@pytest.mark.parametrize(
    ("on", "landed", "found"),
    [
        ("2023-12-31", 1, [("platform", "target", "2023-12-31", 0)]),
        ("2024-01-01", 1, [("platform", "target", "2023-12-31", 1)]),
        ("2024-01-01", 2, []),
    ],
)
def test_a_target_that_is_not_reached_is_late_after_its_day(on, landed, found):
    zone = Zone()
    for number in range(1, landed + 1):
        zone.record(number, "2023-08-01")
    zone.on(f"{on} 12:00")

    told_of = [each for each in due(zone) if each["thing_id"] == f"{VALLEY}.projects"]

    assert brief(told_of) == found
    if found and found[0][3]:
        assert told_of[0]["state_at_deadline"] == "reached 1 of 2"
        assert told(told_of[0]) == ([("missed", "2024-01-01")], None)


def test_a_policy_that_ends_on_the_last_day_that_there_is_breaks_nothing():
    office = PolicyOffice()
    office.policy(valid_to="9999-12-31")

    assert due(office.on("2025-08-01"), within_days=3660) == []


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2025-12-31", [("policy", "policy_end", "2025-12-31", 0)]),
        ("2026-01-01", []),
    ],
)
def test_a_policy_is_due_until_its_last_day(on, found):
    office = PolicyOffice()
    office.policy()

    assert brief(due(office.on(on), holder="investment_team")) == found


def test_that_a_policy_ends_is_told_ahead_and_when_it_has_ended():
    office = PolicyOffice()
    office.policy()
    ahead = told(one(office, "policy_end", within_days=200))
    office.on("2025-12-20")

    sent, next_one = told(one(office, "policy_end"))

    assert (ahead[0], [level for level, _ in sent]) == ([], ["ending"])
    assert (ahead[1][0], next_one) == ("ending", ("ended", "2026-01-01"))
    assert sent == [ahead[1]]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("08-20 12:00", [("plot_hold", "hold_end", "2023-08-20", 0)]),
        ("08-21 12:00", []),
    ],
)
def test_a_hold_is_the_teams_and_ends_with_its_day(on, found):
    desk = HandbookDesk()
    desk.hold("a", until_on="2023-08-20")
    desk.on(on)

    held = due(desk, holder="team 2")

    assert brief(held) == found
    if found:
        assert (held[0]["thing_id"], held[0]["township"]) == (listing_of("a"), TOWNSHIP)
        assert (held[0]["about_id"], told(held[0])) == (
            "lead-1",
            ([], ("expired", "2023-08-21")),
        )


def test_a_winner_who_has_not_settled_is_due_and_then_late():
    hall = Hall()
    hall.entry()
    ahead = one(hall.at("2023-11-19"), "settlement")
    late = one(hall.at("2023-11-21"), "settlement")

    assert (ahead["due_on"], ahead["days_late"], late["days_late"]) == (SETTLE_BY, 0, 1)
    assert (ahead["length"], ahead["counting"]) == (12, "months")
    assert told(ahead) == ([("due", "2023-10-21")], ("missed", "2023-11-21"))
    assert told(late) == ([("due", "2023-10-21"), ("missed", "2023-11-21")], None)


@pytest.mark.parametrize("landed_on", ["2023-11-20", "2023-11-22"])
def test_a_winner_who_has_settled_is_not_due_any_more_in_time_or_late(landed_on):
    hall = Hall()
    hall.project()
    hall.entry()
    hall.at("2023-11-23")
    hall.land(landed_on)
    hall.at("2023-11-24")

    assert [each for each in due(hall) if each["what"] == "settlement"] == []


def test_the_next_step_of_a_project_is_its_teams():
    desk = InvestmentDesk()
    desk.project()
    desk.entrust("team 3")
    desk.plan("2026-01-10")

    found = one(desk, "next_step", holder="team 3")

    assert (found["due_on"], found["thing_id"]) == ("2026-01-10", "p")
    assert told(found) == ([], ("next_step_missing", "2026-01-24"))
    desk.lose("2026-01-01")
    assert due(desk, holder="team 3") == []


@pytest.mark.parametrize(
    ("approved", "what", "due_on", "holder", "length"),
    [
        (False, "decide_offer_plan", "2023-08-24", "government", 30),
        (True, "publish_notice", "2023-10-26", "land_desk", 90),
    ],
)
def test_an_offer_plan_waits_for_its_decision_and_then_for_its_notice(
    approved, what, due_on, holder, length
):
    office = PlanOffice()
    office.submit()
    if approved:
        office.approve()

    found = one(office, what, within_days=100)

    assert (found["due_on"], found["holder"]) == (due_on, holder)
    assert (found["length"], found["counting"]) == (length, "calendar_days")


def test_that_a_plan_was_not_decided_by_its_day_is_told():
    office = PlanOffice()
    office.submit()
    office.on("2023-08-26")
    late = one(office, "decide_offer_plan")

    assert (late["days_late"], late["state_at_deadline"]) == (2, "submitted")
