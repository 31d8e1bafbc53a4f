"""A service of your own in a test: its class, without a broker and without a Redis server.

    FARM = Feed(name="farm", source="/farms/", keeper="bakery", knows=lambda code, _: code == "green")

    def test_flour_becomes_bread():
        bakery = Rehearsal(BakeryService, feeds=[FARM])

        heard = bakery.hear("farm", "flour.delivered", {"sack_id": "s-1", "kg": 3}, publisher="green")

        assert heard.outcome == "accepted"
        assert bakery.facts == [("bread_baked", {"sack_id": "s-1", "loaves": 6})]
        assert bakery.read("get_sack", sack_id="s-1")["kg"] == 3

What is heard takes the way of every event: bytes, envelope, contract, handler, one commit. Two things
differ from a service that runs: an error that would be tried again later is raised, and what is
announced stays in the outbox, for the test to look at.
"""

from __future__ import annotations

import inspect
import itertools
import json
import uuid
import weakref
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from nameko.extensions import DependencyProvider

from ..amqp.topology import INBOX, Feed, queue_name
from ..host.entrypoints import Every, Hears
from ..host.store import Store
from ..host.timers import Timers
from ..inbox.supposing import Report, Supposed, suppose
from ..messages.outgoing import OutgoingMessage
from ..parking.lot import ParkingLot
from ..plain import to_json
from ..settings import Settings
from ..store.redis import connect, forget
from ..store.repository import Repository
from ..store.unit_of_work import UnitOfWork
from .strict_inbox import Heard, StrictInbox, message


class Rehearsal:
    """A service on a store in memory. `feeds` are the outside publishers that it hears, `clock` says
    what time it is (an aware moment), and each dependency of the class is given by its name."""

    def __init__(
        self,
        service_cls: Any,
        *,
        feeds: Iterable[Feed] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        **dependencies: Any,
    ) -> None:
        """Raises `TypeError` for a dependency that is missing, or that the class does not have."""
        self.service_cls, self.clock, self.dependencies = service_cls, clock, dependencies
        self.feeds, self.settings = {feed.name: feed for feed in feeds}, Settings()
        self._store_name, self.store = _store(service_cls, dependencies)
        url = f"memory://{uuid.uuid4()}"
        weakref.finalize(self, forget, url)  # thousands of tests rehearse in one process
        self.repository = Repository(service_cls.name, connect(url), self.store.collections)
        self.inbox = self._inbox()
        self.lane = self._inbox(INBOX)  # the other lanes are for what others notice
        self._numbers, self._own_heard = itertools.count(1), 0

    def service(self, work: UnitOfWork | None = None) -> Any:
        """An instance of the class, with a unit of work of its own unless one is given."""
        service = self.service_cls()
        vars(service).update(self.dependencies | {self._store_name: work or self._work()})
        return service

    # --- in

    def hear(
        self, source: str, type_: str, data: Any, /, publisher: str = "", **attributes: Any
    ) -> Heard:
        """Deliver an event, and commit what it leads to. `source` and `type_` are those of `@hears`;
        of a feed say which `publisher` it comes from. CloudEvents attributes (`id`, `time`, `subject`)
        replace ours. An error of the handler that is no refusal is raised."""
        return self.inbox.hear(self._event(source, type_, data, publisher, **attributes))

    def hear_at_once(self, *events: tuple[Any, ...]) -> int:
        """Deliver events, each given as to `hear`, as if a process for each decided it at the same
        moment. Who commits too late decides again; answers how many did."""
        return self.inbox.hear_at_once([self._event(*event) for event in events])

    def hear_itself(self, *, again: bool = False) -> list[float]:
        """Let the service hear those of its own facts that it listens to and has not heard yet; with
        `again` all of them, as when a late copy comes. Answers the delay of each, in seconds."""
        if again:
            self._own_heard = 0
            self.forget()
        new, name = self.outbox[self._own_heard :], self.service_cls.name
        self._own_heard += len(new)
        heard = self.inbox.decoder.handlers.keys()
        facts = [each for each in new if each.exchange == f"{name}.events"]
        own = [each for each in facts if heard & {(name, each.routing_key), (name, "#")}]
        for each in own:
            self.inbox.hear(message(each.exchange, each.routing_key, each.body)).or_raise()
        return [each.delay_s for each in own]

    def suppose(self, *reports: Report) -> Supposed:
        """What would follow if these were reported; nothing does."""
        return suppose(self.lane, reports)

    def forget(self) -> None:
        """Forget which events and calls were done, as after INBOX_DAYS: a copy is handled anew."""
        for key in self.repository.call("keys", self.repository.key("done", "*")):
            self.repository.call("delete", key)

    def call(self, method: str, **arguments: Any) -> Any:
        """Call a write, under a `request_id` of its own unless one is given. Answers as JSON what the
        caller gets; raises `Answered` with the reasons when it is told no."""
        return self.read(method, **{"request_id": f"request-{next(self._numbers)}"} | arguments)

    def read(self, method: str, **arguments: Any) -> Any:
        """Call a read. Answers and raises as `call` does."""
        return json.loads(to_json(getattr(self.service(), method)(**arguments)))

    def tick(self, timer: str) -> None:
        """Have the newest tick of a timer done, unless it was. Raises what its method raises."""
        every_s = {method: each.seconds for method, each in _entrypoints(self.service_cls, Every)}
        how = (self.repository, self.settings, every_s, self._work, self.service)
        Timers(*how, clock=lambda: self.clock().timestamp()).do_newest(timer)

    # --- out

    @property
    def outbox(self) -> list[OutgoingMessage]:
        """All that was sent so far, receipts included, in order."""
        entries = self.repository.call("xrange", self.repository.outbox)
        return [OutgoingMessage.of(entry) for _, entry in entries]

    @property
    def facts(self) -> list[tuple[str, dict[str, Any]]]:
        """The name and the data of every fact that was announced so far, in order."""
        found = [e for e in self.outbox if e.exchange == f"{self.service_cls.name}.events"]
        return [(each.routing_key, json.loads(each.body)["data"]) for each in found]

    @property
    def fact_names(self) -> list[str]:
        return [name for name, _ in self.facts]

    def facts_named(self, *names: str) -> list[dict[str, Any]]:
        return [data for name, data in self.facts if name in names]

    # --- how it is made

    def _work(self) -> UnitOfWork:
        return UnitOfWork(
            self.repository,
            emits=self.store.emits,
            clock=lambda: self.clock(),
            zone=self.settings.zone,
        )

    def _inbox(self, lane: str = "") -> StrictInbox:
        """An inbox for what the service hears, in one lane or in all."""
        handlers = _handlers(self.service_cls, lane)
        types = {name: [t for source, t in handlers if source == name] for name in self.feeds}
        lot = ParkingLot(self.repository, self.settings, clock=lambda: self.clock())
        queue, feeds = queue_name(self.service_cls.name, INBOX), self.feeds.values()
        return StrictInbox(
            queue, self.settings, handlers, feeds, self._work, self.service, lot, types=types
        )

    def _event(
        self, source: str, type_: str, data: Any, /, publisher: str = "", **attributes: Any
    ) -> Any:
        """The event as the broker delivers it, in structured JSON."""
        feed = self.feeds.get(source)
        if publisher and not feed:
            raise TypeError(f"{source} is no feed here, so it has no publisher; give feeds=[…].")
        event = {
            "specversion": "1.0",
            "id": f"event-{next(self._numbers)}",
            "source": f"{feed.source}{publisher}" if feed else f"/services/{source}",
            "type": type_ if feed else f"{source}.{type_}",
            "time": self.clock(),
            **attributes,
            "data": data,
        }
        key = f"{publisher}.{type_}" if feed else type_
        return message(f"{source}.events", key, to_json(event))


