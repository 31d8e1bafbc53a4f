"""What plain nameko gets wrong, and what an operator sees of ours instead; on real parts.

Beside these: failing handlers and bad bytes in tests/fundamentals, handlers that never yield in
tests/backbone/test_watchdog.py, malformed calls in tests/stories/test_outsiders.py.
"""

from __future__ import annotations

import subprocess
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path

import eventlet
import pytest
from kombu import Connection

from backbone.errors import Unavailable
from backbone.rpc import Caller
from backbone.wire import Publisher
from backbone.work import Posting
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess


def flour(**more):
    return {"batch_id": uuid.uuid4().hex, "kind": uuid.uuid4().hex, "loaves": 3, **more}


@pytest.fixture
def street_of(amqp_uri, redis_url):
    """Starts the bakery and the shop with these settings."""
    hosts = []

    def start(names=("bakery", "shop"), **settings):
        hosts.append(Host("sample", list(names), amqp_uri, redis_url, **settings))
        return hosts[-1].start()

    yield start
    for host in hosts:
        host.resume()
        host.kill()


# --- a backend is away


@pytest.mark.parametrize("part", ["rabbitmq", "redis_server"])
def test_a_service_started_too_early_waits_says_so_and_goes_on(part, request, amqp_uri, redis_url):
    server = request.getfixturevalue(part)
    server.kill()
    services = ServiceProcess(["parcels"], amqp_uri, redis_url)
    try:
        named = {"rabbitmq": "broker", "redis_server": "redis"}[part]

        def waits():
            answer = services.get("parcels", "/readyz")
            assert services.alive
            return answer.status_code == 503 and named in answer.json()["waits_for"]

        eventually(lambda: _answers(waits), 30)
        assert services.get("parcels", "/livez").status_code == 200
        server.restart()
        services.wait_ready(60)
    finally:
        server.ensure_up()
        services.discard()


def _answers(ask):
    try:
        return ask()
    except OSError:  # the port is not open yet
        return False


def test_probes_answer_at_once_while_redis_hangs(street_of, redis_server):
    street = street_of()
    redis_server.pause()
    try:
        eventually(lambda: "redis" in street.readyz("bakery")["waits_for"], 20)
        took = {path: min(_seconds(street, path) for _ in range(5)) for path in ("livez", "readyz")}
    finally:
        redis_server.resume()

    assert max(took.values()) < 0.1, took


def _seconds(street, path):
    began = time.monotonic()
    with suppress(Refusal):  # 503, which is an answer
        street._ask(street.ports["bakery"], path)
    return time.monotonic() - began


@pytest.mark.timeout(240)
def test_an_outage_of_half_a_minute_under_load_parks_nothing_and_loses_nothing(
    street_of, redis_server, amqp_uri
):
    street, kind = street_of(), uuid.uuid4().hex
    stop, sent = threading.Event(), []

    def publish():
        publisher = Publisher(amqp_uri)
        while not stop.is_set():
            event = street.event("green", "flour.delivered", flour(kind=kind, loaves=1))
            publisher.publish([_posting(event)])
            sent.append(event["id"])
            eventlet.sleep(0.02)

    load = eventlet.spawn(publish)
    eventually(lambda: len(sent) > 20)
    redis_server.pause()
    eventlet.sleep(30)  # the length of the outage is what this test is about
    redis_server.resume()
    stop.set()
    load.wait()

    eventually(lambda: _loaves(street, kind) == len(sent), 60)
    assert street.call("bakery", "list_parked") == street.call("shop", "list_parked") == []
    assert len(sent) > 300


def _posting(event):
    import orjson

    return Posting("farm.events", "green.flour.delivered", orjson.dumps(event))


def _loaves(street, kind):
    try:
        return street.call("shop", "get_shelf", kind=kind)["loaves"]
    except Refusal:
        return 0


@pytest.mark.timeout(240)
def test_consumers_are_back_soon_after_the_broker(street_of, rabbitmq):
    street = street_of()
    eventlet.sleep(
        1.5
    )  # a broker killed right after a quorum queue was declared may lose the queue
    rabbitmq.kill()
    eventually(lambda: street.readyz("shop")["waits_for"], 20)
    rabbitmq.restart()
    began = time.monotonic()
    eventually(lambda: _all_ready(street), 30)

    assert time.monotonic() - began < 10
    assert street.publish("green", "flour.delivered", flour(), wait_s=20)["outcome"] == "accepted"


