"""What may happen to a case beside its chain: requests, returns, rests, reopenings, an early end."""

from __future__ import annotations

import msgspec
import pytest

from services.parcels.remediation.case import Case
from services.parcels.remediation.course import Stage

from .. import reports
from ..reports import turn

OTHER_CASE = f"{reports.XIAOYUE}-C18"
AT_WORK = reports.whole_case()[:-1]
ACCEPTED = reports.whole_case()  # on 28 July
REQUEST, RETURN = turn("acceptance_requested", "2023-07-10"), turn("returned", "2023-07-12")
REST, RESUME = turn("suspended", "2023-06-05"), turn("resumed", "2023-06-20")
REOPENED = turn("reopened", "2023-08-02")
CANCELLED = turn("cancelled", "2023-07-14")
AGAIN = reports.completed(
    completed_on="2023-08-20", acceptance_number="2023-12", reopened_on="2023-08-02"
)


def case_of(parcels):
    return parcels.read("get_case", case_id=reports.CASE)


def play(parcels, *steps):
    """Report the steps; answers the note of the last receipt."""
    note = None
    for step in steps:
        note = parcels.report(*step)
    return note


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ([REQUEST], "acceptance_pending"),
        ([REQUEST, RETURN], "in_progress"),
        ([REQUEST, RETURN, turn("acceptance_requested", "2023-07-20")], "acceptance_pending"),
        ([REQUEST, reports.completed()], "accepted"),
        ([REQUEST, RETURN, reports.completed()], "accepted"),
        ([REST], "suspended"),
        ([REST, RESUME], "in_progress"),
        ([REST, REQUEST], "suspended"),
        ([REST, REQUEST, turn("resumed", "2023-07-11")], "acceptance_pending"),
        ([REST, RESUME, turn("suspended", "2023-07-01")], "suspended"),
        ([REST, reports.completed()], "accepted"),
        ([CANCELLED], "cancelled"),
        ([REST, CANCELLED], "cancelled"),
        ([CANCELLED, RESUME, REQUEST], "cancelled"),
        ([CANCELLED, reports.completed()], "cancelled"),
        ([reports.completed(), REOPENED], "reopened"),
        (
            [reports.completed(), REOPENED, turn("acceptance_requested", "2023-08-15")],
            "acceptance_pending",
        ),
        (
            [
                reports.completed(),
                REOPENED,
                turn("acceptance_requested", "2023-08-15"),
                turn("returned", "2023-08-16"),
            ],
            "in_progress",
        ),
        (
            [reports.completed(), REOPENED, reports.progressed(20, reported_on="2023-08-03")],
            "in_progress",
        ),
        (
            [reports.completed(), REOPENED, reports.progressed(20, reported_on="2023-08-02")],
            "reopened",
        ),
        ([reports.completed(), REOPENED, AGAIN], "accepted"),
        ([reports.completed(), REOPENED, AGAIN, turn("reopened", "2023-08-25")], "reopened"),
        ([reports.completed(), REOPENED, turn("cancelled", "2023-08-05")], "cancelled"),
        ([reports.completed(), turn("followed_up", "2023-08-10")], "accepted"),
        (
            [reports.completed(), turn("followed_up", "2023-08-10", all_is_well=False)],
            "accepted",
        ),
        # what does not fit where the case stands on its day has no effect
        ([RETURN], "in_progress"),
        ([RESUME], "in_progress"),
        ([REOPENED], "in_progress"),
        ([reports.completed(), turn("cancelled", "2023-07-29")], "accepted"),
        ([reports.completed(), turn("suspended", "2023-07-29")], "accepted"),
        ([reports.completed(), turn("reopened", "2023-07-27")], "accepted"),
        ([reports.completed(), turn("reopened", "2023-07-28")], "reopened"),
        ([reports.completed(), AGAIN], "accepted"),
    ],
)
def test_each_turn_leaves_the_case_as_it_should_stand(parcels, steps, stage):
    play(parcels, *AT_WORK, *steps)

    assert case_of(parcels)["stage"] == stage


def test_a_case_is_suspended_and_cancelled_from_its_identification_on(parcels):
    assert play(parcels, REST) == "waits for the registration of its parcel"
    assert play(parcels, reports.survey(), REST) == "waits for its identification"
    assert case_of(parcels)["stage"] == "announced"

    play(parcels, reports.identified())
    assert case_of(parcels)["stage"] == "suspended"
    play(parcels, reports.planned())
    assert (case_of(parcels)["stage"], case_of(parcels)["state"]) == ("suspended", "plan_drafted")


