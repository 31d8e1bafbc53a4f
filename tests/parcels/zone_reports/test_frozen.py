"""An issued report stays as it was issued; what was corrected since is listed beside it, and why."""

from __future__ import annotations

import orjson
import pytest

from backbone.errors import NotFound, Refused, Unavailable
from services import wiring
from services.parcels.reports.asking import HISTORIES

from ...enterprises.requests.desk import REQUEST, received
from .. import reports
from ..overview.desk import noon
from .zone import JULY, WEEK, Zone, figures_of, values_of


@pytest.fixture
def zone() -> Zone:
    return Zone().whole_case()


def read(zone: Zone, report_id: str) -> bytes:
    return orjson.dumps(zone.read("get_zone_report", zone_report_id=report_id))


@pytest.mark.parametrize("service", HISTORIES)
def test_a_correction_is_looked_up_in_histories_that_the_service_may_read(service):
    wanted = {f"{service}.{thing}_history" for thing in HISTORIES[service]}

    assert wanted <= set(wiring.read().called["parcels"])


def test_an_issued_report_keeps_its_bytes_when_a_correction_comes(zone):
    issued = zone.issue("weekly", "2023-07-26")
    before = read(zone, WEEK)

    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-07-29"))

    assert read(zone, WEEK) == before == orjson.dumps(issued)
    known_at = noon("2023-08-03").isoformat()
    assert (issued["issued_on"], issued["known_at"]) == ("2023-08-03", known_at)
    assert values_of(zone.draft("weekly", "2023-07-26"))["parcels.cases_open"] == "1"


def test_what_was_corrected_is_listed_figure_by_figure_with_the_event_that_did_it(zone):
    zone.issue("weekly", "2023-07-26")
    assert zone.corrections(WEEK) == []

    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-07-29"))

    [found] = [e for e in zone.corrections(WEEK) if e["figure"] == "parcels.cases_open"]
    assert (found["value_then"], found["value_now"], found["on"]) == ("0", "1", "2023-07-30")
    [cause] = found["causes"]
    assert (cause["thing_id"], cause["became"], cause["adds_now"]) == (reports.CASE, "came", "1")
    assert cause["event_id"] == "event-7"  # the reopening


def test_a_thing_that_no_longer_counts_is_named_with_what_took_it_away(zone):
    other = {"case_id": "330604006-C30", "parcel_id": "330604006-0300"}
    zone.report(*reports.survey(parcel_id="330604006-0300"))
    zone.report(*reports.identified(**other))
    zone.issue("weekly", "2023-07-26")

    zone.day("2023-08-10").report(*reports.turn("cancelled", "2023-07-27", **other))

    [found] = zone.corrections(WEEK)
    assert found["figure"] == "parcels.cases_open"
    assert (found["value_then"], found["value_now"]) == ("1", "0")
    [cause] = found["causes"]
    assert (cause["became"], cause["event_id"]) == ("went", "event-9")


def test_a_figure_that_adds_up_to_the_same_by_other_things_is_told_all_the_same(zone):
    other = {"case_id": "330604006-C30", "parcel_id": "330604006-0300"}
    zone.report(*reports.survey(parcel_id="330604006-0300"))
    zone.report(*reports.identified(**other))
    zone.issue("weekly", "2023-07-26")

    zone.day("2023-08-10").report(*reports.turn("cancelled", "2023-07-27", **other))
    zone.report(*reports.turn("reopened", "2023-07-29"))

    [found] = [e for e in zone.corrections(WEEK) if e["figure"] == "parcels.cases_open"]
    assert (found["value_then"], found["value_now"]) == ("1", "1")
    assert sorted(each["became"] for each in found["causes"]) == ["came", "went"]


def test_a_monthly_figure_is_corrected_with_the_parts_that_the_overview_explains(zone):
    zone.issue("monthly", "2023-07-15")

    zone.day("2023-09-05").report(*reports.survey(surveyed_on="2023-07-31", area_mu="12"))

    found = {(each["figure"], each["on"]): each for each in zone.corrections(JULY)}
    area = found["parcels.plots_area", "2023-07-31"]
    assert (area["value_then"], area["value_now"]) == ("10", "12")
    [cause] = area["causes"]
    assert (cause["became"], cause["added_then"], cause["adds_now"]) == ("changed", "10", "12")
    assert (cause["thing_id"], cause["event_id"]) == (reports.PARCEL, "event-7")
    assert ("parcels.plots_area", "2023-06-30") not in found


def test_a_figure_that_was_at_least_and_is_exact_now_is_corrected_though_its_value_is_the_same():
    zone = Zone().whole_case(remediated=None)
    zone.issue("monthly", "2023-07-15")
    draft = figures_of(zone.draft("monthly", "2023-08-03"))["parcels.land_remediated"]
    assert (draft["previous_value"], draft["previous_kind"]) == ("0", "at_least")

    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-07-29"))

    found = {each["figure"]: each for each in zone.corrections(JULY)}
    area = found["parcels.land_remediated"]
    assert (area["value_then"], area["value_now"]) == ("0", "0")
    assert (area["kind_then"], area["kind_now"]) == ("at_least", "exact")
    [cause] = area["causes"]
    assert (cause["thing_id"], cause["became"]) == (reports.CASE, "went")


