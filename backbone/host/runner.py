"""Runs services in one process: probes first, then the parts they need, then the services."""

from __future__ import annotations

import gc
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import eventlet
import eventlet.hubs.hub
from eventlet.event import Event as Wakeup
from nameko.containers import ServiceContainer
from redis.exceptions import RedisError

from .. import certificates, tracing, watchdog
from ..amqp import frames
from ..logs import log
from ..settings import Unusable
from ..store.redis import connect
from . import health as probes
from . import https
from .installation import Installation, wait_for_parts

# new objects; Python's own number is 700, and with 50,000 what is left of long messages adds up
LOOKED_THROUGH_AFTER = 5_000
CERTIFICATES_EVERY_S = 10


class Container(ServiceContainer):  # type: ignore[misc]  # nameko has no types
    """A nameko container that a dependency which fails to be set up does not kill: the call that it
    was set up for fails."""

    def _run_worker(self, worker_ctx: Any, handle_result: Any) -> None:
        try:
            super()._run_worker(worker_ctx, handle_result)
        except Exception:  # noqa: BLE001 - told to the caller
            handle_result(worker_ctx, None, sys.exc_info())


def tell_of_threads() -> None:
    """Log what ends a thread of eventlet unseen, as all else is logged; eventlet prints it with its words."""

    def tell(_kind: Any, problem: BaseException, _trace: Any) -> None:
        log.error("thread_failed", exc_info=problem)

    eventlet.hubs.hub.traceback = SimpleNamespace(
        print_exception=tell, format_stack=traceback.format_stack
    )


class Running:
    """Services that have been started. `stop` drains them."""

    def __init__(
        self, classes: Sequence[Any], installation: Installation, ports: Mapping[str, int]
    ) -> None:
        self.installation = installation
        self.health = {cls.name: probes.Health(cls.name) for cls in classes}
        self.classes, self.asked_ports = classes, ports
        self.ports: dict[str, int] = {}
        self.containers: list[ServiceContainer] = []
        self._over = Wakeup()

    def start(self) -> None:
        frames.install()
        tell_of_threads()
        shown = https.certificate(self.installation.settings)
        for name, health in self.health.items():
            self.ports[name] = self._serve_probes(name, health, shown)
        eventlet.spawn(probes.watch_loop)
        eventlet.spawn(
            probes.watch, self._look_at_certificates, lambda _: None, CERTIFICATES_EVERY_S
        )
        watchdog.start()
        tracing.start([cls.name for cls in self.classes])
        wait_for_parts(self.installation, self.health)
        for cls in self.classes:
            self.containers.append(self._container(cls))
            self.containers[-1].start()
            self.health[cls.name].reporter("start")(None)
        # what has been made by now stays; and what a batch makes is gone with it, without being looked
        # through for cycles again and again
        gc.freeze()
        gc.set_threshold(LOOKED_THROUGH_AFTER)
        log.info("started", services=list(self.health), ports=self.ports)

    def _serve_probes(
        self, name: str, health: probes.Health, shown: https.Certificate | None
    ) -> int:
        host, port = self.installation.settings.http_host, self.asked_ports[name]
        try:
            return probes.serve(health, host, port, shown)
        except OSError as problem:
            raise Unusable(
                f"{name} cannot answer at {host}:{port} ({problem.strerror}); another process may be "
                f"there. Set {name.upper()}_PORT or HTTP_HOST."
            ) from problem

    def _look_at_certificates(self) -> None:
        """What is open stays so when Redis shows another certificate; so it is asked over a new connection.
        To the broker there is one every few seconds."""
        settings = self.installation.settings
        if settings.redis_url.startswith("rediss"):
            with suppress(RedisError, OSError), connect(settings.redis_url, 2) as redis:
                redis.ping()
        certificates.tell(settings, list(self.health))

    def _container(self, cls: Any) -> ServiceContainer:
        settings = self.installation.settings
        return Container(
            cls,
            {
                "AMQP_URI": settings.amqp_uri,
                "HEARTBEAT": settings.heartbeat_s,
                "max_workers": settings.rpc_workers,
                "installation": replace(self.installation, health=self.health[cls.name]),
            },
        )

    def stop(self) -> None:
        """Not ready at once; then finish, acknowledge, publish, close."""
        for health in self.health.values():
            health.reporter("stop")("stopping")
        pool = eventlet.GreenPool()
        for container in self.containers:
            pool.spawn(container.stop)
        pool.waitall()
        tracing.stop()
        if not self._over.ready():
            self._over.send()
        log.info("stopped", services=list(self.health))

    def give_up(self, why: Exception) -> None:
        """End without having started."""
        self._over.send_exception(why)

    def wait(self) -> None:
        """Return when the services have stopped; raise why they could not start."""
        self._over.wait()


def run(classes: Sequence[Any], installation: Installation, ports: Mapping[str, int]) -> None:
    """Run until SIGTERM or SIGINT. Raises why the services could not start."""
    running = Running(classes, installation, ports)

    def on_signal(_number: int, _frame: Any) -> None:
        # never work in the handler itself: it may have interrupted anything
        eventlet.spawn_n(running.stop)

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    eventlet.spawn(_start_or_exit, running)
    running.wait()


def _start_or_exit(running: Running) -> None:
    try:
        running.start()
    except Exception as problem:  # noqa: BLE001 - a service that cannot start says why and ends
        trace = None if isinstance(problem, Unusable) else problem
        log.error("start_failed", services=list(running.health), problem=problem, exc_info=trace)
        running.give_up(problem)
