"""The strangers that we rehearse with say and hear what a real stranger would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import kombu
import pytest

from .eventually import eventually
from .internal import Listener
from .township import RECEIPTS, Township


@pytest.fixture
def post_office(amqp_uri: str) -> Any:
    """Takes what townships publish, and nothing else."""
    with kombu.Connection(amqp_uri) as connection:
        exchange = kombu.Exchange("township.events", type="topic", durable=True)
        queue = kombu.Queue("letters", exchange, "#", channel=connection.default_channel)
        queue.declare()
        yield queue


def test_a_township_says_the_same_in_every_form_of_a_cloud_event(
    post_office: kombu.Queue, amqp_uri: str
) -> None:
    with Township(amqp_uri) as township:
        township.publish("parcel.registered", {"area_m2": "1"}, id="one")
        for prefix in ("ce-", "cloudEvents_", "cloudEvents:"):
            township.publish(
                "parcel.registered", {"area_m2": "1"}, id="one", mode=f"binary {prefix}"
            )
    structured, *binary = (post_office.get(no_ack=True) for _ in range(4))
    event = json.loads(structured.body)
    assert structured.content_type == "application/cloudevents+json"
    assert (event["id"], event["source"], event["data"]) == (
        "one", "/townships/330604006", {"area_m2": "1"},
    )  # fmt: skip
    for message, prefix in zip(binary, ("ce-", "cloudEvents_", "cloudEvents:"), strict=True):
        assert message.headers[f"{prefix}type"] == "parcel.registered"
        assert json.loads(message.body) == {"area_m2": "1"}


def test_a_township_keeps_the_receipts_of_its_own_code(amqp_uri: str) -> None:
    with Township(amqp_uri, "330604001") as township, kombu.Connection(amqp_uri) as connection:
        for code in ("330604006", "330604001"):
            connection.Producer().publish(
                {"data": {"event_id": f"of {code}"}}, exchange=RECEIPTS, routing_key=code
            )
        assert township.receipt("of 330604001") == {"event_id": "of 330604001"}
        assert len(township.receipts()) == 1


def test_a_stock_nameko_service_hears_what_is_sent_to_a_services_exchange(amqp_uri: str) -> None:
    with Listener(amqp_uri, "projects", "listing_published") as listener:
        with kombu.Connection(amqp_uri) as connection:
            exchange = kombu.Exchange("projects.events", type="topic", durable=True)
            for fact in ("listing_drafted", "listing_published"):
                connection.Producer().publish(
                    {"fact": fact}, exchange=exchange, routing_key=fact, declare=[exchange]
                )
        assert listener.heard() == [{"fact": "listing_published"}]


def test_what_a_killed_test_run_had_started_is_gone(tmp_path: Path) -> None:
    run = (
        "import os\n"
        "from tests.support.brokers import RedisServer\n"
        "print(RedisServer().start().children[0].process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", run], env=env, capture_output=True, text=True)
    eventually(lambda: not _runs(int(said.stdout)))


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().split()[2] != "Z"
    except FileNotFoundError:
        return False
