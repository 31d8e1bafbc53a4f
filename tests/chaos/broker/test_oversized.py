"""Events and answers that are long, or lead to something long: they end no process and block nothing.

The broker closes the channel of whoever sends it more than it takes (2 MiB here, as in
docker-compose.yml), so a fact, a receipt or an answer that is longer would come again for ever.
"""

from __future__ import annotations

import json
import re
import signal
import uuid
from pathlib import Path

import kombu
import pytest

from backbone.amqp.publisher import Publisher
from backbone.messages.envelope import LARGEST
from backbone.messages.outgoing import OutgoingMessage
from tests.support.brokers import LARGEST_TAKEN
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually

POD_MIB = 384  # the limit that deploy/k8s gives to each service


@pytest.fixture
def street(amqp_uri, redis_url):
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url, RETRY_FIRST_S="1") as street:
        yield street


def flour(**more):
    return {"batch_id": uuid.uuid4().hex, "kind": "rye", "loaves": 1, **more}


def assert_goes_on(street: Host) -> None:
    assert street.publish("green", "flour.delivered", flour())["outcome"] == "accepted"
    eventually(lambda: street.metric("bakery", "tenglong_outbox_depth") == 0)
    assert street.alive()


def peak_mib(street: Host) -> float:
    """The most memory that the process ever held."""
    status = Path(f"/proc/{street.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def test_an_event_with_ten_thousand_wrong_fields_gets_a_receipt_of_the_first_twenty(street):
    told = street.publish(
        "green", "flour.delivered", flour() | {f"field-{n}": n for n in range(10_000)}
    )
    assert told["outcome"] == "refused"
    assert len(told["reasons"]) == 21
    assert told["reasons"][-1]["sentence"] == "9,980 more things are wrong."
    assert_goes_on(street)


def test_a_name_as_long_as_the_event_is_not_sent_back_whole(street):
    told = street.publish("green", "flour.delivered", flour() | {"x" * 200_000: 1})
    assert len(json.dumps(told)) < 2000
    assert told["reasons"][0]["field"] == f"data.{'x' * 100}…"
    assert_goes_on(street)


@pytest.mark.parametrize("attribute", ["id", "source", "subject", "correlationid"])
def test_an_attribute_as_long_as_the_event_is_refused(street, attribute):
    told = street.publish("green", "flour.delivered", flour(), **{attribute: "x" * 200_000})
    assert told["reasons"][0]["code"] == "BAD_ATTRIBUTE"
    assert told["reasons"][0]["field"] == attribute
    assert "at most" in told["reasons"][0]["sentence"]
    assert len(json.dumps(told)) < 4000
    assert_goes_on(street)


def test_an_event_that_leads_to_a_fact_too_long_is_refused(street):
    """The fact has more attributes than the event, and goes over what an event may have."""
    whole = len(json.dumps(street.event("green", "flour.delivered", flour(kind=""))))
    told = street.publish("green", "flour.delivered", flour(kind="r" * (LARGEST - whole)))
    assert told["outcome"] == "refused"
    assert told["reasons"][0]["code"] == "TOO_LARGE"
    assert "field" not in told["reasons"][0]  # it is not the body that is too long
    assert_goes_on(street)


def test_an_answer_that_the_broker_would_not_take_is_an_error_for_that_caller_alone(street):
    for number in range(12):
        kind = f"{number} {'k' * 200_000}"
        assert street.publish("green", "flour.delivered", flour(kind=kind))["outcome"] == "accepted"
    eventually(lambda: street.metric("shop", "tenglong_handled_total") == 12)
    with pytest.raises(Refusal) as refused:
        street.call("shop", "list_shelves")
    assert refused.value.codes == ["ANSWER_TOO_LARGE"]
    assert len(street.call("shop", "list_shelves", limit=5)["items"]) == 5
    assert_goes_on(street)


@pytest.mark.timeout(500)
def test_a_pod_outlives_a_queue_full_of_the_largest_messages(amqp_uri, redis_url):
    """Those that the broker lets in, and those that a service reads and tries again and parks."""
    nested = "[" + ",".join(["[]"] * ((LARGEST - 2000) // 3)) + "]"
    house = Host("sample", ["bakery"], amqp_uri, redis_url, RETRY_FIRST_S="1", ATTEMPTS="2")
    with house as street:
        with kombu.Connection(amqp_uri) as connection:
            receipts = kombu.Queue("all-receipts", channel=connection.channel())
            receipts.declare()
            receipts.bind_to("farm.receipts", routing_key="#")
            street.process.send_signal(signal.SIGSTOP)  # all of them wait when it wakes
            publisher = Publisher(amqp_uri)
            failing = [flour(fails=9, kind="r" * (LARGEST - 2000)) for _ in range(120)]
            events = [street.event("green", "flour.delivered", each) for each in failing]
            nests = [street.event("green", "flour.delivered", "DATA") for _ in range(250)]
            bodies = [json.dumps(each) for each in events]
            bodies += [json.dumps(each).replace('"DATA"', nested) for each in nests]
            assert max(map(len, bodies)) < LARGEST
            bodies += ["x" * (LARGEST_TAKEN - number) for number in range(100)]
            for body in bodies:
                publisher.publish(
                    [OutgoingMessage("farm.events", "green.flour.delivered", body.encode())]
                )
            publisher.close()
            street.resume()
            said = {}

            def answered() -> bool:
                while message := receipts.get(no_ack=True):
                    receipt = json.loads(message.body)
                    said[receipt["id"]] = receipt["data"]  # after a stall it may come twice
                assert street.alive()
                assert len(said) == 250 + 100, len(said)
                return True

            eventually(answered, 240)
        eventually(lambda: street.metric("bakery", "tenglong_parked_now") == 120, 120)
        assert len(street.call("bakery", "list_parked", limit=1000)) == 120
        print(f"\nthe process held {peak_mib(street):.0f} MiB at the most")
        assert peak_mib(street) < POD_MIB
