"""The consumer: nothing that arrives is dropped, whatever happens while it is taken."""

from __future__ import annotations

import uuid

import eventlet
import kombu
import pytest
from amqp.exceptions import NotFound

from backbone import watchdog
from backbone.amqp import consumer as wire
from backbone.amqp.connection import close, connect
from backbone.amqp.consumer import Consumer
from backbone.amqp.publisher import Publisher
from backbone.errors import Unavailable
from backbone.messages.outgoing import OutgoingMessage
from tests.support.eventually import eventually
from tests.support.torn import Wire


@pytest.fixture
def queue(broker_uri):
    name = f"work-{uuid.uuid4().hex[:8]}"
    with kombu.Connection(broker_uri) as connection:
        declared = kombu.Queue(
            name, channel=connection.channel(), queue_arguments={"x-queue-type": "quorum"}
        )
        declared.declare()
        yield name


def consumer_of(uri, queue, take, batch):
    return Consumer(uri, queue, take, batch=batch, heartbeat_s=10, on_state=lambda _: None)


def deliver(uri, queue, sent, take, taken, batch):
    """Publish these, and have them taken until `taken` is as long."""
    publisher, consumer = Publisher(uri), consumer_of(uri, queue, take, batch)
    publisher.publish([OutgoingMessage("", queue, body) for body in sent])
    consumer.start(eventlet.spawn)
    eventually(lambda: len(taken) >= len(sent))
    consumer.stop()
    publisher.close()


@pytest.mark.parametrize("batch", [1, 7, 200])
def test_what_arrives_while_an_outage_is_waited_out_is_taken_afterwards(broker_uri, queue, batch):
    sent = [str(number).encode() for number in range(600)]
    publisher, taken, calls = Publisher(broker_uri), [], iter(range(10**6))

    def take(messages, *_):
        if next(calls) in (1, 3):
            raise Unavailable("the store is away for a moment")
        taken.extend(bytes(message.body) for message in messages)

    consumer = consumer_of(broker_uri, queue, take, batch)
    consumer.start(eventlet.spawn)
    for start in range(0, len(sent), 50):
        publisher.publish([OutgoingMessage("", queue, body) for body in sent[start : start + 50]])
    eventually(lambda: len(taken) >= len(sent))
    consumer.stop()
    publisher.close()

    assert sorted(set(sent) - set(taken)) == []
    assert taken == sent


def test_what_is_done_before_an_outage_is_not_taken_again(broker_uri, queue):
    sent = [str(number).encode() for number in range(200)]
    taken, calls = [], []

    def take(messages, done):
        calls.append(len(messages))
        for number, message in enumerate(messages):
            if number == 70 and len(calls) < 5:
                raise Unavailable("the store is away for a moment")
            taken.append(bytes(message.body))
            done(number + 1)

    deliver(broker_uri, queue, sent, take, taken, batch=200)

    assert taken == sent


def test_in_a_long_outage_the_messages_go_back_and_the_queue_is_left_alone(
    broker_uri, queue, monkeypatch
):
    """Else the broker would count a delivery each time it takes back what nobody acknowledged."""
    monkeypatch.setattr(wire, "HOLD_AT_MOST_S", 0.5)
    sent = [str(number).encode() for number in range(30)]
    publisher, taken, calls, probes, is_away = Publisher(broker_uri), [], [], [], True

    def away_or(do):
        if is_away:
            raise Unavailable("the store is away for long")
        do()

    def take(messages, *_):
        calls.append(len(messages))
        away_or(lambda: taken.extend(bytes(message.body) for message in messages))

    def probe():
        probes.append(len(calls))
        if calls:  # it was there when the consumer started
            away_or(lambda: None)

    consumer = Consumer(
        broker_uri, queue, take, batch=7, heartbeat_s=10, on_state=lambda _: None, probe=probe
    )
    publisher.publish([OutgoingMessage("", queue, body) for body in sent])
    consumer.start(eventlet.spawn)
    with kombu.Connection(broker_uri) as connection:
        found = kombu.Queue(queue, channel=connection.channel())
        eventually(lambda: len(probes) > 3)
        eventually(lambda: found.queue_declare(passive=True)[1:] == (len(sent), 0))
        assert probes[1:] == [len(calls)] * len(probes[1:])
        is_away = False
        eventually(lambda: len(taken) >= len(sent))
    consumer.stop()
    publisher.close()

    assert taken == sent


