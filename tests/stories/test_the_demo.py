"""The story that `make run` plays is one that could be true."""

from __future__ import annotations

import uuid

from services import story as demo
from tests.support.doorway import Host
from tests.support.eventually import eventually


def test_its_notice_starts_on_a_day_on_which_its_land_had_been_released(park: Host):
    run = uuid.uuid4().hex[:8]
    for type_, data in demo.reports(run):
        receipt = park.publish(demo.TOWNSHIP, type_, data)
        assert receipt["outcome"] == "accepted", receipt

    case = {"case_id": demo.ids(run)["case_id"]}
    [draft] = eventually(lambda: park.call("projects", "list_listings", filter=case)["items"])
    terms = demo.notice(run) | {"listing_id": draft["listing_id"]}
    published = park.call("projects", "publish_listing", **terms)

    release = published["release"]
    assert release["vacated_on"] <= release["released_on"]
    assert release["released_on"] <= published["notice"]["notice_start_on"]
