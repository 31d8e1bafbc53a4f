"""`kill -9` of a service, of RabbitMQ, of Redis, while chains run: each completes, once.

A ledger counts what went in and what came out: receipts, cases, listings, facts, alerts.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import ExitStack
from typing import Any

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
                for key in ("#", "#.#"):  # twice: a broker that is killed may forget a binding
                    queue.bind_to(f"{service}.events", routing_key=key)

    def _queue(self, connection: kombu.Connection) -> kombu.Queue:
        return kombu.Queue(
            "ledger", channel=connection.channel(), queue_arguments={"x-queue-type": "quorum"}
        )

    def of(self, cases: set[str], type_: str) -> Counter[str]:
        """How many different facts of a type there are for each case. Raises while a case has none."""
        with kombu.Connection(self.uri) as connection:
            queue = self._queue(connection)
            while message := queue.get():
                self.seen.append(message.decode())
                message.ack()
        facts = {fact["id"]: fact for fact in self.seen if fact["type"] == type_}
        found = Counter(fact["data"]["case_id"] for fact in facts.values())
        assert found.keys() == cases, f"no {type_} of {sorted(cases - found.keys())}"
        return found


@pytest.fixture
def victims(rabbitmq: RabbitMQ, redis_server: RedisServer, uri: str, url: str):
    """What can be killed: each service in a process of its own, the broker, the store."""
    with ExitStack() as hosts:
        found = {name: hosts.enter_context(Host("park", [name], uri, url)) for name in SERVICES}
        found["facts"] = Facts(uri)
        yield found | {"rabbitmq": rabbitmq, "redis": redis_server}


@pytest.fixture
def uri(rabbitmq: RabbitMQ) -> str:
    rabbitmq.ensure_up()
    return rabbitmq.new_vhost()


@pytest.fixture
def url(redis_server: RedisServer) -> str:
    redis_server.ensure_up()
    return redis_server.new_url()


def publish_all(township: Township, stories: list[Story]) -> list[str]:
    """The reports of all stories, one round after the other, so that every chain is open at once."""
    rounds = zip(*(story.reports() for story in stories), strict=True)
    return [township.publish(type_, data) for reports in rounds for type_, data in reports]


def kill_now_and_then(victim: Any) -> None:
    for _ in range(KILLS):
        time.sleep(0.7)  # lets some of the chains get on their way: where the blow falls is chance
        victim.kill()
        (victim.start if isinstance(victim, Host) else victim.restart)()


def where_all_stands(victims: dict[str, Any], uri: str) -> str:
    """What the broker holds, and what each service waits for: for whoever reads why a chain stopped."""
    waits = [victims[name].readyz(name) for name in SERVICES]
    return f"{victims['rabbitmq'].standing(uri)}\n{waits}"


@pytest.mark.parametrize("victim", ["parcels", "projects", "notify", "rabbitmq", "redis"])
def test_every_chain_completes_once(victim, victims, uri):
    facts, park = victims["facts"], victims["enterprises"]
    stories = [Story(park) for _ in range(STORIES)]
    sent: list[str] = []
    with Township(uri, TOWNSHIP) as township:
        victims["rabbitmq"].write_down()  # the ledger's queue and the township's are new
        publisher = threading.Thread(target=lambda: sent.extend(publish_all(township, stories)))
        publisher.start()
        kill_now_and_then(victims[victim])
        publisher.join()
        victims["rabbitmq"].mend()
        for event_id in sent:
            try:
                township.receipt(event_id, timeout=120)
            except AssertionError as late:
                raise AssertionError(f"{late}\n{where_all_stands(victims, uri)}") from late
        # what was published and not yet taken off the outbox is published again, under its own id
        receipts = list({receipt["id"]: receipt for receipt in township.receipts()}.values())

    cases = {story.case_id for story in stories}
    try:
        released = eventually(lambda: facts.of(cases, "parcels.land_released"), 60)
        drafted = eventually(lambda: facts.of(cases, "projects.listing_drafted"), 60)
    except AssertionError as late:
        raise AssertionError(f"{late}\n{where_all_stands(victims, uri)}") from late
    for story in stories:
        eventually(lambda s=story: s.alerts("release_ready"), 60)
    outcomes = Counter(receipt["data"]["outcome"] for receipt in receipts)
    first = [r["data"]["event_id"] for r in receipts if r["data"]["outcome"] != "duplicate"]

    print(
        f"\nledger: {victim} killed {KILLS} times, sent {len(sent)}, receipts {dict(outcomes)}, "
        f"released {sum(released.values())}, drafted {sum(drafted.values())}, "
        f"lost {len(set(sent) - set(first))}, doubled {len(first) - len(set(first))}"
    )
    assert len(first) == len(set(first)), "no event has two"
    assert set(first) == set(sent), "every event has its receipt"
    assert outcomes["refused"] == 0
    assert set(released.values()) == {1}, "every case is released once"
    assert set(drafted.values()) == {1}, "every listing is drafted once"
    assert all(len(story.listings()) == 1 for story in stories)
    assert all(len(story.alerts("release_ready")) == 1 for story in stories)
