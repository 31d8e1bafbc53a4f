"""The soil of a plot, from what a township and the province say of it to what may be offered."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.parcels import reports as land
from tests.parcels.conftest import Parcels
from tests.parcels.soil import reports as soil
from tests.support.eventually import eventually


def notice(story, number, on, **plots):
    batch = f"{story.run}-{number}"
    named = {name: [story.parcel_id] for name in plots}
    call = {"batch": batch, "issued_on": on, "document": f"notice-{batch}", **named}
    return story.write("parcels", "apply_soil_registry_notice", **call)


def test_a_notice_of_the_registry_takes_land_off_the_market_and_its_removal_brings_it_back(story):
    story.tell(story.reports())
    story.listing("draft")

    notice(story, 1, "2023-08-25", added=True)
    story.listing("withdrawn")
    assert story.alert("soil_registered")["severity"] == "critical"
    assert story.alert("release_revoked")

    notice(story, 2, "2023-12-20", removed=True)
    story.listing("draft")
    assert story.alert("soil_registry_removed")
    evidence = {f"{story.run}-2", f"notice-{story.run}-2"}
    eventually(
        lambda: evidence <= {*story.facts("parcels.land_released")[-1]["data"]["evidence_ids"]}
    )


def test_a_township_suspects_a_plot_and_surveys_it(story):
    ids = {"parcel_id": story.parcel_id}
    suspicion = {"suspected_on": "2023-03-01", "suspicion": "a dyeing works stood here"}
    survey = {"concluded_on": "2023-05-10", "phase": "preliminary", "conclusion": "met"}
    groundwater = {"medium": "groundwater", "substance": "ammonia nitrogen", "exceeded": True}

    story.publish("soil.suspected", {**ids, "soil_report_id": "YS-1", **suspicion})
    assert story.park.call("parcels", "get_soil", **ids)["stage"] == "suspected"

    reported = {**ids, "soil_report_id": "DC-1", **survey, "findings": [groundwater]}
    story.publish("soil.surveyed", reported)
    assert story.park.call("parcels", "get_soil", **ids)["stage"] == "clear"
    (fact,) = eventually(lambda: story.facts("parcels.soil_survey_concluded"))
    assert fact["data"]["exceeded_media"] == ["groundwater"]


def test_a_year_of_risk_control_without_a_report_is_announced_by_the_clock():
    desk = Parcels()
    desk.clock = lambda: datetime(2024, 7, 1, 4, tzinfo=UTC)
    type_, survey = land.survey()
    desk.hear("township", type_, survey, publisher=land.XIAOYUE).or_raise()
    for method, arguments in soil.whole_way()[:5]:
        desk.call(method, **arguments)

    desk.tick("announce_soil_reports_due")

    assert [fact["due_on"] for fact in desk.facts_named("soil_report_due")] == ["2024-07-20"]
