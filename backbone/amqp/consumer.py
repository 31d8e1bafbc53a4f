"""Consuming a queue: as many messages as have arrived, handed to a taker, then acknowledged.

A consumer survives a broker that goes away: it connects again, and tells `on_state` why it waits."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import eventlet
import kombu
from amqp.exceptions import ConsumerCancelled, NotFound
from eventlet.greenthread import GreenThread
from greenlet import GreenletExit

from .. import metrics
from ..errors import Unavailable
from ..logs import log, said
from ..pause import Pause
from .connection import CONNECTION_ERRORS, connection, heartbeat_of, pauses, refusal
from .frames import BufferedTransport, Delivery
from .topology import DELIVERY_LIMIT

CONSUME_WITHIN_S = 10
HOLD_AT_MOST_S = 20 * 60  # RabbitMQ takes back what is not acknowledged within 30 minutes
LONG_BATCH = 1_048_576  # bytes of messages after which no more are read; the rest stays on the wire
ACK_AT_ONCE = 50  # messages, while there are more; each acknowledgement costs the broker a write
SUSPECT_AFTER = DELIVERY_LIMIT // 4  # deliveries in vain: it may end whoever takes it
BESIDE = 50  # messages of the queue beside it that are at hand: so many hold up the others
PREFETCH = 10  # messages that wait at hand while one is worked on
UNKNOWN_TWICE = 2  # looks in a row: while a queue's leader changes, one may find nobody
BEATS = 3  # of ours in the agreed time; RabbitMQ sends two, and at each py-amqp begins to wait anew
IDLE_S = 5  # to wait for a message where no heartbeats are agreed
AT_ONCE_S = 1e-4  # "what is there already"; with 0 py-amqp would spin on a frame that came by half


def _is_suspect(message: Delivery) -> bool:
    """Whether the broker has delivered it too often in vain. Of what it sends for the first time it
    says nothing; a header of that name is the publisher's then."""
    in_vain = message.headers.get("x-delivery-count", 0)
    return bool(message.delivery_info["redelivered"] and in_vain >= SUSPECT_AFTER)


class GivenBack(Exception):
    """What lies behind was away for so long that the messages in hand go back to their queue."""


class Stopping(Exception):
    """Nothing more is to be done: the rest of the messages in hand goes back to its queue."""


class Defect(Exception):
    """What takes the messages failed in a way that it should not. Its cause says how."""


