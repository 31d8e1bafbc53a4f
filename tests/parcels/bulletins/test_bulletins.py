"""A township's bulletin is frozen when it is issued; what is corrected later is listed beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest

from backbone.errors import NotFound
from services.parcels.bulletins.meeting import next_meeting
from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.reports import CASE, PARCEL, XIAOYUE

WEEK = f"{XIAOYUE}-2023-W30"  # 24 to 30 July
LATE = datetime(2023, 8, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def parcels() -> Parcels:
    """On the day on which week 30 is issued."""
    found = Parcels()
    found.clock = lambda: LATE
    return found


def whole_case(parcels: Parcels, **completion: Any) -> None:
    for report in reports.whole_case(**{"remediated_area_mu": "10", **completion}):
        parcels.report(*report)


def issue(parcels: Parcels) -> None:
    parcels.tick("issue_bulletins")


def test_the_bulletin_of_a_week_counts_what_happened_in_it(parcels):
    whole_case(parcels)
    issue(parcels)

    bulletin = parcels.read("get_bulletin", bulletin_id=WEEK)

    assert bulletin["figures"]["completed"] == [CASE]
    assert bulletin["figures"]["identified"] == []
    assert bulletin["figures"]["open"] == []
    assert bulletin["figures"]["remediated_area_m2"] == "6666.666667"
    assert bulletin["title"] == ("小越街道: remediation [整治] 2023-W30 (2023-07-24 – 2023-07-30)")
    assert "Remediated 10.00 mu [亩], vacated [腾出] 10.00 mu." in bulletin["text"]


def test_a_case_that_is_past_its_plan_is_late_at_the_end_of_the_week(parcels):
    planned = reports.planned(planned_end_on="2023-07-29")
    for report in [reports.survey(), reports.identified(), planned]:
        parcels.report(*report)
    issue(parcels)

    figures = parcels.read("get_bulletin", bulletin_id=WEEK)["figures"]

    assert (figures["open"], figures["late"]) == ([CASE], [CASE])


def test_the_last_day_of_the_plan_is_not_late(parcels):
    planned = reports.planned(planned_end_on="2023-07-30")
    for report in [reports.survey(), reports.identified(), planned]:
        parcels.report(*report)
    issue(parcels)

    assert parcels.read("get_bulletin", bulletin_id=WEEK)["figures"]["late"] == []


def test_a_case_that_does_not_say_what_was_remediated_is_named_and_not_counted_as_nothing(parcels):
    for report in reports.whole_case():
        parcels.report(*report)
    issue(parcels)

    bulletin = parcels.read("get_bulletin", bulletin_id=WEEK)

    assert bulletin["figures"]["area_unknown"] == [CASE]
    assert "Remediated 0.00 mu [亩] (and 1 cases that do not say)" in bulletin["text"]


def test_a_bulletin_has_the_same_bytes_however_often_it_is_issued_and_whatever_comes_later(parcels):
    for report in reports.whole_case()[:-1]:
        parcels.report(*report)
    issue(parcels)
    before = orjson.dumps(parcels.read("get_bulletin", bulletin_id=WEEK))

    parcels.report(*reports.completed(remediated_area_mu="10"))
    issue(parcels)

    assert orjson.dumps(parcels.read("get_bulletin", bulletin_id=WEEK)) == before
    assert parcels.fact_names.count("bulletin_issued") == 2  # a week's and a quarter's


def test_what_was_reported_late_is_listed_as_corrected_since(parcels):
    for report in reports.whole_case()[:-1]:
        parcels.report(*report)
    issue(parcels)
    assert parcels.read("bulletin_corrections", bulletin_id=WEEK)["corrections"] == []

    parcels.report(*reports.completed(remediated_area_mu="10"))

    found = parcels.read("bulletin_corrections", bulletin_id=WEEK)["corrections"]
    assert {each["figure"]: (each["added"], each["removed"]) for each in found} == {
        "completed": ([CASE], []),
        "open": ([], [CASE]),
        "remediated_area_m2": ([], []),
        "vacated_area_m2": ([], []),
    }
    areas = {each["figure"]: (each["was_m2"], each["is_m2"]) for each in found}
    assert areas["remediated_area_m2"] == ("0", "6666.666667")


def test_a_bulletin_that_was_never_issued_is_not_made_up(parcels):
    with pytest.raises(NotFound):
        parcels.read("bulletin_corrections", bulletin_id=WEEK)


def test_a_township_without_any_case_gets_no_bulletin(parcels):
    parcels.report(*reports.survey())
    issue(parcels)

    assert parcels.read("list_bulletins")["items"] == []


def late_case(parcels: Parcels) -> None:
    planned = reports.planned(planned_end_on="2023-07-20")
    for report in [
        reports.survey(),
        reports.identified(),
        planned,
        reports.approved(),
        reports.progressed(40, note="two workshops are empty", reported_on="2023-08-01"),
    ]:
        parcels.report(*report)


def test_the_meeting_s_list_has_every_late_case_with_the_last_word_on_it(parcels):
    late_case(parcels)

    found = parcels.read("meeting_list", on="2023-08-01")

    assert found["next_meeting_on"] == "2023-08-04"
    [case] = found["cases"]
    assert (case["case_id"], case["parcel_id"], case["days_late"]) == (CASE, PARCEL, 12)
    assert case["last_word"] == {
        "report": "progressed",
        "on": "2023-08-01",
        "percent": 40,
        "note": "two workshops are empty",
    }
    assert case["decision"] is None


def test_the_last_word_is_that_of_the_day_and_a_turn_says_why(parcels):
    late_case(parcels)  # its plan has the day of its event, 1 August
    parcels.report(*reports.turn("acceptance_requested", "2023-07-25"))
    parcels.report(*reports.turn("returned", "2023-07-28"))

    words = {
        on: parcels.read("meeting_list", on=on)["cases"][0]["last_word"]
        for on in ("2023-07-24", "2023-07-31", "2023-08-01")
    }

    said = {on: (word["report"], word["on"], word["note"]) for on, word in words.items()}
    assert said == {
        "2023-07-24": ("approved", "2023-03-15", None),
        "2023-07-31": ("returned", "2023-07-28", "the demolition certificate"),
        "2023-08-01": ("progressed", "2023-08-01", "two workshops are empty"),
    }


def test_a_case_is_not_on_the_list_before_its_plan_ends_nor_of_another_township(parcels):
    late_case(parcels)

    assert parcels.read("meeting_list", on="2023-07-20")["cases"] == []
    assert parcels.read("meeting_list", on="2023-08-01", township="330604109")["cases"] == []


def test_what_the_meeting_decided_stands_beside_the_case_and_its_township_is_told(parcels):
    late_case(parcels)
    given = {"case_id": CASE, "met_on": "2023-08-01", "decision": "report each week"}

    parcels.call("decide_case", **given, due_on="2023-08-18")
    parcels.call("decide_case", **given | {"met_on": "2023-07-20", "decision": "wait"})

    [case] = parcels.read("meeting_list", on="2023-08-01")["cases"]
    assert (case["decision"]["decision"], case["decision"]["due_on"]) == (
        "report each week",
        "2023-08-18",
    )
    assert parcels.facts_named("meeting_decided")[0]["township"] == XIAOYUE


@pytest.mark.parametrize(
    ("met_on", "due_on", "code"),
    [("2023-08-02", None, "NOT_YET"), ("2023-08-01", "2023-07-31", "DUE_BEFORE_MEETING")],
)
def test_a_decision_comes_from_a_meeting_that_was_and_is_due_after_it(
    parcels, refused, met_on, due_on, code
):
    late_case(parcels)
    with refused(code):
        parcels.call("decide_case", case_id=CASE, met_on=met_on, decision="x", due_on=due_on)


def test_a_decision_may_be_due_on_the_day_of_the_meeting(parcels):
    late_case(parcels)
    day = "2023-08-01"
    parcels.call("decide_case", case_id=CASE, met_on=day, decision="x", due_on=day)


@pytest.mark.parametrize(
    ("on", "meets"),
    [
        ("2023-08-04", "2023-08-04"),
        ("2023-08-05", "2023-08-18"),
        ("2023-08-18", "2023-08-18"),
        ("2023-08-01", "2023-08-04"),
        ("2023-07-20", "2023-07-21"),
    ],
)
def test_the_meeting_is_each_fortnight(on, meets):
    assert str(next_meeting(date.fromisoformat(on))) == meets
