"""From a plot's figures and its construction to the desk that checks it."""

from __future__ import annotations

from datetime import UTC, datetime

from park.time import day_of
from tests.support.eventually import eventually

TODAY = day_of(datetime.now(UTC))
YEAR = TODAY.year - 1


def survey_and_firm(story):
    reports = dict(story.reports())
    return [(name, reports[name]) for name in ("parcel.registered", "enterprise.registered")]


def figures(story, gross_output_cny):
    about = {"enterprise_id": story.enterprise_id, "data_year": YEAR, "source_class": "declared"}
    parcels = [{"parcel_id": story.parcel_id}]
    return "enterprise.figures_reported", {
        **about,
        "parcels": parcels,
        "gross_output_cny": gross_output_cny,
    }


def check(story, kind, **more):
    about = {"parcel_id": story.parcel_id, "data_year": YEAR, "operator_role": "township"}
    return f"low_efficiency.{kind}", about | more


def state(story):
    suspicion_id = f"{story.parcel_id}:{YEAR}"
    return story.park.call("parcels", "get_suspicion", suspicion_id=suspicion_id)["state"]


def test_low_figures_are_told_to_the_desk_and_taken_back_when_they_are_corrected(story):
    story.tell([*survey_and_firm(story), figures(story, "1000")])
    assert story.alert("low_efficiency_suspected")["data"]["data_year"] == YEAR

    story.publish(*figures(story, "900000000"), time="2023-08-01T10:30:00+08:00")
    assert story.alert("suspicion_lifted")


def test_a_suspicion_is_checked_objected_to_and_answered(story):
    story.tell([*survey_and_firm(story), figures(story, "1000")])
    eventually(lambda: story.alerts("low_efficiency_suspected"))
    steps = [
        check(story, "rejected", checked_on=f"{YEAR}-12-30"),
        check(story, "verified", checked_on=f"{YEAR}-12-31"),
        check(story, "holder_heard", view="objects", heard_on=f"{YEAR}-12-31"),
        check(story, "objection_answered", upheld=False, text="no", answered_on=TODAY.isoformat()),
    ]

    states = [story.publish(*step) and state(story) for step in steps]

    assert states == ["rejected", "verified", "objected", "answered"]


def test_a_plot_that_was_never_begun_is_told_as_idle(story):
    building = {
        "parcel_id": story.parcel_id,
        "agreed_start_on": "2020-01-01",
        "reported_on": "2023-07-31",
    }
    story.tell([*survey_and_firm(story), ("construction.reported", building)])

    alert = story.alert("idle_land_found")
    assert (alert["data"]["idle_standing"], alert["data"]["idle_since_on"]) == (
        "idle_2y",
        "2022-01-02",
    )
