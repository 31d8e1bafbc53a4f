"""A failure is tried again when that can help, and is parked for a person when it cannot."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import eventlet
import pytest
from marshmallow import fields

from backbone import Collection, Store, hears, reads
from backbone.amqp.topology import Feed
from backbone.errors import Permanent
from backbone.messages.contract import Contract
from tests.support.doorway import Refusal
from tests.support.eventually import eventually

FARM = Feed(
    name="farm", source="/farms/", keeper="bakery", knows=lambda code, _day: code == "green"
)


class Flour(Contract):
    """`fails`: so many tries fail; `never`: no try can help; `sleeps_s`: seconds that baking takes."""

    batch_id = fields.Str(required=True)
    fails = fields.Int(load_default=0)
    never = fields.Bool(load_default=False)
    sleeps_s = fields.Float(load_default=0)


@dataclass(frozen=True, kw_only=True)
class Batch:
    batch_id: str
    loaves: int


class Bakery:
    """Bakes three loaves of each delivery, unless the flour says what goes wrong."""

    name = "bakery"
    store = Store(Collection(Batch, key="batch_id"))
    get_batch, list_batches, batch_history = reads(Batch)

    @hears("farm", "flour.delivered", Flour)
    def bake(self, event):
        batch_id = event.data["batch_id"]
        tries = count_try(batch_id)
        if event.data["never"]:
            raise Permanent("this flour cannot be baked")
        if tries <= event.data["fails"]:
            raise RuntimeError("the oven went out")
        eventlet.sleep(event.data["sleeps_s"])
        self.store.save(Batch(batch_id=batch_id, loaves=3))


def count_try(batch_id):
    """How often this batch was tried, this try included: a file holds a byte for each."""
    counter = Path(os.environ["TRIES_DIR"]) / batch_id
    with counter.open("a") as file:
        file.write(".")
    return counter.stat().st_size


def flour(**more):
    return {"batch_id": uuid.uuid4().hex[:8], **more}


def loaves(host, batch_id):
    """How many loaves were baked of a batch, once it is."""

    def look():
        batches = host.call("bakery", "list_batches", limit=200)["items"]
        return {each["batch_id"]: each["loaves"] for each in batches}.get(batch_id)

    return eventually(look)


def parked(host, batch_id):
    """The parked message of a batch, once there is one."""

    def find():
        for entry in host.call("bakery", "list_parked"):
            shown = host.call("bakery", "show_parked", parked_id=entry["parked_id"])
            if batch_id in shown["text"]:
                return shown
        return None

    return eventually(find)


def test_a_failing_try_is_tried_again_and_succeeds(host):
    delivery = flour(fails=1)

    host.publish("green", "flour.delivered", delivery)

    assert loaves(host, delivery["batch_id"]) == 3
    assert host.tried(delivery["batch_id"]) == 2


def test_after_the_last_try_a_message_is_parked_with_its_bytes_and_its_cause(host):
    delivery = flour(fails=100)

    host.publish("green", "flour.delivered", delivery, wait_s=0.2)
    shown = parked(host, delivery["batch_id"])

    assert host.tried(delivery["batch_id"]) == shown["attempts"] == 3
    assert shown["cause"] == "RuntimeError"
    assert shown["sentence"] == "the oven went out"
    assert shown["routing_key"] == "green.flour.delivered"


def test_an_error_that_no_try_can_help_is_parked_at_once(host):
    delivery = flour(never=True)

    host.publish("green", "flour.delivered", delivery, wait_s=0.2)

    assert parked(host, delivery["batch_id"])["attempts"] == 1
    assert host.tried(delivery["batch_id"]) == 1


def test_a_parked_message_is_replayed_as_it_was_and_then_gets_its_receipt(host):
    delivery = flour(fails=3)
    host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"], wait_s=0.2)
    entry = parked(host, delivery["batch_id"])

    host.call("bakery", "replay_parked", parked_id=entry["parked_id"], by="the baker")

    assert loaves(host, delivery["batch_id"]) == 3
    mine = eventually(lambda: [r for r in host.receipts() if r["event_id"] == delivery["batch_id"]])
    assert [receipt["outcome"] for receipt in mine] == ["accepted"]
    deed = host.call("bakery", "parked_audit")[0]
    assert deed["action"] == "replayed"
    # RabbitMQ knows as whom the baker called
    assert deed["by"] in ("the baker", "guest for the baker")


def test_a_parked_message_can_be_replayed_once_only(host):
    delivery = flour(never=True)
    host.publish("green", "flour.delivered", delivery, wait_s=0.2)
    entry = parked(host, delivery["batch_id"])
    host.call("bakery", "discard_parked", parked_id=entry["parked_id"], by="x", reason="spoilt")

    with pytest.raises(Refusal) as refusal:
        host.call("bakery", "replay_parked", parked_id=entry["parked_id"], by="the baker")

    assert refusal.value.codes == ["NOT_FOUND"]


def test_a_discarded_message_is_refused_to_its_publisher_with_the_reason(host):
    delivery = flour(never=True)
    host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"], wait_s=0.2)
    entry = parked(host, delivery["batch_id"])

    host.call("bakery", "discard_parked", parked_id=entry["parked_id"], by="x", reason="spoilt")

    receipt = eventually(
        lambda: [r for r in host.receipts() if r["event_id"] == delivery["batch_id"]]
    )[0]
    assert receipt["outcome"] == "refused"
    assert receipt["reasons"] == [{"code": "DISCARDED", "sentence": "spoilt"}]
    asked = {"event_id": delivery["batch_id"], "publishers": ["green"]}
    [kept] = host.call("bakery", "explain_refusal", **asked)
    assert [each["code"] for each in kept["reasons"]] == ["DISCARDED"]


def test_why_an_event_was_refused_is_told_later_to_whoever_asks_by_its_id(host):
    wrong = flour(fails="many")
    receipt = host.publish("green", "flour.delivered", wrong, event_id=wrong["batch_id"])
    asked = {"event_id": wrong["batch_id"]}

    [kept] = host.call("bakery", "explain_refusal", publishers=["hill", "green"], **asked)

    [why] = receipt["reasons"]
    assert kept["reasons"] == [why | {"source": None}]
    same = ("outcome", "routing_key", "body_sha256", "received_by", "received_at")
    assert {name: kept[name] for name in same} == {name: receipt[name] for name in same}
    assert host.call("bakery", "explain_refusal", publishers=["hill"], **asked) == []


def test_when_a_refused_event_was_corrected_and_accepted_is_told_beside_why_it_was_refused(host):
    delivery = flour()
    asked = {"event_id": delivery["batch_id"], "publishers": ["green"]}
    host.publish(
        "green", "flour.delivered", delivery | {"fails": "many"}, event_id=delivery["batch_id"]
    )
    [before] = host.call("bakery", "explain_refusal", **asked)
    host.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"])

    [kept] = host.call("bakery", "explain_refusal", **asked)

    assert before["accepted"] is None
    accepted_at = datetime.fromisoformat(kept["accepted"]["accepted_at"])
    assert abs(accepted_at - datetime.now(UTC)) < timedelta(minutes=10)
    assert accepted_at > datetime.fromisoformat(kept["received_at"]) - timedelta(seconds=1)
    assert (kept["accepted"]["note"], kept["accepted"]["facts"]) == (None, [])


def test_why_bytes_without_an_id_were_refused_is_told_by_their_digest(host):
    receipt = host.post(
        "events/green.flour.delivered", b'{"specversion": "1.0", ' + uuid.uuid4().bytes
    )
    asked = {"event_id": receipt["body_sha256"], "publishers": ["green"]}

    [kept] = host.call("bakery", "explain_refusal", **asked)

    assert kept["reasons"][0]["code"] == "NOT_JSON"


def test_a_failing_message_holds_up_no_other(host):
    failing, good = flour(fails=100), flour()

    host.publish("green", "flour.delivered", failing, wait_s=0)

    assert host.publish("green", "flour.delivered", good)["outcome"] == "accepted"


def test_a_handler_that_takes_too_long_counts_as_failed(host):
    delivery = flour(sleeps_s=60)

    host.publish("green", "flour.delivered", delivery, wait_s=0)

    assert parked(host, delivery["batch_id"])["cause"] == "DeadlineExceeded"
    assert host.tried(delivery["batch_id"]) == 3
