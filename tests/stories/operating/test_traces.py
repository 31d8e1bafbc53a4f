"""One trace leads from a township's report to the mail on somebody's desk."""

from __future__ import annotations

import json

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from backbone import tracing
from backbone.testing.rehearsal import message
from demo.story import Plot
from services.notify.channels import Outlets
from services.notify.channels.settings import smtp_server
from tests.notify.conftest import Notify, desk
from tests.notify.servers import mail_server, on_loopback, website
from tests.parcels.conftest import NOON, Parcels
from tests.parcels.reports import event
from tests.support.collector import collector
from tests.support.eventually import eventually
from tests.support.park import Story
from tests.support.post import post_of

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


def told(parcels: Parcels, notify: Notify) -> None:
    """A plot's last report has a trace; what parcels announces of it reaches notify, which sends."""
    plot = Plot("traced", accepted_on=NOON.date())
    read = [type_ for _, type_ in parcels.inbox.decoder.handlers]
    *before, (type_, data) = [each for each in plot.reports() if each[0] in read]
    for each in before:
        parcels.report(*each, plot.township)
    sent = len(parcels.outbox)
    parcels.handle(event(type_, data, 99, plot.township) | {"traceparent": PARENT})
    for fact in parcels.outbox[sent:]:
        if fact.exchange == "parcels.events":
            notify.inbox.hear(message(fact.exchange, fact.routing_key, fact.body)).or_raise()
    notify.hear_itself()


@pytest.fixture
def parcels():
    return Parcels()


@pytest.fixture
def spans():
    kept = InMemorySpanExporter()
    tracing.use(SimpleSpanProcessor(kept), ["parcels", "notify"])
    yield kept.get_finished_spans
    tracing.stop()


def test_one_trace_leads_from_a_townships_report_to_the_mail(parcels, spans):
    with mail_server() as server:
        address = f"smtp://127.0.0.1:{server.port}?from=a@example.org"
        settings = on_loopback(smtp=smtp_server(address))
        notify = Notify(Outlets(settings))
        notify.call("subscribe", **desk(channel="email", address="desk@example.org"))
        told(parcels, notify)

    made = {
        each.context.span_id: each for each in spans() if each.context.trace_id == int(TRACE_ID, 16)
    }
    [mail, *_] = [each for each in made.values() if each.name == "send email"]
    way = [mail.name]
    while (parent := made.get(mail.parent.span_id)) is not None:
        mail = parent
        way.append(mail.name)
    assert server.letters
    assert way[-1] == "parcels remediation.completed"
    # a rehearsal knows no list of what parcels announces; running services name the fact
    assert way[1:-1] == ["notify delivery_due", "notify other"]
    assert f"{mail.parent.span_id:016x}" == "00f067aa0ba902b7"


def test_one_trace_leads_through_broker_and_store_by_projects_to_the_mail(amqp_uri, redis_url):
    with collector() as there:
        sent_at_once = {tracing.WHERE[0]: there.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}
        with post_of(amqp_uri, redis_url, **sent_at_once) as post:
            post.box("desk", "listing_drafted")
            story = Story(post.park)
            *before, (type_, data) = story.reports()
            story.tell(before)
            story.publish(type_, data, traceparent=PARENT)
            post.text("desk", story.parcel_id)
            eventually(lambda: "send email" in names(there.spans(TRACE_ID)))
        made = there.spans(TRACE_ID)

    [mail] = [each for each in made.values() if each.name == "send email"]
    way = [mail]
    while (parent := made.get(way[-1].parent_span_id.hex())) is not None:
        way.append(parent)
    assert [each.name for each in way] == [
        "send email",
        "notify delivery_due",
        "notify listing_drafted",
        "projects land_released",
        f"parcels {type_}",
    ]
    assert way[-1].parent_span_id.hex() == "00f067aa0ba902b7"


def names(spans):
    return {each.name for each in spans.values()}


def test_a_webhook_is_told_the_trace_and_so_is_everybody_who_hears_of_its_delivery(parcels):
    with website((200, {})) as site:
        notify = Notify(Outlets(on_loopback()))
        notify.call("subscribe", **desk(channel="webhook", address=site.url, secret="s" * 24))
        told(parcels, notify)

    [(_, headers, _), *_] = site.seen
    assert headers["traceparent"] == PARENT
    settled = [
        json.loads(each.body) for each in notify.outbox if each.routing_key == "delivery_settled"
    ]
    assert {each["traceparent"] for each in settled} == {PARENT}
