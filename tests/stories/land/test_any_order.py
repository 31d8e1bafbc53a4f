"""Reports in any order, each sent up to five times, come to the same end as each sent once, in order.

The same end is: the same parcel, case, listing, match and firm, field by field but for ids and times, and
as many alerts of each kind. One thing may differ by the park's rules: through how many standings a firm
goes. One that is registered when its case is over is told once how it stands; one that was there before
is under remediation first. Either way the alerts lead, step by step, to how it stands in the end.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story
from tests.support.township import Township

TIME = datetime.fromisoformat("2023-08-01T09:30:00+08:00")  # of every report, here and by the door
RESERVED = ("land_reserve", "11781")
ENDS = {  # by way and vacated area: the alerts of an uneventful story
    RESERVED: {"release_ready", "listing_drafted", "land_matched"},
    ("vacate_relocate", "5000"): {"release_blocked"},
    ("upgrade_in_place", "0"): set(),
}
# told from step to step; and told of a case that is open, if the hour strikes just then
BY_CHANCE = {"standing_changed", "remediation_overdue"}
FIRM_LAST = 4  # the seed that sends one story nearly backwards, and its firm when all is over
OWN = {"listing_id", "event_id", "at", "report_id", "reported_at", "released_on"}


@pytest.fixture(scope="module")
def uri(rabbitmq):
    rabbitmq.ensure_up()
    return rabbitmq.new_vhost()


@pytest.fixture(scope="module")
def park(uri, redis_server):
    """The four services, a desk that wants to be told everything, and a project that looks for land."""
    redis_server.ensure_up()
    with Host("park", SERVICES, uri, redis_server.new_url()) as host:
        desk = {"name": "desk", "channel": "log", "address": "desk", "request_id": "desk"}
        host.call("notify", "subscribe", **desk)
        Story(host).register_lead()
        yield host


@pytest.fixture(scope="module")
def township(uri, park):
    with Township(uri) as township:
        yield township


def end_of(story):
    """What the park has on record of a story, without what is its own."""
    call = story.park.call
    listings = story.listings()
    found = {
        "parcel": call("parcels", "get_parcel", parcel_id=story.parcel_id),
        "case": story.the_case(),
        "firm": call("enterprises", "get_enterprise", enterprise_id=story.enterprise_id),
        "listings": listings,
        "matches": [
            call("projects", "get_match", listing_id=each["listing_id"]) for each in listings
        ],
        "alerts": Counter(a["kind"] for a in alerts(story) if a["kind"] not in BY_CHANCE),
    }
    told = json.dumps(found).replace(story.run, "RUN").replace(story.uscc, "USCC")
    return without_its_own(json.loads(told))


def alerts(story):
    asked = {"parcel_id": story.parcel_id}
    return story.park.call("notify", "list_alerts", filter=asked, limit=200)["items"]


def without_its_own(found):
    if isinstance(found, dict):
        return {name: without_its_own(each) for name, each in found.items() if name not in OWN}
    return [without_its_own(each) for each in found] if isinstance(found, list) else found


def last_standing(story):
    """Where the alerts about its firm lead, each beginning where another ended."""
    told = [each["data"] for each in alerts(story) if each["kind"] == "standing_changed"]
    steps = {data["previous_standing"]: data["standing"] for data in told}
    assert len(steps) == len(told), told
    standing = "in_operation"
    while steps:
        standing = steps.pop(standing)
    return standing


def told_in_order(park, way, area_m2):
    """A story whose reports were each sent once, in order, and are done to the last alert. It goes the
    same ways through the same queues: whatever was sent before it is done as well."""
    story = Story(park)
    story.tell(story.reports(way, area_m2))
    kinds = ENDS[way, area_m2]
    eventually(lambda: kinds <= {each["kind"] for each in alerts(story)})
    eventually(lambda: last_standing(story) not in ("in_operation", "under_remediation"))
    return story


def shuffled(stories, copies, chance):
    """Every report of these stories, as often as `copies` say, in an order of chance."""
    reports = [
        (f"{story.run}-{number}", type_, data)
        for story, (way, area_m2) in stories
        for number, (type_, data) in enumerate(story.reports(way, area_m2))
    ]
    sent = [report for report, times in zip(reports, copies, strict=False) for _ in range(times)]
    chance.shuffle(sent)
    return sent


def publish(township, reports, parts):
    """Publish them in so many parts, each when the one before it was answered. Answers the ids."""
    sent = []
    size = -(-len(reports) // parts)
    for start in range(0, len(reports), size):
        for event_id, type_, data in reports[start : start + size]:
            township.publish(type_, data, id=event_id, time=TIME)
            sent.append(event_id)
        outcomes(township, sent)
    return sent


def outcomes(township, sent):
    """With which outcomes each event was answered, once there is an answer to each copy."""
    found = []
    while len(found) < len(sent):
        known = township.receipts(0)
        found = [each["data"] for each in known if each["data"]["event_id"] in sent]
        township.receipts(len(known) + (len(found) < len(sent)))
    return {
        event_id: Counter(said["outcome"] for said in found if said["event_id"] == event_id)
        for event_id in sent
    }


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink would wait out many failures
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    ways=st.lists(st.sampled_from(sorted(ENDS)), min_size=1, max_size=2),
    copies=st.lists(st.integers(1, 5), min_size=14, max_size=14),
    parts=st.integers(1, 7),
    chance=st.randoms(use_true_random=False),
)
@example(ways=[RESERVED], copies=[1] * 14, parts=7, chance=random.Random(FIRM_LAST))
def test_reports_in_any_order_and_number_come_to_the_end_of_the_story_in_order(
    park, township, ways, copies, parts, chance
):
    stories = [(Story(park), way) for way in ways]

    sent = publish(township, shuffled(stories, copies, chance), parts)
    answered = outcomes(township, sent)

    times = Counter(sent)
    once = {event_id: Counter(accepted=1, duplicate=times[event_id] - 1) for event_id in sent}
    assert answered == once
    for story, way in stories:
        in_order = told_in_order(park, *way)
        assert end_of(story) == end_of(in_order)
        assert last_standing(story) == last_standing(in_order)
