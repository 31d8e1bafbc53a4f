"""The soak: the four services under a constant load, and whether anything grows that should not.

    python -m tests.chaos.soak --minutes 10

Townships report at about half of what the machine holds. Half of the reports tell of new plots, whose
whole chain they are; the other half bring the same few plots and firms up to date, again and again.
An internal system calls once a second. Every ten seconds a sample is taken of what each process, the
broker and the store hold. Prints the samples and a verdict, and writes tests/chaos/soak.json. Exit
code 1 when a verdict fails.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import kombu
import redis
from nameko.exceptions import RemoteError

from demo import story
from services.installation import classes
from tests.chaos.ledger import servers
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.eventually import eventually
from tests.support.internal import calling
from tests.support.processes import SERVICES, ServiceProcess
from tests.support.township import STRUCTURED

SAMPLED_EVERY_S = 10
KNOWN_PLOTS = 50  # the plots that are brought up to date, with their firms
MOST_MB_PER_MIN = 0.5  # of memory that a service may gain after its warm-up
MOST_MORE = 2  # files of a service, apart from its connections to Redis
MOST_MORE_OF_ALL = len(SERVICES)  # of what is counted over all: each may be about to call
DELIVERED_AT_ONCE = 16  # by notify: its pool grows until each has one or two connections to Redis
MOST_CLIENTS_MORE = 2 * DELIVERED_AT_ONCE
OF_ALL = ("connections", "channels", "queues", "redis_clients")  # counted over all services
REST_S = 120
STATE = {
    "index",
    "history",
    "changes",
    "outbox",
    "announced",
    "parked",
    "line",
    "totals",
}  # kept until done with, see store.py
KEPT_BESIDE = ("relay:token", "timers:token", "birth")
FOR_GOOD = STATE | {
    kept.name
    for service in classes(list(SERVICES))
    for kept in service.store.collections
    if kept.lifetime_days is None
}

CENSUS = """
local page, found = redis.call('SCAN', ARGV[1], 'COUNT', 2000), {}
for _, key in ipairs(page[2]) do
  local place = string.match(key, '^{[%w_]+}:[%w_]+') or key
  if string.find(place, '}:relay') or string.find(place, '}:timers') then place = key end
  local count = found[place] or {0, 0}
  found[place] = {count[1] + 1, count[2] + (redis.call('PTTL', key) == -1 and 1 or 0)}
