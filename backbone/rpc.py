"""Calls: nameko's own protocol, so that any nameko client can call; served so that no call hurts.

@query(schemas.Something)       a read: keyword arguments held against the schema
@command(schemas.Something)     a write, done once per `request_id`, however often it is sent
get_x, list_xs, x_history = reads(X)
parcels = Calls("parcels")      a dependency: calls to another service, with a deadline
"""

from __future__ import annotations

import math
import sys
import time
import uuid
from collections.abc import Callable
from enum import Enum
from functools import cache, partial, wraps
from inspect import signature
from typing import Any, get_args, get_type_hints

import eventlet
import marshmallow
import msgspec
import orjson
from kombu import Exchange, Queue
from marshmallow import RAISE, Schema, fields
from nameko.exceptions import (
    ContainerBeingKilled,
    MalformedRequest,
    MethodNotFound,
    deserialize,
    serialize,
)
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension

from . import metrics
from .contract import load
from .envelope import Event
from .errors import Answered, Invalid, NotFound, Overtime, Reason, Refused, Unavailable
from .inbox import Letter
from .logs import digest, log
from .operations import OPERATIONS
from .service import House
from .store import filterable, snake
from .topology import RPC_EXCHANGE
from .watchdog import limit
from .wire import CONNECTION_ERRORS, Consumer, Publisher, connection, pauses
from .work import Clash, Posting, Seen, Work

MOST_LISTED = 200
REQUEST_ID_USED = Reason(
    "REQUEST_ID_USED",
    "Another call of this method, with other arguments, had this request_id; give each call its own, "
    "a UUID say.",
    "request_id",
)
DEADLINE = "x-deadline"  # header of a call: the Unix time after which nobody waits for the answer


# --- serving


