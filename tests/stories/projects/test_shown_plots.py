"""A prospect sees land that was released, and does not see it any more once that is taken back."""

from __future__ import annotations

from typing import Any

from tests.support.eventually import eventually
from tests.support.park import Story

PLAN = {"plot_ratio": {"minimum": "1.2"}}


def test_land_whose_release_is_taken_back_is_gone_from_the_page_at_once_and_the_team_is_told(
    story: Story,
):
    (type_, survey), *others = story.reports()
    story.tell([(type_, survey | {"plan_conditions": PLAN}), *others])
    listing_id = story.listing("draft")["listing_id"]
    chosen = {"lead_id": story.register_lead(), "listing_ids": [listing_id], "team": "team 1"}
    opened = story.write("projects", "open_prospect_page", **chosen)

    def page() -> Any:
        return story.park.call("projects", "prospect_page", token=opened["token"])

    assert [each["listing_id"] for each in page()["plots"]] == [listing_id], page()

    story.record_soil(on_registry=True)
    eventually(lambda: story.facts("parcels.release_revoked"))
    assert page()["plots"] == []  # at the first look, whatever projects has heard

    assert "team 1" in story.alert("shown_plot_gone")["text"]
    story.record_soil(on_registry=False, recorded_on="2023-08-02")
    assert story.alert("shown_plot_back")
    assert [each["listing_id"] for each in page()["plots"]] == [listing_id]
