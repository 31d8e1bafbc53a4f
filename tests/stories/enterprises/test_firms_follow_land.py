"""The firms of a plot are found on what the plot became, from the land desk's call to the alert."""

from __future__ import annotations

from typing import Any

from tests.support.eventually import eventually
from tests.support.park import Story


def there(story: Story, parcel_id: str, how: str = "firms") -> list[str]:
    found = story.park.call("enterprises", "firms_on_parcel", parcel_id=parcel_id)
    return [each["enterprise_id"] for each in found[how]]


def divide(story: Story, parcel_id: str) -> list[dict[str, Any]]:
    parts = [
        {"parcel_id": f"{parcel_id}.a", "area_m2": "5781"},
        {"parcel_id": f"{parcel_id}.b", "area_m2": "6000"},
    ]
    day = "2023-08-10"
    story.write("parcels", "split_parcel", parcel_id=parcel_id, split_on=day, children=parts)
    return parts


def test_a_firm_is_asked_for_after_a_split_and_stays_where_it_was_when_that_is_undone(story):
    story.tell([story.parcel(), story.enterprise()])
    whole = story.parcel_id

    parts = divide(story, whole)
    eventually(lambda: there(story, parts[0]["parcel_id"], "perhaps") == [story.enterprise_id])
    assert story.alert("premises_in_doubt")["data"]["parcel_id"] == whole

    undone = {"undo": True, "children": [], "reason": "measured wrongly"}
    corrected_on = "2023-08-11"
    story.write("parcels", "correct_split", parcel_id=whole, corrected_on=corrected_on, **undone)
    assert story.alert("premises_settled")
    assert there(story, whole) == [story.enterprise_id]


def test_a_case_on_a_merged_parcel_concerns_the_firms_of_its_sources(story):
    next_door, merged = f"{story.parcel_id}.2", f"{story.parcel_id}.m"
    story.tell([story.parcel(), story.parcel(parcel_id=next_door), story.enterprise()])
    story.write(
        "parcels",
        "merge_parcels",
        parcel_id=merged,
        source_ids=[story.parcel_id, next_door],
        area_m2="23562",
        merged_on=story.day(-190),
    )
    eventually(lambda: there(story, merged) == [story.enterprise_id])

    type_, data = story.identified()
    story.tell([(type_, data | {"parcel_id": merged})])

    eventually(lambda: story.standing() == "under_remediation")