def test_a_service_that_may_not_declare_its_queue_again_says_who_does(amqp_uri):
    told: list[str | None] = []

    def declare():
        raise NotFound("no queue 'gone'")

    consumer = Consumer(
        amqp_uri, "gone", lambda *_: None, batch=7, heartbeat_s=10, on_state=told.append,
        declare=declare,
    )  # fmt: skip
    consumer.start(eventlet.spawn)
    eventually(lambda: any("cannot be declared" in (each or "") for each in told), 60)
    consumer.stop()

    (said, *_) = [each for each in told if each and "cannot be declared" in each]
    assert said.endswith("As the installer: `tenglong topology`")


def test_a_taker_that_fails_gets_the_same_messages_again(broker_uri, queue):
    publisher, taken, failing = Publisher(broker_uri), [], [True]

    def take(messages, *_):
        if failing and failing.pop():
            raise RuntimeError("a defect")
        taken.extend((bytes(m.body), m.delivery_info["redelivered"]) for m in messages)

    consumer = consumer_of(broker_uri, queue, take, 10)
    consumer.start(eventlet.spawn)
    publisher.publish([OutgoingMessage("", queue, b"1")])
    eventually(lambda: taken)
    consumer.stop()
    publisher.close()

    assert taken == [(b"1", True)]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_messages_keep_their_order_however_often_who_has_them_in_hand_ends(
    broker_uri, queue, times
):
    """The broker puts what it takes back behind all else that it took back, so it must all go back."""
    sent = [str(number).encode() for number in range(20)]
    taken, ends = [], 0

    def take(messages, *_):
        nonlocal ends
        if taken and ends < times:  # the first message is done; whoever has the others, ends
            ends += 1
            raise RuntimeError("the connection ends with the process")
        taken.extend(bytes(message.body) for message in messages)

    deliver(broker_uri, queue, sent, take, taken, batch=1)

    assert taken == sent


def test_of_the_messages_in_hand_only_the_one_that_ends_its_taker_is_set_aside(
    broker_uri, monkeypatch
):
    """The broker counts a delivery for each message in hand when the connection ends."""
    monkeypatch.setattr(wire, "SUSPECT_AFTER", 2)
    name, taken, ends = f"work-{uuid.uuid4().hex[:8]}", [], 0
    with kombu.Connection(broker_uri) as connection:
        channel = connection.channel()
        quorum = {"x-queue-type": "quorum"}
        dead = kombu.Queue(f"{name}-dead", queue_arguments=quorum, channel=channel)
        dead.declare()
        given_up = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead.name}
        arguments = {**quorum, "x-delivery-limit": 5, **given_up}
        kombu.Queue(name, queue_arguments=arguments, channel=channel).declare()
    sent = [str(number).encode() for number in range(20)]
    publisher = Publisher(broker_uri)
    publisher.publish([OutgoingMessage("", name, body) for body in sent])

    def take(messages, *_):
        nonlocal ends
        if b"7" in [bytes(message.body) for message in messages]:
            ends += 1
            raise RuntimeError("the connection ends with the process")
        taken.extend(bytes(message.body) for message in messages)

    consumer = consumer_of(broker_uri, name, take, batch=200)
    consumer.start(eventlet.spawn)
    with kombu.Connection(broker_uri) as connection:
        queue = kombu.Queue(dead.name, channel=connection.channel())
        found = eventually(queue.get)
        publisher.publish([OutgoingMessage("", name, b"20")])
        eventually(lambda: len(taken) >= len(sent))
        consumer.stop()
        publisher.close()

        assert (found.payload, queue.get()) == (7, None)
    assert taken == [body for body in [*sent, b"20"] if body != b"7"]
    assert ends == 5, "five in vain, and once more it looked at what comes: the sixth is too much"


