"""Applications to a talent plan: who may apply, what follows what, and who stood there at the deadline."""

from __future__ import annotations

import json

import pytest

from backbone.errors import Invalid, NotFound, Refused

from .calls import PLAN
from .office import Office, refused


def test_an_application_goes_from_its_submission_to_its_approval(office):
    office.apply()
    office.approve()
    assert office.state() == "approved"
    told = office.facts_named("talent_step_recorded")
    assert [each["talent_state"] for each in told] == [
        "submitted",
        "formally_checked",
        "reviewed",
        "interviewed",
        "publicised",
        "approved",
    ]
    assert [each["talent_step_no"] for each in told] == [1, 2, 3, 4, 5, 6]


def test_the_support_of_a_category_is_kept_to_the_fen(office):
    [report] = office.read("get_talent_plan", talent_plan_id="celebrities")["plan_reports"]
    assert [each["support_cny"] for each in report["talent_categories"]] == [
        "5000000.00",
        "10000000.50",
    ]


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("county", "district"),
        ("district", "district"),
        ("province", "provincial"),
        ("state", "national"),
    ],
)
def test_the_level_of_a_plan_is_taken_in_the_words_of_funds_too(word, level):
    office = Office(plan_level=word)
    [report] = office.read("get_talent_plan", talent_plan_id="celebrities")["plan_reports"]
    assert report["plan_level"] == level


def test_no_fact_names_the_person_or_the_firm(office):
    office.apply()
    office.approve()
    office.revoke("approved")
    told = json.dumps(office.facts)
    assert "T-1" not in told
    assert "330604001-E9" not in told


@pytest.mark.parametrize(
    "person_id", ["110101199003074514", "13805750000", "330604199003074514", "王小明", "T 17"]
)
def test_what_tells_who_a_person_is_is_refused_as_an_id(office, person_id):
    with pytest.raises(Invalid) as caught:
        office.apply(person_id=person_id)
    [reason] = caught.value.reasons
    assert reason.field == "person_id"
    assert person_id not in reason.sentence


# --- who may apply


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("05-31 23:59", ["BATCH_NOT_OPEN"]),
        ("06-01 00:00", []),
        ("07-31 17:00", []),
        ("07-31 17:01", ["APPLIED_AFTER_DEADLINE"]),
    ],
)
def test_a_batch_takes_applications_from_its_first_day_to_its_deadline(office, when, codes):
    if codes:
        assert refused(office.apply, when=when) == codes
    else:
        assert office.apply(when=when)["warnings"] == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"talent_batch": "26"}, ["TALENT_BATCH_UNKNOWN"]),
        ({"talent_category": "star"}, ["TALENT_CATEGORY_UNKNOWN"]),
        ({"enterprise_id": None}, ["TALENT_EMPLOYER_MISSING"]),
        ({"enterprise_id": None, "project_id": "battery-1"}, []),
        ({"talent_batch": "28", "submitted_at": "2024-07-31T17:00:00+08:00"}, []),
        (
            {"talent_batch": "26", "talent_category": "star"},
            ["TALENT_BATCH_UNKNOWN", "TALENT_CATEGORY_UNKNOWN"],
        ),
    ],
)
def test_an_application_fits_its_plan(office, changes, codes):
    if codes:
        assert refused(office.apply, **changes) == codes
        assert office.facts == []
    else:
        office.apply(**changes)
        assert office.state() == "submitted"


def test_who_will_apply_has_not_applied(office):
    office.on("07-10 09:59")
    assert refused(office.apply, when="07-10 10:00") == ["NOT_YET"]
    office.on("07-10 10:00").apply(when="07-10 10:00")
    with pytest.raises(NotFound, match="talent_plan_id"):
        office.apply(2, talent_plan_id="other")


def test_another_person_needs_another_id_and_one_person_twice_is_warned_of(office):
    office.apply()
    assert refused(office.apply, person_id="T-2") == ["APPLICATION_OF_OTHER_PERSON"]
    [warning] = office.apply(2, person_id="T-1")["warnings"]
    assert warning["code"] == "PERSON_APPLIED_TWICE"
    other = {"talent_batch": "28", "submitted_at": "2024-07-01T10:00:00+08:00"}
    assert office.apply(3, person_id="T-1", **other)["warnings"] == []


