"""How a method of a service is made callable.

@query(schemas.Something)       a read: keyword arguments held against the schema
@command(schemas.Something)     a write, done once per `request_id`, however often it is sent
get_x, list_xs, x_history = reads(X)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, wraps
from typing import Any, get_args, get_type_hints

import msgspec
import orjson
from marshmallow import Schema

from .. import metrics
from ..errors import Damaged, DeadlineExceeded, Invalid, NotFound, Reason, Refused
from ..logs import digest
from ..messages.contract import arguments
from ..messages.envelope import Event
from ..plain import snake
from ..store.collection import filterable
from ..store.commit_group import AlreadyDone, Conflict
from ..store.unit_of_work import UnitOfWork
from ..watchdog import Deadline
from .call import Call, Change, GetRequest, ListRequest, ReadRequest, of_one, page_of
from .server import Rpc

REQUEST_ID_USED = Reason(
    "REQUEST_ID_USED",
    "Another call of this method, with other arguments, had this request_id; give each call its own, "
    "a UUID say.",
    "request_id",
)


def query(
    schema: type[Schema], answers: Any = Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A read. The method gets the keyword arguments as the schema loads them. `answers` is the type
    of what it answers, for the contracts."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        contract = schema()

        @wraps(method)
        def answer(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            with _in_time(self.store):
                return method(self, arguments(contract, args, kwargs))

        answer.call = Call(contract, answers)  # type: ignore[attr-defined]
        return Rpc.decorator(answer)  # type: ignore[no-any-return]

    return decorate


def command(
    schema: type[Schema], answers: Any = Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A write, committed in one step after the method returns. `answers` is the type of what it
    answers, for the contracts.

    The caller gives a `request_id` of its own and repeats it when it calls again: the first call
    takes effect, the others get its answer. A refusal is not remembered, so that a corrected call
    may use the same id.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        contract = schema()

        @wraps(method)
        def answer(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            request_id = _request_id(kwargs.pop("request_id", None))
            request = arguments(contract, args, kwargs)
            said = digest(
                orjson.dumps(kwargs, default=str, option=orjson.OPT_SORT_KEYS).decode(), 32
            )
            with _in_time(self.store):
                act = lambda: method(self, dict(request))  # noqa: E731 - it may be asked again
                return once(self.store, method.__name__, request_id, said, act)

        answer.call = Call(contract, answers, writes=True)  # type: ignore[attr-defined]
        answer.decides = method  # type: ignore[attr-defined]  # what is done, without committing it
        return Rpc.decorator(answer)  # type: ignore[no-any-return]

    return decorate


def _in_time(work: UnitOfWork) -> Deadline:
    """Ends the call when nobody waits for it any more, or when it takes longer than any call may."""
    return Deadline(
        work.seconds_left, DeadlineExceeded(f"the call took over {work.seconds_left:.0f} s")
    )


def once(work: UnitOfWork, method: str, request_id: str, said: str, act: Callable[[], Any]) -> Any:
    """What `act` answers, committed with its effect; or the answer that this request got before.
    `said` stands for its arguments: another request under the same id is refused."""
    mark = work.repository.mark("call", method, request_id)
    source = f"/rpc/{work.repository.service}/{method}"  # each method has its own request_ids
    cause = Event(id=request_id, source=source, type=f"rpc.{method}", publisher=work.caller)
    cause = msgspec.structs.replace(cause, **work.trace)
    while True:
        before = work.repository.call("get", mark)
        if before is not None:
            known = _known_answer(before, request_id, mark)
            if known["said"] != said:
                raise Refused([REQUEST_ID_USED])
            return known["answer"]
        work.renew()
        work.begin(cause)
        answer = act()
        work.close_step(mark, {"said": said, "answer": answer})
        try:
            work.commit()
        except (Conflict, AlreadyDone):
            metrics.clashes.labels(work.repository.service).inc()
        else:
            metrics.last_success.labels(work.repository.service, "commit").set(time.time())
            return answer


def _known_answer(raw: bytes, request_id: str, mark: str) -> dict[str, Any]:
    """What a call left behind: what it said, and its answer. Raises `Damaged`."""
    try:
        known: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])
        return {"said": known["said"], "answer": known["answer"]}
    except (ValueError, KeyError, msgspec.DecodeError) as problem:
        raise Damaged("answer to the request", request_id, mark, problem) from problem


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


LIST_REQUEST = ListRequest()


def reads(cls: type) -> tuple[Any, Any, Any]:
    """`get_<kind>`, `list_<kind>s` and `<kind>_history` of a kind that the service keeps.

    * get(<kind>_id=…, as_of=…): the thing now, or as the store held it at a moment
    * list(filter={…}, order="-area_m2", limit=50, cursor=…): {"items": […], "cursor": …}
    * history(<kind>_id=…): every change, oldest first, and the event behind it
    """
    kind = snake(cls.__name__).replace("_", " ")
    return (
        _read(_get, Call(GetRequest(), cls, kind=cls), f"The {kind} now, or as it was at `as_of`."),
        _read(
            _list,
            Call(LIST_REQUEST, page_of(cls), kind=cls),
            f"Things of the kind {kind}, a page at a time, by filter and order.",
        ),
        _read(
            _history,
            Call(ReadRequest(), list[Change], kind=cls),
            f"Every change of one {kind}, oldest first.",
        ),
    )


def _read(act: Callable[..., Any], call: Call, says: str) -> Any:
    """`act` on things of one kind, as a method of the service."""

    def answer(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        with _in_time(self.store):
            return act(self.store, call.kind, args, kwargs)

    answer.__doc__ = says
    answer.call = call  # type: ignore[attr-defined]  # for whoever documents the calls
    return Rpc.decorator(answer)


def _get(work: UnitOfWork, cls: type, args: Any, kwargs: Any) -> Any:
    key = work.repository.collections[cls].key
    request = arguments(of_one(GetRequest, key), args, kwargs)
    if request["as_of"]:
        found = work.repository.as_of(cls, request[key], request["as_of"])
    else:
        found = work.repository.load(cls, request[key]).thing
    if found is None:
        raise NotFound.of_type(cls, key)
    return work.dump(found)


def _list(work: UnitOfWork, cls: type, args: Any, kwargs: Any) -> Any:
    request = arguments(LIST_REQUEST, args, kwargs)
    _known(work, cls, request)
    page = work.repository.page(
        cls, request["filter"], request["order"], request["limit"], request["cursor"]
    )
    return {"items": [work.dump(item) for item in page.items], "cursor": page.cursor}


def _history(work: UnitOfWork, cls: type, args: Any, kwargs: Any) -> Any:
    key = work.repository.collections[cls].key
    request = arguments(of_one(ReadRequest, key), args, kwargs)
    found = work.repository.history(cls, request[key])
    if not found:
        raise NotFound.of_type(cls, key)
    return found


def _known(work: UnitOfWork, cls: type, request: dict[str, Any]) -> None:
    collection = work.repository.collections[cls]
    reasons = [
        Reason(
            "INVALID",
            f"Filters are {', '.join(collection.filters) or 'none'}.",
            field=f"filter.{name}",
        )
        for name in request["filter"]
        if name not in collection.filters
    ]
    for name, wanted in request["filter"].items():
        if name in collection.filters and (wrong := misfit(cls, name, wanted)):
            reasons.append(Reason("INVALID", wrong, field=f"filter.{name}"))
    if request["order"].removeprefix("-") not in collection.ordered_by:
        orders = ", ".join(collection.ordered_by)
        reasons.append(
            Reason("INVALID", f"Orders are {orders}; - before one turns it.", field="order")
        )
    if reasons:
        raise Invalid(reasons)


def misfit(cls: type, name: str, wanted: Any) -> str | None:
    """What a filter should be instead, as a sentence; none if the field can have that value."""
    values, types = _values(cls, name)
    if wanted is None and "" in values:
        return None
    if types:
        fits = type(wanted) in types
        return None if fits else f"Give {' or '.join(TYPES[each] for each in types)}."
    if isinstance(wanted, str | bool) and wanted != "" and filterable(wanted) in values:
        return None
    return f"Give one of {', '.join(value or 'null' for value in values)}."


TYPES = {str: "a text", int: "a whole number"}


@cache
def _values(cls: type, name: str) -> tuple[tuple[str, ...], tuple[type, ...]]:
    """The few values that a field can have, as a filter compares them; and the types of a field that
    can have any value."""
    found: list[str] = []
    types: dict[type, None] = {}
    for each in types_within(cls, name):
        if each is bool:
            found += ["true", "false"]
        elif isinstance(each, type) and issubclass(each, Enum):
            found += [str(member.value) for member in each]
        elif each is type(None):
            found.append("")
        elif each is not Ellipsis:
            types[int if each is int else str] = None
    return tuple(found), tuple(types)


def types_within(cls: type, name: str) -> Iterator[Any]:
    """Of a field or a property, what it is, or each thing that it holds."""
    declared = getattr(cls, name, None)
    read = declared.fget if isinstance(declared, property) else None
    waiting = [get_type_hints(read)["return"] if read else get_type_hints(cls)[name]]
    while waiting:
        each = waiting.pop(0)
        if inner := get_args(each):
            waiting += inner
        else:
            yield each
