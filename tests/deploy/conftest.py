"""A park that runs, and what watches it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from threading import Event as Signal
from typing import Any
from urllib.parse import unquote, urlsplit

import kombu
import pytest
import redis
import yaml

from backbone.messages.envelope import Event, encode
from tests.chaos.houses import HOUSES
from tests.chaos.ledger import Sender
from tests.notify.servers import website
from tests.support.authority import Authority
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import HOST, Child, free_ports
from tests.support.doorway import Host
from tests.support.eventually import eventually, slowed
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
QUIET = "330604001"  # a township that has reported once, before anybody watched
REPORTS_PER_S = 2
BOUND_OF_REDIS = 8 << 30  # far above what it holds, so that it is told and never reached
TO_THIS_MACHINE = {"WEBHOOK_HTTP": "yes", "WEBHOOK_NETWORKS": "127.0.0.0/8"}


@pytest.fixture(scope="package")
def park(
    rabbitmq: RabbitMQ, redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """It speaks TLS to Redis, so that it has certificates to tell of."""
    authority = Authority(tmp_path_factory.mktemp("authority"))
    uri, plain = rabbitmq.new_vhost(), redis_server.new_url()
    with (
        encrypted(redis_server, authority) as port,
        Host("park", SERVICES, uri, over_tls(plain, port, authority), **TO_THIS_MACHINE) as host,
    ):
        yield host


@contextmanager
def encrypted(redis_server: RedisServer, authority: Authority) -> Iterator[int]:
    """Redis speaks TLS at this port, too."""
    certificate, key = authority.certify("redis")
    (port,) = free_ports(1)
    files = {"cert": certificate, "key": key, "ca-cert": authority.ca}
    options = {f"tls-{name}-file": str(file) for name, file in files.items()}
    with redis.Redis.from_url(redis_server.url) as administrator:
        for name, value in (options | {"tls-auth-clients": "no", "tls-port": str(port)}).items():
            administrator.config_set(name, value)
        yield port
        administrator.config_set("tls-port", 0)


def over_tls(url: str, port: int, authority: Authority) -> str:
    return f"rediss://{HOST}:{port}/{url.rpartition('/')[2]}?ssl_ca_certs={authority.ca}"


@pytest.fixture(scope="package")
def watched(
    park: Host,
    rabbitmq: RabbitMQ,
    redis_server: RedisServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Prometheus]:
    """A Prometheus that has seen a plot go its way and somebody told of it, a report refused and one
    sent again, a call of each service answered, and heartbeats; and reports come all the while."""
    exporter = RedisExporter(REDIS_ADDR=redis_server.url).start()
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
    quiet = Story(park, QUIET)
    quiet.publish(*quiet.parcel())
    server = Prometheus(jobs, MONITORING / "rules.yaml", like).start()
    eventually(lambda: server.query('sum(up{job="tenglong"}) == 4'))
    with bounded(redis_server), reported_to(park):
        live_a_little(park)  # it saw what was there before, and so sees what rises
        for name in LIVED:
            eventually(lambda n=name: server.query(f"sum({n}) > 0"))
        legs = "count by (passed_by) (tenglong_heartbeat_age_seconds)"
        eventually(lambda: len(server.query(legs)) == 2)
        consumers = f"sum(rabbitmq_detailed_queue_consumers{INBOXES}) >= 4"
        eventually(lambda: server.query(consumers))
        yield server
    beating.kill()
    server.discard()
    exporter.discard()


@contextmanager
def bounded(redis_server: RedisServer) -> Iterator[None]:
    """Redis may take so much memory, as an installation says it."""
    with redis.Redis.from_url(redis_server.url) as administrator:
        administrator.config_set("maxmemory", BOUND_OF_REDIS)
        yield
        administrator.config_set("maxmemory", 0)


@contextmanager
def reported_to(park: Host) -> Iterator[None]:
    """A township reports, and goes on reporting."""
    over = Signal()
    events = takewhile(lambda _: not over.is_set(), HOUSES["park"].events(1_000_000, 0, 7))
    sender = Sender(park.env["AMQP_URI"], "township", events, 7, REPORTS_PER_S)  # type: ignore[arg-type]  # it goes through them once
    sender.start()
    yield
    over.set()
    sender.join()


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


@pytest.fixture(scope="package")
def asking(watched: Prometheus, park: Host) -> list[str]:
    """The alerts that ask for somebody at each look of a minute, while all is well and reports come."""
    ours = unquote(urlsplit(park.env["AMQP_URI"]).path[1:])  # other tests leave queues elsewhere
    rules = [
        rule
        for group in yaml.safe_load((MONITORING / "rules.yaml").read_text())["groups"]
        for rule in group["rules"]
        if "alert" in rule
    ]

    asks = {rule["alert"] for rule in rules}
    slowest = 1.0

    def asks_for_somebody(alert: str, series: dict[str, Any]) -> bool:
        """Of a loop that stalls for longer than a second what the machine does to all is taken off."""
        is_slowed = alert == "LoopStalls" and float(series["value"][1]) <= slowest
        return series["metric"].get("vhost", ours) == ours and not is_slowed

    def are_quiet() -> bool:
        nonlocal slowest
        slowest = max(slowest, slowed())
        for rule in rules:
            name, found = rule["alert"], watched.query(rule["expr"])
            if name in asks and not any(asks_for_somebody(name, each) for each in found):
                asks.remove(name)
        return not asks

    with suppress(AssertionError):
        eventually(are_quiet, 60, every=1)
    return sorted(asks)


@pytest.fixture(scope="package")
def troubled(watched: Prometheus, asking: list[str], park: Host) -> Prometheus:
    """The same a while later: a fact that could not be read was parked, what was sent to somebody was
    refused, so that an alert fires, and several changed one thing at a time."""
    park.call("notify", "discard_parked", parked_id=parked(park), by="a test", reason="no fact")
    with website((410, {})) as gone:
        target = {"channel": "webhook", "address": gone.url, "secret": "s" * 24}
        kinds = ["release_ready"]
        park.call("notify", "subscribe", name="gone", request_id="gone", kinds=kinds, **target)
        story = Story(park)
        story.tell(story.reports())
        eventually(lambda: park.metric("notify", "tenglong_deliveries_total", state="failed"))
    eventually(lambda: clashes(park))
    eventually(lambda: watched.query('ALERTS{alertname="DeliveriesFail",alertstate="firing"}'))
    for name in ("clashes", "parked"):
        eventually(lambda n=name: watched.query(f"sum(tenglong_{n}_total) > 0"))
    return watched


def parked(park: Host) -> str:
    """What projects announces as no heartbeat could be, which notify parks. Answers its id there."""
    before = {each["parked_id"] for each in park.call("notify", "list_parked")}
    fact = Event(id=str(datetime.now(UTC)), source="/services/projects", type=BEAT, data={})
    with kombu.Connection(park.env["AMQP_URI"]) as connection:
        connection.Producer().publish(
            encode(fact),
            exchange="projects.events",
            routing_key="heartbeat_heard",
            content_type="application/json",
            content_encoding="utf-8",
        )

    def new() -> list[str]:
        now = park.call("notify", "list_parked")
        return [each["parked_id"] for each in now if each["parked_id"] not in before]

    return eventually(new, 60)[0]


BEAT = "projects.heartbeat_heard"


def clashes(park: Host) -> float:
    """Have several change one thing at a time. Answers how often one of them had to begin anew."""

    def subscribe(number: int) -> None:
        same = {"subscription_id": "shared", "channel": "log", "address": "shared"}
        request = f"{datetime.now(UTC)} {number}"
        park.call("notify", "subscribe", name=f"desk {number}", request_id=request, **same)

    with ThreadPoolExecutor(10) as desks:
        list(desks.map(subscribe, range(10)))
    return park.metric("notify", "tenglong_clashes_total")
