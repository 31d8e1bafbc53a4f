"""What publishers are told of their events, and what is counted."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from dataclasses import replace

import pytest
from prometheus_client import REGISTRY, generate_latest

from backbone.inbox.batches import take
from backbone.inbox.inbox import Inbox
from backbone.parking.lot import ParkingLot
from backbone.settings import Settings
from backbone.store.unit_of_work import UnitOfWork

from .mill import (
    FARM,
    Mill,
    binary,
    come_back,
    inbox_of,
    message,
    outbox,
    outcomes,
    raw,
    retries,
    sacks,
)


def counted(name, **labels):
    return REGISTRY.get_sample_value(f"tenglong_{name}_total", {"service": "mill", **labels}) or 0


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (raw(b"\xff\xfe"), "NOT_JSON"),
        (raw(b"[]"), "NOT_A_CLOUDEVENT"),
        (raw(b"{}"), "MISSING_ATTRIBUTE"),
        (raw(b"<x/>", content_type="text/xml"), "UNSUPPORTED_CONTENT_TYPE"),
        (raw(message().body, key="moon.sack.sent"), "UNKNOWN_PUBLISHER"),
        (raw(message().body, key="green.sugar.sent"), "WRONG_TYPE"),
        (raw(message().body, key=""), "UNKNOWN_PUBLISHER"),
        (message("many"), "INVALID"),
        (binary(ce_time="0001-01-01T00:00:00+08:00"), "BAD_TIME"),
        (binary(ce_source="/farms/hill"), "WRONG_SOURCE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_refused_with_its_reason_beside_one_that_can(
    inbox, repository, bad, code
):
    take(inbox, [message(1), bad, message(2)])

    assert sacks(repository) == (1, 2)
    said = [json.loads(posting.body)["data"] for posting in outbox(repository)]
    assert [receipt["outcome"] for receipt in said] == ["accepted", "refused", "accepted"]
    assert said[1]["reasons"][0]["code"] == code
    assert said[1]["body_sha256"] == hashlib.sha256(bad.body).hexdigest()


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (raw(b'{"id": "e", "source": "/farms/green", "type": "sack.sent"}'), ("e", "/farms/green")),
        (raw(b'{"id": 7, "source": "/farms/green"}'), (None, "/farms/green")),
        (binary(ce_specversion="9"), ("binary", "/farms/green")),
        (raw(b"\xff"), (None, None)),
    ],
    ids=["a version is missing", "the id is no text", "of another version", "no JSON"],
)
def test_the_receipt_names_a_broken_event_as_far_as_it_can_be_read(inbox, repository, bad, told):
    take(inbox, [bad])

    receipt = json.loads(outbox(repository)[0].body)["data"]
    assert (receipt["event_id"], receipt["event_source"]) == told


def test_an_event_whose_queue_is_missing_is_sent_on_to_it_and_not_refused(repository):
    declared = []
    strays = Inbox(
        "mill.strays.v1", Settings(), {}, [FARM], lambda: UnitOfWork(repository), Mill,
        ParkingLot(repository, Settings()), types={"farm": ["sack.sent"]}, declare=lambda: declared.append(1),
    )  # fmt: skip
    event, unknown = message(1), raw(message(2).body, key="green.sugar.sent")

    take(strays, [event, unknown])
    take(strays, [event])  # it is none that was done before

    assert declared == [1, 1]
    first, refusal, second = outbox(repository)
    assert (first.exchange, first.routing_key, first.body) == (
        "farm.events", "green.sack.sent", event.body
    )  # fmt: skip
    assert second == first
    assert json.loads(refusal.body)["data"]["outcome"] == "refused"


def test_an_event_that_came_beside_the_one_for_who_hears_it_is_parked_and_holds_up_nothing(
    repository,
):
    """By a binding of old, or as its publisher had it copied. Who does not keep the feed may not send it on,
    and would wait for that without end."""
    inbox = Inbox(
        "mill.inbox.v1", Settings(), {}, [replace(FARM, keeper="bakery")],
        lambda: UnitOfWork(repository), Mill, ParkingLot(repository, Settings()),
        types={"farm": ["sack.sent"]},
    )  # fmt: skip
    take(inbox, [message(1), message(2)])  # of one silo

    assert outbox(repository) == []
    said = [inbox.lot.show(each["parked_id"])["sentence"] for each in inbox.lot.entries()]
    assert len(said) == 2
    assert all("has no handler for sack.sent" in each for each in said)


def test_a_type_that_nobody_hears_is_answered_with_those_that_are_heard(repository):
    strays = Inbox(
        "mill.strays.v1", Settings(), {}, [FARM], lambda: UnitOfWork(repository), Mill,
        ParkingLot(repository, Settings()), types={"farm": ["flour.sent", "sack.sent"]},
    )  # fmt: skip
    body = message(1).body.replace(b"sack.sent", b"sugar.sent")

    take(strays, [raw(body, key="green.sugar.sent")])

    (reason,) = json.loads(outbox(repository)[0].body)["data"]["reasons"]
    assert (reason["code"], reason["field"]) == ("UNKNOWN_TYPE", "type")
    assert "there are flour.sent, sack.sent." in reason["sentence"]
    assert reason["sentence"].endswith("Did you mean sack.sent or flour.sent?")


def test_a_refused_event_that_is_corrected_may_keep_its_id(inbox, repository):
    take(inbox, [message("many", event_id="e")])
    take(inbox, [message("many", event_id="e"), message(3, event_id="e")])

    assert outcomes(repository) == [("e", "refused"), ("e", "duplicate"), ("e", "accepted")]
    assert sacks(repository) == (3,)


def test_another_body_under_an_accepted_id_is_told_that_the_first_stands(inbox, repository):
    take(inbox, [message(1, event_id="e")])
    take(inbox, [message(1, event_id="e")])
    take(inbox, [message(2, event_id="e")])

    _, same, other = (json.loads(posting.body)["data"] for posting in outbox(repository))
    assert (same["outcome"], other["outcome"]) == ("duplicate", "duplicate")
    assert "note" not in same
    assert "Another body was accepted under this id" in other["note"]
    assert sacks(repository) == (1,)


def test_an_event_of_a_day_on_which_its_publisher_was_not_known_is_told_of_its_time(repository):
    since_2024 = replace(FARM, knows=lambda code, day: code == "green" and day.year >= 2024)
    inbox = inbox_of(repository, feed=since_2024)

    take(inbox, [message(1)])

    (reason,) = json.loads(outbox(repository)[0].body)["data"]["reasons"]
    assert (reason["code"], reason["field"]) == ("UNKNOWN_PUBLISHER", "time")
    assert "was not on 2023-08-01" in reason["sentence"]


def test_a_routing_key_without_a_type_is_one_mistake_and_not_four(inbox, repository):
    take(inbox, [raw(message().body, key="green")])

    (reason,) = json.loads(outbox(repository)[0].body)["data"]["reasons"]
    assert (reason["code"], reason["field"]) == ("UNKNOWN_PUBLISHER", "routing_key")


def test_a_receipt_is_routed_by_the_code_of_the_publisher_and_need_not_be_heard(inbox, repository):
    take(inbox, [message(1)])

    (receipt,) = outbox(repository)
    assert (receipt.exchange, receipt.routing_key) == ("farm.receipts", "green")
    assert receipt.mandatory is False
    data = json.loads(receipt.body)["data"]
    assert (data["event_source"], data["event_type"]) == ("/farms/green", "sack.sent")
    assert data["received_by"] == "mill"


def test_a_retry_that_fails_again_is_parked_with_its_tries_counted(inbox, repository):
    take(inbox, [message(-1)])
    take(inbox, [come_back(retries(repository)[0])])

    entry = inbox.lot.entries()[0]
    assert (entry["attempts"], entry["routing_key"]) == (2, "green.sack.sent")
    assert inbox.lot.get(entry["parked_id"]).bytes == message(-1).body
    assert len(retries(repository)) == 1


def test_a_fact_of_a_service_is_answered_by_no_receipt_and_parked_when_it_breaks_the_contract(
    repository,
):
    inbox = inbox_of(repository, source="bakery", kind="sack_sent")
    for number in (1, "many"):
        fact = message(number)
        fact.delivery_info |= {"exchange": "bakery.events", "routing_key": "sack_sent"}
        take(inbox, [fact])

    assert sacks(repository) == (1,)
    assert outbox(repository) == []
    assert [entry["cause"] for entry in inbox.lot.entries()] == ["INVALID"]


def test_what_nobody_knows_is_counted_as_unknown(inbox):
    before = counted("refused", publisher="unknown", type="unknown", code="UNKNOWN_PUBLISHER")
    strange = f"x{uuid.uuid4().hex}"

    take(inbox, [raw(message().body, key=f"{strange}.{strange}")])

    after = counted("refused", publisher="unknown", type="unknown", code="UNKNOWN_PUBLISHER")
    assert after == before + 1
    assert strange.encode() not in generate_latest(REGISTRY)


def test_facts_that_no_service_announces_are_counted_under_one_label(repository):
    """Who hears whatever a service announces would keep a series for each name that is made up."""
    hears_all = inbox_of(repository, source="barn", kind="#", types={"barn": ["sack_sent"]})
    before, known = counted("handled", type="other"), counted("handled", type="sack_sent")
    strange = [f"x{uuid.uuid4().hex}" for _ in range(3)]

    for number, name in enumerate([*strange, "sack_sent"], 1):
        fact = message(number)
        fact.delivery_info |= {"exchange": "barn.events", "routing_key": name}
        take(hears_all, [fact])

    assert counted("handled", type="other") == before + 3
    assert counted("handled", type="sack_sent") == known + 1
    assert not any(name.encode() in generate_latest(REGISTRY) for name in strange)


def test_an_exchange_that_a_sender_makes_up_is_no_label(inbox):
    strange = f"x{uuid.uuid4().hex}"
    made_up = message(x_exchange=f"{strange}.events", x_routing_key=strange)

    take(inbox, [made_up, made_up])

    assert strange.encode() not in generate_latest(REGISTRY)


def test_each_outcome_is_counted(inbox):
    labels = {"publisher": "green", "type": "sack.sent"}
    names = ("received", "accepted", "duplicate")
    before = [counted(name, **labels) for name in names]

    take(inbox, [message(1), message(1), message(-1), message("many")])

    changed = [counted(name, **labels) - was for name, was in zip(names, before, strict=True)]
    assert changed == [3, 1, 1]  # the one that is tried again is counted when it is dealt with
    assert counted("retried", type="sack.sent") > 0


def test_an_event_that_is_too_long_is_refused_unread(inbox, repository):
    long = message(1)
    long.body = long.body.replace(b"sack-1", b"x" * 1_048_576)

    take(inbox, [long, message(2)])

    assert sacks(repository) == (2,)
    refused = json.loads(outbox(repository)[0].body)["data"]
    assert refused["reasons"][0]["code"] == "TOO_LARGE"


@pytest.mark.parametrize("levels", [40, 300, 60_000], ids="{} levels".format)
@pytest.mark.parametrize("where", ["body", "data_base64"])
def test_an_event_that_is_nested_too_deep_is_refused_and_holds_up_nobody(
    inbox, repository, levels, where
):
    deep, nested = message(1), b"[" * levels + b"]" * levels
    data = b"%b" % nested if where == "body" else b'"%b"' % base64.b64encode(nested)
    named = b"data" if where == "body" else where.encode()
    deep.body = re.sub(rb'"data": {.*?}', b'"%b": %b' % (named, data), deep.body)

    take(inbox, [deep, message(2)])

    assert sacks(repository) == (2,)
    refused = json.loads(outbox(repository)[0].body)["data"]
    assert [(each["code"], each["field"]) for each in refused["reasons"]] == [("TOO_DEEP", where)]
    assert "more than 32 deep" in refused["reasons"][0]["sentence"]


def test_the_receipt_of_an_event_that_is_nested_too_deep_says_which_it_was(inbox, repository):
    deep = message(1)
    deep.body = deep.body.replace(b'"s"', b"[" * 100 + b"]" * 100)

    take(inbox, [deep])

    refused = json.loads(outbox(repository)[0].body)["data"]
    assert (refused["event_id"], refused["outcome"]) == ("sack-1", "refused")
