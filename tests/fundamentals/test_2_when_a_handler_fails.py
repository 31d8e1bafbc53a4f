"""A failure is tried again when that can help, and is set aside for a person when it cannot."""

from __future__ import annotations

import pytest

from tests.support.doorway import Refusal
from tests.support.eventually import eventually

from .test_1_the_way_of_a_fact import flour, loaves


def parked(street, batch_id):
    """The parked message of a batch, once there is one."""

    def find():
        for entry in street.call("bakery", "list_parked"):
            shown = street.call("bakery", "show_parked", parked_id=entry["parked_id"])
            if batch_id in shown["text"]:
                return shown
        return None

    return eventually(find)


def test_a_failing_try_is_tried_again_and_succeeds(street):
    delivery = flour(fails=1)

    street.publish("green", "flour.delivered", delivery)

    assert loaves(street, delivery["kind"]) == 3
    assert street.tried(delivery["batch_id"]) == 2


def test_after_the_last_try_a_message_is_parked_with_its_bytes_and_its_cause(street):
    delivery = flour(fails=100)

    street.publish("green", "flour.delivered", delivery, wait_s=0.2)
    shown = parked(street, delivery["batch_id"])

    assert street.tried(delivery["batch_id"]) == shown["attempts"] == 3
    assert shown["cause"] == "RuntimeError"
    assert shown["sentence"] == "the oven went out"
    assert shown["routing_key"] == "green.flour.delivered"


def test_an_error_that_no_try_can_help_is_parked_at_once(street):
    delivery = flour(never=True)

    street.publish("green", "flour.delivered", delivery, wait_s=0.2)

    assert parked(street, delivery["batch_id"])["attempts"] == 1
    assert street.tried(delivery["batch_id"]) == 1


def test_a_parked_message_is_replayed_as_it_was_and_then_gets_its_receipt(street):
    delivery = flour(fails=3)
    street.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"], wait_s=0.2)
    entry = parked(street, delivery["batch_id"])

    street.call("bakery", "replay_parked", parked_id=entry["parked_id"], by="the baker")

    assert loaves(street, delivery["kind"]) == 3
    mine = [r for r in street.receipts() if r["event_id"] == delivery["batch_id"]]
    assert [receipt["outcome"] for receipt in mine] == ["accepted"]
    deed = street.call("bakery", "parked_audit")[0]
    assert (deed["action"], deed["by"]) == ("replayed", "the baker")


def test_a_parked_message_can_be_replayed_once_only(street):
    delivery = flour(never=True)
    street.publish("green", "flour.delivered", delivery, wait_s=0.2)
    entry = parked(street, delivery["batch_id"])
    street.call("bakery", "discard_parked", parked_id=entry["parked_id"], by="x", reason="spoilt")

    with pytest.raises(Refusal) as refusal:
        street.call("bakery", "replay_parked", parked_id=entry["parked_id"], by="the baker")

    assert refusal.value.codes == ["NOT_FOUND"]


def test_a_discarded_message_is_refused_to_its_publisher_with_the_reason(street):
    delivery = flour(never=True)
    street.publish("green", "flour.delivered", delivery, event_id=delivery["batch_id"], wait_s=0.2)
    entry = parked(street, delivery["batch_id"])

    street.call("bakery", "discard_parked", parked_id=entry["parked_id"], by="x", reason="spoilt")

    receipt = eventually(
        lambda: [r for r in street.receipts() if r["event_id"] == delivery["batch_id"]]
    )[0]
    assert receipt["outcome"] == "refused"
    assert receipt["reasons"] == [{"code": "DISCARDED", "sentence": "spoilt"}]


def test_a_failing_message_holds_up_no_other(street):
    failing, good = flour(fails=100), flour()

    street.publish("green", "flour.delivered", failing, wait_s=0)

    assert street.publish("green", "flour.delivered", good)["outcome"] == "accepted"


def test_a_handler_that_takes_too_long_counts_as_failed(street):
    delivery = flour(sleeps_s=60)

    street.publish("green", "flour.delivered", delivery, wait_s=0)

    assert parked(street, delivery["batch_id"])["cause"] == "DeadlineExceeded"
    assert street.tried(delivery["batch_id"]) == 3
