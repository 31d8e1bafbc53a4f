"""notify on a store in memory, without a broker: facts and calls go in, announced facts come out."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from backbone.messages.envelope import Event
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork
from services.notify.channels import Outlets
from services.notify.channels.settings import ChannelSettings
from services.notify.delivery.message import Message
from services.notify.service import NotifyService
from services.notify.subscriptions.target import Target
from tests.support.judge import as_promised

from .facts import NOON


class Postman(Outlets):
    """Channels that reach nobody: what was sent is in `sent`. `answers` are met one a try; when
    they are used up, everything is taken."""

    def __init__(self, *answers: Exception | None) -> None:
        super().__init__(ChannelSettings())
        self.answers = list(answers)
        self.sent: list[tuple[str, Target, Message]] = []
        self.counted: list[tuple[str, str]] = []

    def send(self, channel: str, target: Target, message: Message) -> None:
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.sent.append((channel, target, message))

    def count(self, channel: str, state: str) -> None:
        self.counted.append((channel, state))


@dataclass
class Rehearsal:
    channels: Outlets = field(default_factory=Postman)
    now: datetime = NOON + timedelta(hours=1)

    def __post_init__(self) -> None:
        redis = connect(f"memory://{uuid.uuid4()}")
        self.repository = Repository("notify", redis, NotifyService.store.kept)
        self._request_ids = (f"request-{n}" for n in itertools.count())
        self._sent: set[bytes] = set()

    def service(self, work: UnitOfWork | None = None) -> Any:
        service = NotifyService()
        service.store = work or UnitOfWork(
            self.repository, emits=NotifyService.store.emits, clock=lambda: self.now
        )
        service.channels = self.channels
        return service

    def hear(self, *events: Event) -> None:
        for event in events:
            service = self.service()
            service.store.begin(
                msgspec.structs.replace(event, publisher=event.type.partition(".")[0])
            )
            self._method(service, event)(event)
            service.store.keep(None)
            service.store.commit()

    def _method(self, service: Any, event: Event) -> Any:
        source = event.source.removeprefix("/services/")
        return service.deliver if source == "notify" else getattr(service, f"hear_{source}")

    def call(self, method: str, **request: Any) -> Any:
        """A write, with a request id of its own."""
        return self.read(method, request_id=next(self._request_ids), **request)

    def read(self, method: str, **request: Any) -> Any:
        return as_promised(NotifyService, method, getattr(self.service(), method)(**request))

    def alerts(self, **filters: Any) -> list[dict[str, Any]]:
        return self.read("list_alerts", filter=filters)["items"]

    def deliveries(self, **filters: Any) -> list[dict[str, Any]]:
        return self.read("list_deliveries", filter=filters)["items"]

    # --- what was announced

    def postings(self) -> list[tuple[bytes, OutgoingMessage]]:
        entries = self.repository.call("xrange", self.repository.outbox)
        return [(entry_id, OutgoingMessage.of(entry)) for entry_id, entry in entries]

    def announced(self, name: str) -> list[dict[str, Any]]:
        return [
            msgspec.json.decode(posting.body)["data"]
            for _, posting in self.postings()
            if posting.routing_key == name
        ]

    def send_due(self) -> list[float]:
        """Hear every `delivery_due` that was announced and not heard; answers their delays."""
        due = [(i, p) for i, p in self.postings() if p.routing_key == "delivery_due"]
        new = [(i, p) for i, p in due if i not in self._sent]
        for entry_id, posting in new:
            self._sent.add(entry_id)
            event = msgspec.json.decode(posting.body)
            self.hear(
                Event(
                    id=event["id"], source=event["source"], type=event["type"], data=event["data"]
                )
            )
        return [posting.delay_s for _, posting in new]


def desk(name: str = "land-desk", **terms: Any) -> dict[str, Any]:
    """A subscription of a desk that reads the log, unless the terms say otherwise."""
    return {"subscription_id": name, "name": name, "channel": "log"} | terms
