"""The way into services through the broker: as townships publish, and as internal systems call."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from nameko.exceptions import RemoteError, RpcTimeout
from nameko.standalone.rpc import ClusterRpcProxy

from backbone.amqp.publisher import Publisher
from backbone.errors import Answered, Invalid, NotFound, Reason, Refused, Unavailable
from backbone.messages.outgoing import OutgoingMessage

from ..handin.receipts import Receipts

STRUCTURED = "application/cloudevents+json"
ANSWERED: dict[str, type[Answered]] = {"Invalid": Invalid, "NotFound": NotFound, "Refused": Refused}
CODE = r"([A-Z][A-Z0-9_]+)(?: \([^)]*\))?: "
EACH = re.compile(rf"(?:^|; ){CODE}(.*?)(?=; {CODE}|$)", re.DOTALL)


class BrokerDoor:
    """Opened at once, and kept open: a year has thousands of commands. Raises what a connection raises that
    cannot be had."""

    def __init__(self, uri: str, deadline_s: float) -> None:
        self._publisher, self._receipts = Publisher(uri), Receipts(uri)
        self._calls = ClusterRpcProxy({"AMQP_URI": uri}, timeout=deadline_s)
        self._services = self._calls.start()

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
            return getattr(self._services[service], method)(**arguments)
        except RpcTimeout as problem:
            raise Unavailable(f"{service} did not answer") from problem
        except RemoteError as problem:
            raise _raised(problem) from problem

    def close(self) -> None:
        self._calls.stop()
        self._publisher.close()
        self._receipts.close()


def _raised(problem: RemoteError) -> Exception:
    """The no of a service as ours."""
    kind, said = str(problem.exc_type), str(problem.value)
    if kind in ("Unavailable", "DeadlineExceeded"):
        return Unavailable(said)
    return ANSWERED[kind](reasons_in(said)) if kind in ANSWERED else Refused([Reason(kind, said)])


def reasons_in(said: str) -> list[Reason]:
    """The reasons that a no tells in one text, `CODE (field): what would be right; CODE: …`. A sentence may
    have a semicolon of its own."""
    return [Reason(each[0], each[1]) for each in EACH.findall(said)]