def test_a_plan_is_corrected_and_an_application_that_was_late_is_taken(office):
    assert refused(office.apply, when="08-01 10:00") == ["APPLIED_AFTER_DEADLINE"]
    later = [PLAN["talent_batches"][0] | {"closes_at": "2023-08-15T17:00:00+08:00"}]
    for _ in range(2):
        office.call("record_talent_plan", **PLAN | {"talent_batches": later})
    office.apply(when="08-01 10:00")
    assert office.applied() == ["A1"]
    assert len(office.read("get_talent_plan", talent_plan_id="celebrities")["plan_reports"]) == 2


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"talent_categories": PLAN["talent_categories"][:1] * 2}, ["TALENT_CATEGORY_TWICE"]),
        ({"talent_batches": PLAN["talent_batches"][:1] * 2}, ["TALENT_BATCH_TWICE"]),
        (
            {"talent_batches": [PLAN["talent_batches"][0] | {"opens_on": "2023-08-01"}]},
            ["BATCH_CLOSES_FIRST"],
        ),
        ({"talent_batches": [PLAN["talent_batches"][0] | {"opens_on": "2023-07-31"}]}, []),
    ],
)
def test_a_plan_can_be_followed(office, changes, codes):
    if codes:
        assert refused(office.call, "record_talent_plan", **PLAN | changes) == codes
    else:
        office.call("record_talent_plan", **PLAN | changes)


# --- what follows what


@pytest.mark.parametrize(
    ("until", "state", "allowed"),
    [
        (None, "formally_checked", True),
        (None, "reviewed", True),  # with a warning
        (None, "interviewed", False),
        (None, "approved", False),
        (None, "rejected", True),
        (None, "ended", False),
        ("reviewed", "site_checked", True),
        ("reviewed", "publicised", True),  # with a warning
        ("interviewed", "site_checked", True),
        ("interviewed", "approved", False),
        ("publicised", "withdrawn", True),
        ("approved", "rejected", False),
        ("approved", "withdrawn", False),
        ("approved", "ended", True),
    ],
)
def test_a_state_follows_one_that_it_may_follow(office, until, state, allowed):
    office.apply()
    if until:
        office.approve(until=until)
    if allowed:
        office.enter(state, "2023-10-01")
        assert office.state() == state
    else:
        assert refused(office.enter, state, "2023-10-01") == ["TALENT_STATE_NOT_REACHABLE"]


@pytest.mark.parametrize(
    ("day", "moment", "field"),
    [("2023-06-30", None, "entered_on"), (None, "2023-06-30T10:00:00+08:00", "entered_at")],
)
def test_a_day_before_the_submission_is_what_is_refused_and_not_the_state(
    office, day, moment, field
):
    office.apply(when="07-01 10:00")
    with pytest.raises(Refused) as caught:
        office.enter("formally_checked", "", entered_on=day, entered_at=moment)
    [reason] = caught.value.reasons
    assert (reason.code, reason.field) == ("BEFORE_SUBMISSION", field)
    assert (
        reason.sentence == "The application was submitted on 2023-07-01; give a day from then on."
    )
    assert refused(office.enter, "approved", "2023-07-01") == ["TALENT_STATE_NOT_REACHABLE"]
    office.enter("formally_checked", "2023-07-01")
    assert office.state() == "formally_checked"


def test_a_state_that_is_left_out_is_warned_of(office):
    office.apply()
    assert [each["code"] for each in office.enter("reviewed", "2023-08-20")["warnings"]] == [
        "TALENT_STEP_SKIPPED"
    ]
    assert office.enter("formally_checked", "2023-08-05")["warnings"] == []


def test_a_step_has_its_day_its_evidence_and_no_submission_is_one(office):
    office.on("08-05").apply()
    assert refused(office.enter, "formally_checked", "2023-08-06") == ["NOT_YET"]
    proof = {"evidence_kind": "hearsay"}
    assert refused(office.enter, "formally_checked", "2023-08-05", **proof) == [
        "TALENT_EVIDENCE_KIND"
    ]
    again = {"talent_state": "submitted", "evidence_kind": "application_form"}
    assert refused(office.enter, "formally_checked", "2023-08-05", **again) == [
        "SUBMISSION_BY_REPORT"
    ]
    moment = {"entered_on": None, "entered_at": "2023-08-05T12:01:00+08:00"}
    assert refused(office.enter, "formally_checked", "", **moment) == ["NOT_YET"]
    with pytest.raises(Invalid, match="entered_on"):
        office.enter("formally_checked", "2023-08-05", entered_at="2023-08-05T10:00:00+08:00")
    office.enter("formally_checked", "2023-08-05")
    office.enter("formally_checked", "", entered_on=None, entered_at="2023-08-05T12:00:00+08:00")


def test_a_submission_is_not_corrected_to_after_what_followed_it(office):
    office.apply()
    office.enter("formally_checked", "2023-07-15")
    assert refused(office.apply, when="07-20 10:00") == ["TALENT_STATE_NOT_REACHABLE"]
    office.apply(when="07-14 10:00")
    assert office.facts_named("talent_step_recorded")[-1]["current_talent_state"] == (
        "formally_checked"
    )


