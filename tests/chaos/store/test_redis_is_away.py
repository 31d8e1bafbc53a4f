"""Redis is away: when a service starts, while it is asked how it is, and under load."""

from __future__ import annotations

import threading
import time
import uuid
from contextlib import suppress

import eventlet
import orjson
import pytest
import redis
from nameko.exceptions import MethodNotFound

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually
from tests.support.internal import calling
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


def test_a_service_started_before_redis_waits_says_so_and_goes_on(
    redis_server, amqp_uri, redis_url
):
    redis_server.kill()
    services = ServiceProcess(["parcels"], amqp_uri, redis_url)
    try:

        def waits():
            answer = services.get("parcels", "/readyz")
            assert services.alive
            return answer.status_code == 503 and "redis" in answer.json()["waits_for"]

        eventually(lambda: _answers(waits))
        assert services.get("parcels", "/livez").status_code == 200
        redis_server.restart()
        services.wait_ready(60)
    finally:
        redis_server.ensure_up()
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
        eventually(lambda: "redis" in street.readyz("bakery")["waits_for"])
        took = {path: min(_seconds(street, path) for _ in range(5)) for path in ("livez", "readyz")}
    finally:
        redis_server.resume()

    assert max(took.values()) < 1, took  # Redis is given longer than that to answer


def _seconds(street, path):
    began = time.monotonic()
    with suppress(Refusal):  # 503, which is an answer
        street._ask(street.ports["bakery"], path)
    return time.monotonic() - began


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


def test_while_redis_hangs_a_call_that_cannot_be_read_holds_up_no_other(
    street_of, redis_server, amqp_uri
):
    street, publisher = street_of(), Publisher(amqp_uri)
    redis_server.pause()
    try:
        publisher.publish([OutgoingMessage("nameko-rpc", "shop.price", b"no call")])
        with calling(amqp_uri) as here, pytest.raises(MethodNotFound):
            here.shop.prize(kind="rye")
    finally:
        redis_server.resume()
    publisher.close()

    assert eventually(lambda: len(street.call("shop", "list_parked"))) == 1


@pytest.mark.parametrize(
    ("setting", "shut", "opened"),
    [
        pytest.param("maxmemory", "1", "0", id="its memory is full"),
        pytest.param("min-replicas-to-write", "1", "0", id="its replicas are gone"),
    ],
)
def test_while_redis_takes_no_writes_events_wait_and_none_is_parked(
    street_of, redis_server, redis_url, setting, shut, opened
):
    street, kind = street_of(), uuid.uuid4().hex
    with redis.Redis.from_url(redis_url) as administrator:
        administrator.config_set("maxmemory-policy", "noeviction")
        administrator.config_set(setting, shut)
        try:
            street.publish("green", "flour.delivered", flour(kind=kind), wait_s=0)
            eventually(lambda: "serves nobody now" in str(street.readyz("bakery")["waits_for"]))
        finally:
            administrator.config_set(setting, opened)

    assert eventually(lambda: _loaves(street, kind)) == 3
    assert street.call("bakery", "list_parked") == street.call("shop", "list_parked") == []


def _posting(event):
    return OutgoingMessage("farm.events", "green.flour.delivered", orjson.dumps(event))


def _loaves(street, kind):
    try:
        return street.call("shop", "get_shelf", kind=kind)["loaves"]
    except Refusal:
        return 0
