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
from .errors import Unavailable
from .logs import log
from .settings import Settings
from .store import Shelf, reaching_redis
from .topology import delayed, queue_name
from .wire import Publisher, pauses
from .work import Posting


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
                if self._lead():
                    self._flush()
                    self._wait()
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
            if self._lead():
                self._flush()
                with reaching_redis():
                    self.shelf.atomic.leave(self.lease, self.token)
        except Unavailable as problem:
            log.warning("relay_stops_unflushed", problem=str(problem))
        self._leader.set(0)
        self.publisher.close()

    def _lead(self) -> bool:
        with reaching_redis():
            lifetime_ms = self.settings.relay_lease_s * 1000
            self.token = self.shelf.atomic.lead(self.lease, self.holder, lifetime_ms)
        self._leader.set(1 if self.token else 0)
        return bool(self.token)

    def _flush(self) -> None:
        """Publish until the outbox is empty."""
        while entries := self._oldest():
            returned = self.publisher.publish([self._address(Posting.of(e)) for _, e in entries])
            if returned:
                self._unroutable.inc(len(returned))
                log.error(
                    "no_queue_for_facts", service=self.shelf.service, facts=sorted(set(returned))
                )
                self.declare()
                raise Unavailable("a queue was missing and has been declared again")
            if not self._forget([entry_id for entry_id, _ in entries]) or not self._lead():
                return
        self._measure(0, None)

    def _oldest(self) -> list[tuple[bytes, dict[bytes, bytes]]]:
        found = self.shelf.call("xrange", self.shelf.outbox, count=self.settings.batch)
        if found:
            self._measure(self.shelf.call("xlen", self.shelf.outbox), found[0][0])
        return found  # type: ignore[no-any-return]

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

    def _forget(self, ids: list[bytes]) -> bool:
        with reaching_redis():
            ours = self.shelf.atomic.forget(self.lease, self.token, self.shelf.outbox, ids)
        if ours:
            self._relayed.inc(len(ids))
            metrics.last_success.labels(self.shelf.service, "relay").set(time.time())
        return ours

    def _wait(self) -> None:
        """Sleep until something is committed, or the lease is due to be renewed."""
        self.publisher.beat()
        block_ms = int(self.settings.relay_lease_s * 1000 / 3)
        self.shelf.call("xread", {self.shelf.outbox: "0-0"}, count=1, block=block_ms)

    def _measure(self, depth: int, oldest: bytes | None) -> None:
        self._depth.set(depth)
        age = time.time() - int(oldest.split(b"-")[0]) / 1000 if oldest else 0
        self._age.set(max(0, age))

    def _rest(self, seconds: float) -> None:
        eventlet.sleep(seconds * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load
