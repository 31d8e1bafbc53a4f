"""Calls to another service, with a deadline.

parcels = Calls("parcels")      a dependency of a service
Caller(uri, "parcels", 30)      anywhere else
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import eventlet
import orjson
from kombu import Exchange, Queue
from nameko.exceptions import deserialize
from nameko.extensions import DependencyProvider

from .. import metrics
from ..amqp.connection import CONNECTION_ERRORS, connection
from ..amqp.topology import DEADLINE, RPC_EXCHANGE
from ..errors import Answered, Invalid, NotFound, Permanent, Refused, Unavailable


class Calls(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Calls to another service. `self.parcels.release_standing(parcel_id=…)` answers, raises what
    the service raised, or `Unavailable` when there is no answer within RPC_DEADLINE_S."""

    def __init__(self, service: str) -> None:
        self.service = service

    def setup(self) -> None:
        self.settings = self.container.config["installation"].settings

    def get_dependency(self, worker_ctx: Any) -> Caller:
        return Caller(self.settings.amqp_uri, self.service, self.settings.rpc_deadline_s)


class Caller:
    """One service as seen by a caller: every attribute is a method of it."""

    def __init__(self, uri: str, service: str, deadline_s: float) -> None:
        self.uri, self.service, self.deadline_s = uri, service, deadline_s

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(**kwargs: Any) -> Any:
            outcome = "failed"
            try:
                result = self._call(method, kwargs)
                outcome = "ok"
                return result
            except Exception as problem:
                outcome = type(problem).__name__
                raise
            finally:
                metrics.rpc_called.labels(self.service, method, outcome).inc()

        return call

    def _call(self, method: str, kwargs: dict[str, Any]) -> Any:
        late = TimeoutError(f"{self.service} did not answer within {self.deadline_s} s")
        try:
            with eventlet.Timeout(self.deadline_s, late), connection(self.uri) as opened:
                body = self._exchange(opened, method, kwargs)
        except CONNECTION_ERRORS as problem:
            raise Unavailable(f"{self.service} does not answer: {problem}") from problem
        if body.get("error"):
            raise _raised(body["error"])
        return body["result"]

    def _exchange(self, opened: Any, method: str, kwargs: dict[str, Any]) -> Any:
        channel, me = opened.channel(), str(uuid.uuid4())
        arrived: list[Any] = []
        exchange = Exchange(RPC_EXCHANGE, type="topic", durable=True)
        queue = Queue(
            f"rpc.reply-{me}",
            exchange,
            me,
            durable=False,
            exclusive=True,
            auto_delete=True,
            queue_arguments={"x-queue-type": "classic"},
        )
        bound = queue(channel)
        bound.declare()
        with opened.Consumer([bound], channel=channel, on_message=arrived.append, no_ack=True):
            opened.Producer(channel).publish(
                {"args": [], "kwargs": kwargs},
                exchange=exchange,
                routing_key=f"{self.service}.{method}",
                reply_to=me,
                correlation_id=me,
                expiration=self.deadline_s,
                headers={DEADLINE: time.time() + self.deadline_s},
                serializer="json",
            )
            while not arrived:
                opened.drain_events()
        return orjson.loads(arrived[0].body)


def _raised(error: dict[str, Any]) -> Exception:
    """The error of the other side: ours as themselves, any other as nameko's RemoteError."""
    ours: dict[str, type[Answered]] = {"Invalid": Invalid, "Refused": Refused, "NotFound": NotFound}
    if cls := ours.get(str(error.get("exc_type"))):
        return cls(*error.get("exc_args", ()))
    if error.get("exc_type") == "Unavailable":
        return Unavailable(str(error.get("value")))
    if error.get("exc_type") in ("Permanent", "Damaged"):
        return Permanent(str(error.get("value")))
    return deserialize(error)  # type: ignore[no-any-return]
