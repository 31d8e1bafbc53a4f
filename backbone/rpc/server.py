"""Calls: nameko's own protocol, so that any nameko client can call; served so that no call hurts."""

from __future__ import annotations

import difflib
import math
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import orjson
from amqp.exceptions import AccessRefused
from msgspec import structs
from nameko.exceptions import (
    ContainerBeingKilled,
    IncorrectSignature,
    MalformedRequest,
    MethodNotFound,
    serialize,
)
from nameko.extensions import Entrypoint, SharedExtension

from .. import metrics, tracing
from ..amqp.connection import pauses
from ..amqp.consumer import Consumer
from ..amqp.publisher import Publisher
from ..amqp.topology import DEADLINE, RPC_EXCHANGE, is_ours
from ..errors import TOLD, Answered, Invalid, Permanent, Reason, Refused, Unavailable, told_as
from ..host.host import ServiceHost
from ..inbox import admin
from ..inbox.incoming import IncomingMessage
from ..logs import log, words
from ..messages import exact
from ..messages.foreign import plain
from ..messages.outgoing import OutgoingMessage
from ..messages.trace import trace_in
from . import reconciling  # noqa: F401 - its operations are among these
from .admin import LONGEST_BY, OPERATIONS
from .door import caller_of, is_direct, let_in

LARGEST_CALL = 2_000_000  # bytes; a broker with larger bounds than ours lets more in
LARGEST_ANSWER = 2_000_000  # bytes; a broker that refuses one would be asked again for ever
# what speaks of the call itself, or is meant for whoever calls
FOR_CALLERS = (*TOLD, Permanent, IncorrectSignature, MalformedRequest, MethodNotFound)
DEFECT = "A defect of the service that was called; its log says where, in the line call_failed."
ANSWER_TOO_LARGE = Refused(
    [
        Reason(
            "ANSWER_TOO_LARGE",
            f"The answer would be longer than {LARGEST_ANSWER:,} bytes; ask for less at once, with a "
            "smaller limit, say.",
        )
    ]
)