def _all_ready(street):
    waits = {name: street.readyz(name)["waits_for"] for name in street.names}
    assert not any(waits.values()), waits
    return True


@pytest.mark.timeout(240)
def test_under_a_memory_alarm_facts_wait_and_go_out_afterwards(rabbitmq, amqp_uri, monkeypatch):
    monkeypatch.setattr("backbone.wire.CONFIRM_WITHIN_S", 2)
    with Connection(amqp_uri) as connection:
        connection.channel().queue_declare("facts", durable=True, auto_delete=False)
    publisher = Publisher(amqp_uri)
    fact = Posting("", "facts", b"{}")
    publisher.publish([fact])

    _alarm(rabbitmq, "set_alarm({{resource_limit, memory, node()}, []})")
    try:
        with pytest.raises(Unavailable):
            publisher.publish([fact])
    finally:
        _alarm(rabbitmq, "clear_alarm({resource_limit, memory, node()})")

    publisher.publish([fact])
    publisher.close()


def _alarm(rabbitmq, act):
    """As the broker itself does when it is short of memory."""
    subprocess.run(
        ["/usr/lib/rabbitmq/bin/rabbitmqctl", "eval", f"rabbit_alarm:{act}."],
        env=rabbitmq._environment(), check=True, timeout=60, stdout=subprocess.DEVNULL,
    )  # fmt: skip


# --- calls


def test_a_call_to_a_service_that_is_down_ends_with_a_clear_error(amqp_uri):
    with pytest.raises(Unavailable, match="shop did not answer within 1 s"):
        Caller(amqp_uri, "shop", 1).price(kind="rye", loaves=1)


def test_a_call_that_nobody_took_is_not_done_later(street_of, amqp_uri):
    street = street_of(["bakery", "shop"])  # declares the queues, and has bread on the shelf
    delivery = flour()
    street.publish("green", "flour.delivered", delivery)
    eventually(lambda: _loaves(street, delivery["kind"]) == 3)
    street.stop()

    with pytest.raises(Unavailable):
        Caller(amqp_uri, "shop", 1).sell(kind=delivery["kind"], loaves=1, request_id="late")
    street.start()

    assert street.call("shop", "price", kind="rye", loaves=1) == 3  # a later call was answered
    assert _loaves(street, delivery["kind"]) == 3


def test_a_dependency_that_cannot_be_had_fails_the_message_or_the_call_and_no_more(street_of):
    street = street_of(ATTEMPTS="2", RETRY_LONGEST_S="1")
    moody = Path(street.tries) / "moody"
    moody.touch()
    delivery = flour()
    street.publish("green", "flour.delivered", delivery, wait_s=0.1)
    (parked,) = eventually(lambda: street.call("bakery", "list_parked"), 20)
    with pytest.raises(Refusal, match="not today"):
        street.call("bakery", "get_batch", batch_id=delivery["batch_id"])
    moody.unlink()

    assert parked["attempts"] == 2
    street.call("bakery", "replay_parked", parked_id=parked["parked_id"], by="me")
    eventually(lambda: _loaves(street, delivery["kind"]) == 3)


# --- told to stop


def test_calls_in_hand_are_answered_before_a_service_stops(street_of, amqp_uri):
    street, answers = street_of(), []

    def ask():
        answers.append(Caller(amqp_uri, "shop", 20).price(kind="slow", loaves=1))

    callers = [eventlet.spawn(ask) for _ in range(5)]
    eventually(lambda: street.metric("shop", "tenglong_rpc_in_hand") == 5)
    code = street.stop()
    for caller in callers:
        caller.wait()

    assert (code, answers) == (0, [3] * 5)


def test_a_handler_that_outlasts_the_time_to_stop_is_done_once_by_the_next_process(street_of):
    street = street_of(DRAIN_S="1", HANDLER_DEADLINE_S="60")
    delivery = flour(sleeps_s=6)
    street.publish("green", "flour.delivered", delivery, wait_s=0.1)
    eventually(lambda: street.tried(delivery["batch_id"]) == 1)
    began = time.monotonic()
    street.stop()
    assert time.monotonic() - began < 5

    street.start()
    eventually(lambda: _loaves(street, delivery["kind"]) == 3, 30)
    assert street.tried(delivery["batch_id"]) == 2
