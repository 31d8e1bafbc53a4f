"""Keeps the broker as the installation declares it, whatever somebody deletes or the broker loses.

AMQP cannot be asked whether a binding is there. So all of them are declared anew now and then, which is
harmless; exchanges can be asked for, and are looked for more often. RabbitMQ's management API, where
there is one, says which bindings were missing, and they are counted.
"""

from __future__ import annotations

from collections.abc import Callable

import eventlet

from .. import metrics
from ..amqp.connection import CONNECTION_ERRORS
from ..amqp.management import Unreachable
from ..logs import log, said
from .installation import Installation

LOOK_EVERY_S = 5
DECLARE_EVERY = 6  # looks


class TopologyKeeper:
    """Runs in each process of a service, and tells `on_state` what is missing."""

    def __init__(self, installation: Installation, on_state: Callable[[str | None], None]) -> None:
        self.installation, self.on_state = installation, on_state
        self._missing: set[str] = set()  # exchanges that were missing at the last look
        for name in installation.exchanges():
            metrics.missing_exchanges.labels(name)  # from now on it is 0, and can rise
        self._unseen = False  # nobody answered for the management API, and the log says so

    def run(self) -> None:
        looks = 0
        while True:
            eventlet.sleep(LOOK_EVERY_S)
            looks += 1
            try:
                self.look(declare=looks % DECLARE_EVERY == 0)
            except CONNECTION_ERRORS as problem:  # the consumers and the relay say so, too
                log.info("topology_unseen", problem=problem)

    def look(self, *, declare: bool) -> None:
        """Count the exchanges that are missing now and were not before, and declare everything if any
        are missing, or if it is time. Raises what the broker raises."""
        before, missing = self._missing, self.installation.missing_exchanges()
        self._missing = set(missing)
        if new := sorted(self._missing - before):
            self.on_state(f"the broker lacks {', '.join(missing)}; they are declared again")
            log.error("exchanges_were_missing", exchanges=new)
            for name in new:
                metrics.missing_exchanges.labels(name).inc()
        if declare and not missing:
            self._count_bindings()
        try:
            if missing or declare:
                self.installation.declare()
        except CONNECTION_ERRORS as problem:
            if missing:
                self.on_state(
                    f"the broker lacks {', '.join(missing)}, and does not let us: {said(problem)}"
                )
            raise
        self._missing.clear()
        self.on_state(None)

    def _count_bindings(self) -> None:
        """Count the bindings that are missing. They are made again whether or not somebody tells."""
        try:
            missing = self.installation.missing_bindings()
        except Unreachable as problem:
            if not self._unseen:
                log.warning("bindings_not_counted", problem=problem)
            self._unseen = True
            return
        self._unseen = False
        for link in self.installation.bindings():
            metrics.missing_bindings.labels(link.source, link.destination)  # 0, and can rise
        for link in missing:
            log.error("binding_was_missing", exchange=link.source, queue=link.destination)
            metrics.missing_bindings.labels(link.source, link.destination).inc()
