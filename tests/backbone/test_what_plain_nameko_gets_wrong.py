"""What plain nameko does when something goes wrong was measured; this is what ours does instead.

One section for each situation, on a real broker and a real store. The bakery and the shop are the
sample's (tests/support/sample.py). Beside these: tests/chaos/store/test_redis_is_away.py.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import eventlet
import kombu
import pytest
from nameko.exceptions import RemoteError
from nameko.extensions import DependencyProvider

from backbone import Store, query
from backbone.amqp.publisher import Publisher
from backbone.errors import Refused, Unavailable
from backbone.host.installation import Installation
from backbone.host.runner import Running
from backbone.messages.outgoing import OutgoingMessage
from backbone.rpc.caller import Caller
from backbone.settings import Settings
from backbone.store.redis import connect
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess
from tests.support.sample import Sale

TRIES = 3
QUICK = {"ATTEMPTS": str(TRIES), "RETRY_LONGEST_S": "1", "RPC_DEADLINE_S": "15"}


@pytest.fixture(scope="module")
def street(rabbitmq, redis_server):
    """The bakery and the shop; shared, so that each test uses batches and breads of its own."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri = rabbitmq.new_vhost()
    with Host("sample", ["bakery", "shop"], uri, redis_server.new_url(), **QUICK) as host:
        yield host
        assert host.alive()  # whatever the tests did to it
    rabbitmq.delete_vhost(uri)


@pytest.fixture
def start(amqp_uri, redis_url):
    """Starts sample services with settings of the test's own."""
    hosts = []

    def start(*names, **settings):
        hosts.append(Host("sample", list(names), amqp_uri, redis_url, **settings))
        return hosts[-1].start()

    yield start
    for host in hosts:
        host.kill()


def flour(**more):
    return {"batch_id": uuid.uuid4().hex, "kind": uuid.uuid4().hex, "loaves": 3, **more}


def deliver(host, delivery, wait_s=0.1):
    return host.publish("green", "flour.delivered", delivery, wait_s=wait_s)


def loaves(host, delivery):
    """How many loaves of this kind the shop has."""
    try:
        return host.call("shop", "get_shelf", kind=delivery["kind"])["loaves"]
    except Refusal as no:
        if no.codes != ["NOT_FOUND"] and no.status != 503:
            raise
        return 0


def baked(host, delivery):
    """How many loaves of this batch the bakery has baked."""
    try:
        return host.call("bakery", "get_batch", batch_id=delivery["batch_id"])["loaves"]
    except Refusal as no:
        if no.codes != ["NOT_FOUND"]:
            raise
        return 0


def delivers(host):
    """Whether a delivery is accepted; the door itself may have to find a new connection first."""
    try:
        return deliver(host, flour(), wait_s=60)["outcome"] == "accepted"
    except Refusal as no:
        if no.status != 503:
            raise
        return False


def begun(host, delivery):
    eventually(lambda: host.tried(delivery["batch_id"]))


def parked(host, service, text):
    """The parked message that holds this text, once there is one."""

    def find():
        entries = host.call(service, "list_parked")
        ids = [entry["parked_id"] for entry in entries]
        shown = [host.call(service, "show_parked", parked_id=each) for each in ids]
        return next((each for each in shown if text in each["text"]), None)

    return eventually(find)


def send(uri, exchange, routing_key, body, content_type="application/json", **properties):
    """These very bytes, from a stranger."""
    with kombu.Connection(uri) as connection:
        connection.Producer().publish(
            body,
            exchange=exchange,
            routing_key=routing_key,
            content_type=content_type,
            content_encoding="binary",
            **properties,
        )


def uri_of(host):
    return host.env["AMQP_URI"]


def rabbitmqctl(rabbitmq, *command):
    subprocess.run(
        ["/usr/lib/rabbitmq/bin/rabbitmqctl", *command],
        env=rabbitmq._environment(), check=True, timeout=60, stdout=subprocess.DEVNULL,
    )  # fmt: skip


# --- an event handler raises (nameko: one attempt, then the message is lost)


def test_a_handler_that_fails_once_is_tried_again_and_nothing_is_lost(street):
    delivery = flour(fails=1)

    assert deliver(street, delivery, wait_s=60)["outcome"] == "accepted"
    assert street.tried(delivery["batch_id"]) == 2
    assert eventually(lambda: loaves(street, delivery)) == 3


