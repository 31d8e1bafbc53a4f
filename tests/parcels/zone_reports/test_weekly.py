"""The weekly report: what happened in the week, what stands at its end, and what is due in the next."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backbone.errors import Invalid, Unavailable
from park.units import m2_to_mu

from ...enterprises.requests.desk import received
from .. import reports
from .zone import WEEK, Zone, figures_of, lines_of, section_of, values_of


@pytest.fixture
def zone() -> Zone:
    return Zone().whole_case()


def test_the_week_counts_the_cases_that_were_accepted_in_it_and_the_land_that_they_freed(zone):
    found = values_of(zone.draft("weekly", "2023-07-26"))

    assert found["parcels.cases_accepted"] == "1"
    assert found["parcels.area_remediated"] == found["parcels.area_vacated"] == "10"
    assert (found["parcels.cases_identified"], found["parcels.cases_open"]) == ("0", "0")
    opened = values_of(zone.draft("weekly", "2023-02-01"))
    assert (opened["parcels.cases_identified"], opened["parcels.cases_open"]) == ("1", "1")


def test_the_week_is_that_of_the_day_and_ends_today_while_it_goes_on(zone):
    report = zone.draft("weekly", "2023-07-26")
    begun = zone.draft("weekly", "2023-08-02")

    assert (report["zone_report_id"], report["first"], report["last"]) == (
        "weekly-2023-W30",
        "2023-07-24",
        "2023-07-30",
    )
    assert (begun["first"], begun["last"]) == ("2023-07-31", "2023-08-03")
    assert report["title"] == "Weekly report [周报] 2023-W30 (2023-07-24 – 2023-07-30)"


@pytest.mark.parametrize("kind", ["weekly", "monthly", "meeting"])
@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_a_day_of_which_no_report_can_be_is_refused_with_those_that_can(kind, on):
    with pytest.raises(Invalid) as refused:
        Zone().draft(kind, on)
    assert str(refused.value) == "INVALID (on): Give a day from 1900-01-01 to 2999-12-31."


def test_a_case_that_does_not_say_how_much_makes_the_area_at_least():
    zone = Zone().whole_case(remediated=None)

    told = figures_of(zone.draft("weekly", "2023-07-26"))["parcels.area_remediated"]["told"]

    assert (told["value"], told["overview_kind"]) == ("0", "at_least")


def test_the_week_s_figures_are_the_sums_of_the_townships_bulletins(zone):
    zone.tick("issue_bulletins")
    [bulletin] = zone.read("list_bulletins", filter={"kind": "week"})["items"]

    found = values_of(zone.draft("weekly", "2023-07-30"))

    figures = bulletin["figures"]
    assert found["parcels.cases_accepted"] == str(len(figures["completed"]))
    remediated = m2_to_mu(Decimal(figures["remediated_area_m2"]))
    assert Decimal(str(found["parcels.area_remediated"])) == remediated


def test_the_weeks_together_remediated_what_the_overview_has_on_the_last_day(zone):
    weeks = [zone.draft("weekly", day) for day in ("2023-07-19", "2023-07-26", "2023-08-01")]
    added = sum(Decimal(str(values_of(each)["parcels.area_remediated"])) for each in weeks)

    figures = zone.read("overview_figures", on="2023-08-01")
    overview = {each["figure"]: each["value"] for each in figures}

    assert str(added) == overview["land_remediated"] == "10"


def test_land_counts_as_released_in_the_week_of_its_release():
    zone = Zone().whole_case()
    zone.call("record_soil", **reports.soil_record(on="2023-08-01"))

    found = values_of(zone.draft("weekly", "2023-08-01"))

    assert (found["parcels.plots_released"], found["parcels.area_released"]) == ("1", "10")
    assert values_of(zone.draft("weekly", "2023-07-26"))["parcels.plots_released"] == "0"


def test_a_late_report_corrects_the_week_of_its_day_and_its_release_is_of_the_week_in_which_it_came():
    zone = Zone().day("2023-08-02")
    for report in reports.whole_case(remediated_area_mu="10")[:-1]:
        zone.report(*report)
    zone.issue("weekly", "2023-07-26")

    zone.day("2023-08-08").report(*reports.completed(remediated_area_mu="10"))

    corrected = {each["figure"]: each["value_now"] for each in zone.corrections(WEEK)}
    assert (corrected["parcels.cases_accepted"], corrected["parcels.area_vacated"]) == ("1", "10")
    assert "parcels.plots_released" not in corrected
    told = figures_of(zone.draft("weekly", "2023-08-08"))["parcels.plots_released"]["told"]
    assert (told["value"], "the day on which the register knew enough" in told["counts"]) == (
        "1",
        True,
    )
    rules = zone.read("rules_of", thing="case", id=reports.CASE)
    [released] = [each["sentence"] for each in rules if each["code"] == "RELEASED"]
    assert "stands since 2023-08-08, the day on which the register knew enough" in released
    assert "the land was vacated on 2023-07-28" in released


def test_the_parts_of_each_figure_of_the_week_add_up_to_it(zone):
    figures = figures_of(zone.draft("weekly", "2023-07-26"))

    assert {"parcels.cases_accepted", "projects.land_listed_area"} <= {*figures}
    for name, each in figures.items():
        assert len(each["parts"]) == each["told"]["parts"]
        added = sum(Decimal(part["adds"]) for part in each["parts"])
        assert added == Decimal(each["told"]["value"]), name
    [part] = figures["parcels.cases_accepted"]["parts"]
    assert (part["thing_id"], part["event_id"]) == (reports.CASE, "event-6")


def test_what_is_due_in_the_week_after_is_listed_by_its_day_and_what_is_late_is_not(zone):
    ends = ("2023-07-20", "2023-07-30", "2023-07-31", "2023-08-06", "2023-08-07")
    for number, planned_end_on in enumerate(ends):
        parcel_id = f"330604006-030{number}"
        zone.report(*reports.survey(parcel_id=parcel_id))
        for report in _case(f"330604006-C3{number}", parcel_id, planned_end_on):
            zone.report(*report)

    lines = lines_of(zone.draft("weekly", "2023-07-30"), "Due next week")

    due = zone.read("due", on="2023-07-31", within_days=6, limit=500)
    ours = {(each["thing_id"], each["due_on"]) for each in lines if each["thing"] == "case"}
    assert all("2023-07-31" <= each["due_on"] <= "2023-08-06" for each in lines)
    assert {case_id for case_id, _ in ours} == {"330604006-C32", "330604006-C33"}
    assert ours == {
        (each["thing_id"], each["due_on"])
        for each in due["dues"]
        if each["thing"] == "case" and not each["days_late"]
    }
    listed = section_of(zone.draft("weekly", "2023-07-30"), "Due next week")["listed"]
    assert (listed["lines_found"], listed["as_known_now"]) == (len(lines), False)


def test_what_is_due_as_known_at_a_moment_is_what_was_on_record_then_in_every_service(zone):
    ids = {"case_id": "330604006-C30", "parcel_id": "330604006-0300"}
    zone.report(*reports.survey(parcel_id=ids["parcel_id"]))
    for report in _case(planned_end_on="2023-08-04", **ids):
        zone.report(*report)
    zone.requests.report("received", received())
    zone.land.project()
    zone.land.plan("2023-08-05")
    then, was = zone.moment, lines_of(zone.draft("weekly", "2023-07-30"), "Due next week")

    zone.day("2023-08-04").report(*reports.completed(completed_on="2023-08-04", **ids))
    zone.requests.enter("hand_over_request", departments=["economy"], lead="economy")
    zone.land.plan("2023-09-05")

    now = lines_of(zone.draft("weekly", "2023-07-30"), "Due next week")
    assert {each["thing"] for each in was} == {"case", "project", "service_request"}
    assert not {each["thing_id"] for each in was} & {each["thing_id"] for each in now}
    known_then = zone.draft("weekly", "2023-07-30", known_at=then.isoformat())
    assert lines_of(known_then, "Due next week") == was


def _case(case_id: str, parcel_id: str, planned_end_on: str) -> list[reports.Report]:
    ids = {"case_id": case_id, "parcel_id": parcel_id}
    return [
        reports.identified(**ids),
        reports.planned(planned_end_on=planned_end_on, **ids),
        reports.approved(**ids),
    ]


def test_a_service_that_is_away_is_named_and_the_rest_of_the_report_is_told(zone):
    zone.others["projects"].problem = Unavailable("away")

    report = zone.draft("weekly", "2023-07-26")

    assert report["unreachable"] == ["projects"]
    assert [each["code"] for each in report["unreachable_reasons"]] == ["NO_ANSWER"]
    found = values_of(report)
    assert found["parcels.cases_accepted"] == "1"
    assert not [name for name in found if name.startswith("projects.")]
    assert "enterprises.requests_open" in found
