"""What is due of land, soil and floor space: for whom, by which rule, and who was reminded."""

from __future__ import annotations

from datetime import datetime

import pytest

from .. import reports
from ..carriers import reports as floor
from ..reports import turn
from ..screening.test_idle_reports import construction
from ..soil import reports as soil
from ..soil.test_soil import play

PLANNED = [
    reports.survey(),
    reports.identified(),
    reports.planned(planned_end_on="2023-08-31"),
    reports.approved(),
]


def on(parcels, day):
    """It is this day in the park, and the clocks have looked."""
    at = datetime.fromisoformat(f"{day}T00:00:00+00:00")  # eight o'clock in the park
    parcels.clock = lambda: at
    parcels.tick("remind_of_late_cases")
    parcels.tick("announce_soil_reports_due")


def report(parcels, *given):
    for each in given:
        parcels.report(*each)


def due(parcels, **asked):
    return parcels.read("due", **asked)["dues"]


def names(found):
    return [(each["thing"], each["what"], each["due_on"], each["days_late"]) for each in found]


def test_a_late_case_is_told_with_who_has_it_by_which_rule_and_who_was_reminded(parcels):
    on(parcels, "2023-08-20")
    report(parcels, *PLANNED)
    on(parcels, "2023-09-01")

    assert due(parcels) == [
        {
            "service": "parcels",
            "thing": "case",
            "thing_id": reports.CASE,
            "what": "work",
            "decision": None,
            "about_id": reports.PARCEL,
            "enterprise_ids": [],
            "holder": "township",
            "township": reports.XIAOYUE,
            "due_on": "2023-08-31",
            "days_late": 1,
            "stands_still": False,
            "rule": "paths: work",
            "counting": "named",
            "length": None,
            "source": "the plan of the case [一企一方案]: planned_end_on",
            "reminded": [{"level": "reminder", "on": None}],
            "next_reminder": {"level": "supervised", "on": "2023-09-15"},
            "state_at_deadline": "plan_approved",
        }
    ]


@pytest.mark.parametrize(
    ("day", "told_next"),
    [
        ("2023-08-31", {"level": "reminder", "on": "2023-09-01"}),
        ("2023-09-01", {"level": "supervised", "on": "2023-09-15"}),
        ("2023-09-14", {"level": "supervised", "on": "2023-09-15"}),
        ("2025-09-15", None),
    ],
)
def test_the_next_reminder_of_a_case_is_one_that_is_still_to_come(parcels, day, told_next):
    on(parcels, "2023-08-20")
    report(parcels, *PLANNED)

    assert due(parcels, on=day)[0]["next_reminder"] == told_next


def test_a_case_that_comes_on_record_late_has_no_reminder_until_the_clock_looks(parcels):
    on(parcels, "2023-09-20")
    report(parcels, *PLANNED)
    told = [(each["reminded"], each["next_reminder"]) for each in due(parcels)]
    on(parcels, "2023-09-21")

    assert told == [([], None)]
    assert due(parcels)[0]["reminded"] == [{"level": "supervised", "on": None}]


def test_a_step_without_a_plan_has_the_usual_days_of_the_calendar(parcels):
    report(parcels, reports.survey(), reports.identified())

    [found] = due(parcels)

    assert (found["rule"], found["length"], found["counting"]) == (
        "paths: planning", 30, "calendar_days"
    )  # fmt: skip
    assert "not confirmed" in found["source"]


def test_work_that_was_returned_ends_by_the_usual_days_and_not_by_the_plan(parcels):
    back = turn("acceptance_requested", "2023-08-20"), turn("returned", "2023-08-25")
    report(parcels, *PLANNED, *back)

    [found] = due(parcels)

    assert (found["due_on"], found["rule"], found["length"]) == ("2023-09-09", "paths: work", 15)


def test_a_step_of_a_case_names_the_firms_that_its_finding_named(parcels):
    report(parcels, reports.survey(), reports.identified(enterprise_ids=["330604006-E9"]))

    assert [each["enterprise_ids"] for each in due(parcels)] == [["330604006-E9"]]


def test_how_a_case_stood_at_its_deadline_stays_whatever_is_heard_afterwards(parcels):
    on(parcels, "2023-08-20")
    report(parcels, *PLANNED)
    assert due(parcels, within_days=30)[0]["state_at_deadline"] is None  # it is still to come
    on(parcels, "2023-09-05")
    report(parcels, reports.progressed())

    assert parcels.read("get_case", case_id=reports.CASE)["stage"] == "in_progress"
    assert due(parcels)[0]["state_at_deadline"] == "plan_approved"


def test_of_a_case_that_came_on_record_after_its_day_nothing_is_frozen(parcels):
    on(parcels, "2023-12-01")
    report(parcels, reports.survey(), reports.identified())

    assert [each["state_at_deadline"] for each in due(parcels)] == [None]


@pytest.mark.parametrize(
    "step",
    [
        turn("suspended", "2023-08-10"),
        turn("cancelled", "2023-08-10"),
        reports.completed(completed_on="2023-08-10"),
    ],
)
def test_of_a_case_that_rests_is_closed_or_is_only_followed_up_nothing_is_late(parcels, step):
    report(parcels, *PLANNED, step)

    assert due(parcels, late=True) == []