def test_a_handler_that_always_fails_leaves_its_message_parked_with_the_cause(street):
    delivery = flour(fails=100)
    deliver(street, delivery)

    shown = parked(street, "bakery", delivery["batch_id"])

    assert (shown["cause"], shown["sentence"]) == ("RuntimeError", "the oven went out")


# --- the body is no JSON, or of a content type that is refused (nameko: acknowledged and lost)


def test_what_a_stranger_sends_that_is_no_json_is_refused_with_a_receipt_that_says_why(street):
    receipt = street.post("events/green.flour.delivered", b"flour! " + uuid.uuid4().bytes)

    assert (receipt["outcome"], receipt["reasons"][0]["code"]) == ("refused", "NOT_JSON")


def test_what_a_stranger_sends_in_an_odd_content_type_is_refused_with_a_receipt(street):
    content_type = "application/x-python-serialize"
    receipt = street.post(
        "events/green.flour.delivered", pickle.dumps(flour()), content_type=content_type
    )

    assert receipt["outcome"] == "refused"
    assert receipt["reasons"][0]["code"] == "UNSUPPORTED_CONTENT_TYPE"


@pytest.mark.parametrize("content_type", ["application/json", "application/x-python-serialize"])
def test_what_a_service_sends_that_cannot_be_read_is_parked_with_its_bytes(start, content_type):
    street, text = start("bakery", "shop"), f"bread! {uuid.uuid4().hex}"
    send(uri_of(street), "bakery.events", "bread_baked", text.encode(), content_type)

    shown = parked(street, "shop", text)

    assert shown["text"] == text
    assert shown["content_type"] == content_type


# --- requeue_on_error=True (nameko: 1,100 attempts a second, for ever)


def test_tries_of_a_failing_message_are_few_and_far_between(street):
    delivery, began = flour(fails=10**6), time.monotonic()
    deliver(street, delivery)

    shown = parked(street, "bakery", delivery["batch_id"])

    assert time.monotonic() - began >= TRIES - 1  # a second or more before each further try
    assert street.tried(delivery["batch_id"]) == shown["attempts"] == TRIES


# --- a call without reply_to (nameko: the service is killed, and the next replica)


def test_a_call_that_nobody_can_be_answered_is_parked_and_the_service_goes_on(street):
    text = f'{{"args": [], "kwargs": {{"kind": "{uuid.uuid4().hex}", "loaves": 1}}}}'
    send(uri_of(street), "nameko-rpc", "shop.price", text.encode())

    shown = parked(street, "shop", text)

    assert (shown["cause"], shown["text"]) == ("MalformedRequest", text)
    assert street.call("shop", "price", kind="rye", loaves=2) == 6


# --- a handler does not yield for longer than the broker waits for heartbeats (nameko: crash loop)


def test_a_handler_that_computes_for_longer_than_the_broker_waits_for_us_takes_effect_once(start):
    """After 4 to 6 s of silence the broker closes the connection."""
    street, delivery = start("bakery", "shop", HEARTBEAT_S="2"), flour(computes_s=8)

    deliver(street, delivery)

    assert eventually(lambda: loaves(street, delivery), 60) == 3
    assert eventually(lambda: delivers(street))
    assert loaves(street, delivery) == 3
    assert street.alive()


def test_a_handler_whose_connection_is_closed_under_it_takes_effect_once(start, rabbitmq, amqp_uri):
    street, delivery = start("bakery", "shop"), flour(sleeps_s=4)
    deliver(street, delivery)
    begun(street, delivery)

    vhost = amqp_uri.rsplit("/", 1)[-1]
    rabbitmqctl(rabbitmq, "close_all_connections", "--vhost", vhost, "for a test")

    assert eventually(lambda: loaves(street, delivery), 60) == 3
    assert eventually(lambda: delivers(street))
    assert loaves(street, delivery) == 3
    assert street.alive()


# --- facts while the broker is down (nameko: lost); a start with the broker down (nameko: exits at
# --- once); the broker returns (nameko: back in 6 s)


@dataclass
class Outage:
    """What was seen while the broker was away, and how it ended."""

    waiting_facts: float
    probes_of_early_service: tuple[int, int]
    early_service_waits_for: dict
    back_after_s: float
    loaves: int


