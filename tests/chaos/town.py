"""The four services of the park in one process and in memory: a desk may work there as it does on real
servers, without any, and every fact is heard before the next word."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from backbone.errors import Answered
from backbone.host.entrypoints import Every
from backbone.host.timers import Timers
from backbone.messages.outgoing import OutgoingMessage
from backbone.plain import to_json
from backbone.store.commit_group import Conflict
from backbone.testing import Rehearsal
from backbone.testing.strict_inbox import message
from park.time import day_of
from services.installation import HOMES, TOWNSHIPS, classes
from tests.chaos.desks.caller import Refusal
from tests.chaos.desks.desk import Desk
from tests.chaos.desks.life import Act
from tests.chaos.told import Stored, look
from tests.notify.conftest import Postman

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)  # in the park; whatever a life says of then has come
LOOKS = 4  # a fact that has not come through by then does not come


class Beside:
    """Another service as one that calls it sees it."""

    deadline_s = 10.0

    def __init__(self, town: Town, service: str) -> None:
        self._town, self._service = town, service

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda **arguments: self._town.services[self._service].read(method, **arguments)


class Town:
    """All services; `told` are the facts that were announced: their types, in order."""

    def __init__(self) -> None:
        beside = {name: Beside(self, name) for name in HOMES}
        given: dict[str, dict[str, Any]] = {
            "parcels": {name: beside[name] for name in ("enterprises", "projects")},
            "projects": {"parcels": beside["parcels"]},
            "notify": {"channels": Postman()},
        }
        self.services = {
            cls.name: Rehearsal(
                cls, feeds=[TOWNSHIPS], clock=lambda: NOON, **given.get(cls.name, {})
            )
            for cls in classes(HOMES)
        }
        self.told: list[str] = []
        self._heard = dict.fromkeys(self.services, "-")
        self._ticks = itertools.count(1)

    def call(self, service: str, method: str, **arguments: Any) -> Any:
        """The answer, once all has come through. Raises `Refusal` for a no."""
        try:
            answer = json.loads(to_json(getattr(self._met(service), method)(**arguments)))
        except Answered as no:
            raise Refusal(f"{service}.{method}: {no}") from no
        self.come_through()
        return answer

    def _met(self, name: str) -> Any:
        """The service, whose first commit meets that of another: what it does is decided twice."""
        service = self.services[name]
        work = service._work()
        commit = work.commit

        def meets() -> None:
            work.commit = commit
            raise Conflict

        work.commit = meets
        return service.service(work)

    def send(self, event: dict[str, Any]) -> None:
        """A report of a township."""
        key = f"{event['source'].rpartition('/')[2]}.{event['type']}"
        body = json.dumps(event).encode()
        for service in self.services.values():
            if ("township", event["type"]) in service.inbox.decoder.handlers:
                service.inbox.hear(message("township.events", key, body)).or_raise()
        self.come_through()

    def tick(self) -> None:
        """The clock asks for all that it ever asks for."""
        for service in self.services.values():
            at = next(self._ticks)
            methods = [
                name
                for name in dir(service.service_cls)
                for each in getattr(getattr(service.service_cls, name), "nameko_entrypoints", ())
                if isinstance(each, Every)
            ]
            how = (service.repository, service.settings, dict.fromkeys(methods, 1))
            timers = Timers(*how, service._work, service.service, clock=lambda at=at: at)
            for method in methods:
                timers.do_newest(method)
        self.come_through()

    def stored(self) -> Stored:
        """What the stores of the services hold."""
        return look({name: each.repository.redis for name, each in self.services.items()})

    def come_through(self) -> None:
        """Every fact is heard by whoever listens to it, and so is what follows of it."""
        while any(self._tell(name) for name in self.services):
            pass

    def _tell(self, name: str) -> bool:
        repository = self.services[name].repository
        since = self._heard[name]
        entries = repository.call("xrange", repository.outbox, min=since)
        new = [each for each in entries if each[0] != since]
        for _, entry in new:
            self._spread(name, OutgoingMessage.of(entry))
        if new:
            self._heard[name] = new[-1][0]
        return bool(new)

    def _spread(self, name: str, fact: OutgoingMessage) -> None:
        if fact.exchange != f"{name}.events":
            return
        self.told.append(f"{name}.{fact.routing_key}")
        for service in self.services.values():
            known = service.inbox.decoder.handlers.keys()
            if known & {(name, fact.routing_key), (name, "#")}:
                service.inbox.hear(message(fact.exchange, fact.routing_key, fact.body)).or_raise()


class DeskInTown(Desk):
    """A desk that waits for nothing: what is not so when the clock has struck will not be."""

    def __init__(self, town: Town, part: int, acts: Iterable[Act]) -> None:
        super().__init__("", part, 1, part, town.send)
        self.town, self.caller, self._acts = town, town, acts

    def acts(self, _: int) -> Iterable[Act]:
        return self._acts

    def today(self) -> date:
        return day_of(NOON)

    def until(self, ask: Callable[[], Any]) -> Any:
        for _ in range(LOOKS):
            if found := self.asked(ask):
                return found
            self.town.tick()
        raise TimeoutError("a fact did not come through")

    def asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Refusal as no:
            self.last = str(no)
            return None
