"""From the outlines that townships survey to the land desk, which is told what does not fit."""

from __future__ import annotations

from tests.support.eventually import eventually
from tests.support.park import Story


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