def test_a_start_has_nothing_delivered_in_vain(broker_uri, queue):
    """Else what a publisher really sent again would look like our own copy."""
    sent, taken = [str(number).encode() for number in range(50)], []

    def take(messages, *_):
        taken.extend(message.delivery_info["redelivered"] for message in messages)

    deliver(broker_uri, queue, sent, take, taken, batch=7)

    assert taken == [False] * 50


@pytest.mark.parametrize("broker_uri", ["rabbitmq"], indirect=True)
def test_what_the_broker_says_at_the_end_of_a_connection_confirms_nothing_that_went_over_the_next(
    rabbitmq, broker_uri, queue
):
    """Else a service that is stopped would forget facts that the broker does not have."""
    port = rabbitmq.ports[0]
    first, second = Wire(port), Wire(port)
    publisher = Publisher(broker_uri.replace(str(port), str(first.port)))
    publisher.publish([])
    first.hold_after(b"first")
    stopped = eventlet.spawn(publisher.publish, [OutgoingMessage("", queue, b"first")] * 5)
    eventually(lambda: first.is_held)
    stopped.kill()  # it hangs up, and hears what is said until that is done

    publisher.uri = broker_uri.replace(str(port), str(second.port))
    publisher.publish([])
    second.swallow()
    going_on = eventlet.spawn(publisher.publish, [OutgoingMessage("", queue, b"second")] * 2)
    missing = eventually(lambda: publisher._answers.missing)
    first.heal()
    eventually(lambda: stopped.dead)

    assert list(missing) == [1, 2]
    second.cut()
    with pytest.raises(Unavailable):
        going_on.wait()
    first.close()
    second.close()


@pytest.mark.parametrize("broker_uri", ["rabbitmq"], indirect=True)
def test_after_each_lost_connection_it_is_back_as_soon_as_after_the_first(
    rabbitmq, broker_uri, queue
):
    """Else a process that runs for weeks would at last take five seconds each time."""
    wire, publisher, taken, rests = Wire(rabbitmq.ports[0]), Publisher(broker_uri), [], []
    uri = broker_uri.replace(str(rabbitmq.ports[0]), str(wire.port))
    consumer = consumer_of(uri, queue, lambda messages, _: taken.extend(messages), 1)
    consumer.pause.rest = rests.append
    consumer.start(eventlet.spawn)
    for times in range(1, 6):
        publisher.publish(
            [OutgoingMessage("", queue, b"one"), OutgoingMessage("", queue, b"another")]
        )
        eventually(lambda n=times: len(taken) >= 2 * n)
        wire.cut()
        eventually(lambda n=times: len(rests) >= n)
    consumer.stop()
    publisher.close()
    wire.close()

    assert max(rests) < 0.3


def test_a_connection_that_broke_is_not_replaced_by_one_without_a_consumer(amqp_uri):
    opened = connect(amqp_uri)
    broken = opened.connection
    broken.transport.connected = False  # as a heartbeat leaves it that could not be sent

    with pytest.raises(ConnectionError):
        opened.drain_events(timeout=0.1)

    close(opened)
    broken.collect()


def test_a_broker_that_beats_more_often_than_was_asked_for_is_asked_whether_it_knows_us(
    rabbitmq, amqp_uri
):
    """Each of its heartbeats came before the consumer had waited for long enough, so that it never looked."""
    name, looks = f"work-{uuid.uuid4().hex[:8]}", []
    with kombu.Connection(amqp_uri) as connection:
        kombu.Queue(name, channel=connection.channel()).declare()
    rabbitmq.control("eval", "application:set_env(rabbit, heartbeat, 2).")
    try:
        consumer = consumer_of(amqp_uri, name, lambda *_: None, batch=1)
        consumer._see_that_it_knows_us = lambda: looks.append(consumer._tag)
        consumer.start(eventlet.spawn)
        eventually(lambda: len(looks) >= 3)
        consumer.stop()
    finally:
        rabbitmq.control("eval", "application:set_env(rabbit, heartbeat, 60).")


