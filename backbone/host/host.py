"""What runs a nameko service on the backbone: its consumers, its relay, its timers and its watchers.

class ParcelsService:
    name = "parcels"
    store = Store(Collection(Parcel, key="parcel_id"), emits=facts.EMITTED)

    @hears("township", "parcel.registered", schemas.ParcelRegistered)
    def register_parcel(self, event): ...
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import eventlet
from nameko.extensions import SharedExtension
from redis.exceptions import RedisError

from .. import metrics
from ..amqp.consumer import PREFETCH, Consumer
from ..amqp.publisher import Publisher
from ..amqp.topology import INBOX, OVERFLOW, STRAYS, queue_name
from ..errors import DeadlineExceeded, Unavailable
from ..inbox import admin, batches
from ..inbox.fair_share import FairShare
from ..inbox.inbox import Inbox
from ..outbox.relay import Relay
from ..parking.lot import ParkingLot
from ..parking.parked import Parked
from ..store.redis import LOGIN_REFUSED, login_refused, reaching_redis
from ..store.unit_of_work import UnitOfWork
from . import health as probes
from .durability import StoreWatch
from .installation import Installation
from .keeping import TopologyKeeper
from .store import store_of
from .timers import Timers

if TYPE_CHECKING:
    from .entrypoints import Hears

LANE_CONSUMERS = 16  # where they wait for somebody outside, one that is slow holds up no other
STRAYS_CONSUMERS = 4
# taken from the queue together, so that one is decided while another is written
GROUPS_AT_ONCE = 4
LEAVE_WITHIN_S = 3  # to publish the last facts and give the lease back, however the rest went


class ServiceHost(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Runs what a service needs besides its methods: a consumer per lane, the relay, the watchers."""

    def __init__(self) -> None:
        self.hears: list[Hears] = []
        self.every_s: dict[str, int] = {}  # the timers, by the names of their methods
        self.consumers: list[Consumer] = []
        self.inboxes: dict[str, Inbox] = {}
        self._threads: list[Any] = []
        self._stop_by = 0.0
        self._is_shut = True  # the store, at the last look

    def setup(self) -> None:
        self.installation: Installation = self.container.config["installation"]
        self.settings = self.installation.settings
        self.service = self.container.service_name
        self.health = self.installation.health or probes.Health(self.service)

    # --- life

    def start(self) -> None:
        self.store = store_of(self.container)
        self.lot = ParkingLot(self.store.repository, self.settings, self.check)
        # before anything here waits: an operator's call may come from now on
        inboxes = {lane: self._inbox(lane, handlers) for lane, handlers in self._lanes().items()}
        self.store_watch = StoreWatch(self.store.birth, self.settings, self.health)
        self._prober = self.store_watch.redis
        with suppress(RedisError, OSError):  # it is away: the watch will see it come
            self.store_watch.look()
        self.relay = Relay(
            self.store.repository,
            self.settings,
            self.health.reporter("relay"),
            self.installation.declare,
            self._lane_of,
        )
        self.store.repository.on_posted = self.relay.hear
        self.relay.start(self._spawn)
        for lane, inbox in inboxes.items():
            self._consume_lane(lane, inbox)
        self._consume(queue_name(self.service, "dead"), self._park_dead, "dead")
        self.timers = Timers(
            self.store.repository,
            self.settings,
            self.every_s,
            self.store.work,
            self._instance,
            self.health.reporter("timers"),
        )
        if self.every_s:
            self._ticking = self._spawn(self.timers.run)
        keeper = TopologyKeeper(self.installation, self.health.reporter("topology"))
        self._spawn(keeper.run)
        self._spawn(lambda: probes.watch(self._ask_redis, self.health.reporter("redis")))
        self._spawn(lambda: probes.watch(self._count_parked, lambda _: None, every_s=10))
        self._spawn(lambda: probes.watch(self._look_at_rights, lambda _: None, every_s=5))

    def take_nothing_new(self) -> None:
        """Events that arrive from now on are somebody else's."""
        self.health.reporter("stop")("stopping")
        self._stop_by = self._stop_by or time.monotonic() + self.settings.drain_s
        for consumer in self.consumers:
            consumer.take_nothing_new()

    def stop(self) -> None:
        """Drain within the bound: take nothing new, finish and acknowledge, publish, close."""
        self.take_nothing_new()
        if self.every_s:
            self._ticking.kill()
        left_s = max(0.1, self._stop_by - time.monotonic())
        with suppress(DeadlineExceeded), eventlet.Timeout(left_s, DeadlineExceeded()):
            for consumer in self.consumers:
                consumer.stop()
        with suppress(DeadlineExceeded), eventlet.Timeout(LEAVE_WITHIN_S, DeadlineExceeded()):
            self.relay.stop()
            self.timers.leave()
        for thread in self._threads:
            thread.kill()

    def _spawn(self, work: Callable[[], None]) -> Any:
        thread = eventlet.spawn(work)
        self._threads.append(thread)
        return thread

    def _consume_lane(self, lane: str, inbox: Inbox) -> None:
        """One consumer for the inbox, so that its order is kept. In another lane each of several is at
        work on one message, and no second one waits behind it."""
        take = partial(batches.take, inbox)
        if lane == INBOX:
            at_once = max(self.settings.batch, batches.LOOK_AT_ONCE) * GROUPS_AT_ONCE
            self._consume_inbox(inbox, at_once)
            return
        consumers, at_hand = (STRAYS_CONSUMERS, PREFETCH) if lane == STRAYS else (LANE_CONSUMERS, 1)
        for number in range(consumers):
            self._consume(inbox.queue, take, f"{lane} {number}", 1, at_hand)

    def _consume_inbox(self, inbox: Inbox, at_once: int) -> None:
        """The inbox, and beside it what publishers from outside sent beyond their share."""
        active = metrics.inbox_active.labels(self.service)
        if not self._hears_feeds():
            take = partial(batches.take, inbox)
            self._consume(inbox.queue, take, f"{INBOX} 0", at_once, on_active=active.set)
            return
        overflow = queue_name(self.service, OVERFLOW)
        publisher = Publisher(self.settings.amqp_uri)  # idle between floods, so without heartbeats
        share = FairShare(inbox, overflow, publisher, lambda: consumer.is_through_beside())

        def on_active(is_active: bool) -> None:
            active.set(is_active)
            if not is_active:
                share.start_over()

        consumer = self._consume(
            inbox.queue, share.take, f"{INBOX} 0", at_once, on_active=on_active, beside=overflow
        )

    def _hears_feeds(self) -> bool:
        feeds = {feed.name for feed in self.installation.feeds}
        return any(each.lane == INBOX and each.source in feeds for each in self.hears)

    def _consume(
        self,
        queue: str,
        take: Callable[..., None],
        part: str,
        at_once: int = 1,
        at_hand: int = PREFETCH,
        on_active: Callable[[bool], object] = lambda _: None,
        beside: str = "",
    ) -> Consumer:
        consumer = Consumer(
            self.settings.amqp_uri,
            queue,
            take,
            batch=at_once,
            at_hand=at_hand,
            heartbeat_s=self.settings.heartbeat_s,
            on_state=self.health.reporter(part),
            declare=self.installation.declare,
            probe=self._try_redis,
            on_active=on_active,
            beside=beside,
        )
        self.consumers.append(consumer)
        consumer.start(self._spawn)
        return consumer

    # --- lanes

    def _lanes(self) -> dict[str, list[Hears]]:
        lanes: dict[str, list[Hears]] = {}
        for provider in self.hears:
            lanes.setdefault(provider.lane, []).append(provider)
        if any(feed.keeper == self.service for feed in self.installation.feeds):
            lanes.setdefault(STRAYS, [])
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
            types=self.installation.types(),
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

    def _instance(self, work: UnitOfWork) -> Any:
        """The service with its dependencies, its store being `work`."""
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            value = work if provider is self.store else provider.get_dependency(None)
            setattr(service, provider.attr_name, value)
        return service

    # --- parked messages

    def check(self, parked: Parked) -> None:
        """Raise what the current contract says against a parked message."""
        admin.check(admin.inbox_of(self.inboxes, parked), parked)

    def _park_dead(self, messages: list[Any], *_: Any) -> None:
        inbox = self.inboxes.get(queue_name(self.service, INBOX))
        beside = {queue_name(self.service, OVERFLOW): inbox} if inbox else {}
        admin.park_dead(self.inboxes | beside, self.any_inbox, messages)

    # --- watching

    def _ask_redis(self) -> None:
        was_shut, self._is_shut = self._is_shut, True
        try:
            is_another = self.store_watch.look()
        except LOGIN_REFUSED as problem:
            raise Unavailable(login_refused(problem)) from problem
        if is_another:
            # those that are open were greeted by a store that knew us, and kept what it was given
            pool = self.store.repository.redis.connection_pool
            pool.disconnect(inuse_connections=False)
            pool.reset()
        self._is_shut = self.store_watch.is_shut
        if was_shut and not self._is_shut:
            self.relay.pause.end()
            for consumer in self.consumers:
                consumer.pause.end()

    def _try_redis(self) -> None:
        """Whether it takes writes, or `Unavailable`."""
        self.store_watch.check()
        with reaching_redis():
            self._prober.set(self.store.repository.key("probe"), "", ex=60)

    def _look_at_rights(self) -> None:
        self.health.remark("grants", self.installation.rights_problem())

    def _count_parked(self) -> None:
        metrics.parked_now.labels(self.service).set(self._prober.zcard(self.lot.index))
