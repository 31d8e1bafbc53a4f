"""How a nameko service stands on the backbone: `Store`, `hears`, `every`, and the house that runs them.

class ParcelsService:
    name = "parcels"
    store = Store(Kept(Parcel, key="parcel_id"), emits=facts.EMITTED)

    @hears("township", "parcel.registered", schemas.ParcelRegistered)
    def register_parcel(self, event): ...
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import eventlet
import marshmallow
import msgspec
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension
from redis.exceptions import RedisError

from . import health as probes
from . import metrics, topology
from .atomic import Batch
from .birth import Birth
from .durability import StoreWatch
from .errors import Overtime, Reason, Refused
from .inbox import LOOK_AT_ONCE, Inbox
from .letters import Handler, Letter
from .logs import log
from .parking import Lot, Parked, plain
from .relay import Relay
from .settings import DAY_S, Settings
from .store import Kept, Shelf, connect, reaching_redis, snake
from .timers import Timers
from .topology import INBOX, RPC_EXCHANGE, Feed, Hearing, queue_name
from .wire import CONNECTION_ERRORS, Consumer, connection, pauses
from .work import Work

Method = TypeVar("Method", bound=Callable[..., Any])
LANE_CONSUMERS = 4
# taken from the queue together, so that one is decided while another is written
GROUPS_AT_ONCE = 4
LEAVE_WITHIN_S = 3  # to publish the last facts and give the lease back, however the rest went


@dataclass(frozen=True)
class Installation:
    """What every service of a process is given: settings, the feeds, and who hears what."""

    settings: Settings = field(default_factory=Settings)
    feeds: tuple[Feed, ...] = ()
    services: tuple[str, ...] = ()
    heard: tuple[Hearing, ...] = ()
    health: probes.Health | None = None

    def declare(self) -> list[str]:
        """Declare every exchange and queue of the installation."""
        late = TimeoutError("the broker does not finish the declarations")
        with connection(self.settings.amqp_uri) as opened, eventlet.Timeout(60, late):
            return topology.declare(opened, self.services, self.feeds, self.heard)

    def types(self, feed: Feed) -> list[str]:
        """The types that services hear of a feed."""
        return sorted({each.type for each in self.heard if each.source == feed.name})

    def listened_to(self, service: str, facts: Iterable[type]) -> frozenset[str]:
        """The facts of a service that some service hears. Nobody has to hear the others."""
        types = {each.type for each in self.heard if each.source == service}
        names = (snake(fact.__name__) for fact in facts)
        return frozenset(name for name in names if name in types or "#" in types)


def hearings(service_cls: Any) -> list[Hearing]:
    """What a service class hears, read from the class."""
    return [
        Hearing(service_cls.name, entrypoint.source, entrypoint.type, entrypoint.lane)
        for _, method in inspect.getmembers(service_cls, inspect.isfunction)
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if isinstance(entrypoint, Hears)
    ]


class Store(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """The things that a service keeps and the facts that it emits.

    In a method `self.store` is a `Work`: what is read and saved through it is committed in one step
    after the method has returned, with what it announces. After a version clash the whole method
    runs again, so a method must have no other effect.
    """

    def __init__(self, *kept: Kept, emits: Iterable[type] = ()) -> None:
        self.kept = kept
        self.emits = tuple(emits)

    def setup(self) -> None:
        installation: Installation = self.container.config["installation"]
        settings = installation.settings
        self.heard = installation.listened_to(self.container.service_name, self.emits)
        self.lifetime_s = settings.inbox_days * DAY_S
        self.longest_s = settings.handler_deadline_s
        name = self.container.service_name
        self.birth = Birth(name, settings.amqp_uri)
        # before any call is taken; if a server is away the watch does it when it is back
        with suppress(RedisError, *CONNECTION_ERRORS):
            self.birth.confirm(connect(settings.redis_url, answer_within_s=2))
        self.shelf = Shelf(name, connect(settings.redis_url, greet=self.birth.guard), self.kept)

    def work(self) -> Work:
        return Work(self.shelf, emits=self.emits, heard=self.heard, lifetime_s=self.lifetime_s)

    def get_dependency(self, worker_ctx: Any) -> Work:
        work = self.work()
        work.seconds_left = min(self.longest_s, worker_ctx.data.get("seconds_left", self.longest_s))
        return work


def store_of(container: Any) -> Store:
    return next(each for each in container.dependencies if isinstance(each, Store))


class House(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Runs what a service needs besides its methods: a consumer per lane, the relay, the watchers."""

    def __init__(self) -> None:
        self.hears: list[Hears] = []
        self.every_s: dict[str, int] = {}  # the timers, by the names of their methods
        self.consumers: list[Consumer] = []
        self.inboxes: dict[str, Inbox] = {}
        self._threads: list[Any] = []
        self._stop_by = 0.0

    def setup(self) -> None:
        self.installation: Installation = self.container.config["installation"]
        self.settings = self.installation.settings
        self.service = self.container.service_name
        self.health = self.installation.health or probes.Health(self.service)

    # --- life

    def start(self) -> None:
        self.store = store_of(self.container)
        self.lot = Lot(self.store.shelf, self.settings, self.check)
        self._prober = connect(self.settings.redis_url, answer_within_s=2)
        self.store_watch = StoreWatch(
            self.store.birth, self._prober, self.settings.redis_url, self.health
        )
        with suppress(RedisError, OSError):  # it is away: the watch will see it come
            self.store_watch.look()
        self.relay = Relay(
            self.store.shelf,
            self.settings,
            self.health.reporter("relay"),
            self.installation.declare,
            self._lane_of,
        )
        self.relay.start(self._spawn)
        for lane, handlers in self._lanes().items():
            inbox = self._inbox(lane, handlers)
            at_once = max(self.settings.batch, LOOK_AT_ONCE) * GROUPS_AT_ONCE
            for number in range(1 if lane == INBOX else LANE_CONSUMERS):
                some = at_once if lane == INBOX else 1
                self._consume(inbox.queue, inbox.take, f"{lane} {number}", some)
        self._consume(queue_name(self.service, "dead"), self._park_dead, "dead")
        self.timers = Timers(
            self.store.shelf,
            self.settings,
            self.every_s,
            self.store.work,
            self._instance,
            self.health.reporter("timers"),
        )
        if self.every_s:
            self._ticking = self._spawn(self.timers.run)
        self._spawn(lambda: probes.watch(self._ask_redis, self.health.reporter("redis")))
        self._spawn(lambda: probes.watch(self._count_parked, lambda _: None, every_s=10))

    def take_nothing_new(self) -> None:
        """Events that arrive from now on are somebody else's."""
        self.health.reporter("stop")("stopping")
        self._stop_by = self._stop_by or time.monotonic() + self.settings.drain_s
        for consumer in self.consumers:
            consumer.stopping = True

    def stop(self) -> None:
        """Drain within the bound: take nothing new, finish and acknowledge, publish, close."""
        self.take_nothing_new()
        if self.every_s:
            self._ticking.kill()
        left_s = max(0.1, self._stop_by - time.monotonic())
        with suppress(Overtime), eventlet.Timeout(left_s, Overtime()):
            for consumer in self.consumers:
                consumer.stop()
        with suppress(Overtime), eventlet.Timeout(LEAVE_WITHIN_S, Overtime()):
            self.relay.stop()
            self.timers.leave()
        for thread in self._threads:
            thread.kill()

    def _spawn(self, work: Callable[[], None]) -> Any:
        thread = eventlet.spawn(work)
        self._threads.append(thread)
        return thread

    def _consume(self, queue: str, take: Callable[..., None], part: str, at_once: int = 1) -> None:
        consumer = Consumer(
            self.settings.amqp_uri,
            queue,
            take,
            batch=at_once,
            heartbeat_s=self.settings.heartbeat_s,
            on_state=self.health.reporter(part),
            declare=self.installation.declare,
            probe=self._try_redis,
        )
        self.consumers.append(consumer)
        consumer.start(self._spawn)

    # --- lanes

    def _lanes(self) -> dict[str, list[Hears]]:
        lanes: dict[str, list[Hears]] = {}
        for provider in self.hears:
            lanes.setdefault(provider.lane, []).append(provider)
        if any(feed.keeper == self.service for feed in self.installation.feeds):
            lanes.setdefault("strays", [])
        return lanes

    def _inbox(self, lane: str, hears: list[Hears]) -> Inbox:
        queue = queue_name(self.service, lane)
        self.inboxes[queue] = Inbox(
            queue,
            self.settings,
            {(each.source, each.type): each.handler() for each in hears},
            self.installation.feeds,
            self.store.work,
            self._instance,
            self.lot,
            types={feed.name: self.installation.types(feed) for feed in self.installation.feeds},
            declare=self.installation.declare,
        )
        return self.inboxes[queue]

    def any_inbox(self) -> Inbox:
        """One that can park what came by no lane."""
        return next(iter(self.inboxes.values()), None) or self._inbox(INBOX, [])

    def _lane_of(self, fact: str) -> str:
        """The lane in which this service hears its own fact."""
        own = (each.lane for each in self.hears if (each.source, each.type) == (self.service, fact))
        return next(own, INBOX)

    def _instance(self, work: Work) -> Any:
        """The service with its dependencies, its store being `work`."""
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            value = work if provider is self.store else provider.get_dependency(None)
            setattr(service, provider.attr_name, value)
        return service

    # --- parked messages

    def check(self, parked: Parked) -> None:
        """Raise what the current contract says against a parked message."""
        self._inbox_of(parked).check(parked)

    def edit(self, parked_id: str, body: str, by: str, reason: str) -> str:
        """Replace the body of a parked message. Answers its new id."""
        return self.lot.edit(
            parked_id, body.encode(), by, reason, lambda p, new: self._inbox_of(p).mend(p, new)
        )

    def _inbox_of(self, parked: Parked) -> Inbox:
        """The inbox that a parked message can go back to."""
        if parked.exchange == RPC_EXCHANGE:
            sentence = "It was a call, and nobody waits for the answer any more. Discard it."
            raise Refused([Reason("NO_EVENT", sentence, "parked_id")])
        if inbox := self.inboxes.get(parked.queue):
            return inbox
        sentence = f"Nobody works on {parked.queue} any more. Discard it, or have it sent anew."
        raise Refused([Reason("QUEUE_RETIRED", sentence, "parked_id")])

    def discard(self, parked_id: str, by: str, reason: str) -> None:
        """Discard, and send the publisher the receipt that is still owed."""

        def refusal(parked: Parked) -> Callable[[Batch], None]:
            inbox = self.inboxes.get(parked.queue)
            return inbox.refuse_parked(parked, reason) if inbox else lambda _: None

        self.lot.discard(parked_id, by, reason, refusal)

    def _park_dead(self, messages: list[Any], *_: Any) -> None:
        """Messages that the broker gave up. Those that it delivered too often may each have ended
        a process."""
        for message in messages:
            letter, death = Letter.of(message), _last_death(message.headers or {})
            if _is_from_outside(str(death.get("exchange", ""))):
                exchange, routing_key = death["exchange"], (death.get("routing-keys") or [""])[0]
            else:  # it died in a later try: our own headers say what it was first
                said = message.headers or {}
                exchange = said.get("x-exchange") or letter.exchange
                routing_key = said.get("x-routing-key") or letter.routing_key
            letter = msgspec.structs.replace(
                letter, exchange=str(exchange), routing_key=plain(str(routing_key))
            )
            inbox = self.inboxes.get(str(death.get("queue"))) or self.any_inbox()
            cause = "EXPIRED" if death.get("reason") == "expired" else "DELIVERY_LIMIT"
            inbox.park(letter, cause, WHY_DEAD[cause])

    # --- watching

    def _ask_redis(self) -> None:
        if self.store_watch.look():
            # those that are open were greeted by a store that knew us
            pool = self.store.shelf.redis.connection_pool
            pool.disconnect(inuse_connections=False)
            pool.reset()

    def _try_redis(self) -> None:
        """Whether it takes writes, or `Unavailable`."""
        self.store_watch.check()
        with reaching_redis():
            self._prober.set(self.store.shelf.key("probe"), "", ex=60)

    def _count_parked(self) -> None:
        metrics.parked_now.labels(self.service).set(self._prober.zcard(self.lot.index))