def test_a_consumer_that_stood_still_gives_back_what_lies_in_its_socket(amqp_uri):
    name, taken = f"work-{uuid.uuid4().hex[:8]}", []
    with kombu.Connection(amqp_uri) as connection:
        kombu.Queue(name, channel=connection.channel()).declare()

    def take(messages, *_):
        taken.extend((bytes(m.body), m.delivery_info["redelivered"]) for m in messages)

    before = set(watchdog._pulses)
    consumer = consumer_of(amqp_uri, name, take, batch=1)
    consumer.start(eventlet.spawn)
    eventually(lambda: consumer._idle)
    (pulse,) = set(watchdog._pulses) - before
    pulse.last -= 2 * pulse.heartbeat_s  # as if it had not run for so long
    publisher = Publisher(amqp_uri)
    publisher.publish([OutgoingMessage("", name, b"1")])

    eventually(lambda: taken == [(b"1", True)])
    consumer.stop()
    publisher.close()


def test_one_that_stops_finishes_what_it_is_at_and_gives_the_rest_back(broker_uri, queue):
    sent = [str(number).encode() for number in range(100)]
    publisher, taken, rest, stopped = Publisher(broker_uri), [], [], []

    def take(messages, done):
        for number, message in enumerate(messages):
            taken.append(bytes(message.body))
            if len(taken) == 60:
                stopped.append(eventlet.spawn(consumer.stop))
                eventlet.sleep(0.01)
            done(number + 1)

    consumer = consumer_of(broker_uri, queue, take, batch=100)
    publisher.publish([OutgoingMessage("", queue, body) for body in sent])
    consumer.start(eventlet.spawn)
    eventually(lambda: stopped)
    stopped[0].wait()
    other = consumer_of(broker_uri, queue, lambda messages, _: rest.extend(messages), batch=100)
    other.start(eventlet.spawn)
    eventually(lambda: len(taken) + len(rest) >= len(sent))
    other.stop()
    publisher.close()

    assert taken == sent[:60]
    assert [bytes(message.body) for message in rest] == sent[60:]


def side_by_side(uri, queue, take):
    """Consumers as a lane has them, each with one message at hand, that take already."""
    states = [[] for _ in range(16)]
    lane = [
        Consumer(uri, queue, take, batch=1, at_hand=1, heartbeat_s=10, on_state=state.append)
        for state in states
    ]
    for consumer in lane:
        consumer.start(eventlet.spawn)
    eventually(lambda: all(state[-1] is None for state in states))
    return lane


def stop(lane):
    """As a service does."""
    for consumer in lane:
        consumer.take_nothing_new()
    for consumer in lane:
        consumer.stop()


def in_vain(message):
    return message.headers.get("x-delivery-count", 0)


def test_a_message_that_was_brought_too_often_is_not_passed_round_those_that_share_its_queue(
    broker_uri, queue
):
    publisher, taken = Publisher(broker_uri), []
    publisher.publish([OutgoingMessage("", queue, b"a letter")])
    publisher.close()
    with kombu.Connection(broker_uri) as connection:
        found = kombu.Queue(queue, channel=connection.channel())
        for _ in range(wire.SUSPECT_AFTER):
            eventually(found.get).reject(requeue=True)

        lane = side_by_side(broker_uri, queue, lambda messages, *_: taken.extend(messages))
        eventually(lambda: taken)
        stop(lane)

    assert [in_vain(message) for message in taken] == [wire.SUSPECT_AFTER]


def test_those_that_share_a_queue_and_stop_pass_no_message_on_to_the_next(broker_uri, queue):
    publisher, taken = Publisher(broker_uri), []

    def take(messages, *_):
        taken.extend(messages)
        eventlet.sleep(0.05)

    lane = side_by_side(broker_uri, queue, take)
    publisher.publish([OutgoingMessage("", queue, b"a letter")] * 400)
    publisher.close()
    eventually(lambda: len(taken) > len(lane))
    stop(lane)

    with kombu.Connection(broker_uri) as connection:
        found = kombu.Queue(queue, channel=connection.channel())
        eventually(lambda: found.queue_declare(passive=True)[1:] == (400 - len(taken), 0))
        left = [found.get() for _ in range(len(lane) + 1)]
    assert max(map(in_vain, left)) <= 1