def test_the_report_of_a_risk_control_is_due_by_its_article(parcels):
    report(parcels, reports.survey())
    play(parcels, *soil.detailed(), soil.risk(), soil.notice(), soil.control())
    on(parcels, "2024-06-19")
    [ahead] = due(parcels, within_days=31)
    on(parcels, "2024-07-21")
    [late] = due(parcels)

    assert names([ahead]) == [("soil_record", "periodic_report", "2024-07-20", 0)]
    assert (ahead["reminded"], ahead["next_reminder"]) == (
        [],
        {"level": "due", "on": "2024-06-20"},
    )
    assert (late["days_late"], late["next_reminder"]) == (1, None)
    assert late["reminded"] == [{"level": "due", "on": None}]
    assert (ahead["state_at_deadline"], late["state_at_deadline"]) == (None, "risk_control")
    assert (late["holder"], late["length"], late["counting"]) == ("right_holder", 12, "months")
    assert late["source"].startswith("土壤污染防治法 (2018) art. 62")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2023-08-18", ("idle_1y", "2023-09-01")),
        ("2023-09-01", ("idle_1y", "2023-09-01")),  # a year after the agreed day
        (
            "2023-09-02",
            ("idle_2y", "2024-09-01"),
        ),  # it is idle: not late, but on its way to the next step
        ("2024-09-01", ("idle_2y", "2024-09-01")),
        ("2024-09-02", None),
    ],
)
def test_the_last_day_before_land_becomes_idle_is_due(parcels, day, found):
    report(parcels, reports.survey(), construction(reported_on="2023-08-01"))

    told = due(parcels, on=day, within_days=370)

    assert [(each["what"], each["due_on"], each["days_late"]) for each in told] == [
        (*each, 0) for each in [found] if each
    ]
    if found:
        assert told[0]["next_reminder"]["on"] > told[0]["due_on"]
        assert (told[0]["holder"], told[0]["counting"]) == ("right_holder", "months")
        assert told[0]["length"] == {"idle_1y": 12, "idle_2y": 24}[found[0]]


def test_land_on_which_building_has_begun_is_not_on_its_way_to_be_idle(parcels):
    report(parcels, reports.survey(), construction(started_on="2023-07-01"))

    assert due(parcels, within_days=370) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2024-02-14", []),
        ("2024-02-15", [("lease", "lease_end", "2024-02-29", 0)]),
        ("2024-02-29", [("lease", "lease_end", "2024-02-29", 0)]),
        ("2024-03-01", []),  # it is over
    ],
)
def test_a_lease_that_nobody_renewed_is_due_until_its_last_day(parcels, day, found):
    report(parcels, *floor.whole_park(), floor.lease())

    assert names(due(parcels, on=day)) == found


def test_how_a_lease_and_a_clock_stood_at_their_last_day_is_told_to_who_asks_for_an_older_day(
    parcels,
):
    report(parcels, reports.survey(), construction(reported_on="2023-08-01"))
    report(parcels, *floor.whole_park(), floor.lease())
    asked = {"on": "2023-08-31", "within_days": 200}
    before = [each["state_at_deadline"] for each in due(parcels, **asked)]
    on(parcels, "2024-03-05")

    assert before == [None, None]
    assert [(each["what"], each["state_at_deadline"]) for each in due(parcels, **asked)] == [
        ("idle_1y", "idle_no"),
        ("lease_end", "in_force"),
    ]


def test_a_lease_that_was_renewed_is_not_due(parcels):
    report(parcels, *floor.whole_park(), floor.lease())
    new = {"ends_on": "2025-02-28", "signed_on": "2023-08-30"}
    parcels.call(
        "renew_lease",
        unit_id=floor.UNIT,
        lease_id=f"{reports.XIAOYUE}-L1",
        new_lease_id=f"{reports.XIAOYUE}-L2",
        **new,
    )

    assert due(parcels, on="2024-02-20") == []


def test_what_a_role_has_to_do_and_what_a_township_has(parcels):
    report(parcels, *PLANNED, *floor.whole_park(), floor.lease())
    asked = {"on": "2024-02-20"}

    assert names(due(parcels, holder="enterprise", **asked)) == [
        ("lease", "lease_end", "2024-02-29", 0)
    ]
    assert [each["thing"] for each in due(parcels, township=reports.XIAOYUE, **asked)] == [
        "case",
        "lease",
    ]
    assert due(parcels, township="330604001", **asked) == []


def test_a_page_goes_on_after_the_one_before(parcels):
    report(parcels, *PLANNED, *floor.whole_park(), floor.lease())
    asked = {"on": "2024-02-20", "limit": 1}

    first = parcels.read("due", **asked)
    second = parcels.read("due", **asked, cursor=first["cursor"])

    assert [page["dues"][0]["thing"] for page in (first, second)] == ["case", "lease"]
    assert (first["dues_found"], first["late_found"], second["cursor"]) == (2, 1, None)


@pytest.mark.parametrize(
    ("more", "in_report", "in_ledger"),
    [
        ([], [reports.CASE], ["paths: work"]),
        ([turn("acceptance_requested", "2023-08-30")], [reports.CASE], []),  # its step has time
        (
            [turn("acceptance_requested", "2023-08-15"), turn("returned", "2023-08-20")],
            [reports.CASE],
            ["paths: work"],
        ),
        ([turn("suspended", "2023-08-10")], [], []),
    ],
)
def test_late_is_a_plan_in_the_weekly_report_and_a_step_in_the_ledger(
    parcels, more, in_report, in_ledger
):
    report(parcels, *PLANNED, *more)
    on(parcels, "2023-09-10")

    week = {"from": "2023-09-04", "to": "2023-09-10"}
    figures = {each["figure"]["figure"]: each for each in parcels.read("period_figures", **week)}

    assert [part["thing_id"] for part in figures["cases_late"]["parts"]] == in_report
    assert [each["rule"] for each in due(parcels, late=True)] == in_ledger