@pytest.fixture(scope="module")
def outage(street, rabbitmq, redis_server):
    """The broker is killed while the bakery bakes; a service is started; the broker returns."""
    delivery = flour(sleeps_s=6)  # so that the broker is killed before it is done
    rabbitmq.write_down()
    deliver(street, delivery)
    begun(street, delivery)
    rabbitmq.kill()
    early = ServiceProcess(["parcels"], uri_of(street), redis_server.new_url())
    try:
        facts = eventually(lambda: street.metric("bakery", "tenglong_outbox_depth"))
        waits_for = eventually(lambda: waits_for_broker(early))
        probes = tuple(early.get("parcels", path).status_code for path in ("/livez", "/readyz"))
        rabbitmq.restart()
        back = time.monotonic()
        eventually(lambda: all_ready(street), 60)
        early.wait_ready(60)
        back_after_s = time.monotonic() - back
        baked = eventually(lambda: loaves(street, delivery))
        yield Outage(facts, probes, waits_for, back_after_s, baked)
    finally:
        rabbitmq.ensure_up()
        early.discard()


def waits_for_broker(service):
    assert service.alive, service.tail()
    try:
        waits_for = service.get("parcels", "/readyz").json()["waits_for"]
    except OSError:  # its port is not open yet
        return None
    return waits_for if "broker" in waits_for else None


def all_ready(host):
    waits = {name: host.readyz(name)["waits_for"] for name in host.names}
    assert not any(waits.values()), waits
    return True


def test_facts_that_are_announced_while_the_broker_is_down_wait_in_the_outbox(outage):
    assert outage.waiting_facts > 0
    assert outage.loaves == 3  # the shop heard of them afterwards, once


def test_a_service_that_is_started_before_the_broker_waits_for_it_and_says_so(outage):
    assert outage.probes_of_early_service == (200, 503)
    assert "no connection to the broker" in outage.early_service_waits_for["broker"]


def test_consumers_are_back_within_seconds_of_the_broker(outage, street):
    assert outage.back_after_s < 30
    assert eventually(lambda: delivers(street))


# --- a call to a service that is down (nameko: waits for ever; and it runs hours later)


def test_a_call_to_a_service_that_is_down_ends_with_a_clear_error_and_is_not_done_later(start):
    bakery, shop = start("bakery", RPC_DEADLINE_S="1"), start("shop")
    delivery = flour()
    deliver(bakery, delivery)
    assert eventually(lambda: loaves(shop, delivery)) == 3
    shop.stop()

    with pytest.raises(Refusal, match="shop did not answer within 1 s") as no:
        bakery.call("shop", "sell", kind=delivery["kind"], loaves=1, request_id="late")
    shop.start()

    assert no.value.status == 503
    assert shop.call("shop", "price", kind="rye", loaves=2) == 6  # a later call has been served
    assert loaves(shop, delivery) == 3


# --- told to stop with work in hand (nameko: waits without bound, or closes before its acks)


def test_a_handler_that_outlasts_the_time_to_stop_is_done_by_the_next_process(start):
    street, delivery = start("bakery", "shop", DRAIN_S="1"), flour(sleeps_s=5)
    deliver(street, delivery)
    begun(street, delivery)

    assert street.stop() == 0
    assert street.tried(delivery["batch_id"]) == 1
    street.start()

    assert eventually(lambda: baked(street, delivery)) == 3
    assert street.tried(delivery["batch_id"]) == 2  # so the first had been broken off


def test_facts_need_not_wait_for_the_lease_of_a_process_that_had_no_time_to_finish(
    start, redis_url
):
    settings = {"DRAIN_S": "1", "RELAY_LEASE_S": "60"}
    street, delivery = start("bakery", "shop", **settings), flour(sleeps_s=5)
    deliver(street, delivery)
    begun(street, delivery)
    street.stop()

    assert not connect(redis_url).exists("{bakery}:relay")
    street.start()
    eventually(lambda: street.metric("bakery", "tenglong_relay_leader"))


def test_a_call_that_outlasts_the_time_to_stop_does_not_hold_up_the_end(start, amqp_uri):
    street = start("bakery", "shop", DRAIN_S="1")
    call = eventlet.spawn(lambda: Caller(amqp_uri, "shop", 90).price(kind="very slow", loaves=1))
    eventually(lambda: street.metric("shop", "tenglong_rpc_in_hand") == 1)

    began = time.monotonic()
    street.stop()
    call.kill()

    assert time.monotonic() - began < 30  # the call takes a minute


def test_handlers_in_hand_are_finished_and_acknowledged_before_a_process_stops(start):
    street, kind = start("bakery", "shop"), uuid.uuid4().hex
    deliveries = [flour(kind=kind, sleeps_s=1) for _ in range(5)]
    for delivery in deliveries:
        deliver(street, delivery, wait_s=0)
    begun(street, deliveries[1])

    assert street.stop() == 0
    street.start()

    assert eventually(lambda: loaves(street, deliveries[0]) == 15)
    assert [street.tried(each["batch_id"]) for each in deliveries] == [1] * 5


