"""Spans of what is done, where OpenTelemetry is installed (`requirements-otel.lock`) and its own variables
say where they go: `OTEL_EXPORTER_OTLP_ENDPOINT`, say. Elsewhere no span is made, and each event hands on
the trace that it came with.

A span is begun and ended by hand, and its parent is what the event or the call brought along: what is
done in one green thread belongs to many traces. Spans go by HTTP (`http/protobuf`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import eventlet

from .logs import log
from .messages.trace import Trace

WHERE = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
INSTRUMENT = "tenglong"
PATIENCE = ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT")
LEAVE_WITHIN_S = 2  # OpenTelemetry itself would wait for half a minute


class _Tracing:
    """What makes spans, or nothing."""

    provider: Any = None
    tracer: Any = None


class Span:
    """One piece of work. `trace` is where what follows from it belongs."""

    def __init__(self, inner: Any, before: Trace) -> None:
        self._inner = inner
        context = inner.get_span_context()
        parent = f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
        self.trace: Trace = {**before, "traceparent": parent}

    def end(self, problem: BaseException | None = None) -> None:
        """It is done, or failed. Only the kind of a failure is told: its words may name somebody."""
        if problem is not None:
            from opentelemetry.trace import Status, StatusCode

            self._inner.set_attribute("error.type", type(problem).__name__)
            self._inner.set_status(Status(StatusCode.ERROR))
        self._inner.end()


def begin(name: str, kind: str, trace: Trace) -> Span | None:
    """A span of this trace, of a kind of OpenTelemetry's (`CONSUMER`, `SERVER`, `CLIENT`); none where
    none are made. The name holds no code, name or id of anybody's."""
    if _Tracing.tracer is None:
        return None
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    parent = TraceContextTextMapPropagator().extract(trace)
    inner = _Tracing.tracer.start_span(name, parent, SpanKind[kind])
    return Span(inner, trace)


def trace_of(span: Span | None, otherwise: Trace) -> Trace:
    """The trace that goes on from here."""
    return span.trace if span else otherwise


def start(services: list[str], environment: Mapping[str, str] = os.environ) -> None:
    """Make spans from now on, if the environment says where they go."""
    if not _are_wanted(environment):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.error("tracing_not_installed", install="requirements-otel.lock")
        return
    patience_s = None if any(environment.get(each) for each in PATIENCE) else LEAVE_WITHIN_S
    use(BatchSpanProcessor(OTLPSpanExporter(timeout=patience_s)), services)
    log.info("tracing", services=services)


def use(processor: Any, services: list[str]) -> None:
    """Make spans, and hand them to a processor of OpenTelemetry's."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "+".join(services)}
    # at the end of the process it would wait half a minute for a collector that is away
    _Tracing.provider = TracerProvider(resource=Resource.create({**named}), shutdown_on_exit=False)
    _Tracing.provider.add_span_processor(processor)
    _Tracing.tracer = _Tracing.provider.get_tracer(INSTRUMENT)


def stop() -> None:
    """Send what is left, if the collector takes it at once, and make no more."""
    provider, _Tracing.provider, _Tracing.tracer = _Tracing.provider, None, None
    if provider is not None:
        with eventlet.Timeout(LEAVE_WITHIN_S, False):
            provider.shutdown()


def _are_wanted(environment: Mapping[str, str]) -> bool:
    is_off = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    exporter = environment.get("OTEL_TRACES_EXPORTER", "otlp")
    return not is_off and exporter == "otlp" and any(environment.get(each) for each in WHERE)
