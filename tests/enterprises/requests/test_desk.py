"""What happens to a request between the firm and its answer."""

from __future__ import annotations

import json

import pytest

from backbone.errors import Answered
from backbone.inbox.supposing import Report
from backbone.store.differences import explained

from .desk import FIRM, REQUEST, TOWNSHIP, Desk, moment, received


@pytest.fixture
def desk():
    """Monday, 14 September 2026; Sunday the 20th works."""
    desk = Desk("2026-09-14")
    desk.report("received", received())
    return desk


def hand_over(desk, *departments, lead=None, **more):
    return desk.enter("hand_over_request", departments=list(departments), lead=lead, **more)


def refused(act, *args, **more):
    with pytest.raises(Answered) as no:
        act(*args, **more)
    return [reason.code for reason in no.value.reasons]


def test_a_request_is_told_to_everybody_without_its_text(desk):
    assert desk.facts[0] == (
        "request_received",
        {
            "service_request_id": REQUEST,
            "township": TOWNSHIP,
            "enterprise_id": FIRM,
            "kind": "blockage",
            "topic": "permits",
            "clock": "service",
            "received_on": "2026-09-14",
        },
    )
    assert desk.request()["due_on"] == "2026-09-15"


def test_the_desk_takes_a_request_in_without_an_id():
    desk = Desk()
    taken = desk.call("receive_request", **received(service_request_id=None))
    assert taken["service_request_id"].startswith(f"{TOWNSHIP}-R")
    assert desk.request(taken["service_request_id"])["state"] == "received"


def test_several_offices_hold_a_request_and_one_answers_for_all(desk):
    hand_over(desk, "construction", "ecology", "emergency", lead="construction")
    desk.enter("answer_request", department="ecology", text="No objection.")
    half = desk.request()
    desk.enter("answer_request", department="construction", text="Here is the permit.")

    assert (half["state"], half["holder"], half["heard"]) == (
        "handed_over",
        "construction",
        ["ecology"],
    )
    assert desk.request()["state"] == "answered"
    assert desk.facts_named("request_handed_over")[0]["departments"] == [
        "construction",
        "ecology",
        "emergency",
    ]
    assert [each["days_late"] for each in desk.facts_named("request_answered")] == [0]


@pytest.mark.parametrize(
    ("departments", "lead"),
    [
        (["ecology", "tax"], None),
        (["ecology"], "tax"),
        (["ecology", "ecology"], "ecology"),
        ([], None),
    ],
)
def test_exactly_one_of_the_offices_leads(desk, departments, lead):
    assert refused(hand_over, desk, *departments, lead=lead) == ["INVALID"]


def test_a_township_may_hold_a_request_and_an_unknown_office_may_not(desk):
    hand_over(desk, TOWNSHIP)
    assert desk.request()["holder"] == TOWNSHIP
    assert refused(hand_over, desk, "circus") == ["DEPARTMENT_UNKNOWN"]
    assert refused(hand_over, desk, "999999999") == ["DEPARTMENT_UNKNOWN"]


def test_only_an_office_that_holds_it_answers(desk):
    hand_over(desk, "construction")
    answer = {"department": "tax", "text": "Paid."}
    assert refused(desk.enter, "answer_request", **answer) == ["NOT_IN_CHARGE"]
    assert "construction" in desk.report("answered", answer)
    assert desk.request()["state"] == "handed_over"


def test_an_answer_that_did_not_help_is_taken_up_again(desk):
    hand_over(desk, "construction")
    desk.enter("answer_request", department="construction", text="Wait.")
    desk.enter("rate_request", satisfaction="dissatisfied")
    desk.day("2026-09-16")
    desk.enter("reopen_request", text="Nothing came.")

    held = desk.request()
    assert (held["state"], held["round"], held["holder"]) == ("reopened", 2, "construction")
    assert held["due_on"] == "2026-09-22"  # Sunday the 20th works
    assert [each["round"] for each in desk.facts_named("request_reopened")] == [2]

    desk.enter("answer_request", department="construction", text="Here it is.")
    desk.enter("rate_request", satisfaction="satisfied")
    assert desk.request()["satisfaction"] == "satisfied"
    assert [each["round"] for each in desk.facts_named("request_answered")] == [1, 2]


def test_the_desk_is_told_what_does_not_fit(desk):
    assert refused(desk.enter, "rate_request", satisfaction="satisfied") == ["NOT_ANSWERED"]
    assert refused(desk.enter, "reopen_request", text="Again.") == ["NOT_ANSWERED"]
    assert refused(hand_over, desk, "tax", on="2026-09-13") == ["BEFORE_RECEIPT"]
    assert refused(hand_over, desk, "tax", on="2026-09-16") == ["NOT_YET"]
    assert refused(desk.enter, "receive_request", **received(topic="weather")) == ["TOPIC_UNKNOWN"]
    other = received(enterprise_id=f"{TOWNSHIP}-E10")
    assert refused(desk.enter, "receive_request", **other) == ["REQUEST_ID_IN_USE"]
    gone = {"service_request_id": f"{TOWNSHIP}-R9", "satisfaction": "satisfied"}
    assert refused(desk.enter, "rate_request", **gone) == ["NOT_FOUND"]


def test_clocks_that_differ_have_a_day_of_grace(desk):
    hand_over(desk, "tax", on="2026-09-15")  # it is the 14th
    assert desk.request()["holder"] == "tax"


