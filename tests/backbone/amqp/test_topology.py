"""Exchanges and queues: their names, their kinds, and the ways that lead from one to another."""

from __future__ import annotations

import uuid

import kombu
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kombu.transport import native_delayed_delivery as delays

from backbone import hears
from backbone.amqp import topology
from backbone.amqp.topology import Binding, Feed, delayed, queue_name
from backbone.host.entrypoints import bindings
from backbone.messages.contract import Contract
from backbone.testing import transport as embedded

FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda _code, _day: True)
HEARD = (
    Binding("mill", "farm", "sack.sent", "inbox"),
    Binding("mill", "mill", "flour_due", "slow"),
    Binding("shop", "mill", "flour_ground", "inbox"),
    Binding("auditor", "mill", "#", "inbox"),
)
SERVICES = ("mill", "shop", "auditor")
WORK_QUEUES = {
    "mill.inbox.v1",
    "mill.overflow.v1",
    "mill.slow.v1",
    "mill.strays.v1",
    "shop.inbox.v1",
    "auditor.inbox.v1",
}


def declare_at(name: str, services=SERVICES) -> list[str]:
    with kombu.Connection(f"embedded://{name}") as opened:
        return topology.declare(opened, services, [FARM], HEARD)


def new_broker(times=1):
    """An embedded broker with the topology, and its name."""
    embedded.register()
    name = f"topology-{uuid.uuid4().hex[:8]}"
    for _ in range(times):
        declare_at(name)
    return embedded.broker(name), name


@pytest.fixture(scope="module")
def broker():
    return new_broker()[0]


def test_every_lane_is_answered_by_its_name():
    assert set(declare_at(new_broker()[1])) == WORK_QUEUES


def test_every_queue_says_of_which_type_it_is(broker):
    types = {name: queue.arguments.get("x-queue-type") for name, queue in broker.queues.items()}

    assert len(types) > len(WORK_QUEUES)
    assert {name for name, kind in types.items() if kind == "classic"} == {
        "rpc-mill",
        "rpc-shop",
        "rpc-auditor",
    }
    assert set(types.values()) == {"classic", "quorum"}


@pytest.mark.parametrize("name", sorted(WORK_QUEUES))
def test_a_work_queue_is_bounded_and_gives_up_to_the_dead_queue_at_least_once(broker, name):
    arguments = broker.queues[name].arguments

    assert arguments["x-max-length"] > 0
    assert arguments["x-overflow"] == "reject-publish"
    assert arguments["x-dead-letter-strategy"] == "at-least-once"
    assert arguments["x-delivery-limit"] == topology.DELIVERY_LIMIT
    dead = arguments["x-dead-letter-routing-key"]
    assert arguments["x-dead-letter-exchange"] == ""
    assert dead == queue_name(name.split(".")[0], "dead")
    assert "x-delivery-limit" not in broker.queues[dead].arguments


@pytest.mark.parametrize(
    ("exchange", "key", "reached"),
    [
        ("farm.events", "green.sack.sent", {"mill.inbox.v1"}),
        ("farm.events", "green.sugar.sent", {"mill.strays.v1"}),
        ("farm.events", "sack.sent", {"mill.strays.v1"}),
        ("farm.events", "green.sack.sent.x", {"mill.strays.v1"}),
        ("farm.events", "", {"mill.strays.v1"}),
        ("mill.events", "flour_ground", {"shop.inbox.v1", "auditor.inbox.v1"}),
        ("mill.events", "flour_due", {"mill.slow.v1", "auditor.inbox.v1"}),
        ("mill.events", "unheard", {"auditor.inbox.v1"}),
        ("shop.events", "bread_sold", set()),
        ("farm.receipts", "green", set()),
        ("nameko-rpc", "shop.price", {"rpc-shop"}),
    ],
)
def test_a_message_reaches_those_that_hear_it(broker, exchange, key, reached):
    assert broker.route(exchange, key) == reached


def test_declaring_again_changes_nothing():
    once, twice = new_broker()[0], new_broker(times=2)[0]

    assert {n: q.arguments for n, q in once.queues.items()} == {
        n: q.arguments for n, q in twice.queues.items()
    }
    assert {n: e.bindings for n, e in once.exchanges.items()} == {
        n: e.bindings for n, e in twice.exchanges.items()
    }


@given(st.integers(1, 10**6), st.sampled_from(sorted(WORK_QUEUES)))
def test_the_levels_of_a_delay_add_up_to_it_and_lead_to_the_queue_alone(seconds, queue):
    exchange, key = delayed(queue, seconds)
    bits, name = key.split(".")[: delays.MAX_LEVEL + 1], key.split(".")[delays.MAX_LEVEL + 1 :]

    assert exchange == delays.level_name(delays.MAX_LEVEL, "tenglong")
    assert int("".join(bits), 2) == seconds
    assert ".".join(name) == queue
    delivery = f"tenglong_{delays.CELERY_DELAYED_DELIVERY_EXCHANGE}"
    assert _broker().route(delivery, key) == {queue}


def test_a_delay_of_less_than_a_second_is_one_second():
    assert delayed("q", 0) == delayed("q", 1)


LOST = ("mill.events", "mill.hearers", "farm.events", "farm.intake")
REACHED = {
    ("mill.events", "flour_ground"): {"auditor.inbox.v1", "shop.inbox.v1"},
    ("mill.events", "flour_due"): {"auditor.inbox.v1", "mill.slow.v1"},
    ("farm.events", "green.sack.sent"): {"mill.inbox.v1"},
}


@pytest.mark.parametrize("lost", LOST)
def test_while_a_deleted_exchange_is_made_again_a_message_reaches_all_who_hear_it_or_nobody(
    lost, monkeypatch
):
    broker, name, seen = *new_broker(), []
    broker.delete_exchange(lost)

    def look() -> None:
        for way, hearers in REACHED.items():
            reached = broker.route(*way)
            assert reached in (set(), hearers), way
            seen.append(reached == hearers)

    def looking(step):
        def walk(*said):
            step(*said)
            look()

        return walk

    monkeypatch.setattr(broker, "declare_exchange", looking(broker.declare_exchange))
    monkeypatch.setattr(broker, "bind", looking(broker.bind))
    declare_at(name)

    assert not all(seen)
    assert all(seen[-len(REACHED) :]), "in the end everybody hears again"


def test_a_fact_reaches_all_who_hear_it_whichever_of_its_bindings_is_lost():
    for source in ("mill.events", "mill.hearers"):
        bound = new_broker()[0].exchanges[source].bindings
        assert bound
        for kind, target, key in bound:
            broker, _ = new_broker()
            broker.unbind(kind, target, source, key)
            for fact in ("flour_ground", "flour_due"):
                reached = broker.route("mill.events", fact)
                assert reached == REACHED["mill.events", fact], (source, target, key)


def test_the_names_of_a_feed_follow_from_its_name():
    names = (FARM.exchange, FARM.intake, FARM.strays, FARM.receipts)

    assert names == ("farm.events", "farm.intake", "farm.strays", "farm.receipts")


_known: list[embedded.Broker] = []


def _broker():
    if not _known:
        _known.append(new_broker()[0])
    return _known[0]


def test_a_service_that_hears_one_type_twice_is_refused_as_one_of_the_two_would_never_be_called():
    class Mill:
        name = "mill"

        @hears("farm", "sack.sent", Contract)
        def grind(self, event): ...

        @hears("farm", "sack.sent", Contract)
        def weigh(self, event): ...

    with pytest.raises(TypeError, match=r"grind and weigh hear farm\.sack\.sent"):
        bindings(Mill)
