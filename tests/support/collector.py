"""A collector of spans, which listens as one of OpenTelemetry does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector:
    """What came, request by request: its path, and the spans with who made them."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[str, ExportTraceServiceRequest]] = []

    def spans(self, trace_id: str = "") -> dict[str, Any]:
        """Those of one trace, or all, by their ids."""
        return {
            span.span_id.hex(): span
            for _, request in self.heard
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
            if trace_id in ("", span.trace_id.hex())
        }


@contextmanager
def collector() -> Iterator[Collector]:
    """It listens on loopback."""
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.heard.append((self.path, ExportTraceServiceRequest.FromString(body)))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """It has nothing to tell."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
