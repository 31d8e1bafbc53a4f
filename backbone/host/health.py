"""What a service says of itself over HTTP: /metrics, /livez and /readyz.

Answers come from memory and never ask a backend, so that a probe is answered while Redis or the
broker hangs. `/livez` is 200 while the process can answer at all; `/readyz` is 200 when every part
works, and else 503 with the reasons. It may make a remark on a part that works.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import eventlet
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from prometheus_client.metrics_core import Metric

from .. import metrics
from ..errors import Unavailable
from ..logs import log, said
from . import https

Start = Callable[[str, list[tuple[str, str]]], Any]
CAUSES = ("broker", "redis", "store", "store at risk", "topology")  # what other parts wait for


class Health:
    """The state of one service's parts: a reason why a part does not work, or nothing."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.problems: dict[str, str] = {"start": "starting"}
        self.remarks: dict[str, str] = {}
        self._ready = metrics.ready.labels(service)
        self._ready.set(0)

    def reporter(self, part: str) -> Callable[[str | None], None]:
        """A function that takes the reason why `part` does not work, or none."""

        def report(problem: str | None) -> None:
            if problem is None:
                self.problems.pop(part, None)
            elif self.problems.get(part) != problem:
                self.problems[part] = problem
            self._ready.set(0 if self.problems else 1)

        return report

    def remark(self, part: str, sentence: str) -> None:
        """Say something of a part that works; nothing with an empty sentence."""
        self.remarks.pop(part, None)
        if sentence:
            self.remarks[part] = sentence

    def waits_for(self) -> dict[str, str]:
        """The reasons, causes first, and each once: parts that wait for the same stand together."""
        causes = {part: self.problems[part] for part in CAUSES if part in self.problems}
        others: dict[str, list[str]] = {}
        for part, why in self.problems.items():
            if part in causes:
                continue
            for cause, words in causes.items():
                why = why.replace(words, f"see {cause}")
            others.setdefault(why, []).append(part)
        return causes | {_together(parts): why for why, parts in others.items()}

    def collect(self) -> Iterator[Metric]:
        """The process's metrics less those of other services that run in it: each service's page
        is its own, so that nothing is counted twice."""
        for family in REGISTRY.collect():
            mine = [
                s for s in family.samples if s.labels.get("service", self.service) == self.service
            ]
            if mine:
                family.samples = mine
                yield family

    def answer(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """The WSGI application."""
        path = environ.get("PATH_INFO")
        if path == "/metrics":
            return _reply(start, "200 OK", generate_latest(self), CONTENT_TYPE_LATEST)
        if path == "/livez":
            return _json(start, "200 OK", {"service": self.service, "alive": True})
        if path == "/readyz":
            status = "503 Service Unavailable" if self.problems else "200 OK"
            more = {"remarks": self.remarks} if self.remarks else {}
            return _json(
                start, status, {"service": self.service, "waits_for": self.waits_for(), **more}
            )
        known = {"try": ["/metrics", "/livez", "/readyz"]}
        return _json(start, "404 Not Found", known)


def _together(parts: list[str]) -> str:
    """The names of parts, two of many."""
    more = f" and {len(parts) - 2} more" if len(parts) > 2 else ""
    return f"{', '.join(sorted(parts)[:2])}{more}"


def _json(start: Start, status: str, body: dict[str, Any]) -> Iterable[bytes]:
    return _reply(start, status, json.dumps(body).encode() + b"\n", "application/json")


def _reply(start: Start, status: str, body: bytes, kind: str) -> Iterable[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


def serve(health: Health, host: str, port: int, shown: https.Certificate | None = None) -> int:
    """Answer probes in the background, over TLS if there is a certificate to show. Answers the port, which is
    chosen by the system for 0."""
    listener = https.listen(host, port)
    port = int(listener.getsockname()[1])
    eventlet.spawn(https.answer, listener, health.answer, shown)
    log.info("probes_served", service=health.service, port=port)
    return port


def watch_loop(every_s: float = 0.1) -> None:
    """Measure how long the event loop is held by work that does not yield. Runs for ever."""
    stalls: deque[tuple[float, float]] = deque()
    while True:
        before = time.monotonic()
        eventlet.sleep(every_s)
        now = time.monotonic()
        stalls.append((now, now - before - every_s))
        while stalls[0][0] < now - 60:
            stalls.popleft()
        metrics.loop_stall.set(max(stall for _, stall in stalls))


def watch(ask: Callable[[], Any], report: Callable[[str | None], None], every_s: float = 2) -> None:
    """Ask a backend now and then, and report what is wrong with it. Runs for ever."""
    while True:
        try:
            ask()
        except Unavailable as problem:
            report(str(problem))
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with it is what we report
            report(said(problem)[:200])
        else:
            report(None)
        eventlet.sleep(every_s)
