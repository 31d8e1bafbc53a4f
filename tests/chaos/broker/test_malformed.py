"""Two thousand malformed messages and calls: no process ends, and each is answered or set aside."""

from __future__ import annotations

import json
import random
import sys
import uuid
import zlib
from collections import Counter
from datetime import UTC, datetime

import amqp
import kombu
import pytest

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from tests.support.doorway import Host
from tests.support.eventually import eventually

EACH = 500
WHOLE = {
    "specversion": "1.0",
    "source": "/farms/green",
    "type": "flour.delivered",
    "time": "2023-08-01T09:30:00+08:00",
    "data": {"batch_id": "b", "loaves": 1},
}


def broken_events(chance: random.Random) -> list[OutgoingMessage]:
    """Bytes, JSON, envelopes and data that are wrong, each differently, so that none is called a copy of
    another."""
    found = []
    for number in range(EACH):
        event = {"id": f"broken-{number}"} | WHOLE | {"data": {"batch_id": f"b-{number}"}}
        bytes_ = chance.randbytes(chance.randrange(10, 200))
        text = json.dumps(event)[: chance.randrange(len('{"id": "broken-499"'), 100)].encode()
        attribute = chance.choice(["id", "source", "type", "specversion", "time"])
        envelope = event | {attribute: chance.choice([None, [], {}, ""])}
        data = event | {
            "id": f"data-{number}",
            "data": chance.choice([None, [], "x", {}, {"loaves": -number}, {"batch_id": number}]),
        }
        headers = {
            chance.choice(["ce-id", "ce-time", "cloudEvents_type"]): chance.choice([1, True])
        }
        for body, more in (
            (bytes_, {}),
            (text, {}),
            (json.dumps(envelope).encode(), {}),
            (json.dumps(data).encode(), {}),
        ):
            found.append(OutgoingMessage("farm.events", "green.flour.delivered", body, **more))
        found[-1].headers.update(headers if number % 5 == 0 else {})
    return found


def broken_calls(chance: random.Random) -> list[OutgoingMessage]:
    """Calls without a place to reply to, some of which could not be read either."""
    bodies = (b"", b"[]", b'{"args": 1, "kwargs": 2}', b'{"args": [], "kwargs": {}}', b"\xff")
    return [
        OutgoingMessage("nameko-rpc", "shop.price", chance.choice(bodies) + b" " * number)
        for number in range(100)
    ]


def test_no_malformed_message_ends_a_process_or_is_lost(amqp_uri, redis_url):
    chance = random.Random(1)
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url) as street:
        with kombu.Connection(amqp_uri) as connection:
            receipts = kombu.Queue("all-receipts", channel=connection.channel())
            receipts.declare()
            receipts.bind_to("farm.receipts", routing_key="#")
            events, calls = broken_events(chance), broken_calls(chance)
            publisher = Publisher(amqp_uri)
            for start in range(0, len(events), 100):
                publisher.publish(events[start : start + 100])
            publisher.publish(calls)
            publisher.close()
            said: dict[str, dict] = {}  # by their own ids: after a stall one may come twice

            def answered() -> bool:
                while message := receipts.get(no_ack=True):
                    receipt = json.loads(message.body)
                    said[receipt["id"]] = receipt["data"]
                assert len(said) >= len(events), len(said)
                return True

            eventually(answered, 120)
        outcomes = Counter(each["outcome"] for each in said.values())
        asked = {"limit": 1000}
        eventually(lambda: len(street.call("shop", "list_parked", **asked)) == len(calls), 60)

        print(f"\n{len(events)} events {dict(outcomes)}, {len(calls)} calls set aside")
        assert len(said) == len(events) == 2000
        assert outcomes.keys() == {"refused"}
        assert all(each["reasons"] for each in said.values())
        assert street.call("bakery", "list_parked") == []
        received = street.metric("bakery", "tenglong_received_total")
        assert received >= len(events)  # more, if the broker delivered some again
        assert street.alive()
        assert street.ready("bakery")
        assert street.ready("shop")


def test_an_event_that_is_too_large_is_answered(amqp_uri, redis_url):
    with Host("sample", ["bakery"], amqp_uri, redis_url) as street:
        told = street.publish("green", "flour.delivered", flour(kind="r" * 1_500_000))
        assert told["reasons"][0]["code"] == "TOO_LARGE"
        assert street.publish("green", "flour.delivered", flour())["outcome"] == "accepted"


GBK = "填报".encode("gbk")
PROPERTIES = ("app_id", "type", "message_id", "correlation_id", "content_type", "content_encoding")


