"""The overview of the park, from services that are up."""

from __future__ import annotations


def test_the_page_has_the_figures_of_every_service(story):
    story.tell(story.reports())

    page = story.park.call("parcels", "overview")

    figures = {each["figure"]: each for topic in page["topics"] for each in topic["figures"]}
    assert (page["unreachable"], page["missing"]) == ([], [])
    assert int(figures["plots_surveyed"]["value"]) > 0
    assert {"firms_on_land", "land_granted_plots", "trade"} <= figures.keys()
    explained = story.park.call("parcels", "explain_overview", figure="plots_surveyed")
    assert story.parcel_id in {each["thing_id"] for each in explained["parts"]}
