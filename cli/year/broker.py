"""The way into services through the broker: as townships publish, and as internal systems call."""

from __future__ import annotations

from typing import Any

import msgspec
from nameko.exceptions import RemoteError

from backbone.amqp.publisher import Publisher
from backbone.errors import Permanent, Reason, Refused
from backbone.messages.outgoing import OutgoingMessage
from backbone.rpc.caller import Caller

from ..handin.receipts import Receipts

STRUCTURED = "application/cloudevents+json"


class BrokerDoor:
    """Opened at once. Raises what a connection raises that cannot be had."""

    def __init__(self, uri: str, deadline_s: float) -> None:
        self.uri, self.deadline_s = uri, deadline_s
        self._publisher, self._receipts = Publisher(uri), Receipts(uri)

    def send(self, events: list[dict[str, Any]]) -> None:
        postings = []
        for event in events:
            township = event["source"].rpartition("/")[2]
            self._receipts.hear(township)
            body, key = msgspec.json.encode(event), f"{township}.{event['type']}"
            postings.append(OutgoingMessage("township.events", key, body, STRUCTURED))
        self._publisher.publish(postings)

    def receipts(self, wait_s: float) -> list[dict[str, Any]]:
        return self._receipts.take(wait_s)

    def ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        try:
            return getattr(Caller(self.uri, service, self.deadline_s), method)(**arguments)
        except (RemoteError, Permanent) as problem:
            code = getattr(problem, "exc_type", type(problem).__name__)
            raise Refused([Reason(code, str(problem))]) from problem

    def close(self) -> None:
        self._publisher.close()
        self._receipts.close()
