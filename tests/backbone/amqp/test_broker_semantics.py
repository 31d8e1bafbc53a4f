"""What the platform relies on in a broker: each test on RabbitMQ, and on the one that is embedded."""

from __future__ import annotations

import socket
import time
import uuid

import kombu
import pytest
from amqp.exceptions import NotFound, PreconditionFailed
from kombu.transport import native_delayed_delivery as delays

from backbone.amqp import topology
from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage

SOON_S = 60  # what the broker does at once, on a machine that is busy


@pytest.fixture
def connection(broker_uri):
    with kombu.Connection(broker_uri) as opened:
        yield opened


@pytest.fixture
def channel(connection):
    return connection.channel()


@pytest.fixture
def publisher(broker_uri):
    publisher = Publisher(broker_uri)
    yield publisher
    publisher.close()


def queue(channel, name="", **arguments):
    declared = kombu.Queue(
        name or f"q-{uuid.uuid4().hex[:8]}",
        channel=channel,
        queue_arguments={"x-queue-type": "classic"} | arguments,
    )
    declared.declare()
    return declared


def quorum(channel, **arguments):
    return queue(channel, **{"x-queue-type": "quorum"} | arguments)


def exchange(channel, kind, **arguments):
    declared = kombu.Exchange(
        f"x-{uuid.uuid4().hex[:8]}", type=kind, channel=channel, arguments=arguments
    )
    declared.declare()
    return declared


