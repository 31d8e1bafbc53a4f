"""Which trace an event belongs to is handed on; spans are made of it where somebody asks for them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from marshmallow import fields
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from structlog.testing import capture_logs

from backbone import Collection, Store, command, hears, tracing
from backbone.amqp.topology import Feed
from backbone.errors import Invalid, Refused
from backbone.messages.contract import Contract
from backbone.messages.envelope import decode, encode, encode_binary
from backbone.store.unit_of_work import UnitOfWork
from backbone.testing import Rehearsal
from backbone.testing.rehearsal import message
from tests.support.collector import collector

ROOT = Path(__file__).parents[2]
FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _day: code == "green")
TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE_ID}-00f067aa0ba902b7-01"
TRACE = {"traceparent": PARENT, "tracestate": "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"}


class Flour(Contract):
    sack_id = fields.Str(required=True)


@dataclass(frozen=True, kw_only=True)
class Sack:
    sack_id: str


@dataclass(frozen=True, kw_only=True)
class SackStored:
    sack_id: str


class Mill:
    name = "mill"
    store = Store(Collection(Sack, key="sack_id"), emits=(SackStored,))

    @hears("farm", "flour.delivered", Flour)
    def keep(self, event):
        if event.data["sack_id"] == "torn":
            raise Refused([])
        self.store.save(Sack(**event.data))
        self.store.announce(SackStored(**event.data))

    @command(Flour)
    def fill(self, sack):
        self.store.save(Sack(**sack))
        self.store.announce(SackStored(**sack))


class Shop:
    name = "shop"
    store = Store(Collection(Sack, key="sack_id"), emits=(SackStored,))

    @hears("mill", "sack_stored", Flour)
    def show(self, event):
        self.store.save(Sack(**event.data))


@pytest.fixture
def mill():
    return Rehearsal(Mill, feeds=[FARM])


@pytest.fixture
def spans():
    """The spans that were made, as somebody who looks at traces sees them."""
    kept = InMemorySpanExporter()
    tracing.use(SimpleSpanProcessor(kept), ["mill", "shop"])
    yield kept.get_finished_spans
    tracing.stop()


def deliver(mill, sack_id="s-1", **attributes):
    return mill.hear(
        "farm", "flour.delivered", {"sack_id": sack_id}, publisher="green", **attributes
    )


def sent(rehearsal):
    """All that was announced and answered, whole."""
    return [json.loads(each.body) for each in rehearsal.outbox]


def traces(events):
    return [{name: each.get(name) for name in TRACE} for each in events]


def test_the_trace_of_a_report_is_handed_on_to_its_fact_and_its_receipt(mill):
    deliver(mill, **TRACE).or_raise()

    assert traces(sent(mill)) == [TRACE, TRACE]


def test_a_report_without_a_trace_is_in_none(mill):
    deliver(mill).or_raise()

    assert all(name not in each for each in sent(mill) for name in TRACE)


def test_a_trace_in_an_amqp_header_is_taken_where_the_event_names_none(mill):
    event = {
        "specversion": "1.0", "id": "e", "source": "/farms/green", "type": "flour.delivered",
        "time": "2023-08-01T09:30:00+08:00", "data": {"sack_id": "s-1"},
    }  # fmt: skip
    for number, named in enumerate([{}, {"traceparent": PARENT.replace("4bf", "aaa")}]):
        body = json.dumps(event | {"id": f"e-{number}"} | named).encode()
        came = message("farm.events", "green.flour.delivered", body)
        came.headers = dict(TRACE)
        mill.inbox.hear(came).or_raise()

    assert [each["traceparent"] for each in sent(mill)[::2]] == [
        PARENT,
        PARENT.replace("4bf", "aaa"),
    ]


@pytest.mark.parametrize("form", ["structured", "binary"])
def test_a_trace_is_read_in_each_form_of_an_event(mill, form):
    deliver(mill, **TRACE).or_raise()
    fact = decode(encode(_event(sent(mill)[0])), "application/json", {})
    body, headers = (encode(fact), {}) if form == "structured" else encode_binary(fact)

    assert decode(body, "application/json", headers).trace == TRACE


def _event(fact):
    return decode(json.dumps(fact).encode(), "application/json", {})


@pytest.mark.parametrize(
    "named",
    [
        {"traceparent": "?"},
        {"traceparent": f"ff-{TRACE_ID}-00f067aa0ba902b7-01"},
        {"traceparent": f"00-{'0' * 32}-00f067aa0ba902b7-01"},
        {"traceparent": f"{PARENT}\n"},
        {"traceparent": "x" * 1000},
        {"traceparent": 7},
        {"tracestate": "rojo=1"},
    ],
)
def test_what_is_no_trace_is_left_out_and_refuses_nothing(mill, named):
    deliver(mill, **named).or_raise()

    assert traces(sent(mill)) == [dict.fromkeys(TRACE)] * 2


def test_a_state_that_is_too_long_is_left_out_and_the_trace_goes_on(mill):
    deliver(mill, traceparent=PARENT, tracestate="r=" + "1" * 600).or_raise()

    assert traces(sent(mill)) == [{"traceparent": PARENT, "tracestate": None}] * 2


def test_the_trace_of_a_call_is_handed_on_to_its_facts(mill):
    work: UnitOfWork = mill._work()
    work.trace = dict(TRACE)
    mill.service(work).fill(sack_id="s-1", request_id="r")

    assert traces(sent(mill)) == [TRACE]


def test_from_service_to_service_each_span_is_the_child_of_the_one_before(mill, spans):
    deliver(mill, **TRACE).or_raise()
    shop = Rehearsal(Shop)
    [fact] = [each for each in mill.outbox if each.exchange == "mill.events"]
    shop.inbox.hear(message(fact.exchange, fact.routing_key, fact.body)).or_raise()

    first, second = spans()
    assert (first.name, second.name) == ("mill flour.delivered", "shop sack_stored")
    assert f"{first.context.trace_id:032x}" == f"{second.context.trace_id:032x}" == TRACE_ID
    assert f"{first.parent.span_id:016x}" == "00f067aa0ba902b7"
    assert second.parent.span_id == first.context.span_id
    assert sent(mill)[0]["tracestate"] == TRACE["tracestate"]


def test_a_report_without_a_trace_begins_one(mill, spans):
    deliver(mill).or_raise()

    [span] = spans()
    assert span.parent is None
    assert f"{span.context.trace_id:032x}" in sent(mill)[0]["traceparent"]


def test_a_span_names_nobody(mill, spans):
    deliver(mill, sack_id="330604006-0231", subject="330604006-0231").or_raise()

    assert "330604006" not in spans()[0].to_json()


def test_a_failure_says_its_kind_and_no_word_of_its_own(spans):
    span = tracing.begin("send webhook", "CLIENT", {})
    span.end(Invalid([]))

    assert spans()[0].attributes == {"error.type": "Invalid"}
    assert not spans()[0].status.is_ok


def test_nothing_is_made_where_nobody_says_where_spans_go(mill):
    for environment in ({}, {"OTEL_SDK_DISABLED": "true", tracing.WHERE[0]: "http://x"},
                        {"OTEL_TRACES_EXPORTER": "none", tracing.WHERE[0]: "http://x"}):  # fmt: skip
        tracing.start(["mill"], environment)
        assert tracing.begin("mill", "CONSUMER", {}) is None


def test_where_opentelemetry_is_not_installed_the_service_says_so_and_works(mill, monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with capture_logs() as said:
        tracing.start(["mill"], {tracing.WHERE[0]: "http://127.0.0.1:9"})

    assert [each["event"] for each in said] == ["tracing_not_installed"]
    deliver(mill, **TRACE).or_raise()
    assert traces(sent(mill)) == [TRACE, TRACE]


def test_spans_arrive_where_the_environment_says(mill, monkeypatch):
    with collector() as there:
        monkeypatch.setenv(tracing.WHERE[0], there.url)
        tracing.start(["mill", "shop"])
        deliver(mill, **TRACE).or_raise()
        tracing.stop()

    [(path, request)] = there.heard
    assert path == "/v1/traces"
    assert len(there.spans(TRACE_ID)) == len(there.spans()) == 1
    assert "mill+shop" in str(request.resource_spans[0].resource)


DEPARTURE = """
import eventlet
eventlet.monkey_patch()
import os, time
from backbone import tracing
silent = eventlet.listen(("127.0.0.1", 0))
os.environ[tracing.WHERE[0]] = f"http://127.0.0.1:{silent.getsockname()[1]}"
tracing.start(["mill"])
tracing.begin("mill", "CONSUMER", {}).end()
print(time.time())
tracing.stop()
"""


def test_a_service_does_not_wait_at_its_end_for_a_collector_that_says_nothing():
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DEPARTURE],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    left_at = float(said.stdout.split()[-1])
    assert time.time() - left_at < 4 * tracing.LEAVE_WITHIN_S