def test_calls_in_hand_are_answered_and_acknowledged_before_a_process_stops(
    start, rabbitmq, amqp_uri
):
    street = start("bakery", "shop")
    slow = Caller(amqp_uri, "shop", 60)
    calls = [eventlet.spawn(lambda: slow.price(kind="slow", loaves=1)) for _ in range(5)]
    eventually(lambda: street.metric("shop", "tenglong_rpc_in_hand") == 5)

    assert street.stop() == 0
    assert [call.wait() for call in calls] == [3] * 5
    eventually(lambda: rabbitmq.queues(amqp_uri)["rpc-shop"] == 0)  # half a second old


def test_a_service_that_was_told_to_stop_takes_nothing_new_while_it_finishes(
    start, rabbitmq, amqp_uri
):
    shop, bakery = start("shop"), start("bakery")
    call = eventlet.spawn(lambda: Caller(amqp_uri, "shop", 60).price(kind="slow", loaves=1))
    eventually(lambda: shop.metric("shop", "tenglong_rpc_in_hand") == 1)

    stopping = eventlet.spawn(shop.stop)
    eventually(lambda: "stop" in shop.readyz("shop")["waits_for"])
    assert deliver(bakery, flour(), wait_s=60)["outcome"] == "accepted"  # there is bread to stock

    assert (stopping.wait(), call.wait()) == (0, 3)
    assert eventually(lambda: rabbitmq.queues(amqp_uri)["shop.inbox.v1"] == 1)