def test_a_correction_of_the_month_before_is_told_with_its_own_day(zone):
    zone.issue("monthly", "2023-07-15")

    zone.day("2023-09-05").report(*reports.survey(surveyed_on="2023-06-30", area_mu="12"))

    days = [each["on"] for each in zone.corrections(JULY) if each["figure"] == "parcels.plots_area"]
    assert days == ["2023-07-31", "2023-06-30"]


def test_what_only_goes_on_after_the_day_corrects_nothing(zone):
    zone.issue("weekly", "2023-07-26")

    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-08-05"))

    assert zone.corrections(WEEK) == []


def test_a_draft_reads_as_it_was_known_at_a_moment(zone):
    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-07-29"))

    then = zone.draft("weekly", "2023-07-26", known_at=noon("2023-08-05").isoformat())

    assert values_of(then)["parcels.cases_open"] == "0"
    assert values_of(zone.draft("weekly", "2023-07-26"))["parcels.cases_open"] == "1"


@pytest.mark.parametrize(
    ("kind", "on", "code"),
    [
        ("weekly", "2023-08-03", "PERIOD_NOT_OVER"),
        ("monthly", "2023-08-01", "PERIOD_NOT_OVER"),
        ("meeting", "2023-08-04", "PERIOD_NOT_OVER"),
    ],
)
def test_nothing_is_issued_before_its_period_is_over(zone, kind, on, code):
    with pytest.raises(Refused) as caught:
        zone.issue(kind, on)

    assert [(each.code, each.field) for each in caught.value.reasons] == [(code, "on")]


def test_the_papers_of_a_meeting_are_issued_on_their_day(zone):
    assert zone.issue("meeting", "2023-08-03")["zone_report_id"] == "meeting-2023-08-04"


def test_a_week_is_issued_from_the_day_after_it_and_not_on_its_last(zone):
    zone.day("2023-08-06")
    with pytest.raises(Refused):
        zone.issue("weekly", "2023-08-06")

    assert zone.day("2023-08-07").issue("weekly", "2023-08-06")["last"] == "2023-08-06"


def test_a_report_is_issued_once(zone):
    zone.issue("weekly", "2023-07-26")

    with pytest.raises(Refused) as caught:
        zone.issue("weekly", "2023-07-24")

    assert [each.code for each in caught.value.reasons] == ["ALREADY_ISSUED"]


def test_no_report_is_issued_with_a_gap(zone):
    zone.others["enterprises"].problem = Unavailable("away")

    with pytest.raises(Refused, match=r"NO_ANSWER.*enterprises could not be reached"):
        zone.issue("weekly", "2023-07-26")

    with pytest.raises(NotFound):
        zone.read("get_zone_report", zone_report_id=WEEK)


def test_figures_of_a_service_that_is_away_are_not_taken_for_corrected(zone):
    zone.issue("weekly", "2023-07-26")
    zone.others["projects"].problem = Unavailable("away")

    found = zone.read("report_corrections", zone_report_id=WEEK)

    assert (found["corrections"], found["unreachable"]) == ([], ["projects"])


def test_land_that_another_service_no_longer_counts_is_named_with_the_call_that_took_it_away(zone):
    zone.land.on("08-01 09:00").publish()
    zone.land.award()
    zone.day("2023-09-05").issue("weekly", "2023-08-31")

    zone.day("2023-09-20").land.void("2023-09-02")

    found = {each["figure"]: each for each in zone.corrections("weekly-2023-W35")}
    plots = found["projects.land_awarded_plots"]
    assert (plots["value_then"], plots["value_now"]) == ("1", "0")
    [cause] = plots["causes"]
    history = zone.land.read("supply_history", supply_id=cause["thing_id"])
    assert (cause["became"], cause["event_id"]) == ("went", history[-1]["by"]["id"])


def test_a_reminder_of_the_clock_is_no_cause(zone):
    zone.requests.report("received", received(), on="2023-07-25")
    zone.issue("weekly", "2023-07-26")

    zone.day("2023-08-10")
    zone.requests.enter(
        "hand_over_request", lead="economy", departments=["economy"], on="2023-07-26"
    )
    zone.requests.enter("answer_request", department="economy", text="granted", on="2023-07-28")
    zone.requests.report("reopened", {"text": "It did not help."}, on="2023-08-01")
    zone.requests.day("2023-10-30")  # reminders
    zone.day("2023-10-30")

    found = {each["figure"]: each for each in zone.corrections(WEEK)}
    [cause] = found["enterprises.requests_open"]["causes"]
    history = zone.requests.read("service_request_history", service_request_id=REQUEST)
    said = [each["by"]["id"] for each in history if "entries" in each["changed"]]
    assert history[-1]["by"]["source"].startswith("/timers/")
    assert (cause["became"], cause["event_id"]) == ("went", said[-1])