class RpcServer(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Takes calls from `rpc-<service>`, runs each in a worker, replies, acknowledges.

    Nothing that arrives here can end the process: what is no call is answered with the reason when
    it can be answered, and parked when it cannot.
    """

    service_host = ServiceHost()

    def __init__(self) -> None:
        self.methods: dict[str, Rpc] = {}
        self._busy = 0

    def start(self) -> None:
        settings = self.container.config["installation"].settings
        metrics.rpc_in_hand.labels(self.container.service_name).set_function(lambda: self._busy)
        self.drain_s = settings.drain_s
        self.publisher = Publisher(settings.amqp_uri)  # idle between calls, so without heartbeats
        self._answers = eventlet.Queue()
        self._sender = eventlet.spawn(self._send_answers)
        self.consumer = Consumer(
            settings.amqp_uri,
            f"rpc-{self.container.service_name}",
            self._take,
            batch=settings.rpc_workers,
            heartbeat_s=settings.heartbeat_s,
            on_state=self.service_host.health.reporter("rpc"),
            declare=self.service_host.installation.declare,
            acks=False,
        )
        self.consumer.start(eventlet.spawn)

    def drain(self) -> None:
        """Take no more calls; return when those in hand are answered, or the time is up."""
        self.consumer.hold()
        until = time.monotonic() + self.drain_s
        while self._busy and time.monotonic() < until:
            eventlet.sleep(0.02)
        if self._busy:  # nameko would wait for them without end; their calls come again
            self.container._kill_worker_threads()

    def stop(self) -> None:
        self.consumer.stop()
        self._sender.kill()
        self.publisher.close()

    def _take(self, messages: list[Any], *_: Any) -> None:
        for message in messages:
            try:
                self._serve(message)
            except ContainerBeingKilled:
                self.consumer.requeue(message)
            except Exception as problem:  # noqa: BLE001 - answered or parked, see the class
                self._refuse(message, problem)

    def _serve(self, message: Any) -> None:
        body = self._read(message)
        method = message.delivery_info["routing_key"].partition(".")[2]
        if _seconds_left(message) <= 0:
            self._expire(message, method)
            return
        if method not in self.methods and method not in OPERATIONS:
            raise MethodNotFound(self._unknown(method))
        caller = caller_of(message)
        let_in(
            self.service_host, caller, method, direct=is_direct(message, self.service_host.service)
        )
        started = time.monotonic()

        answered: list[bool] = []

        def done(ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            if answered:
                return result, exc_info
            answered.append(True)
            _end_span(ctx, exc_info)
            try:
                self._answer(message, method, result, exc_info, started)
            except Exception as problem:  # noqa: BLE001 - raised in a worker it would end the container
                log.exception("answer_failed", method=method)
                self._reply(message, None, problem)
            finally:
                self._busy -= 1
            return result, exc_info

        if method in OPERATIONS:
            self._busy += 1
            eventlet.spawn_n(self._operate, OPERATIONS[method], body, caller, done)
        else:
            context = _context(message, caller, f"{self.container.service_name} {method}")
            self._busy += 1
            self.container.spawn_worker(
                self.methods[method], body["args"], body["kwargs"], context, handle_result=done
            )

    def _read(self, message: Any) -> dict[str, Any]:
        """What a call says. Raises `Invalid`, `MalformedRequest`, or what `exact.loads` raises."""
        if len(message.body) > LARGEST_CALL:
            sentence = f"A call has at most {LARGEST_CALL:,} bytes; say less at once."
            raise Invalid([Reason("CALL_TOO_LARGE", sentence, "kwargs")])
        body = exact.loads(message.body)
        if not isinstance(body, dict) or not {"args", "kwargs"} <= body.keys():
            raise MalformedRequest("the message must be {args: […], kwargs: {…}}")
        if not isinstance(body["args"], list) or not isinstance(body["kwargs"], dict):
            raise MalformedRequest("args must be a list and kwargs an object")
        if not self._reply_to(message):
            raise MalformedRequest("the message has no reply_to, or one that is a call")
        return body

    def _unknown(self, method: str) -> str:
        there_are = [*self.methods, *OPERATIONS]
        near = difflib.get_close_matches(method, there_are, 1)
        said = f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(there_are))}."
        return f"{self.container.service_name} has no method {plain(method[:80])}. {said}"

    def _expire(self, message: Any, method: str) -> None:
        """Nobody waits for the answer any more: do not begin."""
        known = method if method in self.methods or method in OPERATIONS else "unknown"
        metrics.rpc_served.labels(self.container.service_name, known, "expired").inc()
        self.consumer.ack(message)

    def _operate(
        self, act: Callable[..., Any], body: dict[str, Any], caller: str, done: Any
    ) -> None:
        """What every service answers to an operator. On record stands who called, where the broker knows
        it, and for whom that user says to act."""
        given = body["kwargs"]
        if caller and isinstance(claimed := given.get("by"), str) and claimed not in ("", caller):
            given = given | {"by": f"{caller} for {claimed}"[:LONGEST_BY]}
        try:
            result, problem = act(self.service_host, *body["args"], **given), None
        except Exception:  # noqa: BLE001 - told to the caller
            result, problem = None, sys.exc_info()
        done(None, result, problem)

    def _answer(
        self, message: Any, method: str, result: Any, exc_info: Any, started: float
    ) -> None:
        service = self.container.service_name
        problem = exc_info[1] if exc_info else None
        if problem is not None and not isinstance(problem, Answered | Unavailable):
            log.error("call_failed", service=service, method=method, exc_info=problem)
        self._reply(message, result, problem)
        outcome = told_as(problem).__name__ if problem else "ok"
        metrics.rpc_served.labels(service, method, outcome).inc()
        metrics.rpc_seconds.labels(service, method).observe(time.monotonic() - started)
        metrics.last_success.labels(service, "answer").set(time.time())

    def _reply(self, message: Any, result: Any, problem: BaseException | None) -> None:
        """Have the answer sent, and the call acknowledged when the broker has it."""
        body = _payload(result, problem)
        if len(body) > LARGEST_ANSWER:
            body = _payload(None, ANSWER_TOO_LARGE)
        said = message.properties.get("correlation_id")
        posting = OutgoingMessage(
            RPC_EXCHANGE,
            self._reply_to(message),
            body,
            correlation_id=said if isinstance(said, str) else None,
        )
        self._busy += 1
        self._answers.put((message, posting))

    def _send_answers(self) -> None:
        """Send whatever answers there are, together. What could not be sent is a call that comes
        again; its request_id makes that harmless."""
        while True:
            some = [self._answers.get()]
            while not self._answers.empty() and len(some) < self.consumer.batch:
                some.append(self._answers.get())
            done = self._sent([posting for _, posting in some])
            for message, _ in some:
                try:
                    (self.consumer.ack if done else self.consumer.requeue)(message)
                except Exception:  # noqa: BLE001 - a defect must not end the sending of answers
                    log.exception("answer_not_settled", service=self.container.service_name)
            self._busy -= len(some)

    def _sent(self, postings: list[OutgoingMessage]) -> bool:
        for _ in range(2):  # the first time may only show that an old connection was closed
            try:
                unheard = set(self.publisher.publish(postings))
                self._send_by_name(_to_queues(e for e in postings if e.routing_key in unheard))
            except Unavailable:
                continue
            except Exception:  # noqa: BLE001 - a defect must not end the sending of answers
                log.exception("answers_failed", service=self.container.service_name)
                return False
            return True
        return False

    def _send_by_name(self, answers: list[OutgoingMessage]) -> None:
        """Send them to the queues of these names, where our user may: one with the least rights may not,
        and its callers have to bind their queues."""
        if not answers:
            return
        try:
            self.publisher.publish(answers)
        except Unavailable as problem:
            if not isinstance(problem.__cause__, AccessRefused):
                raise
            metrics.answers_not_bound.labels(self.container.service_name).inc(len(answers))
            log.warning("answers_not_bound", service=self.container.service_name)

    def _reply_to(self, message: Any) -> str:
        """Where the answer goes: never to the methods of a service, which the caller may not be let to
        call."""
        found = message.properties.get("reply_to")
        if not isinstance(found, str):
            return ""
        service, dot, _ = found.partition(".")
        return "" if dot and service in self.service_host.installation.services else found

    def _refuse(self, message: Any, problem: Exception) -> None:
        if isinstance(problem, exact.NotJson):
            problem = MalformedRequest(f"the message is not JSON in UTF-8 ({problem})")
        if isinstance(problem, exact.TooDeep):
            problem = Invalid([Reason("TOO_DEEP", f"In what is asked {problem}.", "kwargs")])
        if isinstance(problem, exact.Twice):
            twice = f"{plain(str(problem)[:80])!r} is there twice in one object; say it once"
            problem = MalformedRequest(twice)
        if not isinstance(problem, FOR_CALLERS):
            log.error("call_failed", service=self.container.service_name, exc_info=problem)
        metrics.rpc_served.labels(
            self.container.service_name, "unknown", type(problem).__name__
        ).inc()
        if self._reply_to(message):
            self._reply(message, None, problem)
            return
        eventlet.spawn_n(self._park, message, problem)

    def _park(self, message: Any, problem: Exception) -> None:
        """Set it aside, on a thread of its own: calls go on when Redis keeps it waiting."""
        inbox, waits = self.service_host.any_inbox(), pauses()
        while not self.consumer.stopping:
            try:
                admin.park(
                    inbox,
                    IncomingMessage.of(message, inbox.service),
                    type(problem).__name__,
                    str(problem),
                )
            except Exception as failure:  # noqa: BLE001 - whatever it was: the message is kept
                trace = None if isinstance(failure, Unavailable) else failure
                log.warning("parking_waits", problem=failure, exc_info=trace)
                eventlet.sleep(next(waits))
            else:
                self.consumer.ack(message)
                return


class Rpc(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that is called by nameko's RPC protocol."""

    server = RpcServer()

    def setup(self) -> None:
        self.server.methods[self.method_name] = self

    def stop(self) -> None:
        self.server.drain()


def _to_queues(answers: Iterable[OutgoingMessage]) -> list[OutgoingMessage]:
    """The answers to callers whose reply_to is, as is usual in AMQP, the name of their queue, and no
    key that they bound at nameko's exchange. Never to a queue of ours: what a caller may not publish
    there, we shall not publish for it. A caller that has gone away costs nothing."""
    return [
        structs.replace(each, exchange="", mandatory=False)
        for each in answers
        if not is_ours(each.routing_key)
    ]


def _payload(result: Any, problem: BaseException | None) -> bytes:
    said = {"result": result, "error": _error(problem) if problem else None}
    return orjson.dumps(said, default=str)


def _error(problem: BaseException) -> dict[str, Any]:
    """An error as nameko writes it, under a name that the contracts list if it is a kind of one. Of a defect
    nothing that may repeat what others reported."""
    cls = told_as(problem)
    named = {"exc_type": cls.__name__, "exc_path": f"{cls.__module__}.{cls.__name__}"}
    if not isinstance(problem, FOR_CALLERS):
        return {**named, "exc_args": [], "value": words(problem) or DEFECT}
    return {**serialize(problem), **named}


def _context(message: Any, caller: str, work: str) -> dict[str, Any]:
    """Who calls; and what a caller may pass on: the stack of call ids, if it is one, how long it waits,
    and the trace that the call belongs to; with a span for this `work`."""
    headers = message.headers or {}
    context: dict[str, Any] = {"seconds_left": _seconds_left(message), "caller": caller}
    context["span"] = tracing.begin(work, "SERVER", trace_in(headers))
    context["trace"] = tracing.trace_of(context["span"], trace_in(headers))
    stack = headers.get("nameko.call_id_stack")
    if isinstance(stack, list) and all(isinstance(each, str) for each in stack):
        context["call_id_stack"] = stack[-10:]
    return context


def _end_span(context: Any, exc_info: Any) -> None:
    """The span of a call, if it has one, is over."""
    span = context.data.get("span") if context else None
    if span:
        span.end(exc_info[1] if exc_info else None)


def _seconds_left(message: Any) -> float:
    """How long the caller still waits, by our clock; for ever if it does not say."""
    deadline = (message.headers or {}).get(DEADLINE)
    if isinstance(deadline, int | float) and not isinstance(deadline, bool):
        return deadline - time.time()
    return math.inf