@pytest.mark.parametrize(
    ("steps", "note"),
    [
        ([REQUEST], None),
        ([REQUEST, REQUEST], None),
        ([RETURN], "waits for the request for acceptance before it"),
        ([RESUME], "waits for the suspension before it"),
        ([REST, REST], None),
        (
            [REST, turn("suspended", "2023-06-06")],
            "waits: the case was closed or suspended already",
        ),
        ([turn("followed_up", "2023-08-10")], "waits for the acceptance before it"),
        ([REOPENED], "waits for the acceptance before it"),
        ([reports.completed(), turn("cancelled", "2023-07-29")], "waits: the case was closed"),
        ([reports.completed(), REQUEST], None),
        (
            [reports.completed(), turn("acceptance_requested", "2023-07-29")],
            "waits: the case was not at work on that day",
        ),
        ([AGAIN], "waits for the first acceptance of the case"),
        ([reports.completed(), AGAIN], "waits for the reopening of 2023-08-02"),
        ([CANCELLED, reports.completed()], "the case was cancelled before that day"),
    ],
)
def test_the_receipt_of_a_turn_says_what_it_waits_for(parcels, steps, note):
    said = play(parcels, *AT_WORK, *steps)

    assert said is None if note is None else said.startswith(note)


def test_a_turn_is_announced_once_and_when_it_takes_effect(parcels):
    play(parcels, *AT_WORK, RETURN)
    assert parcels.facts_named("remediation_returned") == []

    play(parcels, REQUEST, RETURN, REQUEST)

    assert parcels.fact_names[-2:] == ["remediation_acceptance_requested", "remediation_returned"]
    (fact,) = parcels.facts_named("remediation_returned")
    assert (fact["missing"], fact["returned_on"]) == (["the demolition certificate"], "2023-07-12")


def test_two_requests_of_one_day_are_told_apart_by_their_number(parcels):
    day = "2023-07-10"
    play(parcels, *AT_WORK, turn("acceptance_requested", day), turn("returned", day))
    play(parcels, turn("acceptance_requested", day))
    assert case_of(parcels)["stage"] == "in_progress"

    play(parcels, turn("acceptance_requested", day, request_no=2))
    assert case_of(parcels)["stage"] == "acceptance_pending"


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("acceptance_requested", "enterprise"),
        ("returned", "township"),
        ("suspended", "township"),
        ("resumed", "township"),
        ("cancelled", "government"),
        ("reopened", "township"),
        ("followed_up", "township"),
    ],
)
def test_a_turn_of_the_wrong_office_is_refused(parcels, refused, kind, role):
    with refused("WRONG_ROLE"):
        parcels.report(*turn(kind, "2023-08-02", operator_role=role))


def test_a_turn_keeps_to_the_parcel_of_its_case(parcels, refused):
    play(parcels, *AT_WORK)

    with refused("CASE_OF_ANOTHER_PARCEL"):
        parcels.report(*turn("suspended", "2023-06-05", parcel_id=f"{reports.XIAOYUE}-9"))


# --- what becomes of the land


def test_a_reopened_case_takes_its_release_back_and_the_next_acceptance_gives_it_again(parcels):
    play(parcels, *ACCEPTED)
    before = len(parcels.facts)

    play(parcels, REOPENED)

    assert parcels.fact_names[before:] == ["remediation_reopened", "release_revoked"]
    assert [each["code"] for each in parcels.facts[-1][1]["reasons"]] == ["CASE_NOT_ACCEPTED"]

    play(parcels, AGAIN)

    assert parcels.fact_names[-2:] == ["remediation_completed", "land_released"]
    assert parcels.facts[-1][1]["vacated_on"] == "2023-08-20"
    assert parcels.facts[-2][1]["reopened_on"] == "2023-08-02"


def test_a_cancelled_case_holds_up_no_land(parcels):
    play(parcels, *ACCEPTED)
    play(parcels, reports.identified(case_id=OTHER_CASE, identified_on="2023-08-01"))
    assert parcels.fact_names[-1] == "release_revoked"

    play(parcels, turn("cancelled", "2023-08-03", case_id=OTHER_CASE))

    assert parcels.fact_names[-2:] == ["remediation_cancelled", "land_released"]