def got(queue, within_s=SOON_S):
    """The next message of a queue, or none within the time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if message := queue.get(no_ack=True):
            return message
        time.sleep(0.02)
    return None


def texts(queue):
    found = []
    while message := got(queue, 0.5):
        found.append(
            message.body if isinstance(message.body, str) else bytes(message.body).decode()
        )
    return found


def posting(to, body=b"x", where="", **more):
    return OutgoingMessage(where, to, body, **more)


def test_messages_come_out_in_the_order_that_they_went_in(channel, publisher):
    inbox = queue(channel)

    publisher.publish([posting(inbox.name, str(n).encode()) for n in range(20)])

    assert texts(inbox) == [str(n) for n in range(20)]


@pytest.mark.parametrize(
    ("kind", "pattern", "hits", "misses"),
    [
        ("direct", "a.b", ["a.b"], ["a", "a.b.c"]),
        ("fanout", "", ["a.b", "x"], []),
        ("topic", "*.b", ["a.b"], ["b", "a.b.c", "a.x.b"]),
        ("topic", "a.#", ["a", "a.b", "a.b.c"], ["b.a"]),
        ("topic", "#.q.v1", ["q.v1", "0.1.q.v1"], ["q.v2"]),
        ("topic", "*.remediation.completed", ["1.remediation.completed"], ["1.remediation"]),
    ],
)
def test_a_binding_lets_through_what_its_pattern_says(
    channel, publisher, kind, pattern, hits, misses
):
    inbox, source = queue(channel), exchange(channel, kind)
    inbox.bind_to(source, routing_key=pattern)

    returned = publisher.publish([posting(key, key.encode(), source.name) for key in hits + misses])

    assert texts(inbox) == hits
    assert returned == misses


def test_an_exchange_feeds_another_and_what_nobody_hears_goes_to_its_alternate(channel, publisher):
    strays = exchange(channel, "fanout")
    outer, inner = (
        exchange(channel, "topic"),
        exchange(channel, "topic", **{"alternate-exchange": strays.name}),
    )
    heard, stray = queue(channel), queue(channel)
    inner.bind_to(outer, routing_key="#")
    heard.bind_to(inner, routing_key="*.known")
    stray.bind_to(strays)

    publisher.publish(
        [posting("1.known", b"known", outer.name), posting("1.new", b"new", outer.name)]
    )

    message = got(stray)
    assert message.body in (b"new", "new")
    assert message.delivery_info["exchange"] == outer.name
    assert message.delivery_info["routing_key"] == "1.new"
    assert texts(heard) == ["known"]


def test_a_message_that_reaches_nobody_comes_back_if_it_must_arrive(publisher):
    assert publisher.publish([posting("nobody")]) == ["nobody"]
    assert publisher.publish([posting("nobody", mandatory=False)]) == []


def test_the_same_declaration_again_is_harmless_and_another_one_is_refused(connection):
    inbox = queue(connection.channel())
    queue(connection.channel(), inbox.name)

    with pytest.raises(PreconditionFailed):
        queue(connection.channel(), inbox.name, **{"x-max-length": 5})


def test_looking_for_what_is_not_there_says_so(connection):
    with pytest.raises(NotFound):
        connection.channel().queue_declare("nowhere", passive=True)
    with pytest.raises(NotFound):
        connection.channel().exchange_declare("nowhere", "topic", passive=True)


def test_headers_and_properties_arrive_as_they_were_sent(connection, channel):
    inbox = queue(channel)
    connection.Producer(channel).publish(
        b"body",
        routing_key=inbox.name,
        content_type="application/cloudevents+json",
        content_encoding="binary",
        headers={"ce-id": "1", "n": 2, "list": ["a"]},
        correlation_id="c",
        reply_to="r",
    )

    message = got(inbox)

    assert message.headers == {"ce-id": "1", "n": 2, "list": ["a"]}
    assert (
        message.content_type == message.properties["content_type"] == "application/cloudevents+json"
    )
    assert (message.properties["correlation_id"], message.properties["reply_to"]) == ("c", "r")
    assert message.delivery_info["redelivered"] is False


def test_what_was_not_acknowledged_comes_again_in_order_and_says_so(broker_uri, channel, publisher):
    inbox = quorum(channel)
    publisher.publish([posting(inbox.name, each) for each in (b"1", b"2", b"3")])
    with kombu.Connection(broker_uri) as other:
        taken = []
        consumer_channel = other.channel()
        consumer_channel.basic_qos(0, 10, False)
        inbox(consumer_channel).consume("t", taken.append, no_ack=False)
        while len(taken) < 3:
            other.drain_events(timeout=SOON_S)
        consumer_channel.basic_ack(taken[0].delivery_tag)

    again = [got(inbox), got(inbox)]

    assert [message.body in (b"2", "2") for message in again] == [True, False]
    assert all(message.delivery_info["redelivered"] for message in again)
    assert got(inbox, 0.3) is None


def test_one_acknowledgement_may_stand_for_all_before_it(connection, channel, publisher):
    inbox, taken = queue(channel), []
    publisher.publish([posting(inbox.name)] * 3)
    inbox.consume("t", taken.append, no_ack=False)
    while len(taken) < 3:
        connection.drain_events(timeout=SOON_S)

    channel.basic_ack(taken[-1].delivery_tag, multiple=True)
    channel.close()

    assert got(inbox(connection.channel()), 0.3) is None


def test_a_consumer_gets_no_more_than_its_prefetch(connection, channel, publisher):
    inbox, taken = queue(channel), []
    publisher.publish([posting(inbox.name)] * 5)
    channel.basic_qos(0, 2, False)
    inbox.consume("t", taken.append, no_ack=False)

    while len(taken) < 2:
        connection.drain_events(timeout=SOON_S)
    with pytest.raises(socket.timeout):  # noqa: PT012 - until nothing more comes
        while True:
            connection.drain_events(timeout=0.5)

    assert len(taken) == 2


def test_a_cancelled_consumer_gets_nothing_more_and_may_still_acknowledge(
    connection, channel, publisher
):
    inbox, taken = queue(channel), []
    publisher.publish([posting(inbox.name)])
    inbox.consume("t", taken.append, no_ack=False)
    connection.drain_events(timeout=SOON_S)
    channel.basic_cancel("t")
    publisher.publish([posting(inbox.name, b"later")])

    channel.basic_ack(taken[0].delivery_tag)

    assert texts(inbox) == ["later"]


def test_a_message_whose_time_is_up_goes_to_the_dead_letters_though_nobody_looks(
    channel, publisher
):
    dead = queue(channel)
    waiting = queue(
        channel,
        **{
            "x-message-ttl": 200,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": dead.name,
        },
    )

    publisher.publish([posting(waiting.name)])

    message = got(dead)
    assert message.headers["x-death"][0]["reason"] == "expired"
    assert message.headers["x-first-death-queue"] == waiting.name


def test_a_message_that_is_delivered_too_often_goes_to_the_dead_letters(
    broker_uri, channel, publisher
):
    dead = queue(channel)
    inbox = quorum(
        channel,
        **{
            "x-delivery-limit": 2,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": dead.name,
        },
    )
    publisher.publish([posting(inbox.name, b"deadly")])

    for _ in range(3):
        with kombu.Connection(broker_uri) as other:
            taken = []
            inbox(other.channel()).consume("t", taken.append, no_ack=False)
            while not taken:
                other.drain_events(timeout=SOON_S)

    assert got(dead).body in (b"deadly", "deadly")


def test_a_full_queue_says_no_to_the_publisher(channel, publisher):
    from backbone.errors import Unavailable

    small = quorum(channel, **{"x-max-length": 1, "x-overflow": "reject-publish"})

    with pytest.raises(Unavailable, match="full"):  # noqa: PT012 - the limit is not exact
        for _ in range(10):
            publisher.publish([posting(small.name)])


def test_a_delayed_message_comes_to_its_queue_when_its_time_has_come(
    connection, channel, publisher
):
    delays.declare_native_delayed_delivery_exchanges_and_queues(connection, "quorum", "tenglong")
    inbox = queue(channel)
    delivery = f"tenglong_{delays.CELERY_DELAYED_DELIVERY_EXCHANGE}"
    inbox.bind_to(delivery, routing_key=f"#.{inbox.name}")
    where, key = topology.delayed(inbox.name, 3)
    sent = time.monotonic()

    publisher.publish([posting(key, b"late", where)])

    assert got(inbox).body in (b"late", "late")
    assert time.monotonic() - sent > 2.8


def test_a_queue_of_one_connection_is_gone_with_it(broker_uri, connection):
    with kombu.Connection(broker_uri) as other:
        mine = kombu.Queue(f"mine-{uuid.uuid4()}", exclusive=True, channel=other.channel())
        mine.declare()

    with pytest.raises(NotFound):
        connection.channel().queue_declare(mine.name, passive=True)


def test_of_several_consumers_one_is_active_and_another_takes_over_in_order(
    broker_uri, connection, channel, publisher
):
    shared, first, second = quorum(channel, **{"x-single-active-consumer": True}), [], []
    with kombu.Connection(broker_uri) as other:
        shared(other.channel()).consume("active", first.append, no_ack=False)
        shared.consume("waiting", second.append, no_ack=False)
        publisher.publish([posting(shared.name, text) for text in (b"1", b"2", b"3")])
        while len(first) < 3:
            other.drain_events(timeout=SOON_S)
        with pytest.raises(socket.timeout):
            connection.drain_events(timeout=0.3)
    while len(second) < 3:
        connection.drain_events(timeout=SOON_S)

    assert [str(message.body).strip("b'") for message in second] == ["1", "2", "3"]
