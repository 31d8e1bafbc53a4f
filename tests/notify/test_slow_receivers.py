"""Receivers that drip their answers, in services over a real broker: they cost themselves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story

from .servers import RawServer, WebSite, raw_server, website
from .test_webhook import OK, SECRET

TIMEOUT_S = 8
SLOW_WEBHOOKS, SLOW_DESKS = 8, 6


@pytest.fixture
def slow_site() -> Iterator[RawServer]:
    with raw_server(b"HTTP/1.1 200 OK\r\nX-A: ", then_drip=b"a") as server:
        yield server


@pytest.fixture
def slow_mail() -> Iterator[RawServer]:
    with raw_server(b"220-", then_drip=b"x") as server:
        yield server


@pytest.fixture
def good_site() -> Iterator[WebSite]:
    with website(OK) as site:
        yield site


@pytest.fixture
def park(request, slow_mail: RawServer) -> Iterator[Host]:
    settings = {
        "SMTP_URL": f"smtp://127.0.0.1:{slow_mail.port}?from=notify@example.org",
        "CHANNEL_TIMEOUT_S": str(TIMEOUT_S),
        "WEBHOOK_HTTP": "yes",
        "WEBHOOK_NETWORKS": "127.0.0.0/8",
    }
    amqp_uri = request.getfixturevalue("rabbitmq").new_vhost()
    redis_url = request.getfixturevalue("redis_server").new_url()
    with Host("park", SERVICES, amqp_uri, redis_url, **settings) as host:
        yield host


def subscribe(park: Host, name: str, channel: str, **where: str) -> None:
    terms = {"kinds": ["release_ready"], "channel": channel, "request_id": name} | where
    park.call("notify", "subscribe", subscription_id=name, name=name, **terms)


def deliveries(park: Host, **filters: str) -> list[dict]:
    return park.call("notify", "list_deliveries", filter=filters, limit=100)["items"]


def gave_in_at(park: Host, delivery: dict) -> datetime:
    """When the first try of it was over. On record is when it began."""
    history = park.call("notify", "delivery_history", delivery_id=delivery["delivery_id"])
    began = min(each["at"] for each in history if each["changed"].get("state") == "retrying")
    return datetime.fromisoformat(began) + timedelta(seconds=TIMEOUT_S)


def test_many_slow_receivers_hold_up_no_good_one_and_are_tried_again(
    park: Host, slow_site: RawServer, good_site: WebSite
) -> None:
    for number in range(SLOW_WEBHOOKS):
        address = f"{slow_site.url}/{number}"
        subscribe(park, f"slow-site-{number}", "webhook", address=address, secret=SECRET)
    for number in range(SLOW_DESKS):
        subscribe(park, f"slow-desk-{number}", "email", address=f"desk-{number}@example.org")
    subscribe(park, "zz-good-site", "webhook", address=good_site.url, secret=SECRET)
    story = Story(park)
    story.tell(story.reports())
    eventually(lambda: good_site.seen)

    count = SLOW_WEBHOOKS + SLOW_DESKS
    slow = eventually(lambda: len(found := deliveries(park, state="retrying")) == count and found)
    (good,) = eventually(lambda: deliveries(park, state="delivered"))
    sent_at = datetime.fromisoformat(good["delivered_at"])
    assert sent_at < min(gave_in_at(park, each) for each in slow)
    errors = {each["last_error"] for each in slow}
    assert errors == {
        f"The webhook took longer than {TIMEOUT_S} s.",
        f"The mail server took longer than {TIMEOUT_S} s.",
    }
    assert park.call("notify", "list_parked", limit=10) == []
