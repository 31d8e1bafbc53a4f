"""The process is killed right after each step of an event's way, and started again.

Whatever the step: state and event are both there or neither, and in the end every event was done
once, told once, answered once, in order. Where the blow falls is no chance: see crashing_services.py.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.chaos.crashes.reconciliation import Reconciliation
from tests.chaos.crashes.restarted_services import RestartedServices
from tests.support.brokers import RabbitMQ, RedisServer


class House:
    """The services and the reconciliation of their farm. Each test uses a kind of bread of its own."""

    def __init__(self, rabbitmq: RabbitMQ, redis_server: RedisServer) -> None:
        rabbitmq.ensure_up()
        redis_server.ensure_up()
        uri, url = rabbitmq.new_vhost(lasting=True), redis_server.new_url()
        self.reconciliation = Reconciliation(rabbitmq, uri, url)
        self.services = RestartedServices(uri, url)
        self.reconciliation.send("first")  # from then on Redis knows the scripts
        self.reconciliation.come_to_rest()

    def close(self) -> None:
        self.services.child.kill()
        self.reconciliation.close()


@pytest.fixture(scope="module")
def houses() -> Iterator[list[House]]:
    """The house in use, if any."""
    in_use: list[House] = []
    yield in_use
    for house in in_use:
        house.close()


@pytest.fixture
def house(houses: list[House], rabbitmq: RabbitMQ, redis_server: RedisServer) -> Iterator[House]:
    """One for all tests of this file, as long as they leave it in order."""
    if not houses:
        houses.append(House(rabbitmq, redis_server))
    yield houses[0]
    print(houses[0].services.child.tail())
    if houses[0].reconciliation.mistakes():
        houses.pop().close()


@pytest.fixture
def services(house: House) -> RestartedServices:
    return house.services


@pytest.fixture
def reconciliation(house: House) -> Reconciliation:
    return house.reconciliation


@pytest.fixture
def kind() -> str:
    return f"rye-{uuid.uuid4().hex[:8]}"


def steps(*cases: tuple[str, Any, Any]) -> pytest.MarkDecorator:
    """Where the process dies (one step or, one life after the other, several), by what an operator
    would say; and what is there then."""
    named = [pytest.param(at, there, id=sentence) for sentence, at, there in cases]
    return pytest.mark.parametrize(("at", "there"), named)


@steps(
    ("when it had received the event", "bakery: received", False),
    ("when it had fetched what the event names", "bakery: fetched", False),
    ("when it had decided", "bakery: decided", False),
    ("just before the commit", "bakery: about to commit", False),
    ("after the commit, before its answer was read", "bakery: answer unread", True),
    ("after the commit, before the acknowledgement", "bakery: committed", True),
    ("after the acknowledgement", "bakery: acknowledged", True),
)
def test_an_event_takes_effect_once_though_its_process_is_killed(
    services, reconciliation, kind, at, there
):
    services.dies_at(at)
    reconciliation.send(kind, 3)
    services.wait_dead()

    assert reconciliation.halves(kind) == {}
    assert bool(reconciliation.baked(kind)) is there

    services.start()
    reconciliation.send(kind, 2)
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}


def test_events_take_effect_once_though_the_process_is_killed_while_some_of_them_are_committed(
    services, reconciliation, kind
):
    services.child.kill()
    services.dies_at("bakery: decided behind a commit")
    reconciliation.send(kind, 70)  # more than are read at once
    services.start(PUBLISHER_PER_S="0")  # else they would come by the overflow, fewer at a time
    services.wait_dead()

    assert reconciliation.halves(kind) == {}
    assert reconciliation.baked(kind) != reconciliation.sent[kind]

    services.start()
    reconciliation.send(kind, 2)
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}


@steps(
    ("when it had read the outbox", ["bakery: entries read"], (0, 2)),
    ("when it had published half of it", ["bakery: published by half"], (1, 2)),
    ("when all was confirmed and nothing removed", ["bakery: confirmed"], (2, 2)),
    ("when it had removed what was confirmed", ["bakery: removed"], (2, 0)),
    (
        "and killed again as it took the lease of a full outbox",
        ["bakery: entries read", "bakery: lease taken"],
        (0, 2),
    ),
)
def test_what_is_to_be_told_is_told_under_one_id_though_the_relay_is_killed(
    services, reconciliation, kind, at, there
):
    services.dies_at(*at)
    reconciliation.send(kind, 3)
    services.wait_dead()

    first = reconciliation.sent[kind][0]
    told, kept = reconciliation.told(kind).count(first), reconciliation.kept(kind).count(first)
    assert reconciliation.halves(kind) == {}
    assert (told, kept) == there, "of the fact and the receipt of the first batch"

    copies = reconciliation.copies()
    services.start()
    reconciliation.send(kind, 2)
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}
    if told and kept:
        assert reconciliation.copies() > copies, "it is told again, under the id that it had"


@steps(
    ("when the next try waited in the outbox", "bakery: committed", 1),
    ("when the next try was on its way, twice", "bakery: confirmed", 1),
    ("when it was on its way and the first unacknowledged", "bakery: told on, unacknowledged", 0),
)
def test_a_failed_try_is_followed_by_one_other_though_the_process_is_killed(
    services, reconciliation, kind, at, there
):
    services.dies_at(at)
    reconciliation.send(kind, fails=2)
    services.wait_dead()

    assert reconciliation.halves(kind) == {}
    assert len(reconciliation.in_outbox("bakery")) == there

    services.start()
    reconciliation.come_to_rest(parked=1)
    assert services.tries(reconciliation.sent[kind][0]) == 2, (
        "it may be tried twice, and then it is parked"
    )
    services.replay("bakery", reconciliation.parked_id())
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}


@pytest.mark.parametrize(
    "at",
    ["bakery: answer unread", "bakery: committed"],
    ids=["before the answer of the commit was read", "before the message was acknowledged"],
)
def test_a_message_is_parked_once_though_the_process_is_killed(services, reconciliation, kind, at):
    services.close("bakery")
    services.dies_at(at)
    reconciliation.send(kind)
    services.wait_dead()

    assert reconciliation.parked() == reconciliation.sent[kind]
    assert reconciliation.halves(kind) == {}

    services.start()
    reconciliation.come_to_rest(parked=1)
    assert reconciliation.told(kind) == [], "it is told to nobody before it is done"
    services.open("bakery")
    services.replay("bakery", reconciliation.parked_id())
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}


def test_a_line_forms_in_order_though_the_process_is_killed_at_each_message(
    services, reconciliation, kind
):
    services.close("shop")
    for step in ("shop: committed", "shop: answer unread"):
        services.dies_at(step)
        reconciliation.send(kind)
        services.wait_dead()
        assert reconciliation.parked() == reconciliation.sent[kind]
        services.start()
    reconciliation.send(kind)
    reconciliation.come_to_rest(parked=3)

    assert reconciliation.parked() == reconciliation.sent[kind]
    services.open("shop")
    services.replay("shop", reconciliation.parked_id())
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}


@steps(
    ("just before the replay was committed", ["shop: about to commit"], False),
    ("when the replay was committed", ["shop: answer unread"], True),
    ("when the first was on its way, twice", ["shop: confirmed"], True),
    ("when the first was done and had called the second", ["shop: committed"], True),
    (
        "and again when the second was on its way, twice",
        ["shop: committed", "shop: confirmed"],
        True,
    ),
)
def test_a_line_is_replayed_whole_and_in_order_though_the_process_is_killed(
    services, reconciliation, kind, at, there
):
    services.close("shop")
    reconciliation.send(kind, 3)
    reconciliation.come_to_rest(parked=3)
    services.open("shop")

    services.dies_at(*at)
    services.replay("shop", reconciliation.parked_id())
    services.wait_dead()
    assert (reconciliation.parked() != reconciliation.sent[kind]) is there
    assert reconciliation.halves(kind) == {}
    somewhere = {
        *reconciliation.on_shelf(kind),
        *reconciliation.parked(),
        *reconciliation.on_its_way("shop"),
    }
    assert somewhere == set(reconciliation.sent[kind]), "a message is set aside, on its way or done"

    services.start()
    reconciliation.send(kind, 2)
    reconciliation.come_to_rest()
    assert reconciliation.mistakes() == {}
