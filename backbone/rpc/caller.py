"""Calls to another service, with a deadline.

parcels = Calls("parcels", "get_parcel")    a dependency of a service, with the methods that it calls
Caller(uri, "parcels", 30)                  anywhere else
"""

from __future__ import annotations

import inspect
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import eventlet
import orjson
from kombu import Exchange, Queue
from nameko.exceptions import deserialize
from nameko.extensions import DependencyProvider

from .. import metrics
from ..amqp.connection import CONNECTION_ERRORS, connection, refusal
from ..amqp.topology import DEADLINE, RPC_EXCHANGE
from ..errors import Answered, Invalid, NotFound, Permanent, Refused, Unavailable
from ..logs import words
from ..messages.trace import Trace


class Calls(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Calls to another service. `self.parcels.release_standing(parcel_id=…)` answers, raises what
    the service raised, or `Unavailable` when there is no answer within RPC_DEADLINE_S. The broker lets
    the service call the `methods` that are named here, and no others."""

    def __init__(self, service: str, *methods: str) -> None:
        self.service, self.methods = service, methods

    def setup(self) -> None:
        self.settings = self.container.config["installation"].settings

    def get_dependency(self, worker_ctx: Any) -> Caller:
        trace = worker_ctx.data.get("trace", {}) if worker_ctx else {}
        return Caller(
            self.settings.amqp_uri, self.service, self.settings.rpc_deadline_s, self.methods, trace
        )


class Caller:
    """One service as seen by a caller: every attribute is a method of it, or those of `methods` if it
    is given some."""

    def __init__(
        self,
        uri: str,
        service: str,
        deadline_s: float,
        methods: tuple[str, ...] = (),
        trace: Trace | None = None,
    ) -> None:
        self.uri, self.service, self.deadline_s = uri, service, deadline_s
        self.methods, self.trace = methods, trace or {}

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if self.methods and method not in self.methods:
            raise AttributeError(f"name {method} among the Calls of {self.service}")

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

    def headers(self) -> dict[str, Any]:
        """What a call says beside its arguments: how long it waits, and the trace that it belongs to."""
        return {DEADLINE: time.time() + self.deadline_s, **self.trace}

    def _call(self, method: str, kwargs: dict[str, Any]) -> Any:
        late = TimeoutError(f"{self.service} did not answer within {self.deadline_s} s")
        try:
            with eventlet.Timeout(self.deadline_s, late), connection(self.uri) as opened:
                body = self._exchange(opened, method, kwargs)
        except CONNECTION_ERRORS as problem:
            silent = words(problem) or type(problem).__name__
            why = refusal(problem, self.uri) or f"{self.service} does not answer: {silent}"
            raise Unavailable(why) from problem
        if body.get("error"):
            raise _raised(body["error"])
        return body["result"]

    def _exchange(self, opened: Any, method: str, kwargs: dict[str, Any]) -> Any:
        channel, me = opened.channel(), str(uuid.uuid4())
        arrived: list[Any] = []
        # the services declare it: most users may not
        exchange = Exchange(RPC_EXCHANGE, type="topic", durable=True, no_declare=True)
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

        def take(message: Any) -> None:
            if _answers(message, me):
                arrived.append(message)

        with opened.Consumer([bound], channel=channel, on_message=take, no_ack=True):
            opened.Producer(channel).publish(
                {"args": [], "kwargs": kwargs},
                exchange=exchange,
                routing_key=f"{self.service}.{method}",
                reply_to=me,
                correlation_id=me,
                user_id=user_of(self.uri),
                expiration=self.deadline_s,
                headers=self.headers(),
                serializer="json",
            )
            while not arrived:
                opened.drain_events()
        return orjson.loads(arrived[0].body)


def _answers(message: Any, me: str) -> bool:
    """Whether it is the answer that we wait for, and came straight to our key, where the broker lets services
    publish. What somebody led there by an exchange or a queue of his own, or as a copy of a call, is none."""
    came, headers = message.delivery_info, message.headers or {}
    is_direct = came["exchange"] in (RPC_EXCHANGE, "") and came["routing_key"] == me
    is_direct = is_direct and "x-death" not in headers
    return is_direct and message.properties.get("correlation_id") == me


def user_of(uri: str) -> str | None:
    """The user that a URI names, who is sent with a call: the broker holds it against the connection."""
    name = urlsplit(uri).username
    return unquote(name) if name else None


def called(service_cls: Any) -> list[str]:
    """The methods of other services that a service class calls: `parcels.get_parcel`."""
    asked = inspect.getmembers(service_cls, lambda each: isinstance(each, Calls))
    return sorted(f"{each.service}.{method}" for _, each in asked for method in each.methods)


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