def test_a_process_that_was_asked_to_stop_does_not_die_of_its_own_alarm_clock():
    """The watchdog looks once a second; here so often that it looks while Python ends."""
    process = (
        "import eventlet; eventlet.monkey_patch()\n"
        "from backbone import watchdog\n"
        "watchdog.LOOK_EVERY_S = 0.001\n"
        "watchdog.start()\n"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", process]).returncode == 0


# --- a header nameko.call_id_stack that is no list (nameko: every replica crash-loops)


@pytest.mark.parametrize("stack", ["no list", 7, {"a": 1}, [1, None]])
def test_a_call_with_an_odd_stack_of_call_ids_hurts_nobody(street, stack):
    text = f'{{"args": [], "kwargs": {{"kind": "{uuid.uuid4().hex}", "loaves": 1}}}}'
    headers = {"nameko.call_id_stack": stack}
    with kombu.Connection(uri_of(street)) as connection:
        replies = kombu.Queue(
            f"replies-{uuid.uuid4()}", exclusive=True, channel=connection.channel()
        )
        replies.declare()
        replies.bind_to("nameko-rpc", routing_key=replies.name)
        call = (uri_of(street), "nameko-rpc", "shop.price", text.encode())
        send(*call, headers=headers, reply_to=replies.name)
        send(*call, headers=headers)  # and nobody to answer
        answer = eventually(lambda: replies.get(no_ack=True))

    assert answer.payload["error"] is None
    assert parked(street, "shop", text)["headers"] == headers
    assert street.alive()


# --- a handler computes for longer than it may (nameko: redelivered for ever, SIGTERM ignored)


def test_a_handler_that_computes_for_too_long_is_ended_and_parked_and_the_service_stops(start):
    """See also tests/backbone/host/test_watchdog.py."""
    endless = flour(computes_s=60)
    street = start("bakery", "shop", HANDLER_DEADLINE_S="1", ATTEMPTS="1", HEARTBEAT_S="2")
    deliver(street, endless)

    assert parked(street, "bakery", endless["batch_id"])["cause"] == "DeadlineExceeded"
    assert street.tried(endless["batch_id"]) == 1
    assert street.stop() == 0


# --- the broker is short of memory (nameko: a publish hangs for ever)


@contextmanager
def short_of_memory(rabbitmq):
    """The broker does what it does when memory is short: it reads nothing from who publishes."""
    of_memory = "{resource_limit, memory, node()}"
    rabbitmqctl(rabbitmq, "eval", f"rabbit_alarm:set_alarm({{{of_memory}, []}}).")
    try:
        yield
    finally:
        rabbitmqctl(rabbitmq, "eval", f"rabbit_alarm:clear_alarm({of_memory}).")


def test_facts_wait_while_the_broker_is_short_of_memory_and_go_out_afterwards(street, rabbitmq):
    delivery = flour(sleeps_s=5)
    deliver(street, delivery)
    begun(street, delivery)
    street.pause()  # until the alarm is up, however long that takes
    try:
        with short_of_memory(rabbitmq):
            street.resume()
            waiting = eventually(lambda: street.metric("bakery", "tenglong_outbox_depth"))
    finally:
        street.resume()

    assert waiting > 0
    assert eventually(lambda: loaves(street, delivery), 60) == 3
    assert eventually(lambda: street.metric("bakery", "tenglong_outbox_depth") == 0)


def test_a_publish_to_a_broker_that_is_short_of_memory_ends_at_its_deadline(rabbitmq, amqp_uri):
    with kombu.Connection(amqp_uri) as connection:
        connection.channel().queue_declare("facts", durable=True, auto_delete=False)
    publisher, fact = Publisher(amqp_uri), OutgoingMessage("", "facts", b"{}")
    publisher.publish([fact])
    sockets = open_sockets()

    with short_of_memory(rabbitmq):
        with pytest.raises(Unavailable, match="no confirm of the broker in 1 s; is its memory"):
            publisher.publish([fact], 1)
        assert open_sockets() < sockets  # closed, though the broker does not say good-bye

    publisher.publish([fact])
    publisher.close()


def open_sockets():
    """How many sockets this process holds."""
    links = []
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed since
            links.append(str(each.readlink()))
    return sum(link.startswith("socket:") for link in links)


# --- a dependency cannot be had (nameko: the service is killed)


def test_an_event_whose_handler_lacks_a_dependency_is_tried_again_and_parked(street):
    delivery = flour()
    with moody(street):
        deliver(street, delivery)
        shown = parked(street, "bakery", delivery["batch_id"])

    assert shown["attempts"] == TRIES
    street.call("bakery", "replay_parked", parked_id=shown["parked_id"], by="the baker")
    assert eventually(lambda: loaves(street, delivery)) == 3


def test_a_call_whose_method_lacks_a_dependency_is_told_so(street):
    with moody(street), pytest.raises(Refusal, match="not today"):
        street.call("bakery", "list_batches")

    assert street.call("bakery", "list_batches")
    assert street.alive()


@contextmanager
def moody(host):
    """The bakery's dependency raises in get_dependency."""
    mood = Path(host.tries) / "moody"
    mood.touch()
    try:
        yield
    finally:
        mood.unlink()


class Grumpy(DependencyProvider):
    """A dependency that raises in worker_setup, until it is in a better mood."""

    grumpy = True

    def worker_setup(self, worker_ctx):
        if Grumpy.grumpy:
            raise ConnectionRefusedError("not today")


class KioskService:
    """Hears nothing, and is called."""

    name = "kiosk"
    store = Store()
    grumpy = Grumpy()

    @query(Sale)
    def price(self, sale):
        return sale["loaves"] * 3


@pytest.fixture
def kiosk(amqp_uri, redis_url, monkeypatch):
    monkeypatch.setattr("backbone.watchdog.start", lambda: None)  # the alarm is pytest's here
    settings = Settings(amqp_uri=amqp_uri, redis_url=redis_url, http_host="127.0.0.1")
    running = Running(
        [KioskService], Installation(settings=settings, services=("kiosk",)), {"kiosk": 0}
    )
    running.start()
    yield running
    running.stop()


def test_a_call_whose_worker_cannot_be_set_up_is_told_so(kiosk, amqp_uri, monkeypatch):
    caller = Caller(amqp_uri, "kiosk", 30)
    with pytest.raises(RemoteError, match="not today"):
        caller.price(kind="rye", loaves=2)

    monkeypatch.setattr(Grumpy, "grumpy", False)
    assert caller.price(kind="rye", loaves=2) == 6


def test_a_service_that_hears_nothing_survives_a_call_that_nobody_can_be_answered(
    kiosk, amqp_uri, monkeypatch
):
    monkeypatch.setattr(Grumpy, "grumpy", False)
    send(amqp_uri, "nameko-rpc", "kiosk.price", b'{"args": [], "kwargs": {}}')

    (entry,) = eventually(lambda: Caller(amqp_uri, "kiosk", 30).list_parked())

    assert entry["cause"] == "MalformedRequest"
    with pytest.raises(Refused, match="It was a call"):
        Caller(amqp_uri, "kiosk", 30).replay_parked(parked_id=entry["parked_id"], by="me")
    assert Caller(amqp_uri, "kiosk", 30).price(kind="rye", loaves=2) == 6