class Consumer:
    """Hands the messages of one queue to `take`, as many as have arrived, up to `batch`, or about a
    megabyte of them; and a function that `take` may tell how many of them are done.

    What is done is acknowledged, and all of it when `take` returns (unless `acks=False`: then the
    taker calls `ack`). When it raises `Unavailable`, the rest is held and tried again, and nothing
    new is taken until it succeeds: an outage of what lies behind loses, parks and reorders nothing.
    The broker sends no more than a batch meanwhile, or ten. After twenty minutes they go back to
    their queue, and the consumer stays away from it for as long as `probe` raises `Unavailable`. Any
    other exception is a defect: the connection is closed, and the broker delivers the messages again.

    What was in hand when a process ended goes back together, and so keeps its order. The broker counts
    that for each of them, and dead-letters what it counted too often for. So when it has counted
    `SUSPECT_AFTER` for one, the consumer has them sent one at a time until it is through with those:
    from then on a message that ends its process counts alone. It does not begin with that, since a
    message that goes back alone goes behind all others that were sent back.

    Where several share a queue and each has one message at hand, none gives it to the next in vain: a
    suspect is taken as it came, and when they stop nothing is sent to any before the first one goes.

    A quorum queue that loses its leader for good tells no consumer: nothing comes any more, and all
    looks well. So a consumer to which nothing comes asks how many the broker knows.
    """

    def __init__(
        self,
        uri: str,
        queue: str,
        take: Callable[[list[Any], Callable[[int], None]], None],
        *,
        batch: int,
        heartbeat_s: int,
        on_state: Callable[[str | None], None],
        declare: Callable[[], object] = lambda: None,
        probe: Callable[[], object] = lambda: None,
        acks: bool = True,
        at_hand: int = PREFETCH,
        on_active: Callable[[bool], object] = lambda _: None,
        beside: str = "",
    ) -> None:
        """`beside` is another queue, of which a few messages at a time are taken as well. `declare` is
        called when the queue is not there: somebody has deleted it. `at_hand` messages
        or a batch of them are sent ahead, and wait for the one before them. `on_active` is told that
        the broker gives us messages, and that it does no longer."""
        self.uri, self.queue, self.take = uri, queue, take
        self.batch, self.heartbeat_s, self.on_state, self.acks = batch, heartbeat_s, on_state, acks
        self.declare, self.probe, self._most_at_hand = declare, probe, max(batch, at_hand)
        self.on_active, self.beside = on_active, beside
        self._missing = metrics.missing_queues.labels(queue)  # from now on it is 0, and can rise
        self.stopping = False
        self._one_at_a_time = False
        self._held = False
        self._idle = False
        self._was_missing = False
        self._unknown = 0  # looks in a row at which the broker knew of nobody who takes
        self.pause = Pause()
        self._waits = pauses()
        self._thread: GreenThread | None = None
        self._channel: Any = None
        self._arrived: list[Delivery] = []  # what is taken now, and behind it what comes next
        self._tag = f"tenglong-{uuid.uuid4().hex[:12]}"

    def start(self, spawn: Callable[[Callable[[], None]], GreenThread]) -> None:
        self.on_state(f"not yet consuming {self.queue}")
        self._thread = spawn(self.run)

    def hold(self) -> None:
        """Take nothing new, but keep the connection: what is in hand can still be acknowledged."""
        self._held = True
        if self._channel is not None:
            with suppress(*CONNECTION_ERRORS):
                self._cancel(self._channel)

    def take_nothing_new(self) -> None:
        self.stopping = True
        if self._most_at_hand == 1:
            self.hold()  # where more are, they go back in their order with the connection
        self.pause.end()

    def stop(self) -> None:
        """Take nothing new; return when what is in hand is done."""
        self.take_nothing_new()
        if self._thread is None:
            return
        if self._idle:
            self._thread.kill()
        with suppress(GreenletExit):
            self._thread.wait()

    def run(self) -> None:
        while not self.stopping:
            try:
                self.probe()
                if self.stopping:
                    return
                with connection(self.uri, self.heartbeat_s) as opened:
                    self._consume(opened)
            except GreenletExit:
                return
            except GivenBack:
                log.warning("consumer_gives_back", queue=self.queue)
            except Unavailable as problem:
                self.on_state(f"waiting: {problem}")
            except (NotFound, ConsumerCancelled):
                if self._declared_again():
                    continue
            except CONNECTION_ERRORS as problem:
                no_connection = f"no connection to the broker: {said(problem)}"
                why = refusal(problem, self.uri) or no_connection
                self.on_state(why)
                log.warning("consumer_waits", queue=self.queue, problem=why)
            except Exception:  # noqa: BLE001 - a defect must not end the process, see the class
                self.on_state("the consumer failed, it starts again")
                log.exception("consumer_failed", queue=self.queue)
            else:
                continue
            finally:
                self._channel = None
                self.on_active(False)
            if not self.stopping:
                self.pause.rest(next(self._waits))

    def _declared_again(self) -> bool:
        """The queue is not there: declare it and count that. Answers whether it may be consumed at
        once; one that is missing again at once was deleted faster than a connection is made."""
        is_first, self._was_missing = not self._was_missing, True
        if is_first:
            self.on_state(f"{self.queue} is not there, it is declared again")
            log.error("queue_was_missing", queue=self.queue)
            self._missing.inc()
        try:
            self.declare()
        except CONNECTION_ERRORS as problem:
            self.on_state(
                f"{self.queue} is not there, and cannot be declared: {said(problem)}. As the installer: "
                "`tenglong topology`"
            )
            return False
        return is_first

    def _consume(self, opened: kombu.Connection) -> None:
        """Work until it stops, or is to have them sent one at a time, or no longer."""
        arrived = self._arrived = []
        at_hand = 1 if self._one_at_a_time else self._most_at_hand
        late = TimeoutError(f"no answer for {self.queue}: it may have no leader")
        with eventlet.Timeout(CONSUME_WITHIN_S, late):
            channel = opened.channel()
            buffered = BufferedTransport(opened)
            channel.auto_decode = False  # bytes stay the bytes that were sent
            if not self._held:
                self._consume_all(channel, at_hand, arrived)
        self._channel, self._was_missing, self._unknown = channel, False, 0
        self.on_state(None)
        log.info("consuming", queue=self.queue, at_hand=at_hand)
        every_s = heartbeat_of(opened) / BEATS
        beat = eventlet.spawn(self._beat, opened, every_s)
        try:
            while not self.stopping:
                self._gather(opened, buffered, arrived, every_s)
                if buffered.given_up:  # what lies here would look as if it had been sent again
                    raise ConnectionResetError("this process stood still; others have its messages")
                if (batch := arrived[: self.batch]) and not self.stopping:
                    is_suspect = self.acks and any(map(_is_suspect, batch))
                    if is_suspect and at_hand > 1:
                        log.warning("consumer_suspects", queue=self.queue, messages=len(batch))
                        self._one_at_a_time = True
                        return
                    is_over = self._one_at_a_time and not is_suspect
                    self._settle(channel, batch, is_over)
                    if is_over:
                        self._one_at_a_time = False
                        return
                    del arrived[: len(batch)]  # more may have come in with them, or meanwhile
                self._waits = pauses()  # all is well: the next loss of the connection is a new one
        finally:
            beat.kill()

    def _consume_all(self, channel: Any, at_hand: int, arrived: list[Delivery]) -> None:
        """Both queues over one channel, so that one process has both. The limit is for each by itself."""
        for queue, tag, most in self._queues(at_hand):
            channel.basic_qos(0, most, False)
            kombu.Queue(queue, channel=channel).consume(
                tag, lambda raw: arrived.append(Delivery(channel, raw)), no_ack=False
            )

    def _queues(self, at_hand: int = 0) -> list[tuple[str, str, int]]:
        """Of each queue its name, our tag there, and how many of its messages may be at hand."""
        beside = [(self.beside, f"{self._tag}-beside", min(at_hand, BESIDE))] if self.beside else []
        return [*beside, (self.queue, self._tag, at_hand)]

    def is_through_beside(self) -> bool:
        """Whether nothing lies in the queue beside it, nor is at hand from there behind what is taken now.
        Raises what the broker raises."""
        late = TimeoutError(f"RabbitMQ does not say what lies in {self.beside}")
        with eventlet.Timeout(CONSUME_WITHIN_S, late):
            found = self._channel.queue_declare(self.beside, passive=True)
        # of a queue whose leader does not answer RabbitMQ says that nothing and nobody is there
        behind = self._arrived[self.batch :]
        return bool(
            found.consumer_count
            and not found.message_count
            and all(each.delivery_info["consumer_tag"] == self._tag for each in behind)
        )

    def _cancel(self, channel: Any) -> None:
        for _, tag, _ in self._queues():
            channel.basic_cancel(tag, nowait=True)

    def _gather(
        self,
        opened: kombu.Connection,
        buffered: BufferedTransport,
        arrived: list[Any],
        every_s: float,
    ) -> None:
        """Wait for a message; then take what has arrived with it. When none came for `every_s` seconds see
        that the broker lives, and knows us."""
        self._idle = True
        try:
            if not arrived:
                opened.drain_events(timeout=every_s or IDLE_S)
            self._idle, before = False, buffered.bytes_read
            buffered.take_in()
            # a taker that acknowledges by itself waits for none of them, so it need not wait for more
            while (
                self.acks
                and len(arrived) < self.batch
                and buffered.bytes_read < before + LONG_BATCH
            ):
                opened.drain_events(timeout=AT_ONCE_S)
                buffered.take_in()
        except TimeoutError:
            if every_s and not arrived:
                opened.heartbeat_check()
                self._see_that_it_knows_us()
        finally:
            self._idle = False

    def _see_that_it_knows_us(self) -> None:
        """Raise `ConnectionResetError` when the broker says, and says it again, that nobody takes from a
        queue of ours: connecting again mends that, or is told what is wrong."""
        if self._held:
            return
        late = TimeoutError(f"RabbitMQ does not say who takes from {self.queue}")
        with eventlet.Timeout(CONSUME_WITHIN_S, late):
            names = [queue for queue, _, _ in self._queues()]
            declared = [self._channel.queue_declare(name, passive=True) for name in names]
        are_known = all(each.consumer_count for each in declared)
        self._unknown = 0 if are_known else self._unknown + 1
        if self._unknown >= UNKNOWN_TWICE:
            raise ConnectionResetError(f"RabbitMQ no longer knows who takes from {self.queue}")

    def _settle(self, channel: Any, messages: list[Any], is_last: bool) -> None:
        self.on_active(True)
        waits, until = pauses(), time.monotonic() + HOLD_AT_MOST_S
        over = acked = 0

        def done(number: int) -> None:
            nonlocal over, acked
            over = number
            if self.acks and acked + ACK_AT_ONCE <= over < len(messages):
                with suppress(*CONNECTION_ERRORS):  # the next use of the channel tells
                    channel.basic_ack(messages[over - 1].delivery_tag, multiple=True)
                acked = over
            if self.stopping and over < len(messages):
                raise Stopping

        while True:
            try:
                self.take(messages, done)
                break
            except Stopping:
                messages = messages[:over]
                break
            except Unavailable as problem:
                self.on_state(f"waiting: {problem}")
                log.warning("consumer_holds", queue=self.queue, problem=problem)
                if over:
                    until = time.monotonic() + HOLD_AT_MOST_S
                messages, over, acked = messages[over:], 0, 0
                self.pause.rest(next(waits))
                if self.stopping:
                    return
                if time.monotonic() > until:
                    raise GivenBack from problem
            except Exception as problem:
                raise Defect from problem
        if is_last:
            # else the broker would deliver the next one in answer to the acknowledgement, in vain
            self._cancel(channel)
        if self.acks:
            channel.basic_ack(messages[-1].delivery_tag, multiple=True)
        self.on_state(None)

    def ack(self, message: Delivery) -> None:
        """Acknowledge one message, if its channel still lives; else the broker redelivers it."""
        self._settle_one(message, lambda channel: channel.basic_ack(message.delivery_tag))

    def requeue(self, message: Delivery) -> None:
        """Give one message back to its queue."""
        self._settle_one(message, lambda channel: channel.basic_reject(message.delivery_tag, True))

    def _settle_one(self, message: Delivery, settle: Callable[[Any], None]) -> None:
        if message.channel is self._channel and not message.settled:
            message.settled = True
            with suppress(*CONNECTION_ERRORS):
                settle(message.channel)

    def _beat(self, opened: kombu.Connection, every_s: float) -> None:
        """Heartbeats go on while a handler works."""
        while every_s:
            eventlet.sleep(every_s)
            with suppress(*CONNECTION_ERRORS):
                opened.connection.send_heartbeat()
