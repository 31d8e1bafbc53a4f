"""`Store`: the things that a service keeps and the facts that it emits, as a nameko dependency."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from nameko.extensions import DependencyProvider
from redis.exceptions import RedisError

from ..amqp.connection import CONNECTION_ERRORS
from ..settings import DAY_S
from ..store.collection import Collection
from ..store.redis import connect
from ..store.repository import Repository
from ..store.sentinel import Witness, is_named
from ..store.unit_of_work import UnitOfWork
from .birth import Birth
from .installation import Installation


class Store(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """The things that a service keeps and the facts that it emits.

    In a method `self.store` is a `UnitOfWork`: what is read and saved through it is committed in one step
    after the method has returned, with what it announces. After a version clash the whole method
    runs again, so a method must have no other effect.
    """

    def __init__(self, *collections: Collection, emits: Iterable[type] = ()) -> None:
        self.collections = collections
        self.emits = tuple(emits)

    def setup(self) -> None:
        installation: Installation = self.container.config["installation"]
        settings = installation.settings
        self.heard = installation.listened_to(self.container.service_name, self.emits)
        self.lifetime_s = settings.inbox_days * DAY_S
        self.longest_s, self.zone = settings.handler_deadline_s, settings.zone
        name = self.container.service_name
        url, lasts_s = settings.redis_url, self.lifetime_s
        witness = Witness(name, settings.replicas_confirm, lasts_s) if is_named(url) else None
        self.birth = Birth(name, settings.amqp_uri, witness)
        # before any call is taken; if a server is away the watch does it when it is back
        with suppress(RedisError, *CONNECTION_ERRORS):
            self.birth.confirm(connect(url, answer_within_s=2))
        greeted = connect(url, greet=self.birth.guard)
        self.repository = Repository(name, greeted, self.collections, witness)

    def work(self) -> UnitOfWork:
        return UnitOfWork(
            self.repository,
            emits=self.emits,
            heard=self.heard,
            lifetime_s=self.lifetime_s,
            zone=self.zone,
        )

    def get_dependency(self, worker_ctx: Any) -> UnitOfWork:
        work = self.work()
        work.caller = worker_ctx.data.get("caller", "")
        work.trace = worker_ctx.data.get("trace", {})
        work.seconds_left = min(self.longest_s, worker_ctx.data.get("seconds_left", self.longest_s))
        return work


def store_of(container: Any) -> Store:
    return next(each for each in container.dependencies if isinstance(each, Store))