@pytest.mark.parametrize(
    ("approved_on", "is_over"),
    [("2023-09-10", False), ("2023-09-16", False), ("2023-09-17", True)],
)
def test_nobody_is_approved_in_the_days_of_publicity_of_the_plan(office, approved_on, is_over):
    office.apply()
    office.approve(until="publicised")
    if is_over:
        assert office.enter("approved", approved_on)["warnings"] == []
    else:
        assert refused(office.enter, "approved", approved_on) == ["APPROVED_IN_PUBLICITY"]


@pytest.mark.parametrize(
    ("approved_on", "codes"),
    [("2023-09-14", ["APPROVED_IN_PUBLICITY"]), ("2023-09-15", [])],
)
def test_where_the_plan_names_no_days_of_publicity_a_short_one_is_warned_of(approved_on, codes):
    office = Office(publicised_days=None)
    office.apply()
    office.approve(until="publicised")
    warnings = office.enter("approved", approved_on)["warnings"]
    assert [each["code"] for each in warnings] == codes


def test_a_publicity_is_not_corrected_into_the_days_before_the_approval(office):
    office.apply()
    office.approve()
    assert refused(office.enter, "publicised", "2023-09-11") == ["APPROVED_IN_PUBLICITY"]


def test_a_state_that_was_not_entered_is_taken_back_and_told(office):
    office.apply()
    office.approve(until="reviewed")
    assert refused(office.revoke, "approved") == ["TALENT_STATE_NOT_ENTERED"]
    assert refused(office.revoke, "submitted") == ["TALENT_STATE_NOT_ENTERED"]
    office.revoke("reviewed")
    [told] = office.facts_named("talent_step_revoked")
    assert (told["talent_step_id"], told["talent_step_no"]) == ("A1.reviewed", 4)
    assert told["current_talent_state"] == office.state() == "formally_checked"


def test_a_state_on_which_another_stands_is_not_taken_back(office):
    office.apply()
    office.approve()
    assert refused(office.revoke, "publicised") == ["TALENT_STATE_NOT_REACHABLE"]


def test_what_is_said_again_is_no_news(office):
    for _ in range(2):
        office.apply()
        office.enter("formally_checked", "2023-08-05")
    assert office.fact_names == ["talent_step_recorded"] * 2


# --- the deadline


def test_at_the_deadline_those_stand_who_had_applied_and_not_withdrawn(office):
    office.apply(1, "07-31 17:00")
    office.apply(2, "07-01 10:00", talent_category="leader_team")
    office.apply(3)
    office.apply(4)
    gone = {"entered_on": None, "entered_at": "2023-07-31T17:00:00+08:00"}
    office.enter("withdrawn", "", 3, **gone)
    office.enter("withdrawn", "", 4, **gone | {"entered_at": "2023-07-31T17:00:01+08:00"})
    found = office.batch()
    assert office.applied() == ["A2", "A4", "A1"]
    assert found["by_category"] == {"leader_project": 2, "leader_team": 1}
    assert found["gone_ids"] == ["A3"]
    assert (found["at"], found["closes_at"]) == (found["closes_at"], "2023-07-31T17:00:00+08:00")


def test_what_came_after_the_deadline_leaves_the_frozen_state_as_it_was(office):
    office.apply()
    office.approve()
    [applicant] = office.batch()["batch_applicants"]
    assert applicant["talent_state"] == "submitted"
    [applicant] = office.batch(at="2023-08-20T00:00:00+08:00")["batch_applicants"]
    assert applicant["talent_state"] == "reviewed"
    assert office.applied(at="2023-07-10T09:59:59+08:00") == []


def test_who_was_entered_after_the_deadline_is_told_apart_from_who_was_known_then(office):
    office.on("07-20").apply(1)
    office.on("08-02").apply(2, "07-31 16:59")
    known_then = {"known_at": "2023-07-31T17:00:00+08:00"}
    assert office.applied(**known_then) == ["A1"]
    assert [each["known_later"] for each in office.batch()["batch_applicants"]] == [False, True]
    assert office.applied(known_at="2099-01-01T00:00:00+08:00") == ["A1", "A2"]


def test_a_batch_that_nobody_knows_is_not_found(office):
    with pytest.raises(NotFound, match="talent_batch"):
        office.batch(talent_batch="99")
    with pytest.raises(NotFound, match="talent_batch"):
        office.batch(known_at="2023-05-01T00:00:00+08:00")
