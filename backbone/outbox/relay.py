"""The relay publishes a service's outbox: in order, in batches, once more rather than once less.

One process per service holds the lease. It removes entries only after the broker has confirmed
them, and only while the lease is still its own; what was published and not removed is published
again, and dropped by those who had it. It sleeps on the stream itself, which wakes it at a commit
of any process. While it is busy, the commits of its own process hand it what they have put into the
stream, so that it need not read it. The stream stays the truth: after any error, and whenever there
is something between what it knows and what it is handed, it reads.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from greenlet import GreenletExit
from msgspec.structs import replace

from .. import metrics
from ..amqp.connection import pauses
from ..amqp.publisher import Publisher
from ..amqp.topology import DELIVERY, delayed, queue_name
from ..errors import Unavailable
from ..logs import log
from ..messages.outgoing import OutgoingMessage
from ..pause import Pause
from ..settings import DAY_S, Settings
from ..store.atomic import Entry, Keeping, Reading
from ..store.redis import reaching_redis
from ..store.repository import Repository
from .lease import Lease

# how many entries are published at once: fifty after a start or an error, then twice
# as many each time, up to 2,000 or 4 MiB
READING = Reading(step=50, most=2000, bytes=4_194_304)
NOT_READING = Reading(0, 0, 0)
HANDED_AT_MOST = 4_194_304  # bytes; what is handed beyond is read from the stream in its turn
ANNOUNCED_AT_MOST = 100_000  # facts that are kept: 90 MB, if they are of 600 bytes
START = b"0-0"  # before every entry of a stream
# a process that ends or stands still loses the lease so soon: shorter than a stall of the loop may be,
# since who comes back removes nothing without the lease, and what it publishes twice is dropped
GONE_AFTER_S = 2


class Relay:
    def __init__(
        self,
        repository: Repository,
        settings: Settings,
        on_state: Callable[[str | None], None],
        declare: Callable[[], object],
        lane_of: Callable[[str], str],
    ) -> None:
        self.repository, self.settings, self.on_state = repository, settings, on_state
        self.declare, self.lane_of = declare, lane_of
        self.publisher = Publisher(settings.amqp_uri, settings.heartbeat_s)
        self.lease = Lease(repository, "relay", min(settings.relay_lease_s, GONE_AFTER_S))
        self._came_by = time.monotonic()
        self._ahead: deque[Entry] = deque()  # known and not yet published, oldest first
        self._weight = 0  # of these, in bytes
        self._known = START  # the id of the newest entry that is or was among them
        self._at_once = READING.step  # so many are published at once: more, while all goes well
        self.stopping, self.pause = False, Pause()
        self._thread: Any = None
        service = repository.service
        self._depth = metrics.outbox_depth.labels(service)
        self._age = metrics.outbox_age.labels(service)
        self._relayed = metrics.relayed.labels(service)
        self._unroutable = metrics.unroutable.labels(service)
        self._leader = metrics.relay_leader.labels(service)

    def start(self, spawn: Callable[[Callable[[], None]], Any]) -> None:
        self._thread = spawn(self.run)
        spawn(lambda: self.lease.keep(self._is_at_work))

    def _is_at_work(self) -> bool:
        """Whether it does something, such as waiting for the broker's confirm, and not for too long."""
        return not self.stopping and time.monotonic() < self._came_by + self.settings.relay_lease_s

    def run(self) -> None:
        waits = pauses()
        while not self.stopping:
            self._came_by = time.monotonic()
            try:
                if self._leads():
                    self.publisher.beat()
                    self._pass_on(block_ms=int(self.lease.lifetime_s * 1000 / 3))
                else:
                    apart = random.uniform(0.8, 1.2)  # noqa: S311 - spreads load
                    self.pause.rest(self.lease.lifetime_s / 6 * apart)
                self.on_state(None)
                waits = pauses()
            except Unavailable as problem:
                self._start_over()
                self.on_state(f"the outbox waits: {problem}")
                log.warning("relay_waits", service=self.repository.service, problem=problem)
                self.pause.rest(next(waits))
            except Exception:  # noqa: BLE001 - a defect must not end the process; the outbox keeps all
                self._start_over()
                self.on_state("the relay failed, it starts again")
                log.exception("relay_failed", service=self.repository.service)
                self.publisher.close()
                self.pause.rest(next(waits))

    def stop(self) -> None:
        """Publish what the last commits left, give the lease back, close."""
        self.stopping = True
        if self._thread is not None:
            self._thread.kill()
            with suppress(GreenletExit):
                self._thread.wait()  # it may have a batch under way, and hangs up
            self._start_over()
        try:
            self._flush()
            self.lease.leave()
        except Unavailable as problem:
            log.warning("relay_stops_unflushed", problem=problem)
        self._leader.set(0)
        self.publisher.close()

    def _flush(self) -> None:
        """Publish until the outbox is empty."""
        while self._leads() and self._pass_on():
            pass

    def _leads(self) -> bool:
        """Whether the lease is ours; it is renewed when a third of it has passed."""
        return self.lease.is_fresh or self._lead()

    def _lead(self) -> bool:
        before = self.lease.token
        is_ours = self.lease.take()
        if self.lease.token != before:
            self._start_over()
        self._leader.set(is_ours)
        if not is_ours:
            self._measure(0)  # the leader tells
        return is_ours

    def hear(self, before: bytes, entries: Sequence[Entry]) -> None:
        """A commit of this process has left these in the outbox, behind the one called `before`, or
        behind none. They need not be read if all that lies before them is known."""
        if not self.lease.token or self._weight >= HANDED_AT_MOST:
            return
        if before == self._known:
            self._know(entries)
        elif not before:
            self._note(entries)

    def _note(self, entries: Iterable[Entry]) -> None:
        """Know these from now on, in order, unless they are known already."""
        newest = _order(self._known)
        self._know([entry for entry in entries if _order(entry[0]) > newest])

    def _know(self, entries: Sequence[Entry]) -> None:
        if entries:
            self._ahead.extend(entries)
            self._weight += sum(map(_weight, entries))
            self._known = entries[-1][0]

    def _is_strange(self, following: list[Entry]) -> bool:
        """Whether there is something unknown before what is known: Redis has lost its newest entries
        and has given their ids again, or its clock was set back."""
        known = {entry_id for entry_id, _ in self._ahead}
        return any(i not in known and _order(i) <= _order(self._known) for i, _ in following)

    def _start_over(self) -> None:
        """Know nothing of the outbox: read it from its beginning."""
        self._ahead.clear()
        self._weight, self._known = 0, START
        self._at_once = READING.step

    def _pass_on(self, block_ms: int | None = None) -> bool:
        """Publish the oldest entries, waiting for one up to `block_ms`. False when there is none."""
        token, entries = self.lease.token, self._oldest(block_ms)
        if not entries:
            return False
        if not self._leads() or self.lease.token != token:
            return bool(
                self.lease.token
            )  # it stood still, and others may have published these and more
        self._assure()
        messages = [OutgoingMessage.of(entry) for _, entry in entries]
        returned = self.publisher.publish([*map(self._address, messages)])
        if returned:
            self._unroutable.inc(len(returned))
            log.error(
                "no_queue_for_facts", service=self.repository.service, facts=sorted(set(returned))
            )
            self.declare()
            raise Unavailable("a queue was missing and has been declared again")
        kept = [i for (i, _), each in zip(entries, messages, strict=True) if self._is_kept(each)]
        self._forget([entry_id for entry_id, _ in entries], kept)
        return True

    def _assure(self) -> None:
        """Of several Redis one may take over that lacks what was only just read here: it would be done
        again, and announced again under another id."""
        if witness := self.repository.atomic.witness:
            with reaching_redis():
                witness.assure(self.repository.redis)

    def _oldest(self, block_ms: int | None = None) -> list[Entry]:
        """What is to be published next, as much as is published at once."""
        if not self._ahead:
            outbox, step = self.repository.outbox, READING.step
            found = self.repository.call("xread", {outbox: self._known}, count=step, block=block_ms)
            entries = found[0][1] if found else []
            self._note(entries)
            if not self._ahead:
                self._known = START  # all of it was removed; what comes now is new, whatever its id
            full = len(entries) == step
            self._measure(self.repository.call("xlen", outbox) if full else len(entries))
        some: list[Entry] = []
        size = 0
        for entry in islice(self._ahead, self._at_once):
            some.append(entry)
            size += _weight(entry)
            if size > READING.bytes:
                break
        return some

    def _address(self, posting: OutgoingMessage) -> OutgoingMessage:
        """A delayed message goes to the broker's delay levels, which lead to a queue by its name; one
        that goes back to its queue at once, to where they end. There a service's user is held to its
        own queues; at the default exchange it would have to be let into every queue."""
        if posting.delay_s <= 0:
            return posting if posting.exchange else replace(posting, exchange=DELIVERY)
        queue = posting.routing_key
        headers = dict(posting.headers)
        if posting.exchange:
            headers |= {"x-exchange": posting.exchange, "x-routing-key": posting.routing_key}
            queue = queue_name(self.repository.service, self.lane_of(posting.routing_key))
        exchange, key = delayed(queue, round(posting.delay_s))
        return OutgoingMessage(exchange, key, posting.body, posting.content_type, headers)

    def _is_kept(self, message: OutgoingMessage) -> bool:
        """Whether it is a fact that some service hears, and no copy of one: it may have to be announced
        again."""
        is_fact = message.exchange == f"{self.repository.service}.events" and not message.headers
        return is_fact and message.mandatory and self.settings.announced_days > 0

    def _forget(self, ids: list[bytes], kept: list[bytes]) -> None:
        """Remove what was published, unless the lease has passed to somebody else; and read what is
        there behind it, unless that is known. Facts are kept as announced."""
        outbox, atomic = self.repository.outbox, self.repository.atomic
        reading = READING if len(self._ahead) == len(ids) else NOT_READING
        since_ms = int((time.time() - self.settings.announced_days * DAY_S) * 1000)
        keeping = Keeping(self.repository.announced, kept, since_ms, ANNOUNCED_AT_MOST)
        with reaching_redis():
            found = atomic.forget(self.lease.key, self.lease.token, outbox, ids, reading, keeping)
        if found is None:
            self.lease.forget()
            self._start_over()
            return
        self._at_once = min(2 * self._at_once, READING.most)
        depth, following = found
        for _ in ids:
            self._weight -= _weight(self._ahead.popleft())
        if following and self._is_strange(following):
            self._start_over()
        self._note(following)
        self._relayed.inc(len(ids))
        metrics.last_success.labels(self.repository.service, "relay").set(time.time())
        self._measure(depth)

    def _measure(self, depth: int) -> None:
        """Tell how much waits, and for how long the oldest that is known."""
        self._depth.set(depth)
        oldest = self._ahead[0][0] if self._ahead else b""
        self._age.set(max(0, time.time() - _order(oldest)[0] / 1000) if oldest else 0)


def _weight(entry: Entry) -> int:
    return len(entry[1][b"posting"])


def _order(entry_id: bytes) -> tuple[int, int]:
    """An id of a stream, as it sorts: the millisecond, and the number within it."""
    millisecond, _, number = entry_id.partition(b"-")
    return int(millisecond), int(number)
