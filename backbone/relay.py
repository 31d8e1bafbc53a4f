"""The relay publishes a service's outbox: in order, in batches, once more rather than once less.

One process per service holds the lease. It removes entries only after the broker has confirmed
them, and only while the lease is still its own; what was published and not removed is published
again, and dropped by those who had it. It sleeps on the stream itself, which wakes it at a commit
of any process.
"""

from __future__ import annotations

import random
import socket
import time
import uuid
from collections.abc import Callable
from typing import Any

import eventlet

from . import metrics
from .atomic import Entry, Reading
from .errors import Unavailable
from .logs import log
from .settings import Settings
from .store import Shelf, reaching_redis
from .topology import delayed, queue_name
from .wire import Publisher, pauses
from .work import Posting

READING = Reading(step=50, most=500, bytes=4_194_304)  # entries may be long
LONGEST_SLEEP_S = 5  # on the stream; well within the time that Redis has for an answer


class Relay:
    def __init__(
        self,
        shelf: Shelf,
        settings: Settings,
        on_state: Callable[[str | None], None],
        declare: Callable[[], object],
        lane_of: Callable[[str], str],
    ) -> None:
        self.shelf, self.settings, self.on_state = shelf, settings, on_state
        self.declare, self.lane_of = declare, lane_of
        self.publisher = Publisher(settings.amqp_uri, settings.heartbeat_s)
        self.lease = shelf.key("relay")
        self.holder = f"{socket.gethostname()}:{uuid.uuid4().hex[:8]}"
        self.token = 0
        self._renew_at = 0.0
        self._following: list[Entry] = []  # what Redis told while it removed those before
        self.stopping = False
        self._thread: Any = None
        service = shelf.service
        self._depth = metrics.outbox_depth.labels(service)
        self._age = metrics.outbox_age.labels(service)
        self._relayed = metrics.relayed.labels(service)
        self._unroutable = metrics.unroutable.labels(service)
        self._leader = metrics.relay_leader.labels(service)

    def start(self, spawn: Callable[[Callable[[], None]], Any]) -> None:
        self._thread = spawn(self.run)

    def run(self) -> None:
        waits = pauses()
        while not self.stopping:
            try:
                if self._leads():
                    self.publisher.beat()
                    sleep_s = min(self.settings.relay_lease_s / 3, LONGEST_SLEEP_S)
                    self._pass_on(block_ms=int(sleep_s * 1000))
                else:
                    self._rest(self.settings.relay_lease_s / 3)
                self.on_state(None)
                waits = pauses()
            except Unavailable as problem:
                self.on_state(f"the outbox waits: {problem}")
                log.warning("relay_waits", service=self.shelf.service, problem=str(problem))
                self._rest(next(waits))
            except Exception:  # noqa: BLE001 - a defect must not end the process; the outbox keeps all
                self.on_state("the relay failed, it starts again")
                log.exception("relay_failed", service=self.shelf.service)
                self.publisher.close()
                self._rest(next(waits))

    def stop(self) -> None:
        """Publish what the last commits left, give the lease back, close."""
        self.stopping = True
        if self._thread is not None:
            self._thread.kill()
            self.publisher.close()  # it may have been stopped in the middle of a batch
        try:
            self._flush()
            if self.token:
                with reaching_redis():
                    self.shelf.atomic.leave(self.lease, self.token)
        except Unavailable as problem:
            log.warning("relay_stops_unflushed", problem=str(problem))
        self._leader.set(0)
        self.publisher.close()

    def _flush(self) -> None:
        """Publish until the outbox is empty."""
        while self._leads() and self._pass_on():
            pass

    def _leads(self) -> bool:
        """Whether the lease is ours; it is renewed when a third of it has passed."""
        return self.token > 0 if time.monotonic() < self._renew_at else self._lead()

    def _lead(self) -> bool:
        asked_at = time.monotonic()  # the lease may run from then on, however late the answer is
        with reaching_redis():
            lifetime_ms = self.settings.relay_lease_s * 1000
            token = self.shelf.atomic.lead(self.lease, self.holder, lifetime_ms)
        if token != self.token:
            self.token, self._following = token, []
        self._renew_at = asked_at + self.settings.relay_lease_s / 3 * bool(self.token)
        self._leader.set(1 if self.token else 0)
        if not self.token:
            self._measure(0, [])  # the leader tells
        return bool(self.token)

    def _pass_on(self, block_ms: int | None = None) -> bool:
        """Publish the oldest entries, waiting for one up to `block_ms`. False when there is none."""
        token, entries = self.token, self._oldest(block_ms)
        if not entries:
            return False
        if not self._leads() or self.token != token:
            return bool(self.token)  # it stood still, and others may have published these and more
        returned = self.publisher.publish([self._address(Posting.of(e)) for _, e in entries])
        if returned:
            self._unroutable.inc(len(returned))
            log.error("no_queue_for_facts", service=self.shelf.service, facts=sorted(set(returned)))
            self.declare()
            raise Unavailable("a queue was missing and has been declared again")
        self._forget([entry_id for entry_id, _ in entries])
        return True

    def _oldest(self, block_ms: int | None = None) -> list[Entry]:
        entries, self._following = self._following, []
        if not entries:
            outbox, step = self.shelf.outbox, READING.step
            found = self.shelf.call("xread", {outbox: "0-0"}, count=step, block=block_ms)
            entries = found[0][1] if found else []
            full = len(entries) == step
            self._measure(self.shelf.call("xlen", outbox) if full else len(entries), entries)
        return entries

    def _address(self, posting: Posting) -> Posting:
        """A delayed posting goes to the broker's delay levels, which lead to a queue by its name."""
        if posting.delay_s <= 0:
            return posting
        queue = posting.routing_key
        headers = dict(posting.headers)
        if posting.exchange:
            headers |= {"x-exchange": posting.exchange, "x-routing-key": posting.routing_key}
            queue = queue_name(self.shelf.service, self.lane_of(posting.routing_key))
        exchange, key = delayed(queue, round(posting.delay_s))
        return Posting(exchange, key, posting.body, posting.content_type, headers)

    def _forget(self, ids: list[bytes]) -> None:
        """Remove what was published, unless the lease has passed to somebody else."""
        outbox, atomic = self.shelf.outbox, self.shelf.atomic
        with reaching_redis():
            found = atomic.forget(self.lease, self.token, outbox, ids, READING)
        if found is None:
            self.token, self._renew_at = 0, 0.0
            return
        depth, self._following = found
        self._relayed.inc(len(ids))
        metrics.last_success.labels(self.shelf.service, "relay").set(time.time())
        self._measure(depth, self._following)

    def _measure(self, depth: int, entries: list[Entry]) -> None:
        """Tell how much waits, and for how long, by the oldest entries of the outbox."""
        self._depth.set(depth)
        self._age.set(
            max(0, time.time() - int(entries[0][0].split(b"-")[0]) / 1000) if entries else 0
        )

    def _rest(self, seconds: float) -> None:
        eventlet.sleep(seconds * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load
