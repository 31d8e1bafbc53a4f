"""The offer plan of a plot: submitted, approved or returned, and the notice that follows it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid, NotFound, Refused

from ..desk import LISTING, TAX, at
from ..examples import released, revoked
from .office import Office

APPROVED, RETURNED, ENDED = "offer_plan_approved", "offer_plan_returned", "offer_plan_ended"


@pytest.fixture
def office() -> Office:
    return Office()


def approved(office: Office, **content: Any) -> Office:
    office.submit(**content)
    office.approve()
    return office


def refused(act: Any, *args: Any, **how: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **how)
    return [reason.code for reason in caught.value.reasons]


def told(office: Office) -> list[tuple[str, int]]:
    """The facts of the offer plan, with their numbers."""
    return [
        (name, data["change_no"]) for name, data in office.facts if name.startswith("offer_plan")
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, []),
        ({"use_term_years": 50, "bond_cny": "940000"}, []),
        ({"use_term_years": 51}, [("TERM_TOO_LONG", "content.use_term_years")]),
        ({"use_term_years": 60}, [("TERM_TOO_LONG", "content.use_term_years")]),
        ({"bond_cny": "939999"}, [("BOND_TOO_SMALL", "content.bond_cny")]),
        ({"bond_cny": "4700001"}, [("BOND_ABOVE_PRICE", "content.bond_cny")]),
        ({"start_price_cny": "100000"}, [("START_PRICE_BELOW_FLOOR", "content.start_price_cny")]),
        ({"supply_way": "agreement"}, [("WAY_NOT_OPEN", "content.supply_way")]),
        ({"supply_form": "lease", "use_term_years": 20}, []),
        (
            {"supply_form": "lease", "use_term_years": 21},
            [("LEASE_TERM", "content.use_term_years")],
        ),
        (
            {"conditions": ["竞得人须在本县注册成立公司"]},
            [("FORCED_TO_SET_UP_HERE", "content.conditions")],
        ),
        (
            {"indicators": [TAX | {"code": "能耗", "value": "0", "unit": "吨标煤/万元"}]},
            [("INDICATOR_OF_NOUGHT", "content.indicators.0.value")],
        ),
    ],
)
def test_what_would_speak_against_its_notice_is_told_of_a_plan_and_refuses_nothing(
    office, content, expected
):
    office.on("2025-06-01")
    [submission] = office.submit(submitted_on="2025-06-01", **content)["submissions"]
    warned = [(each["code"], each["field"]) for each in submission["warnings"]]
    assert warned == expected
    assert all(each["sentence"] and each["source"] for each in submission["warnings"])


def test_a_plan_is_submitted_and_approved_and_its_notice_is_as_it_was_approved(office):
    submitted = office.submit()
    assert (submitted["state"], submitted["submissions"][0]["release_no"]) == ("submitted", 1)
    decided = office.approve()
    assert decided["state"] == decided["submissions"][0]["state"] == "approved"
    approval = decided["submissions"][0]["decisions"][0]
    assert (approval["decided_by"], approval["document"]) == ("区人民政府", "虞政土[2023]88号")
    office.publish()
    assert office.doubts() == []
    assert told(office) == [("offer_plan_submitted", 1), (APPROVED, 2)]
    assert office.facts_named("offer_departed") == []


def test_a_notice_without_an_approved_plan_is_published_with_a_warning(office):
    office.publish()
    assert office.listing()["state"] == "notice_published"
    assert office.doubts() == [("OFFER_PLAN_NOT_APPROVED", "listing_id")]
    assert office.facts_named("offer_departed") == []


@pytest.mark.parametrize("decide", ["submit", "send_back"])
def test_a_plan_that_is_not_approved_is_no_approval(office, decide):
    office.submit()
    if decide == "send_back":
        office.send_back()
    office.publish()
    assert office.doubts() == [("OFFER_PLAN_NOT_APPROVED", "listing_id")]


@pytest.mark.parametrize(
    ("content", "notice", "fields"),
    [
        ({}, {}, []),
        ({"use_term_years": 40}, {}, ["use_term_years"]),
        ({}, {"supply_way": "auction"}, ["supply_way"]),
        ({}, {"supply_form": "lease", "use_term_years": 20}, ["supply_form", "use_term_years"]),
        ({"start_price_cny": "4700000.01"}, {}, ["start_price_cny"]),
        ({"price_basis": "per_m2", "start_price_cny": "398.95"}, {}, ["start_price_cny"]),
        (
            {"price_basis": "per_m2", "start_price_cny": "400"},
            {"start_price_cny": "4712400", "bond_cny": "4712400"},
            [],
        ),
        ({"bond_cny": "4700000"}, {}, []),
        ({"bond_cny": "4600000"}, {}, ["bond_cny"]),
        ({"indicators": [TAX]}, {}, []),
        ({"indicators": [TAX | {"value": "30.0"}]}, {}, []),
        ({"indicators": [TAX | {"value": "35"}]}, {}, ["indicators"]),
        ({"indicators": [TAX, TAX | {"code": "output_per_mu"}]}, {}, ["indicators"]),
        ({"indicators": [TAX | {"years_running": 3}]}, {}, ["indicators"]),
        ({}, {"approved_on": "2023-07-27"}, ["approved_on"]),
        ({}, {"approval_document_number": "another"}, ["approval_document_number"]),
        (
            {"supply_form": "lease_then_grant", "lease_years": 5},
            {"supply_form": "lease_then_grant", "lease_years": 4},
            ["lease_years"],
        ),
    ],
)
def test_a_notice_that_departs_from_its_plan_says_in_which_field(office, content, notice, fields):
    approved(office, **content).publish(**notice)
    assert office.doubts() == [("NOTICE_DEPARTS_FROM_PLAN", each) for each in fields]
    departed = office.facts_named("offer_departed")
    found = [each["field"] for fact in departed for each in fact["reasons"]]
    assert found == fields


def test_a_departure_says_what_was_approved_and_what_is_noticed(office):
    approved(office, use_term_years=40).publish()
    [departed] = office.facts_named("offer_departed")
    assert departed["reasons"][0]["sentence"] == (
        "use_term_years was approved as 40; the notice has 50."
    )
    assert departed["notice_version"] == 1


# --- decisions


def test_a_returned_plan_is_submitted_again_before_it_is_approved(office):
    office.submit()
    office.send_back()
    assert refused(office.approve) == ["OFFER_PLAN_NOT_SUBMITTED"]
    office.submit(start_price_cny="4800000")
    assert office.approve()["submissions"][1]["submission_no"] == 2
    assert told(office)[-2:] == [("offer_plan_submitted", 3), (APPROVED, 4)]


def test_an_approval_is_corrected_and_taken_back(office):
    approved(office)
    office.approve(document="虞政土[2023]89号")
    assert len(office.approve(document="虞政土[2023]89号")["submissions"][0]["decisions"]) == 2
    returned = office.send_back(decided_on="2023-07-30")
    assert len(returned["submissions"][0]["decisions"]) == 3
    assert told(office)[1:] == [(APPROVED, 2), (APPROVED, 3), (RETURNED, 4)]
    office.publish()
    assert office.doubts() == [("OFFER_PLAN_NOT_APPROVED", "listing_id")]


@pytest.mark.parametrize(
    ("decided_on", "codes"),
    [
        ("2023-07-24", ["DECISION_DAY"]),
        ("2023-07-25", []),
        ("2023-08-01", []),
        ("2023-08-02", ["DECISION_DAY"]),
    ],
)
def test_a_decision_follows_its_submission_and_has_happened(office, decided_on, codes):
    office.submit()
    if codes:
        assert refused(office.approve, decided_on=decided_on) == codes
    else:
        assert office.approve(decided_on=decided_on)


def test_a_plan_is_submitted_for_land_that_is_released_and_on_a_day_that_has_come(office):
    assert refused(office.submit, submitted_on="2023-08-02") == ["NOT_YET"]
    assert office.submit(submitted_on="2023-08-01")
    office.revoke()
    assert refused(office.submit) == ["LISTING_NOT_OPEN"]
    with pytest.raises(NotFound, match="listing_id"):
        office.call(
            "approve_offer_plan",
            listing_id="none",
            decided_on="2023-07-28",
            decided_by="G",
            document="D",
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"use_term_years": 0}, "content.use_term_years"),
        ({"start_price_cny": "0"}, "content.start_price_cny"),
        ({"supply_way": "gift"}, "content.supply_way"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_field(office, changes, field):
    with pytest.raises(Invalid) as caught:
        office.submit(**changes)
    assert field in [each.field for each in caught.value.reasons]


# --- what ends it


@pytest.mark.parametrize(
    "heard",
    [
        [("land_released", released(release_no=2))],
        [("release_revoked", revoked(release_no=2))],
        [("release_revoked", revoked(release_no=2)), ("land_released", released(release_no=3))],
        [("land_released", released(release_no=3)), ("release_revoked", revoked(release_no=2))],
    ],
)
def test_a_new_release_or_a_withdrawal_ends_the_approval(office, heard):
    approved(office)
    for name, data in heard:
        office.hear("parcels", name, data)
    office.hear_itself()
    assert told(office)[-1] == (ENDED, 3)
    assert [name for name, _ in told(office)].count(ENDED) == 1
    assert refused(office.approve) == ["OFFER_PLAN_NOT_SUBMITTED"]
    office.parcels.answer = {
        "state": "released",
        "release_no": heard[-1][1]["release_no"],
        "reasons": [],
    }
    if office.listing()["state"] == "draft":
        office.parcels.answer["release_no"] = office.listing()["release"]["release_no"]
        office.publish()
        assert office.doubts() == [("OFFER_PLAN_NOT_APPROVED", "listing_id")]


@pytest.mark.parametrize("name", ["land_released", "release_revoked"])
def test_what_is_heard_of_an_older_release_ends_nothing(office, name):
    office.hear("parcels", "land_released", released(release_no=3))
    approved(office)
    older = released(release_no=2) if name == "land_released" else revoked(release_no=2)
    office.hear("parcels", name, older)
    assert office.offer_plan()["submissions"][0]["ended_at"] is None


HEARD = [
    ("land_released", released(release_no=1)),
    ("release_revoked", revoked(release_no=2)),
    ("land_released", released(release_no=3)),
    ("release_revoked", revoked(release_no=4)),
    ("land_released", released(release_no=5)),
]


@settings(max_examples=20, deadline=None)
@given(st.permutations([*HEARD, HEARD[2]]))
def test_an_approval_ends_the_same_in_whatever_order_releases_are_heard(order):
    office = Office()
    approved(office)
    for name, data in order:
        office.forget()
        office.hear("parcels", name, data)
    assert office.offer_plan()["submissions"][0]["ended_at"] is not None
    assert [name for name, _ in told(office)].count(ENDED) == 1


def test_unsold_land_is_offered_again_by_its_approved_plan(office):
    approved(office).publish()
    office.on("08-31 17:00").close()
    assert office.offer_plan()["submissions"][0]["ended_at"] is None


def test_awarded_land_keeps_its_approval_and_loses_it_when_the_award_is_void(office):
    approved(office).publish()
    office.award()
    office.on("09-02")
    office.hear("parcels", "land_released", released(release_no=2))
    assert office.offer_plan()["submissions"][0]["ended_at"] is None
    office.void("2023-09-03")
    assert told(office)[-1][0] == ENDED


# --- plans that lie


def lies(office: Office, text: str) -> list[str]:
    return office.tick_on(text, "look_for_lying_plans")


def test_a_plan_that_waits_for_its_decision_is_told_once_and_lifted_when_it_is_decided(office):
    office.submit()
    assert lies(office, "08-24 23:59") == []  # 30 days after 25 July
    assert lies(office, "08-25 00:00") == ["offer_plan_lies"]
    assert lies(office, "08-26") == []
    [fact] = office.facts_named("offer_plan_lies")
    assert (fact["offer_plan_state"], fact["since_on"]) == ("submitted", "2023-07-25")
    office.approve(decided_on="2023-08-26")
    assert told(office)[1:] == [
        ("offer_plan_lies", 2),
        (APPROVED, 3),
        ("offer_plan_lies_lifted", 4),
    ]


def test_an_approved_plan_without_a_notice_is_told_after_90_days(office):
    approved(office)
    assert lies(office, "10-26 23:59") == []
    assert lies(office, "10-27 00:00") == ["offer_plan_lies"]
    office.revoke()
    assert told(office)[-2:] == [(ENDED, 4), ("offer_plan_lies_lifted", 5)]


@pytest.mark.parametrize("state", ["noticed", "returned", "ended"])
def test_a_plan_that_is_used_returned_or_ended_does_not_lie(office, state):
    office.submit()
    if state == "noticed":
        office.approve()
        office.publish()
    elif state == "returned":
        office.send_back()
    else:
        office.revoke()
    assert lies(office, "2024-06-01") == []


def test_a_notice_lifts_that_its_plan_lies(office):
    approved(office)
    lies(office, "10-27")
    days = {"notice_start_on": "2023-10-27", "application_start_on": "2023-10-27"}
    later = {
        "notice_end_on": "2023-11-16",
        "application_end_on": "2023-11-23",
        "application_ends_at": None,
        "bond_deadline_on": "2023-11-24",
        "listing_start_on": "2023-11-16",
        "listing_end_on": "2023-11-27",
    }
    office.publish(**days | later)
    assert told(office)[-1][0] == "offer_plan_lies_lifted"
    assert office.moment == at("10-27")
    assert office.listing()["listing_id"] == LISTING
