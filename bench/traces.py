"""What spans cost: how many reports a second the chain of two services holds with them, by what it holds
without. A span is made of every message and sent to a collector that throws it away; by turns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread

from backbone.tracing import WHERE
from tests.support.brokers import RabbitMQ, RedisServer

from . import chain


class _Sink(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """It has nothing to tell."""


@contextmanager
def _collector() -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Sink)
    Thread(target=server.serve_forever, daemon=True).start()
    os.environ[WHERE[0]] = f"http://127.0.0.1:{server.server_port}"
    try:
        yield
    finally:
        del os.environ[WHERE[0]]
        server.shutdown()


def measure(rabbitmq: RabbitMQ, store: RedisServer, events: int, rounds: int) -> dict[str, float]:
    """`traced_vs_not` is the median of the rounds."""
    ratios = []
    for _ in range(rounds):
        plain = chain.holds_per_s(rabbitmq.new_vhost(), store.new_url(), "ours", events)
        with _collector():
            traced = chain.holds_per_s(rabbitmq.new_vhost(), store.new_url(), "ours", events)
        ratios.append(traced / plain)
    return {"traced_vs_not": median(ratios)}
