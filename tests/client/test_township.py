"""A township reports, and is told what became of it, once, whatever breaks on the way."""

from __future__ import annotations

import json
from contextlib import suppress
from urllib.parse import urlsplit

import eventlet
import kombu
import pytest

from client import DeadlineExceeded, Receipt, Refused, Township, Unavailable
from tests.support.eventually import eventually
from tests.support.torn import Wire

CODE = "330604006"
PLOT = {"parcel_id": f"{CODE}-T1", "area_m2": "11781", "surveyed_on": "2023-07-20"}
USES = {"land_use": "industrial", "planned_use": "industrial", "in_zone": True}


def test_a_receipt_says_whether_the_report_stands_and_why_not(park_uri):
    with Township(park_uri, CODE) as township:
        refused = township.report("parcel.registered", PLOT | {"area_m2": "0"}, event_id="t-1")
        again = township.report("parcel.registered", PLOT | {"area_m2": "0"}, event_id="t-1")
        accepted = township.report("parcel.registered", PLOT | USES, event_id="t-1")
        copy = township.report("parcel.registered", PLOT | USES, event_id="t-1")

    said = [each.outcome for each in (refused, again, accepted, copy)]
    assert said == ["refused", "refused", "accepted", "duplicate"]
    assert [each.accepted for each in (refused, again, accepted, copy)] == [
        False,
        False,
        True,
        True,
    ]
    assert copy.or_raise() is copy
    for no in (refused, again):
        with pytest.raises(Refused, match=r"\(data\.area_m2\)") as problem:
            no.or_raise()
        assert "data.area_m2" in {field for _, field, _ in problem.value.reasons}


def test_a_copy_of_what_an_operator_gave_up_is_refused_with_that_reason():
    first = {
        "outcome": "refused",
        "reasons": [{"code": "DISCARDED", "sentence": "Sent by mistake."}],
    }
    copy = Receipt("t-1", "duplicate", (), None, {"first": first})

    assert not copy.accepted
    with pytest.raises(Refused, match=r"DISCARDED: Sent by mistake\."):
        copy.or_raise()


class Office:
    """Gives out a receipt for each event, and counts them. Use as a context manager."""

    def __init__(self, uri: str, silent: int = 0) -> None:
        self.uri, self.silent, self.heard = uri, silent, []

    def __enter__(self):
        self._connection = kombu.Connection(self.uri)
        channel = self._connection.channel()
        events, receipts = (
            kombu.Exchange(name, type="topic", durable=True, channel=channel)
            for name in ("township.events", "township.receipts")
        )
        receipts.declare()
        queue = kombu.Queue("office", events, "#")
        self._connection.Consumer([queue], channel, on_message=self._hear, no_ack=True).consume()
        self._thread = eventlet.spawn(self._run)
        return self

    def __exit__(self, *_):
        self._thread.kill()
        self._connection.release()

    def _run(self):
        while True:
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=0.2)

    def _hear(self, message):
        event = json.loads(message.body)
        self.heard.append(event["id"])
        if len(self.heard) > self.silent:
            outcome = "duplicate" if event["id"] in self.heard[:-1] else "accepted"
            data = {"event_id": event["id"], "outcome": outcome}
            self._connection.Producer().publish(
                {"data": data}, exchange="township.receipts", routing_key=CODE, serializer="json"
            )


def queues_of_receipts(rabbitmq, uri):
    return [name for name in rabbitmq.queues(uri) if name.startswith("receipts-330604006-")]


def test_a_report_whose_confirm_is_lost_is_sent_again_under_its_id(amqp_uri, rabbitmq):
    port = urlsplit(amqp_uri).port
    wire = Wire(port)
    try:
        over = amqp_uri.replace(f":{port}/", f":{wire.port}/")
        with Office(amqp_uri) as office, Township(over, CODE) as township:
            wire.lose([b"parcel.registered"], answer_only=True)
            receipt = township.report("parcel.registered", PLOT)
    finally:
        wire.close()

    assert receipt.event_id in office.heard
    # the broker deletes its queue when it sees that it is gone
    eventually(lambda: not queues_of_receipts(rabbitmq, amqp_uri))
    assert len(set(office.heard)) == 1
    assert wire.lost == 1


def test_a_receipt_that_does_not_come_is_waited_for_until_the_deadline(broker_uri):
    with (
        Office(broker_uri, silent=99),
        Township(broker_uri, CODE) as township,
        pytest.raises(DeadlineExceeded, match=r"330604006\.parcel\.registered"),
    ):
        township.report("parcel.registered", PLOT, timeout=1)


def test_a_broker_without_a_park_is_unavailable(broker_uri):
    with Township(broker_uri, CODE) as township, pytest.raises(Unavailable):
        township.report("parcel.registered", PLOT, timeout=1)
