"""parcels on a store in memory, without a broker: events and calls go in, announced facts come out."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from backbone.envelope import Event
from backbone.inbox import load
from backbone.store import Shelf, connect
from backbone.work import Posting, Work
from services.parcels.service import ParcelsService

XIAOYUE = "330604006"
NOON = datetime(2023, 9, 1, 4, 0, tzinfo=UTC)  # noon in the park
FIRST_DAY = datetime(2023, 8, 1, 1, 0, tzinfo=UTC)


class Register:
    """The land register. Events are an hour apart, in the order of their making."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now
        redis = connect(f"memory://{uuid.uuid4()}")
        self.shelf = Shelf("parcels", redis, ParcelsService.store.kept)
        self.numbers = itertools.count()

    def service(self) -> Any:
        service = ParcelsService()
        service.store = Work(self.shelf, emits=ParcelsService.store.emits, clock=lambda: self.now)
        return service

    # --- in

    def tell(self, type_: str, data: dict[str, Any], **more: Any) -> str | None:
        """A township's event; answers the note of its receipt."""
        return self.hear(event(type_, data, next(self.numbers), **more))

    def hear(self, told: Event) -> str | None:
        """Does an event as the backbone does: load, run, commit; `Refused` leaves no trace."""
        service, entrypoint = self.service(), HEARD[told.type]
        service.store.begin(told)
        loaded = msgspec.structs  # placeholder
        return loaded


HEARD: dict[str, Any] = {}


def event(type_: str, data: dict[str, Any], number: int, township: str = XIAOYUE) -> Event:
    return Event(
        id=f"event-{number}",
        source=f"/townships/{township}",
        type=type_,
        time=FIRST_DAY + timedelta(hours=number),
        data=data,
        publisher=township,
    )


_ = (date, load, Posting)
