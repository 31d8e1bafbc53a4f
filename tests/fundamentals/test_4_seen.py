"""What an operator sees of a service."""

from __future__ import annotations

import json
import urllib.request
import uuid
from dataclasses import dataclass

from marshmallow import fields

from backbone import Store, hears
from backbone.amqp.topology import Feed
from backbone.messages.contract import Contract
from tests.support.eventually import eventually

FARMS = ("green", "hill")
FARM = Feed(name="farm", source="/farms/", keeper="bakery", knows=lambda code, _day: code in FARMS)


class Flour(Contract):
    batch_id = fields.Str(required=True)


@dataclass(frozen=True, kw_only=True)
class BreadBaked:
    batch_id: str


class Bakery:
    """Bakes what farms deliver, and says so."""

    name = "bakery"
    store = Store(emits=(BreadBaked,))

    @hears("farm", "flour.delivered", Flour)
    def bake(self, event):
        self.store.announce(BreadBaked(**event.data))


def flour():
    return {"batch_id": uuid.uuid4().hex[:8]}


def test_a_service_is_ready_when_all_its_parts_are(host):
    assert host.readyz("bakery") == {"service": "bakery", "waits_for": {}}


def test_events_are_counted_by_publisher_and_type(host):
    labels = {"publisher": "hill", "type": "flour.delivered"}
    before = host.metric("bakery", "tenglong_accepted_total", **labels)

    host.publish("hill", "flour.delivered", flour())

    eventually(lambda: host.metric("bakery", "tenglong_accepted_total", **labels) == before + 1)


def test_what_nobody_knows_is_counted_as_unknown_so_that_nobody_can_fill_the_metrics(host):
    host.publish("nowhere", "rubbish.sent", {})

    eventually(lambda: host.metric("bakery", "tenglong_refused_total", publisher="unknown"))
    assert host.metric("bakery", "tenglong_refused_total", publisher="nowhere") == 0


def test_the_outbox_is_empty_when_everything_has_been_told(host):
    host.publish("green", "flour.delivered", flour())

    eventually(lambda: host.metric("bakery", "tenglong_relayed_total"))
    assert eventually(lambda: host.metric("bakery", "tenglong_outbox_depth") == 0)


def test_every_metric_has_a_sentence(host):
    url = f"http://127.0.0.1:{host.ports['bakery']}/metrics"
    text = urllib.request.urlopen(url, timeout=60).read().decode()
    helps = [line for line in text.splitlines() if line.startswith("# HELP tenglong_")]

    assert len(helps) > 10
    assert all(line.rstrip().endswith(".") for line in helps if "_created" not in line)


def test_logs_are_json_with_the_correlation_id_and_without_the_ids_of_things(host):
    delivery = flour()
    host.publish("green", "flour.delivered", delivery, event_id="chain-1")

    def logged():
        entries = [json.loads(line) for line in host.logs().splitlines() if line.startswith("{")]
        return [e for e in entries if e.get("correlation_id") == "chain-1"]

    entries = eventually(logged)

    assert {"bakery"} <= {entry["service"] for entry in entries}
    assert delivery["batch_id"] not in json.dumps(entries)
