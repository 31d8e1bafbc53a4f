"""Somebody else's programs against the park: a client in C, stock nameko, every form of an event."""

from __future__ import annotations

import json
import subprocess
import uuid

import kombu
import pytest

from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.internal import Listener, calling
from tests.support.park import SERVICES, TOWNSHIP, Story
from tests.support.township import Township

CALLS = kombu.Exchange("nameko-rpc", type="topic", durable=True)
NO_LIST = {"nameko.call_id_stack": "no list"}
FORMS = ["structured", "binary ce-", "binary cloudEvents_", "binary cloudEvents:"]


@pytest.fixture(scope="module")
def uri(rabbitmq):
    rabbitmq.ensure_up()
    return rabbitmq.new_vhost()


@pytest.fixture(scope="module")
def real_park(uri, redis_server):
    redis_server.ensure_up()
    with Host("park", SERVICES, uri, redis_server.new_url()) as host:
        yield host


def amqp(program: str, uri: str, *arguments: str, **more) -> subprocess.CompletedProcess[str]:
    """One of Debian's amqp-tools."""
    return subprocess.run(
        [program, "-u", uri, *arguments],
        text=True,
        check=True,
        timeout=120,
        capture_output=True,
        **more,
    )


def test_a_township_with_debians_amqp_tools_publishes_and_reads_its_receipt(real_park, uri):
    story = Story(real_park)
    type_, data = story.parcel()
    event = real_park.event(TOWNSHIP, type_, data, event_id=story.run)
    queue = f"receipts-{story.run}"
    amqp("amqp-declare-queue", uri, "-d", "-q", queue)
    with kombu.Connection(uri) as connection:  # amqp-tools cannot bind a queue that is there
        kombu.Queue(queue, channel=connection.channel()).bind_to("township.receipts", TOWNSHIP)
    amqp(
        "amqp-publish", uri, "-e", "township.events", "-r", f"{TOWNSHIP}.{type_}", "-p",
        "-C", "application/json", "-b", json.dumps(event),
    )  # fmt: skip
    receipt = json.loads(amqp("amqp-consume", uri, "-q", queue, "-c", "1", "cat").stdout)

    assert receipt["data"]["outcome"] == "accepted"
    assert receipt["data"]["event_id"] == story.run


@pytest.mark.parametrize("form", FORMS)
def test_an_event_is_read_in_every_form_of_cloudevents(real_park, uri, form):
    story = Story(real_park)
    with Township(uri, TOWNSHIP) as township:
        event_id = township.publish(*story.parcel(), mode=form)

        assert township.receipt(event_id)["outcome"] == "accepted"
    assert real_park.call("parcels", "get_parcel", parcel_id=story.parcel_id)["area_m2"] == "11781"


def test_a_stock_nameko_client_reads_writes_and_gets_typed_errors(real_park, uri):
    story = Story(real_park)
    story.tell(story.reports())
    story.listing("draft")

    with calling(uri) as park:
        case = park.parcels.get_case(case_id=story.case_id)
        listed = park.parcels.list_parcels(filter={"township": TOWNSHIP}, order="-area_m2", limit=2)
        with pytest.raises(Exception, match="NOT_FOUND") as refusal:
            park.parcels.get_parcel(parcel_id="330604006-none")

    assert case["state"] == "accepted"
    assert listed["items"]
    assert refusal.value.exc_type == "NotFound"


def test_a_stock_nameko_service_hears_our_facts(real_park, uri):
    with Listener(uri, "projects", "listing_published") as stranger:
        story = Story(real_park)
        story.tell(story.reports())
        story.listing("draft")
        story.publish_listing()

        heard = stranger.heard(1)[0]

    assert heard["type"] == "projects.listing_published"
    assert heard["data"]["case_id"] == story.case_id


DIGITS = "11781.000000000000001"


@pytest.mark.parametrize("area", [DIGITS, f'"{DIGITS}"'], ids=["a number", "a text"])
def test_an_area_is_judged_by_its_digits_in_an_event_and_in_a_call(real_park, uri, area):
    story = Story(real_park)
    type_, data = story.parcel(area_m2="AREA")
    event = json.dumps(real_park.event(TOWNSHIP, type_, data, event_id=story.run))
    lead = {
        "name": "n",
        "source": "fund_led",
        "request_id": story.run,
        "wish": {"min_area_m2": "AREA"},
    }
    call = json.dumps({"args": [], "kwargs": lead}).replace('"AREA"', area)
    with Township(uri, TOWNSHIP) as township:
        township.publish_raw(f"{TOWNSHIP}.{type_}", event.replace('"AREA"', area))
        (reason,) = township.receipt(story.run)["reasons"]
    assert reason["sentence"] == "Give at most 6 decimal places."
    assert "at most 6 decimal places" in answer_to(uri, "projects.register_lead", call)["value"]


def test_a_call_that_says_an_argument_twice_is_refused(real_park, uri):
    said = answer_to(
        uri, "parcels.list_parcels", '{"args": [], "kwargs": {"limit": 1, "limit": 2}}'
    )

    assert said["exc_type"] == "MalformedRequest"
    assert "limit" in said["value"]


def answer_to(uri, method, body):
    """The error that these very bytes of a call are answered with."""
    queue = uuid.uuid4().hex
    with kombu.Connection(uri) as connection:
        answers = kombu.Queue(queue, CALLS, queue, auto_delete=True, channel=connection.channel())
        answers.declare()
        connection.Producer(exchange=CALLS).publish(
            body.encode(), routing_key=method, reply_to=queue, content_type="application/json",
            content_encoding="utf-8",
        )  # fmt: skip
        return json.loads(eventually(lambda: answers.get(no_ack=True)).body)["error"]


def test_no_bytes_end_a_process(real_park, uri):
    with Township(uri, TOWNSHIP) as township:
        for body in (b"", b"\xff\xfe", b"[]", b"null", b'"x"', b"{}", b'{"specversion": 1}'):
            for kind in ("application/json", "application/cloudevents+json", "text/plain", "x/y"):
                township.publish_raw(f"{TOWNSHIP}.parcel.registered", body, content_type=kind)
        outcomes = {receipt["data"]["outcome"] for receipt in township.receipts(28)}

    assert outcomes <= {"refused", "duplicate"}
    assert real_park.alive()
    assert real_park.readyz("parcels")["waits_for"] == {}


@pytest.mark.parametrize(
    ("properties", "body"),
    [
        ({}, b'{"args": [], "kwargs": {}}'),
        ({"reply_to": "nobody"}, b"no json"),
        ({"reply_to": "nobody"}, b'{"args": []}'),
        ({"reply_to": "nobody", "headers": NO_LIST}, b'{"args": [], "kwargs": {}}'),
        ({"headers": NO_LIST}, b"[]"),
    ],
)  # fmt: skip
def test_no_call_ends_a_process(real_park, uri, properties, body):
    with kombu.Connection(uri) as connection:
        connection.Producer().publish(
            body,
            exchange="nameko-rpc",
            routing_key="parcels.list_parcels",
            content_type="application/json",
            content_encoding="utf-8",
            **properties,
        )

    with calling(uri) as park:
        assert park.parcels.list_parcels(limit=1)
    assert real_park.alive()
