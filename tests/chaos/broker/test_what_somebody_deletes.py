"""Bindings and exchanges that somebody deletes, or that the broker loses: declared again, and counted."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import kombu
import pytest
from amqp.exceptions import NotFound
from prometheus_client import REGISTRY

from backbone import metrics
from backbone.amqp.publisher import Publisher
from backbone.amqp.topology import exchanges, queue_name
from backbone.errors import Unavailable
from backbone.host.installation import Installation
from backbone.host.keeping import TopologyKeeper
from backbone.messages.outgoing import OutgoingMessage
from backbone.settings import Settings
from demo.story import Plot
from services.installation import HOMES, installation
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually
from tests.support.internal import calling
from tests.support.park import ACCEPTED_ON, SERVICES, TOWNSHIP, Story
from tests.support.township import Township

ROOT = Path(__file__).parents[3]
NOTICED_WITHIN_S = 60  # looked for every five seconds, on a machine that does other things, too
APART_S = 4  # and so not noticed in between
BOUND_BY_THE_TEST = {
    "township.receipts",
    "nameko-rpc",
}  # whose bindings nobody else would make again
HEARER, FACT = "projects.inbox.v1", "land_released"
HEARERS = "parcels.hearers"  # to which the queues of those who hear facts of parcels are bound


@pytest.fixture(scope="module")
def park(rabbitmq, redis_server) -> Iterator[Host]:
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    with Host("park", SERVICES, rabbitmq.new_vhost(), redis_server.new_url()) as host:
        yield host


def at_the_broker(uri: str):
    return kombu.Connection(uri)


def unbind(uri: str, *keys: str) -> None:
    with at_the_broker(uri) as opened:
        for key in keys:
            opened.default_channel.queue_unbind(HEARER, HEARERS, key)


def test_a_fact_reaches_its_hearer_though_the_broker_lost_its_binding(park):
    unbind(park.env["AMQP_URI"], FACT)

    story = Story(park)
    story.tell(story.reports())

    assert story.listing("draft")["parcel_id"] == story.parcel_id


def bindings(rabbitmq, uri: str) -> set[str]:
    """The routing keys by which the hearer is bound to the facts of parcels."""
    vhost = uri.rsplit("/", 1)[1]
    path = f"bindings/{vhost}/e/{HEARERS}/q/{HEARER}"
    return {each["routing_key"] for each in rabbitmq.at(path)}


def test_a_lost_binding_is_there_again_after_the_next_look(rabbitmq, amqp_uri):
    here = installation(Settings(amqp_uri=amqp_uri))
    here.declare()
    keys = bindings(rabbitmq, amqp_uri)
    assert {FACT, f"{FACT}.#"} <= keys
    unbind(amqp_uri, *keys)
    assert bindings(rabbitmq, amqp_uri) == set()

    TopologyKeeper(here, lambda _: None).look(declare=True)

    assert bindings(rabbitmq, amqp_uri) == keys


@pytest.mark.parametrize("lost", ["#", "*.#"])
def test_an_event_is_passed_on_though_one_of_the_two_bindings_is_lost(rabbitmq, amqp_uri, lost):
    installation(Settings(amqp_uri=amqp_uri)).declare()
    with at_the_broker(amqp_uri) as opened:
        opened.default_channel.exchange_unbind("township.intake", "township.events", lost)
    key = f"{TOWNSHIP}.parcel.registered"
    event = OutgoingMessage("township.events", key, b"{}", "application/json", {})
    Publisher(amqp_uri).publish([event])

    eventually(lambda: rabbitmq.queues(amqp_uri)["parcels.inbox.v1"] == 1)


def test_each_lost_binding_is_counted_once(rabbitmq, amqp_uri):
    here = installation(Settings(amqp_uri=amqp_uri, management_url=rabbitmq.management_url))
    here.declare()
    keeper = TopologyKeeper(here, lambda _: None)
    keeper.look(declare=True)
    counted = metrics.missing_bindings.labels(HEARERS, HEARER)._value.get()
    unbind(amqp_uri, FACT)
    with at_the_broker(amqp_uri) as opened:
        opened.default_channel.exchange_unbind("township.intake", "township.events", "#")
    lost = {(each.destination, each.key) for each in here.missing_bindings()}
    assert lost == {(HEARER, FACT), ("township.intake", "#")}

    for _ in range(2):
        keeper.look(declare=True)

    assert here.missing_bindings() == []
    assert metrics.missing_bindings.labels(HEARERS, HEARER)._value.get() == counted + 1


def test_what_can_be_lost_is_counted_from_0_so_that_an_alert_sees_the_first_loss(
    rabbitmq, amqp_uri, monkeypatch
):
    here = installation(Settings(amqp_uri=amqp_uri, management_url=rabbitmq.management_url))
    here.declare()
    for counter in (metrics.missing_bindings, metrics.missing_exchanges):
        monkeypatch.setattr(counter, "_metrics", {})  # as in a process that has just begun

    TopologyKeeper(here, lambda _: None).look(declare=True)

    binding = {"exchange": HEARERS, "queue": HEARER}
    assert REGISTRY.get_sample_value("tenglong_missing_bindings_total", binding) == 0
    exchange = {"exchange": "parcels.events"}
    assert REGISTRY.get_sample_value("tenglong_missing_exchanges_total", exchange) == 0


def test_a_lost_binding_is_made_again_though_no_management_api_can_be_asked(rabbitmq, amqp_uri):
    nobody = "http://127.0.0.1:9"
    here = installation(Settings(amqp_uri=amqp_uri, management_url=nobody))
    here.declare()
    unbind(amqp_uri, FACT)
    counted = metrics.missing_bindings.labels(HEARERS, HEARER)._value.get()

    TopologyKeeper(here, lambda _: None).look(declare=True)

    assert FACT in bindings(rabbitmq, amqp_uri)
    assert metrics.missing_bindings.labels(HEARERS, HEARER)._value.get() == counted


@pytest.mark.parametrize(
    "exchange", ["township.events", "township.intake", "parcels.events", HEARERS]
)
def test_a_deleted_exchange_is_declared_again_and_counted_and_the_chain_goes_on(park, exchange):
    counted = park.metric("parcels", "tenglong_missing_exchanges_total", exchange=exchange)
    with at_the_broker(park.env["AMQP_URI"]) as opened:
        opened.default_channel.exchange_delete(exchange)

    eventually(
        lambda: (
            park.metric("parcels", "tenglong_missing_exchanges_total", exchange=exchange) > counted
        ),
        timeout=NOTICED_WITHIN_S,
    )
    story = Story(park)
    eventually(lambda: is_taken(story), timeout=NOTICED_WITHIN_S)
    story.tell(story.reports())
    assert story.listing("draft")["parcel_id"] == story.parcel_id
    eventually(lambda: park.ready("parcels"), timeout=NOTICED_WITHIN_S)


def test_a_fact_told_while_a_deleted_exchange_is_made_again_reaches_all_who_hear_it_or_nobody(
    amqp_uri,
):
    here = installation(Settings(amqp_uri=amqp_uri))
    here.declare()
    stop, taken = threading.Event(), []
    telling = threading.Thread(target=tell, args=(amqp_uri, stop, taken))
    telling.start()
    with at_the_broker(amqp_uri) as opened:
        for _ in range(10):
            before = len(taken)
            opened.default_channel.exchange_delete("parcels.events")
            here.declare()
            eventually(lambda before=before: len(taken) > before)
    stop.set()
    telling.join()

    facts = [each for each in here.heard if each.source == "parcels"]
    queues = [queue_name(each.service, each.lane) for each in facts if each.type in (FACT, "#")]
    assert len(queues) > 1
    for queue in queues:
        assert arrived(amqp_uri, queue, len(taken)) == taken


def test_a_topology_that_is_deleted_three_times_is_made_again_each_time_and_the_chain_goes_on(
    park, rabbitmq
):
    """Somebody runs what cleans up, again and again, before a service has looked for what is missing."""
    uri = park.env["AMQP_URI"]
    there = installation(Settings(amqp_uri=uri, management_url=rabbitmq.management_url))
    exchanges_of_all = there.exchanges()
    for number in range(3):
        time.sleep(APART_S if number else 0)
        queues = [name for name in rabbitmq.queues(uri) if name.startswith((*SERVICES, "rpc-"))]
        assert queues or number
        with at_the_broker(uri) as opened:
            for queue in queues:
                opened.default_channel.queue_delete(queue)
            for exchange in set(exchanges_of_all) - BOUND_BY_THE_TEST:
                opened.default_channel.exchange_delete(exchange)

    story = Story(park)
    eventually(lambda: is_taken(story), timeout=60)
    # what is announced before the queue of who hears it is bound again is lost for that queue
    eventually(lambda: not there.missing_bindings(), timeout=60)
    eventually(lambda: all(map(park.ready, SERVICES)), timeout=60)
    story = Story(park)
    story.tell(story.reports())
    try:
        listing = story.listing("draft")
    except AssertionError as late:
        waits = [park.readyz(name) for name in SERVICES]
        raise AssertionError(f"{late}\n{rabbitmq.standing(uri)}\n{waits}") from late
    assert listing["parcel_id"] == story.parcel_id


def tell(uri: str, stop: threading.Event, taken: list[int]) -> None:
    """Publish numbers as the relay does, and note those that the broker took and did not return."""
    publisher = Publisher(uri)
    for number in itertools.takewhile(lambda _: not stop.is_set(), itertools.count()):
        body = str(number).encode()
        with suppress(Unavailable):
            if not publisher.publish([OutgoingMessage("parcels.events", FACT, body)]):
                taken.append(number)
    publisher.close()


def arrived(uri: str, queue: str, number: int) -> list[int]:
    """What lies in a queue, in order: so many numbers, or as many as come before 15 s without any."""
    found: list[int] = []
    with at_the_broker(uri) as opened, opened.channel() as channel:
        channel.basic_consume(
            queue, callback=lambda each: found.append(int(each.body)), no_ack=True
        )
        with suppress(TimeoutError):
            while len(found) < number:
                opened.drain_events(timeout=15)
    return found


def is_taken(story: Story) -> bool:
    try:
        return story.publish(*story.parcel(), wait_s=3).get("outcome") in ("accepted", "duplicate")
    except Refusal:  # the gateway, whose publish found no exchange
        return False


def test_a_deleted_queue_is_counted_though_somebody_declares_it_before_its_consumer_does(park):
    uri, queue = park.env["AMQP_URI"], "parcels.inbox.v1"
    counted = park.metric("parcels", "tenglong_missing_queues_total", queue=queue)
    with at_the_broker(uri) as opened:
        opened.default_channel.queue_delete(queue)
    installation(Settings(amqp_uri=uri)).declare()  # as the consumer of the strays does, under load

    eventually(
        lambda: park.metric("parcels", "tenglong_missing_queues_total", queue=queue) == counted + 1
    )
    assert Story(park).publish(*Story(park).parcel())["outcome"] == "accepted"


def test_what_is_missing_is_told_and_counted_once_for_each_exchange(amqp_uri):
    here, told = installation(Settings(amqp_uri=amqp_uri)), []
    assert set(here.missing_exchanges()) == set(exchanges(HOMES, here.feeds))

    TopologyKeeper(here, told.append).look(declare=False)

    assert "township.events" in told[0]
    assert told[-1] is None
    assert here.missing_exchanges() == []


def powerless(rabbitmq, uri: str) -> str:
    """The URI of a user who may configure nothing, where everything is declared."""
    installation(Settings(amqp_uri=uri)).declare()
    return str(rabbitmq.user_who_may(uri, configure="^$", write=".*", read=".*"))


def test_services_whose_user_may_configure_nothing_start_and_work_when_all_of_it_is_there(
    rabbitmq, amqp_uri, start_services
):
    services = start_services(*SERVICES, AMQP_URI=powerless(rabbitmq, amqp_uri)).wait_ready()
    plot = Plot(uuid.uuid4().hex[:8], TOWNSHIP, ACCEPTED_ON)
    with Township(amqp_uri, TOWNSHIP) as township:
        sent = [township.publish(*report) for report in plot.reports()]
        told = {township.receipt(each)["outcome"] for each in sent}

    assert told == {"accepted"}
    with calling(amqp_uri) as call:
        case = {"case_id": plot.case_id}
        eventually(lambda: call.projects.list_listings(filter=case)["items"])
    assert "store" in services.get("parcels", "/readyz").json()["remarks"]
    assert services.metric("parcels", "tenglong_store_at_risk", cause="unrecorded") == 1


@pytest.mark.parametrize("queue", ["rpc-notify", "notify.dead.v1", "notify.inbox.v1"])
def test_a_user_who_may_configure_nothing_is_told_which_queue_is_missing(rabbitmq, amqp_uri, queue):
    uri = powerless(rabbitmq, amqp_uri)
    with at_the_broker(amqp_uri) as opened:
        opened.default_channel.queue_delete(queue)

    with pytest.raises(NotFound, match=queue):
        installation(Settings(amqp_uri=uri)).declare()


def test_an_exchange_that_nobody_may_declare_again_is_counted_once_and_stays_told(
    rabbitmq, amqp_uri
):
    name, told = "township.receipts", []
    keeper = TopologyKeeper(
        installation(Settings(amqp_uri=powerless(rabbitmq, amqp_uri))), told.append
    )
    with at_the_broker(amqp_uri) as opened:
        opened.default_channel.exchange_delete(name)
    counted = metrics.missing_exchanges.labels(name)._value.get()

    for _ in range(2):
        with pytest.raises(NotFound):
            keeper.look(declare=False)

    assert metrics.missing_exchanges.labels(name)._value.get() == counted + 1
    assert name in told[-1]
    assert "does not let us" in told[-1]


def test_a_lost_binding_is_there_again_though_the_user_may_configure_nothing(rabbitmq, amqp_uri):
    uri, vhost = powerless(rabbitmq, amqp_uri), amqp_uri.rsplit("/", 1)[1]
    bound = sorted(map(str, rabbitmq.at(f"bindings/{vhost}")))
    unbind(amqp_uri, FACT, f"{FACT}.#")
    with at_the_broker(amqp_uri) as opened:
        channel = opened.default_channel
        channel.exchange_unbind("township.intake", "township.events", "#")
        channel.queue_unbind("parcels.inbox.v1", "township.intake", "*.parcel.registered")
        channel.queue_unbind("rpc-parcels", "nameko-rpc", "parcels.*")
    assert len(rabbitmq.at(f"bindings/{vhost}")) == len(bound) - 5

    TopologyKeeper(installation(Settings(amqp_uri=uri)), lambda _: None).look(declare=True)

    assert sorted(map(str, rabbitmq.at(f"bindings/{vhost}"))) == bound


@pytest.mark.parametrize("right", ["read", "write"])
def test_a_user_who_may_not_even_bind_starts_when_all_of_it_is_there(rabbitmq, amqp_uri, right):
    installation(Settings(amqp_uri=amqp_uri)).declare()
    rights = {"configure": "^$", "read": ".*", "write": ".*"} | {right: "^(parcels|rpc-).*"}
    uri = rabbitmq.user_who_may(amqp_uri, **rights)

    assert "parcels.inbox.v1" in installation(Settings(amqp_uri=uri)).declare()


def test_a_user_who_may_configure_nothing_is_told_what_is_missing(rabbitmq, amqp_uri):
    uri = rabbitmq.user_who_may(amqp_uri, configure="^$", write=".*", read=".*")
    here: Installation = installation(Settings(amqp_uri=uri))

    with pytest.raises(Exception, match=r"no exchange|NOT_FOUND"):
        here.declare()


def test_a_folder_for_the_metrics_of_many_processes_is_ignored():
    code = "from backbone import metrics; metrics.ticks; print('imported')"
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, text=True, capture_output=True, check=False
    )

    assert done.stdout.strip() == "imported", done.stderr