def test_texts_that_are_not_utf_8_hold_up_nobody(amqp_uri, redis_url):
    """A client of Windows sends its names in GBK, in properties, a header's name, a routing key."""
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url) as street:
        with kombu.Connection(amqp_uri) as connection:
            channel = connection.channel()
            sent = 0
            for name in PROPERTIES:
                event = street.event("green", "flour.delivered", flour())
                message = amqp.Message(json.dumps(event).encode(), **{name: GBK})
                channel.basic_publish_confirm(message, "farm.events", "green.flour.delivered")
                sent += 1
            headers = {"填报" * 40: 1}
            event = street.event("green", "flour.delivered", flour(fails=1))
            message = amqp.Message(json.dumps(event).encode(), application_headers=headers)
            channel.basic_publish_confirm(message, "farm.events", "green.flour.delivered")
            message = amqp.Message(json.dumps(event).encode(), content_type="application/json")
            channel.basic_publish_confirm(message, "farm.events", b"green.flour." + GBK)
            call = amqp.Message('{"args": [], "kwargs": {}}', reply_to="nobody", app_id=GBK)
            channel.basic_publish_confirm(call, "nameko-rpc", "shop.price")
        assert street.publish("green", "flour.delivered", flour())["outcome"] == "accepted"
        received = lambda: street.metric("bakery", "tenglong_received_total")  # noqa: E731 - reads as a word
        eventually(lambda: received() == sent + 3)
        assert street.metric("bakery", "tenglong_parked_now") == 0
        assert street.call("bakery", "list_parked") == []
        assert street.ready("bakery")
        assert street.ready("shop")


def deep(levels: int) -> dict:
    """A table in a table in a table."""
    found: dict = {}
    for _ in range(levels):
        found = {"a": found}
    return found


@pytest.fixture
def careless(monkeypatch):
    """py-amqp writes what other clients write: tables without end, milliseconds where AMQP has
    seconds."""
    monkeypatch.setattr("amqp.serialization.calendar.timegm", lambda _: 1_690_853_400_000)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    "headers",
    [deep(1500), deep(600), {"sent-at": datetime(2023, 8, 1, tzinfo=UTC)}],
    ids=["a table of 1,500 levels", "of 600", "milliseconds for seconds"],
)
@pytest.mark.usefixtures("careless")
def test_headers_that_cannot_be_read_hold_up_nobody(amqp_uri, redis_url, headers):
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url, RETRY_FIRST_S="1") as street:
        with kombu.Connection(amqp_uri) as connection:
            channel = connection.channel()
            for data in (flour(), flour(fails=1), flour(never=True)):
                event = json.dumps(street.event("green", "flour.delivered", data))
                message = amqp.Message(event.encode(), application_headers=headers)
                channel.basic_publish_confirm(message, "farm.events", "green.flour.delivered")
        assert street.publish("green", "flour.delivered", flour())["outcome"] == "accepted"
        eventually(lambda: street.metric("bakery", "tenglong_accepted_total") == 3)
        (parked,) = street.call("bakery", "list_parked")
        assert street.call("bakery", "show_parked", parked_id=parked["parked_id"])["text"] == event
        assert street.ready("bakery")


def test_a_body_is_not_decompressed_however_small_it_is(amqp_uri, redis_url):
    """Two megabytes of it would be two gigabytes, and end any process."""
    event = json.dumps({"x": "0" * 100_000_000}).encode()
    small = zlib.compress(event, 9)
    with Host("sample", ["bakery"], amqp_uri, redis_url) as street:
        with kombu.Connection(amqp_uri) as connection:
            message = amqp.Message(small, application_headers={"compression": "zlib"})
            connection.channel().basic_publish_confirm(
                message, "farm.events", "green.flour.delivered"
            )
        eventually(lambda: street.metric("bakery", "tenglong_refused_total", code="NOT_JSON") == 1)
        assert street.alive()


def test_an_event_that_expired_before_it_was_taken_is_set_aside_and_can_be_replayed(
    amqp_uri, redis_url
):
    with Host("sample", ["bakery"], amqp_uri, redis_url) as street:
        street.stop()
        with kombu.Connection(amqp_uri) as connection:
            channel = connection.channel()
            event = json.dumps(street.event("green", "flour.delivered", flour()))
            message = amqp.Message(event.encode(), expiration="100")
            channel.basic_publish_confirm(message, "farm.events", "green.flour.delivered")
            dead = kombu.Queue("bakery.dead.v1", channel=channel)
            eventually(lambda: dead.queue_declare(passive=True).message_count == 1)
        street.start()
        (parked,) = eventually(lambda: street.call("bakery", "list_parked"))
        assert parked["cause"] == "EXPIRED"
        street.call("bakery", "replay_parked", parked_id=parked["parked_id"], by="me")
        eventually(lambda: street.metric("bakery", "tenglong_accepted_total") == 1)


def flour(**more):
    return {"batch_id": uuid.uuid4().hex, "kind": "rye", "loaves": 1, **more}