class RpcServer(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Takes calls from `rpc-<service>`, runs each in a worker, replies, acknowledges.

    Nothing that arrives here can end the process: what is no call is answered with the reason when
    it can be answered, and parked when it cannot.
    """

    house = House()

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
            on_state=self.house.health.reporter("rpc"),
            declare=self.house.installation.declare,
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

    def _take(self, messages: list[Any]) -> None:
        for message in messages:
            try:
                self._serve(message)
            except ContainerBeingKilled:
                self.consumer.requeue(message)
            except Exception as problem:  # noqa: BLE001 - answered or parked, see the class
                self._refuse(message, problem)

    def _serve(self, message: Any) -> None:
        body = orjson.loads(message.body)
        if not isinstance(body, dict) or not {"args", "kwargs"} <= body.keys():
            raise MalformedRequest("the message must be {args: […], kwargs: {…}}")
        if not isinstance(body["args"], list) or not isinstance(body["kwargs"], dict):
            raise MalformedRequest("args must be a list and kwargs an object")
        if not _reply_to(message):
            raise MalformedRequest("the message has no reply_to")
        method = message.delivery_info["routing_key"].partition(".")[2]
        if _seconds_left(message) <= 0:
            self._expire(message, method)
            return
        started = time.monotonic()

        answered: list[bool] = []

        def done(_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            if answered:
                return result, exc_info
            answered.append(True)
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
            eventlet.spawn_n(self._operate, OPERATIONS[method], body["kwargs"], done)
        elif method in self.methods:
            context = _context(message)
            self._busy += 1
            self.container.spawn_worker(
                self.methods[method], body["args"], body["kwargs"], context, handle_result=done
            )
        else:
            raise MethodNotFound(method)

    def _expire(self, message: Any, method: str) -> None:
        """Nobody waits for the answer any more: do not begin."""
        known = method if method in self.methods or method in OPERATIONS else "unknown"
        metrics.rpc_served.labels(self.container.service_name, known, "expired").inc()
        self.consumer.ack(message)

    def _operate(self, act: Callable[..., Any], kwargs: dict[str, Any], done: Any) -> None:
        """What every service answers to an operator."""
        try:
            _bound(act, kwargs)
            result, problem = act(self.house, **kwargs), None
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
        outcome = type(problem).__name__ if problem else "ok"
        metrics.rpc_served.labels(service, method, outcome).inc()
        metrics.rpc_seconds.labels(service, method).observe(time.monotonic() - started)
        metrics.last_success.labels(service, "answer").set(time.time())

    def _reply(self, message: Any, result: Any, problem: BaseException | None) -> None:
        """Have the answer sent, and the call acknowledged when the broker has it."""
        payload = {"result": result, "error": serialize(problem) if problem else None}
        said = message.properties.get("correlation_id")
        posting = Posting(
            RPC_EXCHANGE,
            _reply_to(message),
            orjson.dumps(payload, default=str),
            mandatory=False,  # a caller that has gone away costs nothing
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

    def _sent(self, postings: list[Posting]) -> bool:
        for _ in range(2):  # the first time may only show that an old connection was closed
            try:
                self.publisher.publish(postings)
            except Unavailable:
                continue
            except Exception:  # noqa: BLE001 - a defect must not end the sending of answers
                log.exception("answers_failed", service=self.container.service_name)
                return False
            return True
        return False

    def _refuse(self, message: Any, problem: Exception) -> None:
        if isinstance(problem, orjson.JSONDecodeError):
            problem = MalformedRequest("the message is not JSON")
        metrics.rpc_served.labels(
            self.container.service_name, "unknown", type(problem).__name__
        ).inc()
        if _reply_to(message):
            self._reply(message, None, problem)
            return
        eventlet.spawn_n(self._park, message, problem)

    def _park(self, message: Any, problem: Exception) -> None:
        """Set it aside, on a thread of its own: calls go on when Redis keeps it waiting."""
        inbox, waits = self.house.any_inbox(), pauses()
        while not self.consumer.stopping:
            try:
                inbox.park(Letter.of(message), type(problem).__name__, str(problem))
            except Exception as failure:  # noqa: BLE001 - whatever it was: the message is kept
                trace = None if isinstance(failure, Unavailable) else failure
                log.warning("parking_waits", problem=str(failure), exc_info=trace)
                eventlet.sleep(next(waits))
            else:
                self.consumer.ack(message)
                return


def _bound(act: Callable[..., Any], kwargs: dict[str, Any]) -> None:
    """Raise `Invalid` unless `act` takes these arguments."""
    takes = signature(act)
    try:
        takes.bind(None, **kwargs)
    except TypeError as problem:
        names = [name for name in takes.parameters if name != "house"]
        raise Invalid(
            [Reason("INVALID", f"The arguments are {', '.join(names)}.", "kwargs")]
        ) from problem


class Rpc(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that is called by nameko's RPC protocol."""

    server = RpcServer()

    def setup(self) -> None:
        self.server.methods[self.method_name] = self

    def stop(self) -> None:
        self.server.drain()


def _reply_to(message: Any) -> str:
    found = message.properties.get("reply_to")
    return found if isinstance(found, str) else ""


def _context(message: Any) -> dict[str, Any]:
    """What a caller may pass on: the stack of call ids, if it is one; and how long it waits."""
    context: dict[str, Any] = {"seconds_left": _seconds_left(message)}
    stack = (message.headers or {}).get("nameko.call_id_stack")
    if isinstance(stack, list) and all(isinstance(each, str) for each in stack):
        context["call_id_stack"] = stack[-10:]
    return context


def _seconds_left(message: Any) -> float:
    """How long the caller still waits, by our clock; for ever if it does not say."""
    deadline = (message.headers or {}).get(DEADLINE)
    if isinstance(deadline, int | float) and not isinstance(deadline, bool):
        return deadline - time.time()
    return math.inf


# --- how a method is made callable


def query(schema: type[Schema]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A read. The method gets the keyword arguments as the schema loads them."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        contract = schema()

        @wraps(method)
        def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
            with _in_time(self.store):
                return method(self, _request(contract, args, kwargs))

        answer.contract = contract  # type: ignore[attr-defined]  # for whoever documents the calls
        return Rpc.decorator(answer)  # type: ignore[no-any-return]

    return decorate


def command(schema: type[Schema]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A write, committed in one step after the method returns.

    The caller gives a `request_id` of its own and repeats it when it calls again: the first call
    takes effect, the others get its answer. A refusal is not remembered, so that a corrected call
    may use the same id.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        contract = schema()

        @wraps(method)
        def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
            _by_name(args)
            request_id = _request_id(kwargs.pop("request_id", None))
            request = _request(contract, args, kwargs)
            said = digest(
                orjson.dumps(kwargs, default=str, option=orjson.OPT_SORT_KEYS).decode(), 32
            )
            with _in_time(self.store):
                act = partial(method, self, request)
                return once(self.store, method.__name__, request_id, said, act)

        answer.contract, answer.writes = contract, True  # type: ignore[attr-defined]
        return Rpc.decorator(answer)  # type: ignore[no-any-return]

    return decorate


def _in_time(work: Work) -> limit:
    """Ends the call when nobody waits for it any more, or when it takes longer than any call may."""
    return limit(work.seconds_left, Overtime(f"the call took over {work.seconds_left:.0f} s"))


def once(work: Work, method: str, request_id: str, said: str, act: Callable[[], Any]) -> Any:
    """What `act` answers, committed with its effect; or the answer that this request got before.
    `said` stands for its arguments: another request under the same id is refused."""
    mark = work.shelf.mark("call", method, request_id)
    source = f"/rpc/{work.shelf.service}/{method}"  # each method has its own request_ids
    cause = Event(id=request_id, source=source, type=f"rpc.{method}")
    while True:
        before = work.shelf.call("get", mark)
        if before is not None:
            known = msgspec.json.decode(before)
            if known["said"] != said:
                raise Refused([REQUEST_ID_USED])
            return known["answer"]
        work.renew()
        work.begin(cause)
        answer = act()
        work.keep(mark, {"said": said, "answer": answer})
        try:
            work.commit()
        except (Clash, Seen):
            metrics.clashes.labels(work.shelf.service).inc()
        else:
            metrics.last_success.labels(work.shelf.service, "commit").set(time.time())
            return answer


def _by_name(args: tuple[Any, ...]) -> None:
    if args:
        raise Invalid([Reason("INVALID", "Give every argument by its name.", field="args")])


def _request(contract: Schema, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    _by_name(args)
    return load(contract, kwargs, path="")


def _request_id(given: Any) -> str:
    if isinstance(given, str) and 1 <= len(given) <= 100:
        return given
    raise Invalid(
        [
            Reason(
                "INVALID",
                "A write needs a request_id of your own, 1 to 100 characters (a UUID, say); give the "
                "same one when you call again.",
                field="request_id",
            )
        ]
    )


# --- the three reads of every kind


class GetRequest(Schema):
    class Meta:
        unknown = RAISE

    as_of = fields.AwareDateTime(load_default=None)


class ListRequest(Schema):
    class Meta:
        unknown = RAISE

    filter = fields.Dict(keys=fields.Str(), load_default=dict)
    order = fields.Str(load_default="key")
    limit = fields.Int(load_default=50, validate=marshmallow.validate.Range(1, MOST_LISTED))
    cursor = fields.Str(load_default=None, allow_none=True)


def _timed(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
        _by_name(args)
        with _in_time(self.store):
            return method(self, **kwargs)

    return answer


def reads(cls: type) -> tuple[Any, Any, Any]:
    """`get_<kind>`, `list_<kind>s` and `<kind>_history` of a kind that the service keeps.

    * get(<kind>_id=…, as_of=…): the thing now, or as the store held it at a moment
    * list(filter={…}, order="-area_m2", limit=50, cursor=…): {"items": […], "cursor": …}
    * history(<kind>_id=…): every change, oldest first, and the event behind it
    """
    kind = snake(cls.__name__)

    @_timed
    def get(self: Any, **kwargs: Any) -> Any:
        request = _read_request(self.store, cls, kwargs)
        if request["as_of"]:
            found = self.store.shelf.as_of(cls, request["id"], request["as_of"])
        else:
            found = self.store.shelf.load(cls, request["id"]).thing
        if found is None:
            raise NotFound.of(kind.replace("_", " "), request["key"])
        return self.store.dump(found)

    @_timed
    def list_(self: Any, **kwargs: Any) -> Any:
        request = _request(ListRequest(), (), kwargs)
        _known(self.store, cls, request)
        page = self.store.shelf.page(
            cls, request["filter"], request["order"], request["limit"], request["cursor"]
        )
        return {"items": [self.store.dump(item) for item in page.items], "cursor": page.cursor}

    @_timed
    def history(self: Any, **kwargs: Any) -> Any:
        request = _read_request(self.store, cls, kwargs)
        found = self.store.shelf.history(cls, request["id"])
        if not found:
            raise NotFound.of(kind.replace("_", " "), request["key"])
        return found

    get.__doc__ = f"The {kind.replace('_', ' ')} now, or as it was at `as_of`."
    list_.__doc__ = f"{kind.replace('_', ' ')}s by filter and order, a page at a time."
    history.__doc__ = f"Every change of a {kind.replace('_', ' ')}, oldest first."
    return Rpc.decorator(get), Rpc.decorator(list_), Rpc.decorator(history)


def _read_request(work: Work, cls: type, kwargs: dict[str, Any]) -> dict[str, Any]:
    key = work.shelf.kept[cls].key
    identity = kwargs.pop(key, None)
    if not isinstance(identity, str) or not identity:
        raise Invalid([Reason("INVALID", f"Give {key}, a text.", field=key)])
    return {**_request(GetRequest(), (), kwargs), "id": identity, "key": key}


def _known(work: Work, cls: type, request: dict[str, Any]) -> None:
    kept = work.shelf.kept[cls]
    reasons = [
        Reason(
            "INVALID", f"Filters are {', '.join(kept.filters) or 'none'}.", field=f"filter.{name}"
        )
        for name in request["filter"]
        if name not in kept.filters
    ]
    for name, wanted in request["filter"].items():
        values = _values(cls, name) if name in kept.filters else None
        if values and filterable(wanted) not in values:
            listed = ", ".join(value or "null" for value in values)
            reasons.append(Reason("INVALID", f"Give one of {listed}.", field=f"filter.{name}"))
    if request["order"].removeprefix("-") not in kept.ordered_by:
        orders = ", ".join(kept.ordered_by)
        reasons.append(
            Reason("INVALID", f"Orders are {orders}; - before one turns it.", field="order")
        )
    if reasons:
        raise Invalid(reasons)


@cache
def _values(cls: type, name: str) -> tuple[str, ...] | None:
    """What a field of few values can be, as a filter compares it; none for any other field."""
    hint = get_type_hints(cls).get(name)
    found: list[str] = []
    for each in get_args(hint) or (hint,):
        if each is bool:
            found += ["true", "false"]
        elif isinstance(each, type) and issubclass(each, Enum):
            found += [str(member.value) for member in each]
        elif each is type(None):
            found.append("")
        else:
            return None
    return tuple(found)


# --- calling


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
    return deserialize(error)  # type: ignore[no-any-return]
