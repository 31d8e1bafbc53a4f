"""The list of a meeting that was reads as it did on its day, whatever was reported since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from park.time import end_of
from services.parcels.bulletins.meeting import stage_on
from services.parcels.remediation.case import Case
from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.reports import CASE

MEETING = "2023-08-04"
AFTER = datetime(2023, 8, 10, 4, 0, tzinfo=UTC)


class Desk(Parcels):
    """The service on the day on which something is reported or asked."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2023, 8, 3, 1, 0, tzinfo=UTC)
        self.clock = lambda: self.now

    def at(self, day: int, *given: reports.Report) -> None:
        self.now = datetime(2023, 8, day, 4, 0, tzinfo=UTC)
        for type_, data in given:
            self.handle(reports.event(type_, data, next(self._reports)) | {"time": self.now})
            self.now += timedelta(minutes=1)

    def listed(self, on: str = MEETING, **how: str) -> list[tuple[str, str, int, str]]:
        found = self.read("meeting_list", on=on, **how)["cases"]
        return [(c["case_id"], c["stage"], c["days_late"], c["last_word"]["report"]) for c in found]


LATE = [(CASE, "in_progress", 4, "progressed")]


@pytest.fixture
def desk() -> Desk:
    """A case whose plan ended on 31 July, and a meeting on 4 August."""
    found = Desk()
    found.at(
        3, reports.survey(), reports.identified(), reports.planned(), reports.approved(),
        reports.progressed(40, reported_on="2023-08-03"),
    )  # fmt: skip
    found.at(4)
    return found


def test_a_case_that_was_accepted_since_is_on_the_list_of_its_day(desk):
    assert desk.listed() == LATE
    desk.at(10, reports.completed(completed_on="2023-08-09"))

    assert desk.listed() == LATE
    assert desk.listed(on="2023-08-10") == []


def test_an_acceptance_that_is_reported_late_is_not_on_the_list_of_an_earlier_day(desk):
    desk.at(10, reports.completed(completed_on="2023-07-28"))

    assert desk.listed() == LATE
    assert desk.listed(as_of="2023-08-10T20:00:00+08:00") == []


def test_a_plan_that_was_moved_since_leaves_the_list_of_the_day_as_it_was(desk):
    desk.at(10, reports.planned(planned_end_on="2023-12-31"))

    assert desk.listed() == LATE
    assert desk.listed(on="2023-08-10") == []


def test_the_record_of_the_last_moment_of_the_day_counts(desk):
    desk.now = datetime(2023, 8, 4, 15, 59, 59, tzinfo=UTC)
    desk.handle(reports.event(*reports.progressed(70, reported_on=MEETING), 50))
    desk.now = datetime(2023, 8, 4, 16, 0, tzinfo=UTC)
    desk.handle(reports.event(*reports.progressed(80, reported_on=MEETING), 51))

    [case] = desk.read("meeting_list", on=MEETING)["cases"]
    assert case["last_word"]["percent"] == 70
    assert desk.read("meeting_list", on=MEETING)["as_of"] == "2023-08-04T15:59:59.999999Z"


def test_a_case_that_was_entered_later_is_shown_by_what_is_known_now_and_named(desk):
    another = {"case_id": f"{CASE}-2"}
    desk.at(10, reports.identified(**another), reports.planned(**another))

    found = desk.read("meeting_list", on=MEETING)
    assert [case["case_id"] for case in found["cases"]] == [CASE, f"{CASE}-2"]
    assert found["entered_later"] == [f"{CASE}-2"]
    assert found["cases"][1]["stage"] == "identified"


def test_today_s_list_is_of_now(desk):
    found = desk.read("meeting_list")
    assert (found["on"], found["as_of"]) == (MEETING, "2023-08-04T04:00:00Z")
    assert found["entered_later"] == []


def test_a_decision_stands_on_the_list_of_the_days_from_its_meeting_on(desk):
    desk.call("decide_case", case_id=CASE, met_on=MEETING, decision="report each week")
    desk.at(10)
    desk.call("decide_case", case_id=CASE, met_on="2023-08-10", decision="to the government")

    def decision(on, **how):
        [case] = desk.read("meeting_list", on=on, **how)["cases"]
        return case["decision"] and case["decision"]["decision"]

    assert decision("2023-08-03") is None
    assert decision(MEETING) == "report each week"
    assert decision(MEETING, as_of="2023-08-31T00:00:00+08:00") == "report each week"
    assert decision("2023-08-10") == "to the government"


def test_a_decision_that_was_entered_after_the_day_is_not_on_its_list(desk):
    desk.at(10)
    desk.call("decide_case", case_id=CASE, met_on=MEETING, decision="wait")

    [case] = desk.read("meeting_list", on=MEETING)["cases"]
    assert case["decision"] is None


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2023-01-31", "announced"),
        ("2023-02-01", "identified"),
        ("2023-03-15", "plan_approved"),
        ("2023-05-31", "in_progress"),
        ("2023-06-10", "acceptance_pending"),
        ("2023-06-11", "suspended"),
        ("2023-07-01", "acceptance_pending"),
        ("2023-07-28", "accepted"),
        ("2023-08-01", "reopened"),
    ],
)
def test_where_a_case_stood_on_a_day_follows_from_the_reports_up_to_it(day, stage):
    parcels = Parcels()
    for report in [
        *reports.whole_case(),
        reports.turn("acceptance_requested", "2023-06-10"),
        reports.turn("suspended", "2023-06-11"),
        reports.turn("resumed", "2023-07-01"),
        reports.turn("reopened", "2023-08-01"),
    ]:
        parcels.report(*report)
    case = parcels.service().store.get(Case, CASE)

    assert stage_on(case, date.fromisoformat(day)) == stage


def test_a_day_in_the_park_ends_before_the_next_one_begins():
    assert end_of(date(2023, 8, 4)) == datetime(2023, 8, 4, 15, 59, 59, 999999, tzinfo=UTC)