@cache  # of the class alone: what takes longest of a rehearsal, and tests begin thousands
def _handlers(service_cls: Any, lane: str) -> dict[tuple[str, str], Any]:
    """What handles each event that the service hears, in one lane or in all."""
    return {
        (each.source, each.type): each.handler(method)
        for method, each in _entrypoints(service_cls, Hears)
        if lane in ("", each.lane)
    }


@cache
def _entrypoints(service_cls: Any, kind: type) -> list[tuple[str, Any]]:
    """The methods under a decorator of this kind, by name."""
    return [
        (name, entrypoint)
        for name, method in inspect.getmembers(service_cls, inspect.isfunction)
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if isinstance(entrypoint, kind)
    ]


@cache
def _declared(service_cls: Any) -> dict[str, Any]:
    """The dependencies of the class, the store among them, by their names."""
    return dict(inspect.getmembers(service_cls, lambda x: isinstance(x, DependencyProvider)))


def _store(service_cls: Any, dependencies: dict[str, Any]) -> tuple[str, Store]:
    """The store of the class and its name, once all other dependencies are there."""
    declared = _declared(service_cls)
    stores = {name: each for name, each in declared.items() if isinstance(each, Store)}
    wanted, given = sorted(declared.keys() - stores.keys()), sorted(dependencies)
    if wanted != given or len(stores) != 1:
        asks = ", ".join(f"{name}=…" for name in wanted) or "no dependency"
        raise TypeError(f"{service_cls.__name__} needs one Store, and here {asks}; given: {given}.")
    return next(iter(stores.items()))
