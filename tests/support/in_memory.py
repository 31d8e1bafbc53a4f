"""A service on a store in memory, without a broker: facts and calls go in, announced facts come out."""

from __future__ import annotations

import inspect
import itertools
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import msgspec

from backbone.host.entrypoints import Hears
from backbone.messages.contract import load
from backbone.messages.envelope import Event
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.commit_group import Conflict
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork
from tests.support.judge import as_promised

NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)  # noon in the park

TOWNSHIP = "330604006"


class InMemoryService:
    """`others` are the service's other dependencies, such as the services that it calls."""

    def __init__(self, service_cls: type, **others: Any) -> None:
        self.service_cls, self.others, self.now = service_cls, others, NOON
        self.repository = Repository(
            service_cls.name, connect(f"memory://{uuid.uuid4()}"), service_cls.store.kept
        )
        self._ids = (f"id-{n}" for n in itertools.count())
        self._heard = 0

    def service(self) -> Any:
        service = self.service_cls()
        for name, other in self.others.items():
            setattr(service, name, other)
        service.store = UnitOfWork(
            self.repository, emits=self.service_cls.store.emits, clock=lambda: self.now
        )
        return service

    def hear(self, source: str, type_: str, data: Any, **how: Any) -> Any:
        """One fact as it comes off the wire, committed. Answers the note for the receipt."""
        service, note = self._decided(source, type_, data, **how)
        service.store.commit()
        return note

    def hear_at_once(self, *facts: tuple[str, str, Any]) -> int:
        """Facts that several processes decide at the same moment; whoever commits too late decides
        again. Answers how many did."""
        clashes = 0
        for fact, (service, _) in [(fact, self._decided(*fact)) for fact in facts]:
            try:
                service.store.commit()
            except Conflict:
                clashes += 1
                self.hear(*fact)
        return clashes

    def _decided(
        self,
        source: str,
        type_: str,
        data: Any,
        at: datetime = NOON,
        publisher: str = "",
        id_: str = "",
    ) -> tuple[Any, Any]:
        method, schema = self._hearings[source, type_]
        event = Event(
            id=id_ or next(self._ids),
            source=f"/services/{source}",
            type=type_,
            time=at,
            data=load(schema(), _as_json(data)),
            publisher=publisher or (TOWNSHIP if source == "township" else source),
        )
        service = self.service()
        service.store.begin(event)
        note = getattr(service, method)(event)
        service.store.keep(None)
        return service, note

    @property
    def _hearings(self) -> dict[tuple[str, str], tuple[str, Any]]:
        return {
            (entrypoint.source, entrypoint.type): (name, entrypoint.schema)
            for name, method in inspect.getmembers(self.service_cls, inspect.isfunction)
            for entrypoint in getattr(method, "nameko_entrypoints", ())
            if isinstance(entrypoint, Hears)
        }

    def call(self, method: str, **request: Any) -> Any:
        """A write, with a request id of its own unless one is given."""
        request_id = request.pop("request_id", None) or next(self._ids)
        return self._answered(method, request_id=request_id, **request)

    def read(self, method: str, **request: Any) -> Any:
        return self._answered(method, **request)

    def _answered(self, method: str, **request: Any) -> Any:
        reply = _as_json(getattr(self.service(), method)(**request))
        return as_promised(self.service_cls, method, reply)

    def announced(self, *names: str) -> list[dict[str, Any]]:
        """The data of every fact of these names that was announced, in order."""
        return [data for name, data in self._announced() if name in names]

    def names(self) -> list[str]:
        return [name for name, _ in self._announced()]

    def hear_itself(self) -> None:
        """Let the service hear those of its own facts that it listens to, until none is left."""
        while new := self._announced()[self._heard :]:
            for name, data in new:
                self._heard += 1
                if (self.service_cls.name, name) in self._hearings:
                    self.hear(self.service_cls.name, name, data)

    def _announced(self) -> list[tuple[str, dict[str, Any]]]:
        entries = self.repository.call("xrange", self.repository.outbox)
        postings = [OutgoingMessage.of(entry) for _, entry in entries]
        return [(each.routing_key, msgspec.json.decode(each.body)["data"]) for each in postings]


def _as_json(data: Any) -> Any:
    """The data as it comes out at the other end of the wire."""
    return json.loads(json.dumps(data))
