"""The papers for the meeting: what is to be decided, what became of what was, and what is overdue by whom."""

from __future__ import annotations

import pytest

from cli.due.words import WHAT
from cli.report.blocks import STAGES, blocks_of
from services.parcels.remediation.course import Stage

from .. import reports
from ..overview.desk import noon
from .zone import Zone, lines_of, values_of

DECIDE = "Cases to be decided"
LAST = "Decisions of the last meeting"
CARRIED = "Points carried over"


@pytest.fixture
def zone() -> Zone:
    """A case that was to end on 31 July, and is at work."""
    zone = Zone()
    for report in (
        reports.survey(),
        reports.identified(),
        reports.planned(),
        reports.approved(),
        reports.progressed(40, note="two workshops are empty", reported_on="2023-08-01"),
    ):
        zone.report(*report)
    return zone


def decide(zone: Zone, met_on: str, **more: str) -> None:
    said = {"case_id": reports.CASE, "decision": "the workshops are empty in two weeks"}
    zone.day(met_on).call("decide_case", met_on=met_on, **said | more)


def test_the_cases_to_decide_are_those_of_the_meeting_s_list(zone):
    zone.day("2023-08-18")

    report = zone.draft("meeting", "2023-08-18")
    listed = zone.read("meeting_list", on="2023-08-18")["cases"]

    [line] = lines_of(report, DECIDE)
    [case] = listed
    for name in ("township", "days_late"):
        assert line[name] == case[name]
    assert (line["thing_id"], line["about_id"]) == (case["case_id"], case["parcel_id"])
    assert (line["due_on"], line["what"]) == (case["planned_end_on"], case["stage"])
    assert line["says"] == "2023-08-01 progressed 40 %: two workshops are empty"
    assert values_of(report)["parcels.cases_to_decide"] == "1"
    assert report["title"] == "Papers for the meeting [例会材料] of 2023-08-18, as of 2023-08-18"


def test_a_person_reads_where_each_case_stands_in_words(zone):
    zone.day("2023-08-18")

    first = blocks_of(zone.draft("meeting", "2023-08-18"))[0]

    [row] = first.rows
    assert row[first.columns.index("what [事项]")] == "work in progress [整治中]"
    assert {*STAGES} == {*Stage}
    assert not {*STAGES} & {*WHAT}  # the lists of what is due have codes of their own


def test_a_decision_of_the_last_meeting_is_late_while_its_case_is_open_after_its_day(zone):
    decide(zone, "2023-08-04", due_on="2023-08-14")
    zone.day("2023-08-18")

    [line] = lines_of(zone.draft("meeting", "2023-08-18"), LAST)

    assert (line["what"], line["due_on"]) == ("the workshops are empty in two weeks", "2023-08-14")
    assert (line["days_late"], line["says"]) == (4, "2023-08-04; the case is in progress")


def test_a_decision_is_done_with_its_case(zone):
    decide(zone, "2023-08-04", due_on="2023-08-14")
    zone.report(*reports.completed(completed_on="2023-08-03", remediated_area_mu="10"))
    zone.day("2023-08-18")

    report = zone.draft("meeting", "2023-08-18")

    [line] = lines_of(report, LAST)
    assert (line["days_late"], line["says"]) == (0, "2023-08-04; the case is accepted")
    assert lines_of(report, DECIDE) == []


def test_an_older_decision_is_carried_over_while_its_case_is_open(zone):
    decide(zone, "2023-08-04")
    decide(zone, "2023-08-18", decision="the bureau helps with the move")
    zone.day("2023-09-01")

    report = zone.draft("meeting", "2023-09-01")

    assert [each["what"] for each in lines_of(report, LAST)] == ["the bureau helps with the move"]
    carried = [each["what"] for each in lines_of(report, CARRIED)]
    assert carried == ["the workshops are empty in two weeks"]
    zone.report(*reports.completed(completed_on="2023-08-20", remediated_area_mu="10"))
    assert lines_of(zone.draft("meeting", "2023-09-01"), CARRIED) == []


def test_what_the_meeting_of_the_day_decides_is_not_yet_what_the_last_one_did(zone):
    decide(zone, "2023-08-18")

    assert lines_of(zone.draft("meeting", "2023-08-18"), LAST) == []


def test_a_decision_that_was_entered_later_was_not_known_before(zone):
    decide(zone, "2023-08-18")
    zone.day("2023-09-01")

    early = zone.draft("meeting", "2023-09-01", known_at=noon("2023-08-10").isoformat())

    assert lines_of(early, LAST) == []
    assert len(lines_of(zone.draft("meeting", "2023-09-01"), LAST)) == 1


def test_the_overdue_is_sorted_by_who_has_to_act_and_nothing_else_is_among_it(zone):
    zone.day("2023-08-18")

    lines = lines_of(zone.draft("meeting", "2023-08-18"), "Overdue")

    late = zone.read("due", on="2023-08-18", late=True, within_days=0, limit=500)["dues"]
    assert len(lines) == len(late) > 0
    assert all(each["days_late"] > 0 for each in lines)
    holders = [each["holder"] or "" for each in lines]
    assert holders == sorted(holders)


def test_a_case_that_comes_onto_the_list_later_is_a_correction_of_the_issued_papers(zone):
    zone.day("2023-08-18").issue("meeting", "2023-08-18")
    zone.day("2023-08-25")
    zone.report(*reports.completed(completed_on="2023-08-10", remediated_area_mu="10"))

    found = {each["figure"]: each for each in zone.corrections("meeting-2023-08-18")}

    gone = found["parcels.cases_to_decide"]
    assert (gone["value_then"], gone["value_now"]) == ("1", "0")
    assert [each["became"] for each in gone["causes"]] == ["went"]
