"""`kill -9` of a service, of RabbitMQ, of Redis, while chains run: each completes, once.

A ledger counts what went in and what came out: receipts, cases, listings, facts, alerts.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import kombu
import pytest

from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, TOWNSHIP, Story
from tests.support.township import Township

STORIES = 25
KILLS = 3


class Facts:
    """Everything that the services announce, from a queue that outlives the broker."""

    def __init__(self, amqp_uri: str) -> None:
        self.uri = amqp_uri
        self.seen: list[dict] = []
        with kombu.Connection(amqp_uri) as connection:
            queue = self._queue(connection)
            queue.declare()
            for service in SERVICES:
                queue.bind_to(f"{service}.events", routing_key="#")

    def _queue(self, connection: kombu.Connection) -> kombu.Queue:
        return kombu.Queue(
            "ledger", channel=connection.channel(), queue_arguments={"x-queue-type": "quorum"}
        )

    def count(self, type_: str) -> Counter[str]:
        """How often each fact of a type came, by the event's id, to the subject it is about."""
        with kombu.Connection(self.uri) as connection:
            queue = self._queue(connection)
            while message := queue.get():
                self.seen.append(message.decode())
                message.ack()
        unique = {fact["id"]: fact for fact in self.seen if fact["type"] == type_}
        return Counter(fact["data"]["case_id"] for fact in unique.values())


@pytest.fixture
def redis_of_its_own() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def broker_of_its_own() -> Iterator[RabbitMQ]:
    server = RabbitMQ()
    server.start()
    yield server
    server.stop()


def publish_all(township: Township, stories: list[Story]) -> list[str]:
    """The reports of all stories, one round after the other, so that every chain is open at once."""
    rounds = zip(*(story.reports() for story in stories), strict=True)
    return [township.publish(type_, data) for reports in rounds for type_, data in reports]


def in_mid_chain(strike: Callable[[], None]) -> None:
    for _ in range(KILLS):
        time.sleep(0.7)  # lets some of the chains get on their way: where the blow falls is chance
        strike()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("victim", ["services", "rabbitmq", "redis"])
def test_every_chain_completes_once(victim, broker_of_its_own, redis_of_its_own):
    uri, redis_url = broker_of_its_own.new_vhost(), redis_of_its_own.url
    with Host("park", SERVICES, uri, redis_url) as park, Township(uri, TOWNSHIP) as township:
        facts = Facts(uri)
        stories = [Story(park) for _ in range(STORIES)]
        sent: list[str] = []
        time.sleep(1.5)  # a broker killed right after a quorum queue was declared may forget it
        publisher = threading.Thread(target=lambda: sent.extend(publish_all(township, stories)))
        publisher.start()

        def strike() -> None:
            {"services": park, "rabbitmq": broker_of_its_own, "redis": redis_of_its_own}[
                victim
            ].kill()
            {
                "services": park.start,
                "rabbitmq": broker_of_its_own.restart,
                "redis": redis_of_its_own.restart,
            }[victim]()

        in_mid_chain(strike)
        publisher.join()
        cases = {story.case_id for story in stories}

        released = eventually(
            lambda: (found := facts.count("parcels.land_released")).keys() == cases and found, 120
        )
        drafted = eventually(
            lambda: (found := facts.count("projects.listing_drafted")).keys() == cases and found, 60
        )
        receipts = township.receipts(len(sent), timeout=60)
        for story in stories:
            eventually(lambda s=story: s.alerts("release_ready"), 60)

        outcomes = Counter(receipt["data"]["outcome"] for receipt in receipts)
        answered = Counter(
            receipt["data"]["event_id"]
            for receipt in receipts
            if receipt["data"]["outcome"] != "duplicate"
        )
        print(
            f"\nledger: victim {victim}, kills {KILLS}, sent {len(sent)}, receipts {dict(outcomes)}, "
            f"released {sum(released.values())}, drafted {sum(drafted.values())}, "
            f"lost {len(set(sent) - set(answered))}"
        )
        assert set(answered) == set(sent), "every event has a receipt"
        assert set(released.values()) == {1}, "every case is released once"
        assert set(drafted.values()) == {1}, "every listing is drafted once"
        assert all(len(story.listings()) == 1 for story in stories)
        assert all(len(story.alerts("release_ready")) == 1 for story in stories)
        assert outcomes["refused"] == 0
