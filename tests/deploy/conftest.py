"""A park that runs, and what watches it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import HOST, Child
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story
from tests.support.watching import Prometheus, RedisExporter

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy/monitoring"
LIVED = [
    "tenglong_refused_total",
    "tenglong_duplicate_total",
    "tenglong_deliveries_total",
    "tenglong_rpc_served_total",
    "tenglong_done_after_seconds_count",
]
INBOXES = '{queue=~".+[.]inbox[.].+"}'


@pytest.fixture(scope="package")
def park(rabbitmq: RabbitMQ, redis_server: RedisServer) -> Iterator[Host]:
    with Host("park", SERVICES, rabbitmq.new_vhost(), redis_server.new_url()) as host:
        yield host


@pytest.fixture(scope="package")
def watched(
    park: Host,
    rabbitmq: RabbitMQ,
    redis_server: RedisServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Prometheus]:
    """A Prometheus that has seen a plot go its way and somebody told of it, a report refused and one
    sent again, a call of each service answered, and heartbeats."""
    exporter = RedisExporter(redis_server.url).start()
    jobs = {
        "tenglong": [f"{HOST}:{park.ports[name]}" for name in SERVICES],
        "rabbitmq": [f"{HOST}:{rabbitmq.ports[4]}"],
        "rabbitmq-node": [f"{HOST}:{rabbitmq.ports[4]}"],
        "redis": [exporter.target],
    }
    like = yaml.safe_load((MONITORING / "prometheus.yml").read_text())
    command = [sys.executable, "-m", "cli", "heartbeat", "--every-s", "5"]
    beats = tmp_path_factory.mktemp("heartbeat") / "output"
    beating = Child(command, park.env, beats, cwd=ROOT)
    server = Prometheus(jobs, MONITORING / "rules.yaml", like).start()
    eventually(lambda: server.query('sum(up{job="tenglong"}) == 4'), timeout=30)
    live_a_little(park)  # it saw what was there before, and so sees what rises
    for name in LIVED:
        eventually(lambda n=name: server.query(f"sum({n}) > 0"), 30)
    legs = "count by (passed_by) (tenglong_heartbeat_age_seconds)"
    eventually(lambda: len(server.query(legs)) == 2, 30)
    eventually(lambda: server.query(f"sum(rabbitmq_detailed_queue_consumers{INBOXES}) >= 4"), 30)
    yield server
    beating.kill()
    server.discard()
    exporter.discard()


def live_a_little(park: Host) -> None:
    story = Story(park)
    park.call("notify", "subscribe", name="desk", channel="log", address="desk", request_id="desk")
    story.tell(story.reports())
    story.alert("release_ready")
    for _ in range(2):
        story.publish("parcel.registered", {}, event_id="refused")
        story.publish(*story.parcel(), event_id="sent again")
    for name in SERVICES:
        park.call(name, "list_parked")