WHY_DEAD = {
    "DELIVERY_LIMIT": "It was delivered too often without being done.",
    "EXPIRED": "Its publisher gave it a time to live, and that was over before it was taken.",
}


def _last_death(headers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The broker's newest record of why a message is dead; it stands first."""
    deaths = headers.get("x-death")
    last = deaths[0] if isinstance(deaths, list) and deaths else {}
    return last if isinstance(last, dict) else {}


def _is_from_outside(exchange: str) -> bool:
    return bool(exchange) and not exchange.startswith("tenglong_")


class Hears(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that hears facts of a service, or of a feed from outside."""

    house = House()

    def __init__(
        self, source: str, type_: str, schema: type[marshmallow.Schema], lane: str = INBOX
    ) -> None:
        self.source, self.type, self.schema, self.lane = source, type_, schema, lane
        super().__init__()

    def handler(self) -> Handler:
        return Handler(self.source, self.type, self.schema(), self.method_name)

    def setup(self) -> None:
        self.house.hears.append(self)

    def stop(self) -> None:
        """Comes first, while calls in hand are still being answered."""
        self.house.take_nothing_new()


def hears(
    source: str, type_: str, schema: type[marshmallow.Schema], lane: str = INBOX
) -> Callable[[Method], Method]:
    """Hear `type_` from a feed or a service; `#` is all of it. The method gets the `Event`, its
    data as the schema loads it. A lane has a queue of its own, with several consumers."""
    decorate: Callable[[Method], Method] = Hears.decorator(source, type_, schema, lane=lane)
    return decorate


class Every(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that is called at each tick."""

    house = House()

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__()

    def setup(self) -> None:
        self.house.every_s[self.method_name] = self.seconds


def every(seconds: int) -> Callable[[Method], Method]:
    """Call the method at each tick: every so many seconds, in one process of the service."""
    decorate: Callable[[Method], Method] = Every.decorator(seconds)
    return decorate


def wait_for_parts(installation: Installation, health: Mapping[str, probes.Health]) -> None:
    """Declare the topology, waiting for the broker and saying so on /readyz."""
    for pause in pauses():
        try:
            installation.declare()
        except CONNECTION_ERRORS as problem:
            for each in health.values():
                each.reporter("broker")(f"no connection to the broker: {problem}")
            log.warning("start_waits_for_broker", problem=str(problem))
            eventlet.sleep(pause)
        else:
            break
    for each in health.values():
        each.reporter("broker")(None)
