"""The wires to RabbitMQ and Redis lose, tear and hold back what goes over them: nothing comes of it.

That an answer is missing does not say whether the question arrived. What was committed is not done
again nor called a duplicate; what was published is published again under its id.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import eventlet
import pytest

from tests.chaos.crashes.reconciliation import Reconciliation
from tests.chaos.crashes.restarted_services import RestartedServices
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.torn import Weather, Wire

ACKNOWLEDGEMENT = b"\x00\x3c\x00\x50"  # class basic, method ack
KINDS, EACH = 20, 15


@pytest.fixture(scope="module")
def wires(rabbitmq: RabbitMQ, redis_server: RedisServer) -> Iterator[dict[str, Wire]]:
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    found = {"broker": Wire(rabbitmq.ports[0]), "store": Wire(redis_server.ports[0])}
    yield found
    for wire in found.values():
        wire.close()


@pytest.fixture(scope="module")
def house(
    rabbitmq: RabbitMQ, redis_server: RedisServer, wires: dict[str, Wire]
) -> Iterator[tuple[RestartedServices, Reconciliation]]:
    """The services at the end of the wires, and a farm that has wires of its own."""
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    reconciliation = Reconciliation(rabbitmq, uri, url)
    services = RestartedServices(
        uri.replace(str(rabbitmq.ports[0]), str(wires["broker"].port)),
        url.replace(str(redis_server.ports[0]), str(wires["store"].port)),
    )
    reconciliation.send("first")
    reconciliation.come_to_rest()
    yield services, reconciliation
    services.child.kill()
    reconciliation.close()


@pytest.fixture
def reconciliation(house: tuple[RestartedServices, Reconciliation]) -> Iterator[Reconciliation]:
    yield house[1]
    print(house[0].child.tail())


@pytest.fixture
def kind() -> str:
    return f"rye-{uuid.uuid4().hex[:8]}"


@pytest.mark.parametrize("answer_only", [False, True], ids=["the commit", "its answer"])
def test_a_commit_is_done_once_though_this_is_lost(wires, reconciliation, kind, answer_only):
    wires["store"].lose([b"EVALSHA", f"{kind}-000".encode(), b"outbox"], answer_only=answer_only)
    reconciliation.send(kind, 3)
    reconciliation.stay_at_rest()

    assert wires["store"].lost == 1
    assert reconciliation.mistakes() == {}, "and no receipt says duplicate"


def test_a_fact_whose_confirm_is_lost_is_told_again_under_its_id_and_heard_once(
    wires, reconciliation, kind
):
    copies = reconciliation.copies()
    wires["broker"].lose([b"bread_baked", f"{kind}-000".encode()], answer_only=True)
    reconciliation.send(kind, 3)
    reconciliation.stay_at_rest()

    assert wires["broker"].lost == 1
    assert reconciliation.copies() > copies
    assert reconciliation.mistakes() == {}


def test_a_message_whose_acknowledgement_is_lost_comes_again_and_is_not_done_again(
    wires, reconciliation, kind
):
    wires["broker"].lose([ACKNOWLEDGEMENT], times=2)
    reconciliation.send(kind, 3)
    reconciliation.stay_at_rest()

    assert wires["broker"].lost == 2
    assert reconciliation.mistakes() == {}


def test_nothing_is_lost_doubled_or_out_of_order_however_the_wires_misbehave(
    wires, reconciliation, kind
):
    weather = Weather(wires, seed=1)
    farm = eventlet.spawn(_deliver, reconciliation, kind)
    while not farm.dead:
        weather.strike()
    farm.wait()
    reconciliation.stay_at_rest()

    print(
        f"\nledger: sent {KINDS * EACH}, told again {reconciliation.copies()}, befell {weather.befell}"
    )
    assert reconciliation.mistakes() == {}


def _deliver(reconciliation: Reconciliation, kind: str) -> None:
    for _ in range(EACH):
        for number in range(KINDS):
            reconciliation.send(f"{kind}-{number:02}")
            eventlet.sleep(0.02)
