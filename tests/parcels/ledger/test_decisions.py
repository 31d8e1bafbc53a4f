"""What a meeting decided of a case is due by the day that it set, and done with its case."""

from __future__ import annotations

import pytest

from .. import reports
from ..reports import turn
from ..zone_reports.zone import Zone as ReportingZone
from ..zone_reports.zone import lines_of
from .test_due import PLANNED, due, on, report
from .test_outcomes import became

LATE = [*PLANNED[:2], reports.planned(planned_end_on="2024-03-31"), reports.approved()]
ACCEPTED = "2023-08-15"


def decide(parcels, **more):
    said = {"case_id": reports.CASE, "met_on": "2023-08-04", "decision": "empty the workshops"}
    return parcels.call("decide_case", **said | {"due_on": "2023-08-18"} | more)


@pytest.fixture
def decided(parcels):
    """On 4 August a meeting gives a case until the 18th."""
    on(parcels, "2023-08-04")
    report(parcels, *LATE)
    decide(parcels)
    return parcels


def decisions(parcels, **asked):
    return [each for each in due(parcels, **asked) if each["thing"] == "decision"]


def outcomes(parcels):
    found = [each for each in became(parcels)["outcomes"] if each["thing"] == "decision"]
    return [(each["due_on"], each["outcome"], each["met_on"], each["days_late"]) for each in found]


def test_a_decision_is_late_after_its_day_with_who_has_it_and_how_its_case_stood(decided):
    on(decided, "2023-08-20")

    assert decisions(decided) == [
        {
            "service": "parcels",
            "thing": "decision",
            "thing_id": decided.read("list_decisions")["items"][0]["decision_id"],
            "what": "meeting_decision",
            "decision": "empty the workshops",
            "about_id": reports.CASE,
            "enterprise_ids": [],
            "holder": "township",
            "township": reports.XIAOYUE,
            "due_on": "2023-08-18",
            "days_late": 2,
            "stands_still": False,
            "rule": "decision: due_on",
            "counting": "named",
            "length": None,
            "source": "the decision of the meeting, which names the day; that it is done with its case is "
            "practice, not confirmed",
            "reminded": [],
            "next_reminder": None,
            "state_at_deadline": "plan_approved",
        }
    ]


def test_a_decision_without_a_day_is_due_on_none(decided):
    decide(decided, due_on=None)

    assert [each["due_on"] for each in decisions(decided)] == ["2023-08-18"]


@pytest.mark.parametrize(
    ("then", "found"),
    [
        ([reports.completed(completed_on="2023-08-18")], ("met", "2023-08-18", 0)),
        ([reports.completed(completed_on="2023-08-19")], ("late", "2023-08-19", 1)),
        ([], ("missed", None, 13)),
        ([turn("suspended", "2023-08-10")], ("missed", None, 13)),
        ([turn("cancelled", "2023-08-19")], ("missed", None, 13)),
        ([turn("cancelled", "2023-08-18")], None),  # nothing was left to be done
        ([reports.completed(completed_on="2023-08-03")], None),  # it was closed when they met
        (
            [reports.completed(completed_on=ACCEPTED), turn("reopened", "2023-08-25")],
            ("met", ACCEPTED, 0),
        ),
    ],
)
def test_a_decision_was_done_with_its_case_by_its_day_or_late_or_never(decided, then, found):
    on(decided, "2023-08-31")
    report(decided, *then)

    assert outcomes(decided) == ([("2023-08-18", *found)] if found else [])


def test_an_acceptance_that_is_heard_of_late_meets_the_decision_and_not_how_its_case_stood(decided):
    on(decided, "2023-08-31")
    report(decided, reports.completed(completed_on="2023-08-15"))

    [told] = [each for each in became(decided)["outcomes"] if each["thing"] == "decision"]

    assert (told["outcome"], told["state_at_deadline"]) == ("met", "plan_approved")
    assert decisions(decided) == []


@pytest.mark.parametrize(
    ("then", "days_late"),
    [
        ([], [13]),
        ([turn("suspended", "2023-08-10")], [13]),
        ([reports.completed(completed_on="2023-08-20")], []),
        ([turn("cancelled", "2023-08-20")], []),
        ([reports.completed(completed_on="2023-08-03")], []),
        ([reports.completed(completed_on="2023-08-03"), turn("reopened", "2023-08-25")], [13]),
        ([reports.completed(completed_on=ACCEPTED), turn("reopened", "2023-08-25")], []),
    ],
)
def test_the_decisions_that_the_papers_of_a_meeting_have_late_are_those_that_the_ledger_has_late(
    then, days_late
):
    zone = ReportingZone()
    report(zone, *LATE)
    decide(zone.day("2023-08-04"))
    report(zone.day("2023-08-31"), *then)

    papers = zone.draft("meeting", "2023-08-31")

    [line] = lines_of(papers, "Decisions of the last meeting")
    assert [line["days_late"]] == (days_late or [0])
    assert [each["days_late"] for each in decisions(zone, late=True)] == days_late
    overdue = [each for each in lines_of(papers, "Overdue") if each["thing"] == "decision"]
    assert [each["days_late"] for each in overdue] == days_late


@pytest.mark.parametrize("thing", ["decision", "case"])
def test_the_rules_of_a_decision_and_of_its_case_say_that_it_is_late(decided, thing):
    on(decided, "2023-08-20")
    [found] = decisions(decided)

    of = {"decision": found["thing_id"], "case": reports.CASE}[thing]
    rules = decided.read("rules_of", thing=thing, id=of)

    [said] = [each for each in rules if each["code"] == "MEETING_DECISION"]
    assert (said["rule_outcome"], said["thing_id"]) == ("late", found["thing_id"])
    assert "is due by 2023-08-18 and is 2 days late" in said["sentence"]
