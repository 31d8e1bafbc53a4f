"""From the outlines that townships survey to the land desk, which is told what does not fit, and to the
investment team, which is told what fits side by side."""

from __future__ import annotations

from typing import Any

from tests.support.eventually import eventually
from tests.support.park import Story

PLAN = {"plot_ratio": {"minimum": "1.2"}}
WIDTH = 0.001  # degrees, of an outline of `outlined`


def outlined(story: Story, on: str = "2023-01-10", **more: object) -> None:
    """All stories of a park lie apart, by the number of their run."""
    lon, lat = 120.65 + int(story.run[:4], 16) / 200_000, 29.75 + int(story.run[4:], 16) / 200_000
    west, east, south, north = (round(each, 7) for each in (lon, lon + 0.001, lat, lat + 0.001))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    given = {"parcel_id": story.parcel_id, "geometry": geometry, "surveyed_on": on}
    [receipt] = story.tell([("parcel.boundary_surveyed", given | {"crs": "CGCS2000"} | more)])
    assert receipt["outcome"] == "accepted"


def test_the_desk_is_told_of_an_outline_that_does_not_fit_the_papers_and_when_it_does(story):
    story.tell([story.parcel()])
    outlined(story)

    alert = story.alert("boundary_doubtful")
    assert alert["data"]["parcel_id"] == story.parcel_id
    assert "11,781 m²" in alert["text"]
    assert "120." not in str(alert)
    [feature] = [
        each
        for each in story.park.call(
            "parcels", "boundaries_geojson", township=story.township, limit=200
        )["features"]
        if each["id"] == story.parcel_id
    ]
    area_m2 = feature["properties"]["area_m2"]
    story.tell([story.parcel(area_m2=area_m2, surveyed_on=story.day(-100))])
    eventually(lambda: story.alerts("boundary_cleared"))


def released(story: Story, east_of: Story | None = None) -> str:
    """The listing of the plot, whose outline lies to the east of another's."""
    (type_, survey), *others = story.reports()
    story.tell([(type_, survey | {"plan_conditions": PLAN}), *others])
    more = {"geometry": beside(geometry_of(east_of))} if east_of else {}
    outlined(story, **more)
    return str(story.listing("draft")["listing_id"])


def geometry_of(story: Story) -> dict[str, Any]:
    found = story.park.call("parcels", "get_boundary", parcel_id=story.parcel_id)
    geometry: dict[str, Any] = found["outline"]["geometry"]
    return geometry


def beside(geometry: dict[str, Any]) -> dict[str, Any]:
    [ring] = geometry["coordinates"]
    return geometry | {"coordinates": [[[round(lon + WIDTH, 7), lat] for lon, lat in ring]]}


def test_a_lead_hears_of_two_plots_that_are_large_enough_together_while_both_can_be_had(story):
    other = Story(story.park)
    listings = {released(story), released(other, east_of=story)}
    lead_id = story.register_lead(min_area_m2="23562", max_area_m2="23562")

    def merged() -> list[Any]:
        answer = story.park.call("projects", "near_misses", lead_id=lead_id)
        assert {each["code"] for each in answer["merged_doubts"]} <= {"PAIR_NOT_TO_BE_HAD"}
        ours = [pair for pair in answer["merged"] if listings & ids_of(pair)]
        return [(ids_of(pair), pair["area_m2"]) for pair in ours]

    assert merged() == [(listings, "23562")]

    other.record_soil(on_registry=True)
    assert merged() == []


def ids_of(pair: Any) -> set[str]:
    return {each["listing_id"] for each in pair["plots"]}