def test_a_withdrawn_request_is_over(desk):
    desk.enter("withdraw_request", text="The firm has its permit.")
    assert desk.request()["state"] == "withdrawn"
    assert desk.fact_names[-1] == "request_withdrawn"
    assert desk.due(within_days=100) == []
    for act in (lambda: hand_over(desk, "tax"), lambda: desk.enter("reopen_request", text="So.")):
        assert refused(act) == ["REQUEST_CLOSED"]


def test_a_township_reports_its_own_requests_and_firms_only():
    desk = Desk()
    others = "330604001"
    assert refused(desk.report, "received", received(), publisher=others) == ["NOT_YOUR_TOWNSHIP"]
    stranger = received(enterprise_id=f"{others}-E1")
    assert refused(desk.report, "received", stranger) == ["REQUEST_OF_OTHER_TOWNSHIP"]
    ahead = received(counted_from="2026-09-16")
    assert refused(desk.report, "received", ahead) == ["NOT_YET"]


def test_what_comes_before_its_request_waits_for_it():
    desk = Desk("2026-09-16")
    note = desk.report("handed_over", {"departments": ["tax"]}, on="2026-09-15")
    assert note == "waits for the receipt of its request"
    assert (desk.request()["state"], desk.facts) == ("announced", [])

    desk.report("received", received(), on="2026-09-14")
    assert (desk.request()["holder"], desk.request()["due_on"]) == ("tax", "2026-09-21")
    assert desk.fact_names == ["request_received", "request_handed_over"]


def test_an_answer_that_a_late_report_takes_away_is_told_as_open_again():
    desk = Desk("2026-09-18")
    desk.report("received", received(), on="2026-09-14")
    desk.report("handed_over", {"departments": ["tax"]}, on="2026-09-15")
    desk.report("answered", {"department": "tax", "text": "Done."}, on="2026-09-17")
    desk.report("handed_over", {"departments": ["planning"]}, on="2026-09-16")

    held = desk.request()
    assert (held["state"], held["holder"], held["round"]) == ("handed_over", "planning", 1)
    assert held["aside"][0]["reasons"][0]["code"] == "NOT_IN_CHARGE"
    again = desk.facts_named("request_reopened")
    assert [(each["holder"], each["round"]) for each in again] == [("planning", 1)]


def test_a_receipt_that_is_reported_anew_takes_the_place_of_the_older_one(desk):
    at = {"at": moment("2026-09-14").isoformat()}
    desk.day("2026-09-15")
    desk.report("received", received(topic="land") | at, on="2026-09-15")
    desk.report("received", received(topic="tax") | at, on="2026-09-14", id="late")

    assert desk.request()["receipt"]["topic"] == "land"
    assert [each["topic"] for each in desk.facts_named("request_received")] == ["permits", "land"]


# --- who is behind it


@pytest.fixture
def named():
    desk = Desk()
    text = "Call 张三, 138 0013 8000 or 0575-82123456; his id is 110101199003077758."
    desk.report(
        "received", received(summary=text, contact_name="张三丰", contact_phone="13800138000")
    )
    return desk


def test_no_answer_and_no_fact_shows_whom_to_call(named):
    shown = named.request()
    lists = named.read("list_service_requests"), named.read("requests_due")
    histories = named.read("service_request_history", service_request_id=REQUEST)
    everything = json.dumps([shown, lists, histories, named.facts], ensure_ascii=False)

    receipt = shown["receipt"]
    assert (receipt["contact_name"], receipt["contact_phone"]) == ("张**", "****8000")
    assert receipt["summary"] == "Call 张三, ****8000 or ****3456; his id is ****7758."
    for hidden in ("张三丰", "13800138000", "0013 8000", "82123456", "110101199003077758"):
        assert hidden not in everything


def test_who_reads_whom_to_call_is_kept(named):
    found = named.call(
        "read_request_contact", service_request_id=REQUEST, reader="desk-2", purpose="call back"
    )
    assert (found["contact_name"], found["contact_phone"]) == ("张三丰", "13800138000")

    from services.enterprises.requests.contact import Contact

    kept = named.repository.load(Contact, REQUEST).thing
    assert [(each.reader, each.purpose) for each in kept.readings] == [("desk-2", "call back")]


def test_no_explanation_shows_whom_to_call(named):
    from services.enterprises.requests.contact import Contact

    kind = named.repository.collections[Contact]
    shown = {
        each["field"]: each["value"] for each in explained(named.repository, kind, REQUEST, None)
    }
    assert (shown["contact_name"], shown["contact_phone"]) == ("****", "****")


def test_what_would_follow_does_not_show_whom_to_call(named):
    later = received(contact_name="李四", contact_phone="13900139000")
    report = Report("request.received", later, TOWNSHIP)
    would = json.dumps(named.suppose(report).changes, ensure_ascii=False)

    assert '"after": "****"' in would
    assert not any(each in would for each in ("李四", "13900139000", "张三丰", "13800138000"))


def test_the_contact_of_the_later_receipt_counts(named):
    older = received(contact_name="李四", contact_phone="13900139000")
    named.report("received", older, on="2026-09-13")
    found = named.call(
        "read_request_contact", service_request_id=REQUEST, reader="desk-2", purpose="call back"
    )
    assert found["contact_name"] == "张三丰"
    assert named.request()["receipt"]["contact_name"] == "张**"
