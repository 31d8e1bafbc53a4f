"""parcels on a store in memory, without a broker: events and calls go in, announced facts come out."""

from __future__ import annotations

import inspect
import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from backbone.host.entrypoints import Hears
from backbone.messages.contract import load
from backbone.messages.envelope import Event
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork
from services.parcels.service import ParcelsService
from tests.support.judge import as_promised

XIAOYUE = "330604006"
NOON = datetime(2023, 9, 1, 4, 0, tzinfo=UTC)  # noon in the park
FIRST = datetime(2023, 8, 1, 1, 0, tzinfo=UTC)

HANDLERS = {
    entrypoint.type: (name, entrypoint.schema())
    for name, method in inspect.getmembers(ParcelsService, inspect.isfunction)
    for entrypoint in getattr(method, "nameko_entrypoints", ())
    if isinstance(entrypoint, Hears)
}


class Parcels:
    """The service, with a store of its own. Events of a township are an hour apart, in the order
    of their making."""

    def __init__(self) -> None:
        redis = connect(f"memory://{uuid.uuid4()}")
        self.repository = Repository("parcels", redis, ParcelsService.store.kept)
        self.numbers = itertools.count(1)

    def service(self) -> Any:
        service = ParcelsService()
        service.store = UnitOfWork(
            self.repository, emits=ParcelsService.store.emits, clock=lambda: NOON
        )
        return service

    # --- in

    def report(self, type_: str, data: dict[str, Any], township: str = XIAOYUE) -> str | None:
        """A township's event, now; answers the note of its receipt."""
        return self.handle(event(type_, data, next(self.numbers), township))

    def handle(self, reported: Event) -> str | None:
        """Do an event as the backbone does. A refusal leaves no trace."""
        service, (method, schema) = self.service(), HANDLERS[reported.type]
        service.store.begin(reported)
        note: str | None = getattr(service, method)(
            msgspec.structs.replace(reported, data=load(schema, reported.data))
        )
        service.store.keep(None)
        service.store.commit()
        return note

    def call(self, method: str, **request: Any) -> Any:
        """A write, with a request id of its own."""
        request_id = f"request-{next(self.numbers)}"
        return self.read(method, request_id=request_id, **request)

    def read(self, method: str, **request: Any) -> Any:
        return as_promised(ParcelsService, method, getattr(self.service(), method)(**request))

    # --- out

    def facts(self) -> list[tuple[str, dict[str, Any]]]:
        """Every fact that was announced: name and data, in order."""
        entries = self.repository.call("xrange", self.repository.outbox)
        postings = [OutgoingMessage.of(entry) for _, entry in entries]
        return [(p.routing_key, msgspec.json.decode(p.body)["data"]) for p in postings]

    def fact_names(self) -> list[str]:
        return [name for name, _ in self.facts()]

    def facts_named(self, name: str) -> list[dict[str, Any]]:
        return [data for each, data in self.facts() if each == name]


def event(type_: str, data: dict[str, Any], number: int, township: str = XIAOYUE) -> Event:
    return Event(
        id=f"event-{number}",
        source=f"/townships/{township}",
        type=type_,
        time=FIRST + timedelta(hours=number),
        data=data,
        publisher=township,
    )
