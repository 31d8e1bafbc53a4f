"""What was promised of the land and is not kept, or not looked at, and a township that falls silent: the
alert, the reminder and the supervision, in the letters of those who asked; on a real broker and store."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import kombu
import pytest
from msgspec.structs import replace

from backbone.messages.envelope import encode
from backbone.store.redis import connect
from backbone.store.repository import Repository
from tests.notify.facts import fact
from tests.support.eventually import eventually
from tests.support.park import Story
from tests.support.post import Post, post_of

from .test_the_contract import TAX, Desk

START = TAX | {"code": "固定资产投资强度", "value": "300", "check_stage": "start"}
TERMS = {"payments": [{"share": "1", "within_months": 1}], "start_within_months": 6}
HOUR_S = 3600
SILENT = "330604001"
TIMERS = {"projects": "remind_of_due_steps", "notify": "look_for_silent_feeds"}


class Clock:
    """The hourly work of the services, done when a test wants it and not at the next full hour."""

    def __init__(self, post: Post, uri: str, url: str) -> None:
        self.post, self.uri, self.url = post, uri, url

    def strikes(self) -> None:
        """The services are killed, what they did at this hour is forgotten, and they make up for it."""
        self.post.park.kill()
        client, hour = connect(self.url), int(time.time()) // HOUR_S * HOUR_S
        for service, timer in TIMERS.items():
            client.delete(Repository(service, client, []).mark("timer", timer, str(hour)))
        self.post.park.start()


@pytest.fixture(scope="module")
def clock(rabbitmq, redis_server) -> Iterator[Clock]:
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with post_of(uri, url) as post:
        post.box("review-desk", "commitment_breached", "review_due", "start_overdue")
        post.box("breaches", "commitment_breached")
        post.box("operations", "feed_silent")
        post.box("own", "feed_silent", townships=[SILENT])
        post.box("neighbour", "feed_silent", townships=["330604006"])
        yield Clock(post, uri, url)


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """The contract of a plot, of September 2023, which promises a start and taxes at full capacity."""
    desk = Desk(Story(clock.post.park), indicators=[TAX, START], contract_terms=TERMS)
    desk.award()
    desk.sign()
    return desk


def review(desk: Desk, value: str) -> None:
    desk.story.write(
        "projects",
        "review_commitments",
        contract_id=desk.contract_id,
        review_id="R-1",
        check_stage="full_capacity",
        reviewed_on="2026-06-30",
        figures=[{"code": "tax", "value": value, "unit": "万元/亩"}],
        evidence_ids=["doc-1"],
    )


def standing(desk: Desk) -> list[str]:
    found = desk.story.park.call("projects", "commitment_standing", on="2026-07-01")
    mine = [e for e in found["commitments"] if e["contract_id"] == desk.contract_id]
    return sorted(f"{each['check_stage']} {each['standing']}" for each in mine)


def test_a_promise_is_late_broken_and_kept_in_the_end_and_everyone_reads_so(clock, desk):
    post, parcel = clock.post, desk.story.parcel_id

    clock.strikes()

    late = post.text(
        "review-desk",
        f"Review [履约复核] under supervision 督办: review of the start [开工核查] of {parcel}",
    )
    assert "due on 2024-" in late
    assert post.text("review-desk", f"Building not begun [逾期未开工] two_years: {parcel}")

    review(desk, "28.5")

    broken = post.text("breaches", f"Commitment breached [履约未达标] tax: {parcel}")
    assert "28.5 万元/亩; promised were >= 30" in broken
    assert standing(desk) == ["full_capacity breached", "start late"]

    review(desk, "30")

    assert post.text("breaches", f"Breach corrected [履约更正] tax: {parcel}")
    assert standing(desk) == ["full_capacity kept", "start late"]


def heard_of(clock: Clock, township: str, days_ago: int) -> None:
    """What parcels said that day, after a report of the township."""
    told = replace(
        fact("parcels.release_blocked", township=township),
        time=datetime.now(UTC) - timedelta(days=days_ago),
        causation_id=f"report-{days_ago}",
        causation_type="soil.surveyed",
        causation_source=f"/townships/{township}",
    )
    with kombu.Connection(clock.uri) as connection:
        connection.Producer().publish(
            encode(told),
            exchange="parcels.events",
            routing_key="release_blocked",
            content_type="application/cloudevents+json",
            content_encoding="utf-8",
        )


def feeds_of(clock: Clock) -> list[str]:
    """The townships that notify has heard of."""
    found = clock.post.park.call("notify", "list_township_feeds")["items"]
    return [feed["feed_id"] for feed in found]


def test_a_township_that_falls_silent_is_told_so_as_operations_are_and_so_is_its_return(clock):
    silent = Story(clock.post.park, SILENT)
    heard_of(clock, silent.township, 40)
    eventually(lambda: silent.township in feeds_of(clock))

    clock.strikes()

    for reader in ("operations", "own"):
        told = clock.post.text(reader, "Feed silent [未报送] reminder 催办: 百官街道 (330604001)")
        assert re.search("for 4[01] days", told)  # midnight may have passed meanwhile

    silent.publish(*silent.parcel())

    for reader in ("operations", "own"):
        assert clock.post.text(reader, "Feed heard again [恢复报送]: 百官街道 (330604001)")
    assert clock.post.subjects("neighbour") == []
