"""Handlers and calls that take too long: ended, told, and of no harm to the rest."""

from __future__ import annotations

import json
import signal
import time
import uuid

import eventlet
import kombu
import pytest

from backbone import watchdog
from backbone.amqp.topology import DEADLINE
from backbone.errors import DeadlineExceeded
from tests.support.doorway import Host
from tests.support.eventually import eventually


@pytest.fixture
def alarm():
    before = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    watchdog.start()
    yield
    signal.signal(signal.SIGALRM, before[0])
    signal.setitimer(signal.ITIMER_REAL, *before[1])


def test_a_block_that_never_yields_is_ended(alarm):
    def compute():
        until = time.monotonic() + 20
        with watchdog.Deadline(0.2, DeadlineExceeded("late")):
            while time.monotonic() < until:
                pass

    with pytest.raises(DeadlineExceeded):
        compute()


def test_a_block_that_waits_is_ended_by_the_event_loop():
    began = time.monotonic()

    with pytest.raises(DeadlineExceeded), watchdog.Deadline(0.05, DeadlineExceeded("late")):
        eventlet.sleep(30)

    assert time.monotonic() - began < 10


def test_after_the_block_nothing_is_ended(alarm):
    with (
        watchdog.Deadline(0.1, DeadlineExceeded("late")),
        watchdog.Deadline(5, DeadlineExceeded("inner")),
    ):
        pass
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        pass
    assert not watchdog._limits


def test_of_many_things_each_has_the_time_and_the_late_ones_are_ended():
    with watchdog.Deadline(2, DeadlineExceeded("late")) as each:
        for _ in range(4):
            each.begin()
            eventlet.sleep(0.6)
        each.rest()
        eventlet.sleep(2.2)
        for _ in range(2):
            began = time.monotonic()
            each.begin()
            with pytest.raises(DeadlineExceeded):
                eventlet.sleep(30)
            assert 1.9 < time.monotonic() - began < 20


def test_another_greenlet_than_the_late_one_is_left_alone(alarm):
    def late():
        with watchdog.Deadline(0.1, DeadlineExceeded("late")):
            eventlet.sleep(60)

    thread = eventlet.spawn(late)
    eventlet.sleep(0)
    until = time.monotonic() + 2.5  # the loop stands still, and not for the late one's sake
    while time.monotonic() < until:
        pass

    with pytest.raises(DeadlineExceeded):
        thread.wait()


@pytest.fixture
def street(amqp_uri, redis_url):
    quick = {
        "ATTEMPTS": "2", "RETRY_LONGEST_S": "1", "HANDLER_DEADLINE_S": "2", "HEARTBEAT_S": "2",
    }  # fmt: skip
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url, **quick) as host:
        yield host


def flour(**more):
    return {"batch_id": uuid.uuid4().hex, "kind": uuid.uuid4().hex, "loaves": 3, **more}


def test_a_handler_that_computes_without_end_is_parked_and_the_service_goes_on(street):
    endless = flour(computes_s=1_000_000)
    street.publish("green", "flour.delivered", endless, wait_s=0.1)
    street.publish("green", "flour.delivered", flour(), wait_s=30)

    (parked,) = eventually(lambda: street.call("bakery", "list_parked"))

    assert (parked["cause"], parked["attempts"]) == ("DeadlineExceeded", 2)
    assert street.tried(endless["batch_id"]) == 2


def test_the_broker_is_told_that_we_live_while_a_handler_computes(amqp_uri, redis_url):
    """The broker gives up on us after 8 s of silence; the handler computes for 12."""
    slow = flour(computes_s=12)
    given = {"HANDLER_DEADLINE_S": "60", "HEARTBEAT_S": "4"}
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url, **given) as street:
        receipt = street.publish("green", "flour.delivered", slow, wait_s=60)

        assert receipt["outcome"] == "accepted"
        assert street.publish("green", "flour.delivered", flour(), wait_s=60)["outcome"]
        assert "consumer_waits" not in street.logs()
        assert "relay_waits" not in street.logs()


def call(uri, method, arguments, deadline, within_s=30.0):
    """Call as somebody who waits until `deadline` (Unix time): the answer, or none within the time."""
    with kombu.Connection(uri) as connection, connection.channel() as channel:
        replies = kombu.Queue(f"reply-{uuid.uuid4()}", exclusive=True, channel=channel)
        replies.declare()
        replies.bind_to("nameko-rpc", routing_key=replies.name)
        connection.Producer(channel).publish(
            {"args": [], "kwargs": arguments},
            exchange="nameko-rpc",
            routing_key=method,
            reply_to=replies.name,
            headers={DEADLINE: deadline},
        )
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            if message := replies.get(no_ack=True):
                return json.loads(message.body)
            eventlet.sleep(0.05)
    return None


def test_a_call_that_nobody_waits_for_is_not_begun(street, amqp_uri):
    sale = {"kind": "rye", "loaves": 2}

    assert call(amqp_uri, "shop.price", sale, time.time() + 30)["result"] == 6
    assert call(amqp_uri, "shop.price", sale, time.time() - 1, within_s=2) is None
    expired = {"method": "price", "result": "expired"}
    eventually(lambda: street.metric("shop", "tenglong_rpc_served_total", **expired) == 1)


def test_a_call_that_takes_longer_than_the_caller_waits_is_ended(street, amqp_uri):
    slow = {"kind": "very slow", "loaves": 2}
    answer = call(amqp_uri, "shop.price", slow, time.time() + 5)

    assert answer["error"]["exc_type"] == "DeadlineExceeded"