end
local flat = {page[1]}
for place, count in pairs(found) do
  flat[#flat + 1] = place
  flat[#flat + 1] = count[1]
  flat[#flat + 1] = count[2]
end
return flat
"""


@dataclass
class Sample:
    """What everything held at one moment. `files` are those open in each service, but for its connections
    to Redis, which are counted over all. `stray` are keys with neither an owner nor an end; queues that end
    by themselves, as those for the replies to a caller, are not counted."""

    at_s: float
    sent: int
    rss_mb: dict[str, float]
    files: dict[str, int]
    connections: int
    channels: int
    queues: int
    redis_clients: int
    waiting: int
    keys: dict[str, int]
    stray: dict[str, int]

    def __str__(self) -> str:
        rss = " ".join(f"{self.rss_mb[name]:7.1f}" for name in SERVICES)
        files = " ".join(f"{self.files[name]:4}" for name in SERVICES)
        return (
            f"{self.at_s:6.0f} {self.sent:7} |{rss} |{files} |{self.connections:5} {self.channels:5} "
            f"{self.queues:6} {self.redis_clients:6} |{self.waiting:6} {sum(self.keys.values()):8} "
            f"{sum(self.stray.values()):5}"
        )


HEADER = (
    f"{'s':>6} {'sent':>7} |{'RSS in MB':>31} |{'open files':>19} |{'conn.':>5} {'chan.':>5} "
    f"{'queues':>6} {'redis':>6} |{'waits':>6} {'keys':>8} {'stray':>5}"
)


@dataclass
class Soak:
    """The account, and what is wrong with it."""

    samples: list[Sample] = field(default_factory=list)
    sent: int = 0
    accepted: int = 0
    lost: int = 0
    doubled: int = 0
    calls: int = 0
    calls_failed: int = 0
    mb_per_min: dict[str, float] = field(default_factory=dict)
    gained: dict[str, int] = field(default_factory=dict)
    stray: dict[str, int] = field(default_factory=dict)
    seconds: float = 0

    @property
    def leaked(self) -> dict[str, int]:
        """What is held more at the end than pools explain. A leak grows with every call or event."""
        most = dict.fromkeys(OF_ALL, MOST_MORE_OF_ALL) | {"redis_clients": MOST_CLIENTS_MORE}
        return {what: n for what, n in self.gained.items() if n > most.get(what, MOST_MORE)}

    @property
    def growing(self) -> dict[str, float]:
        """Services whose memory does not stay flat."""
        return {name: mb for name, mb in self.mb_per_min.items() if mb > MOST_MB_PER_MIN}

    @property
    def wrong(self) -> dict[str, Any]:
        """Everything that must not be; but for memory, which needs minutes to be told."""
        found = {
            "lost": self.lost,
            "doubled": self.doubled,
            "calls failed": self.calls_failed,
            "leaked": self.leaked,
            "keys without owner or end": self.stray,
        }
        return {what: how for what, how in found.items() if how}

    def __str__(self) -> str:
        slopes = ", ".join(f"{name} {mb:+.2f}" for name, mb in self.mb_per_min.items())
        gained = ", ".join(f"{what} {more:+}" for what, more in self.gained.items())
        verdict = self.wrong | ({"memory grows": self.growing} if self.growing else {})
        return (
            f"sent {self.sent}, accepted {self.accepted}, lost {self.lost}, doubled {self.doubled}, "
            f"calls {self.calls}, failed {self.calls_failed}\n"
            f"memory in MB/min over the second half (at most {MOST_MB_PER_MIN:+}): {slopes}\n"
            f"held more at the end than after the warm-up: {gained}\n"
            f"verdict: {verdict or 'holds'}"
        )


class Townships(threading.Thread):
    """Reports at a steady pace, each confirmed by the broker."""

    def __init__(self, uri: str, per_s: float, seconds: float) -> None:
        super().__init__(daemon=True)
        self.uri, self.per_s, self.seconds = uri, per_s, seconds
        self.sent: set[str] = set()
        self.told: list[str] = []  # the runs of the stories that were told to their end

    def run(self) -> None:
        reports = itertools.chain(self._known(), self._steady())
        options = {"confirm_publish": True}
        with kombu.Connection(self.uri, transport_options=options) as connection:
            producer, began = connection.Producer(), time.monotonic()
            for number, (type_, data) in enumerate(reports):
                time.sleep(max(0.0, began + number / self.per_s - time.monotonic()))
                if time.monotonic() > began + self.seconds:
                    return
                self._send(producer, type_, data)

    def _send(self, producer: Any, type_: str, data: dict[str, Any]) -> None:
        event = {
            "specversion": "1.0",
            "id": str(uuid.uuid4()),
            "source": f"/townships/{story.TOWNSHIP}",
            "type": type_,
            "time": datetime.now(UTC).isoformat(),
            "data": data,
        }
        producer.publish(
            json.dumps(event),
            exchange="township.events",
            routing_key=f"{story.TOWNSHIP}.{type_}",
            content_type=STRUCTURED,
            content_encoding="utf-8",
            delivery_mode="persistent",
        )
        self.sent.add(event["id"])

    def _known(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The known plots, all but the end of their chain."""
        for number in range(KNOWN_PLOTS):
            yield from story.Plot(f"known-{number}").reports()[:-1]

    def _steady(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """By turns a report of a new plot and one of a known plot."""
        for pair in zip(self._new(), self._again(), strict=False):
            yield from pair

    def _new(self) -> Iterator[tuple[str, dict[str, Any]]]:
        while True:
            run = uuid.uuid4().hex[:10]
            yield from story.Plot(run).reports()
            self.told.append(run)

    def _again(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Survey, firm and progress of each known plot in turn, each time with another figure."""
        for round_ in itertools.count():
            for number in range(KNOWN_PLOTS):
                known = dict(story.Plot(f"known-{number}").reports())
                changed: tuple[tuple[str, dict[str, Any]], ...] = (
                    ("parcel.registered", {"area_m2": str(11_000 + round_ % 700)}),
                    ("enterprise.registered", {"name": f"an example works {round_ % 10}"}),
                    ("remediation.progressed", {"percent": round_ % 100}),
                )
                for type_, more in changed:
                    yield type_, known[type_] | more


class Receipts(threading.Thread):
    """Counts what the townships are told, by event and outcome."""

    def __init__(self, uri: str) -> None:
        super().__init__(daemon=True)
        self.uri = uri
        self.said: Counter[tuple[str, str]] = Counter()
        self.stopping = False
        self.queue = kombu.Queue("receipts-of-all", queue_arguments={"x-queue-type": "classic"})
        with kombu.Connection(uri) as connection:
            queue = self.queue(connection.channel())
            queue.declare()
            queue.bind_to("township.receipts", routing_key="#")

    def run(self) -> None:
        with (
            kombu.Connection(self.uri) as connection,
            connection.Consumer([self.queue], on_message=self._count, no_ack=True),
        ):
            while not self.stopping:
                try:
                    connection.drain_events(timeout=1)
                except TimeoutError:
                    continue

    def _count(self, message: Any) -> None:
        data = json.loads(message.body)["data"]
        self.said[data["event_id"], data["outcome"]] += 1


class Park:
    """Each service in a process of its own, and how to look into it, the broker and the store."""

    def __init__(self, rabbitmq: RabbitMQ, store: RedisServer) -> None:
        self.rabbitmq = rabbitmq
        self.uri, url = rabbitmq.new_vhost(), store.new_url()
        self.services = {name: ServiceProcess([name], self.uri, url) for name in SERVICES}
        self.store = redis.Redis.from_url(url, decode_responses=True)
        self._census = self.store.register_script(CENSUS)

    def wait_ready(self) -> None:
        for process in self.services.values():
            process.wait_ready(60)

    def close(self) -> None:
        for process in self.services.values():
            process.discard()
        self.store.close()
        self.rabbitmq.delete_vhost(self.uri)

    def sample(self, at_s: float, sent: int) -> Sample:
        pids = {name: each.child.process.pid for name, each in self.services.items()}
        for name, process in self.services.items():
            process.metrics(name)  # as a scraper does
        keys, stray = self.keys()
        return Sample(
            at_s=round(at_s, 1),
            sent=sent,
            rss_mb={name: _rss_mb(pid) for name, pid in pids.items()},
            files={name: self.files(pid) for name, pid in pids.items()},
            connections=len(self.rabbitmq.listed("connections", self.uri)),
            channels=len(self.rabbitmq.listed("channels", self.uri)),
            queues=sum(_stays(each) for each in self.rabbitmq.listed("queues", self.uri)),
            redis_clients=self.clients(),
            waiting=self.waiting(),
            keys=keys,
            stray=stray,
        )

    def files(self, pid: int) -> int:
        """How many files are open in a process that are not connections to Redis."""
        redis_port = self.store.connection_pool.connection_kwargs["port"]
        sockets = [
            line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
        ]
        to_redis = {
            f"socket:[{each[9]}]"
            for each in sockets
            if int(each[2].split(":")[1], 16) == redis_port
        }
        held = Path(f"/proc/{pid}/fd").iterdir()
        return sum(os.readlink(each) not in to_redis for each in held)

    def clients(self) -> int:
        """Connections to our database; our own is one of them."""
        ours = str(self.store.connection_pool.connection_kwargs["db"])
        return sum(each["db"] == ours for each in self.store.client_list())

    def keys(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many keys there are by owner and kind, and those of them that nobody will remove."""
        keys: Counter[str] = Counter()
        stray: Counter[str] = Counter()
        cursor = "0"
        while True:
            cursor, *counts = self._census(args=[cursor])
            for place, count, for_good in zip(*[iter(counts)] * 3, strict=True):
                keys[place] += count
                if not may_stay(place):
                    stray[place] += for_good
            if int(cursor) == 0:
                return dict(sorted(keys.items())), {place: n for place, n in stray.items() if n}

    def waiting(self) -> int:
        """Messages in the services' queues, and facts in their outboxes."""
        queues = self.rabbitmq.queues(self.uri)
        waiting = sum(n for name, n in queues.items() if name != "receipts-of-all")
        return waiting + sum(self.store.xlen(f"{{{name}}}:outbox") for name in SERVICES)

    def listed(self, service: str, kind: str, group: str = "") -> int:
        return int(self.store.zcard(f"{{{service}}}:index:{kind}:key{group}"))


def may_stay(place: str) -> bool:
    """Whether keys of this place have an owner who keeps them for good, or removes them himself."""
    service, _, kind = place.partition("}:")
    return service[1:] in SERVICES and (kind in FOR_GOOD or kind in KEPT_BESIDE)


def _stays(queue: dict[str, Any]) -> bool:
    return not (queue["auto_delete"] or queue["exclusive"] or "x-expires" in queue["arguments"])


def _rss_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024, 2)


def run(
    rabbitmq: RabbitMQ,
    store: RedisServer,
    *,
    seconds: float,
    per_s: float = 150,
    every_s: float = SAMPLED_EVERY_S,
) -> Soak:
    """Load the park for so long, let it come to rest, and draw up the account."""
    soak, park, began = Soak(), Park(rabbitmq, store), time.monotonic()
    try:
        park.wait_ready()
        _prepare(park)
        receipts, townships = Receipts(park.uri), Townships(park.uri, per_s, seconds)
        receipts.start()
        townships.start()
        _watch(soak, park, townships, every_s)
        eventually(lambda: sum(receipts.said.values()) >= len(townships.sent), REST_S)
        _come_to_rest(park)
        _account(soak, park, townships, receipts)
        receipts.stopping = True
        receipts.join()
    except AssertionError:
        print(*(each.tail() for each in park.services.values()), sep="\n", file=sys.stderr)
        raise
    finally:
        park.close()
    soak.seconds = round(time.monotonic() - began, 1)
    return soak


def _come_to_rest(park: Park) -> None:
    """Nothing waits, and nothing has come to wait for two seconds: what the broker says is of a moment
    ago, when a fact may have been on its way from an outbox to a queue."""
    still = 0

    def rests() -> bool:
        nonlocal still
        still = 0 if park.waiting() else still + 1
        return still >= 3

    eventually(rests, REST_S, every=1)


def _prepare(park: Park) -> None:
    """Somebody wants to be told everything, and somebody looks for land."""
    with calling(park.uri) as system:
        system.notify.subscribe(**story.subscriptions()[0], request_id="desk")
        system.projects.register_lead(**story.Plot("soak").lead(), request_id="lead")


def _watch(soak: Soak, park: Park, townships: Townships, every_s: float) -> None:
    """Call once a second and take samples, for as long as the townships report."""
    print(HEADER)
    began, published = time.monotonic(), set[str]()
    next_sample = began + every_s
    while townships.is_alive():
        _call(soak, park, townships.told, published)
        if time.monotonic() >= next_sample:
            soak.samples.append(park.sample(time.monotonic() - began, len(townships.sent)))
            print(soak.samples[-1], flush=True)
            next_sample += every_s
        time.sleep(1)


def _call(soak: Soak, park: Park, told: list[str], published: set[str]) -> None:
    """As a desk works: look at a plot and its alerts, and publish its listing if it is drafted."""
    with calling(park.uri) as system:
        try:
            soak.calls += 1
            known = story.Plot("known-0").parcel_id
            if told and told[-1] not in published:
                run = told[-1]
                published.add(run)
                filter_ = {"case_id": story.Plot(run).case_id}
                for listing in system.projects.list_listings(filter=filter_)["items"]:
                    system.projects.publish_listing(
                        listing_id=listing["listing_id"],
                        **story.Plot(run).notice(),
                        request_id=f"notice-{run}",
                    )
            system.notify.list_alerts(order="-raised_at", limit=5)
            if park.listed("parcels", "parcel"):
                system.parcels.list_parcels(order="-updated_at", limit=5)
                system.enterprises.firms_on_parcel(parcel_id=known)
        except RemoteError as problem:
            soak.calls_failed += 1
            print(f"a call failed: {problem}", file=sys.stderr)


def _account(soak: Soak, park: Park, townships: Townships, receipts: Receipts) -> None:
    answered = Counter(event_id for event_id, _ in receipts.said.elements())
    stories, alerts = len(townships.told), park.listed("notify", "alert")
    ends = {
        "drafts": park.listed("projects", "listing"),
        "matches": park.listed("projects", "match"),
        "accepted cases": park.listed("parcels", "case", ":state=accepted"),
        "release alerts": park.listed("notify", "alert", ":kind=release_ready"),
    }
    delivered = park.listed("notify", "delivery", ":state=delivered")
    print(f"stories {stories}: {ends}; alerts {alerts}, of which {delivered} are delivered")
    soak.sent = len(townships.sent)
    soak.accepted = sum(outcome == "accepted" for _, outcome in receipts.said)
    soak.lost = len(townships.sent - answered.keys()) + abs(soak.sent - soak.accepted)
    soak.lost += sum(abs(stories - count) for count in ends.values()) + abs(alerts - delivered)
    soak.doubled = sum(count - 1 for count in answered.values())
    half = soak.samples[len(soak.samples) // 2 :]
    soak.mb_per_min = {name: slope([(s.at_s, s.rss_mb[name]) for s in half]) for name in SERVICES}
    soak.gained = gained(soak.samples)
    soak.stray = park.keys()[1]


def slope(points: list[tuple[float, float]]) -> float:
    """By how much a minute the values grow, by least squares."""
    if len(points) < 2:
        return 0.0
    line = statistics.linear_regression(*zip(*points, strict=True))
    return round(line.slope * 60, 3)


def gained(samples: list[Sample]) -> dict[str, int]:
    """What is held more in the last third of the samples than in the second one. The least of each
    third counts: connections come and go with calls, and what leaks never goes."""
    third = len(samples) // 3
    before, after = samples[third : 2 * third], samples[2 * third :]
    found = {
        what: min(getattr(s, what) for s in after) - min(getattr(s, what) for s in before)
        for what in OF_ALL
    }
    files = {
        f"files of {name}": min(s.files[name] for s in after) - min(s.files[name] for s in before)
        for name in SERVICES
    }
    return found | files


def main() -> None:
    parser = argparse.ArgumentParser(description="Watch what grows under a constant load.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=150, help="events a second")
    given = parser.parse_args()
    with servers() as (rabbitmq, store):
        soak = run(rabbitmq, store, seconds=given.minutes * 60, per_s=given.rate)
    print(soak)
    (Path(__file__).parent / "soak.json").write_text(json.dumps(asdict(soak), indent=1) + "\n")
    sys.exit(1 if soak.wrong or soak.growing else 0)


if __name__ == "__main__":
    main()
