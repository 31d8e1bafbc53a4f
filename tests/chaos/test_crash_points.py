"""The process is killed right after each step of an event's way, and started again.

Whatever the step: state and event are both there or neither, and in the end every event was done
once, told once, answered once, in order. Where the blow falls is no chance: see doomed.py.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.chaos.books import Books
from tests.chaos.street import Street
from tests.support.brokers import RabbitMQ, RedisServer


class House:
    """A street and the books of its farm. Each test uses a kind of bread of its own."""

    def __init__(self, rabbitmq: RabbitMQ, redis_server: RedisServer) -> None:
        rabbitmq.ensure_up()
        redis_server.ensure_up()
        uri, url = rabbitmq.new_vhost(), redis_server.new_url()
        self.books, self.street = Books(rabbitmq, uri, url), Street(uri, url)
        self.books.send("first")  # from then on Redis knows the scripts
        self.books.come_to_rest()

    def close(self) -> None:
        self.street.child.kill()
        self.books.close()


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
    print(houses[0].street.child.tail())
    if houses[0].books.mistakes():
        houses.pop().close()


@pytest.fixture
def street(house: House) -> Street:
    return house.street


@pytest.fixture
def books(house: House) -> Books:
    return house.books


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
def test_an_event_takes_effect_once_though_its_process_is_killed(street, books, kind, at, there):
    street.dies_at(at)
    books.send(kind, 3)
    street.wait_dead()

    assert books.halves(kind) == {}
    assert bool(books.baked(kind)) is there

    street.start()
    books.send(kind, 2)
    books.come_to_rest()
    assert books.mistakes() == {}


def test_events_take_effect_once_though_the_process_is_killed_while_some_of_them_are_committed(
    street, books, kind
):
    street.child.kill()
    street.dies_at("bakery: decided behind a commit")
    books.send(kind, 70)  # more than are read at once
    street.start()
    street.wait_dead()

    assert books.halves(kind) == {}
    assert books.baked(kind) != books.sent[kind]

    street.start()
    books.send(kind, 2)
    books.come_to_rest()
    assert books.mistakes() == {}


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
    street, books, kind, at, there
):
    street.dies_at(*at)
    books.send(kind, 3)
    street.wait_dead()

    first = books.sent[kind][0]
    told, kept = books.told(kind).count(first), books.kept(kind).count(first)
    assert books.halves(kind) == {}
    assert (told, kept) == there, "of the fact and the receipt of the first batch"

    copies = books.copies()
    street.start()
    books.send(kind, 2)
    books.come_to_rest()
    assert books.mistakes() == {}
    if told and kept:
        assert books.copies() > copies, "it is told again, under the id that it had"


@steps(
    ("when the next try waited in the outbox", "bakery: committed", 1),
    ("when the next try was on its way, twice", "bakery: confirmed", 1),
    ("when it was on its way and the first unacknowledged", "bakery: told on, unacknowledged", 0),
)
def test_a_failed_try_is_followed_by_one_other_though_the_process_is_killed(
    street, books, kind, at, there
):
    street.dies_at(at)
    books.send(kind, fails=2)
    street.wait_dead()

    assert books.halves(kind) == {}
    assert len(books.in_outbox("bakery")) == there

    street.start()
    books.come_to_rest(parked=1)
    assert street.tries(books.sent[kind][0]) == 2, "it may be tried twice, and then it is parked"
    street.replay("bakery", books.parked_id())
    books.come_to_rest()
    assert books.mistakes() == {}


@pytest.mark.parametrize(
    "at",
    ["bakery: answer unread", "bakery: committed"],
    ids=["before the answer of the commit was read", "before the message was acknowledged"],
)
def test_a_message_is_parked_once_though_the_process_is_killed(street, books, kind, at):
    street.close("bakery")
    street.dies_at(at)
    books.send(kind)
    street.wait_dead()

    assert books.parked() == books.sent[kind]
    assert books.halves(kind) == {}

    street.start()
    books.come_to_rest(parked=1)
    assert books.told(kind) == [], "it is told to nobody before it is done"
    street.open("bakery")
    street.replay("bakery", books.parked_id())
    books.come_to_rest()
    assert books.mistakes() == {}


def test_a_line_forms_in_order_though_the_process_is_killed_at_each_message(street, books, kind):
    street.close("shop")
    for step in ("shop: committed", "shop: answer unread"):
        street.dies_at(step)
        books.send(kind)
        street.wait_dead()
        assert books.parked() == books.sent[kind]
        street.start()
    books.send(kind)
    books.come_to_rest(parked=3)

    assert books.parked() == books.sent[kind]
    street.open("shop")
    street.replay("shop", books.parked_id())
    books.come_to_rest()
    assert books.mistakes() == {}


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
    street, books, kind, at, there
):
    street.close("shop")
    books.send(kind, 3)
    books.come_to_rest(parked=3)
    street.open("shop")

    street.dies_at(*at)
    street.replay("shop", books.parked_id())
    street.wait_dead()
    assert (books.parked() != books.sent[kind]) is there
    assert books.halves(kind) == {}
    somewhere = {*books.on_shelf(kind), *books.parked(), *books.on_its_way("shop")}
    assert somewhere == set(books.sent[kind]), "a message is set aside, on its way or done"

    street.start()
    books.send(kind, 2)
    books.come_to_rest()
    assert books.mistakes() == {}
