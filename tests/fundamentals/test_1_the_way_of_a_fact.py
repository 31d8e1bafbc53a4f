"""A fact comes in, takes effect once, and is told on."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from marshmallow import fields, validate

from backbone import Collection, Store, hears, reads
from backbone.amqp.topology import Feed
from backbone.contracts.dictionary import Dictionary
from backbone.contracts.receipt import receipt_schema
from backbone.contracts.words import Words
from backbone.errors import Reason, Refused
from backbone.messages.contract import Contract, Fact
from tests.support.eventually import eventually
from tests.support.judge import closed, takes

RECEIPT = receipt_schema(Words(Dictionary({}), "receipts"))

FARMS = ("green", "hill")
FARM = Feed(name="farm", source="/farms/", keeper="bakery", knows=lambda code, _day: code in FARMS)


class Flour(Contract):
    batch_id = fields.Str(required=True)
    kind = fields.Str(required=True)
    loaves = fields.Int(required=True, validate=validate.Range(min=1, error="Bake 1 loaf or more."))


@dataclass(frozen=True, kw_only=True)
class BreadBaked:
    batch_id: str
    kind: str
    loaves: int


class Bakery:
    """Bakes what farms deliver, and says so."""

    name = "bakery"
    store = Store(emits=(BreadBaked,))

    @hears("farm", "flour.delivered", Flour)
    def bake(self, event):
        if event.data["kind"] == "stone":
            sentence = "Stones are not baked; deliver flour."
            raise Refused([Reason("NOT_FLOUR", sentence, "data.kind")])
        self.store.announce(BreadBaked(**event.data))


class Bread(Fact):
    kind = fields.Str(required=True)
    loaves = fields.Int(required=True)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    kind: str
    loaves: int


class Shop:
    """Has the bread that the bakery bakes."""

    name = "shop"
    store = Store(Collection(Shelf, key="kind"))
    get_shelf, list_shelves, shelf_history = reads(Shelf)

    @hears("bakery", "bread_baked", Bread)
    def stock(self, event):
        shelf = self.store.get(Shelf, event.data["kind"])
        loaves = event.data["loaves"] + (shelf.loaves if shelf else 0)
        self.store.save(Shelf(kind=event.data["kind"], loaves=loaves))


def flour(**more):
    name = uuid.uuid4().hex[:8]
    return {"batch_id": name, "kind": f"bread-{name}", "loaves": 3, **more}


def loaves(host, kind):
    """How many loaves of a kind the shop has, once it has any."""

    def look():
        shelves = host.call("shop", "list_shelves", limit=200)["items"]
        return {each["kind"]: each["loaves"] for each in shelves}.get(kind)

    return eventually(look)


def test_an_event_is_accepted_with_a_receipt_and_takes_effect_in_the_next_service(host):
    delivery = flour()

    receipt = host.publish("green", "flour.delivered", delivery)

    assert receipt["outcome"] == "accepted"
    assert loaves(host, delivery["kind"]) == 3


def test_the_same_event_sent_again_is_answered_duplicate_and_changes_nothing(host):
    delivery = flour()
    host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"])

    again = host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"])

    assert again["outcome"] == "duplicate"
    assert again["first"] == {"outcome": "accepted", "body_sha256": again["body_sha256"]}
    assert loaves(host, delivery["kind"]) == 3


def test_every_receipt_reads_as_its_contract_says(host):
    delivery = flour()
    accepted = host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"])
    duplicate = host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"])
    refused = host.publish("green", "flour.delivered", flour(kind="stone"))

    outcomes = [receipt["outcome"] for receipt in (accepted, duplicate, refused)]
    assert outcomes == ["accepted", "duplicate", "refused"]
    for receipt in (accepted, duplicate, refused):
        assert takes(closed(RECEIPT), receipt), receipt


def test_every_fact_names_the_chain_that_it_belongs_to_and_the_event_before_it(host):
    delivery = flour()
    host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"])

    fact = eventually(
        lambda: [
            f for f in host.facts("bakery.bread_baked") if f["subject"] == delivery["batch_id"]
        ]
    )[0]

    assert fact["correlationid"] == delivery["batch_id"]
    assert fact["causationid"] == delivery["batch_id"]
    assert fact["dataschema"] == "urn:event:bakery.bread_baked:1"
    assert fact["causationsource"] == "/farms/green"
    assert fact["causationtype"] == "flour.delivered"


def test_an_event_may_come_in_binary_form(host):
    delivery = flour()

    receipt = host.post(
        "events/hill.flour.delivered",
        json.dumps(delivery).encode(),
        ce_specversion="1.0",
        ce_id=delivery["batch_id"],
        ce_source="/farms/hill",
        ce_type="flour.delivered",
        ce_time="2023-08-01T09:30:00+08:00",
    )

    assert receipt["outcome"] == "accepted"


def test_what_is_no_json_is_refused_with_a_receipt_that_says_where(host):
    receipt = host.post(
        "events/green.flour.delivered", b'{"specversion": "1.0", ' + uuid.uuid4().bytes
    )

    assert receipt["outcome"] == "refused"
    assert receipt["reasons"][0]["code"] == "NOT_JSON"
    assert receipt["reasons"][0]["field"] == "body"
    assert receipt["body_sha256"]


def test_data_against_the_contract_is_refused_with_the_field_and_what_would_be_right(host):
    receipt = host.publish("green", "flour.delivered", flour(loaves=0))

    assert receipt["outcome"] == "refused"
    assert receipt["reasons"] == [
        {"code": "INVALID", "sentence": "Bake 1 loaf or more.", "field": "data.loaves"}
    ]


def test_a_refused_event_that_is_corrected_may_be_sent_under_the_same_id(host):
    wrong = flour(loaves=0)
    host.publish("green", "flour.delivered", wrong, event_id=wrong["batch_id"])

    receipt = host.publish(
        "green", "flour.delivered", wrong | {"loaves": 2}, event_id=wrong["batch_id"]
    )

    assert receipt["outcome"] == "accepted"


def test_a_rule_that_says_no_is_answered_with_its_code(host):
    receipt = host.publish("green", "flour.delivered", flour(kind="stone"))

    assert (receipt["outcome"], receipt["reasons"][0]["code"]) == ("refused", "NOT_FLOUR")


def test_an_event_of_a_type_that_nobody_hears_is_refused_not_lost(host):
    receipt = host.publish("green", "sugar.delivered", {"bags": 3})

    assert (receipt["outcome"], receipt["reasons"][-1]["code"]) == ("refused", "UNKNOWN_TYPE")


def test_a_publisher_that_nobody_knows_is_refused(host):
    receipt = host.publish("moon", "flour.delivered", flour())

    assert (receipt["outcome"], receipt["reasons"][0]["code"]) == ("refused", "UNKNOWN_PUBLISHER")


def test_a_publisher_cannot_speak_for_another(host):
    receipt = host.publish("green", "flour.delivered", flour(), source="/farms/hill")

    assert (receipt["outcome"], receipt["reasons"][0]["code"]) == ("refused", "WRONG_SOURCE")


def test_an_event_of_the_future_is_refused_because_it_would_outlast_every_true_one(host):
    receipt = host.publish("green", "flour.delivered", flour(), time="2999-01-01T00:00:00+08:00")

    assert [(reason["code"], reason["field"]) for reason in receipt["reasons"]] == [
        ("NOT_YET", "time")
    ]


def test_a_corrected_header_is_no_repetition(host):
    headers = {
        "ce-specversion": "1.0",
        "ce-id": str(uuid.uuid4()),
        "ce-type": "flour.delivered",
        "ce-time": "2023-08-01T09:30:00+08:00",
    }
    body = json.dumps(flour()).encode()
    wrong = host.post("events/green.flour.delivered?wait_s=10", body, **headers)
    late = {"ce-source": "/farms/green", "ce-time": "yesterday"}
    still_wrong = host.post("events/green.flour.delivered?wait_s=10", body, **headers | late)

    assert [wrong["outcome"], still_wrong["outcome"]] == ["refused", "refused"]
    assert still_wrong["reasons"][0]["field"] == "time"