def test_a_suspended_case_still_holds_up_land(parcels):
    play(parcels, *ACCEPTED)
    play(parcels, reports.identified(case_id=OTHER_CASE, identified_on="2023-08-01"))
    play(parcels, turn("suspended", "2023-08-03", case_id=OTHER_CASE))

    assert case_of(parcels)["release"]["state"] == "revoked"


def test_what_was_released_before_an_earlier_cancellation_was_heard_of_is_taken_back(parcels):
    play(parcels, *ACCEPTED, CANCELLED)

    assert case_of(parcels)["stage"] == "cancelled"
    assert parcels.fact_names[-2:] == ["remediation_cancelled", "release_revoked"]


def test_the_void_acceptance_of_a_cancelled_case_releases_nothing(parcels):
    play(parcels, *AT_WORK, CANCELLED, reports.completed())

    assert "remediation_completed" not in parcels.fact_names
    assert case_of(parcels)["release"]["state"] == "none"


# --- acceptances


def test_each_acceptance_is_final(parcels, refused):
    play(parcels, *ACCEPTED, REOPENED, AGAIN)
    assert play(parcels, reports.completed(), AGAIN) is None

    with refused("ALREADY_COMPLETED"):
        parcels.report(*reports.completed(vacated_area_mu="9"))
    with refused("ALREADY_COMPLETED"):
        parcels.report(AGAIN[0], AGAIN[1] | {"vacated_area_mu": "9"})


def test_who_forgets_to_name_the_reopening_is_told_so(parcels):
    play(parcels, *ACCEPTED, REOPENED)

    heard = parcels.hear(
        "township",
        "remediation.completed",
        AGAIN[1] | {"reopened_on": None},
        publisher=reports.XIAOYUE,
    )

    assert heard.codes == ["ALREADY_COMPLETED"]
    assert "reopened_on" in heard.reasons[0].sentence


@pytest.mark.parametrize(("day", "is_taken"), [("2023-08-01", False), ("2023-08-02", True)])
def test_a_case_is_not_accepted_again_before_it_was_reopened(parcels, refused, day, is_taken):
    play(parcels, *ACCEPTED, REOPENED)
    report = AGAIN[0], AGAIN[1] | {"completed_on": day}
    if is_taken:
        assert parcels.report(*report) is None
        assert case_of(parcels)["stage"] == "accepted"
    else:
        with refused("ACCEPTED_BEFORE_REOPENED"):
            parcels.report(*report)


def test_a_second_acceptance_that_had_waited_and_contradicts_the_chain_is_set_aside(parcels):
    other_way = AGAIN[0], AGAIN[1] | {"disposal_way": "vacate_relocate"}
    play(parcels, reports.survey(), reports.identified(), other_way, REOPENED)

    play(parcels, *reports.whole_case()[2:])

    assert case_of(parcels)["stage"] == "reopened"
    (aside,) = case_of(parcels)["set_aside"]
    assert [each["code"] for each in aside["reasons"]] == ["WAY_NOT_APPROVED"]


def test_an_acceptance_in_force_stays_when_a_later_survey_finds_less_land(parcels):
    play(parcels, *ACCEPTED, REOPENED, AGAIN)

    play(parcels, reports.survey(area_mu="8", surveyed_on="2023-08-25"))
    play(parcels, turn("followed_up", "2023-08-26"))

    assert case_of(parcels)["stage"] == "accepted"
    assert list(case_of(parcels)["set_aside"]) == []


# --- who reads only the chain


def test_for_who_reads_only_the_chain_a_reopened_case_is_in_progress_again(parcels):
    play(parcels, *ACCEPTED, REOPENED)
    assert (case_of(parcels)["state"], case_of(parcels)["reached"]) == ("in_progress", "accepted")

    play(parcels, AGAIN)
    assert (case_of(parcels)["state"], case_of(parcels)["reached"]) == ("accepted", None)


def test_a_case_that_was_kept_before_there_were_stages_stands_where_its_chain_is():
    old = msgspec.json.decode(
        b'{"case_id": "330604006-C17", "parcel_id": "330604006-0231", "township": "330604006",'
        b'"state": "plan_approved", "vacated_parcel_id": "330604006-0231"}',
        type=Case,
    )

    assert (old.stage, old.chain, old.is_open) == (Stage.PLAN_APPROVED, old.state, True)
