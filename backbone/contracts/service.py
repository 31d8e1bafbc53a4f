"""What one service hears, announces and answers, as JSON: read from its class, its schemas, its facts."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Any, Literal

from ..amqp.topology import queue_name
from ..host.entrypoints import Hears
from ..host.store import Store
from ..messages.versions import dataschema_of, version_of
from ..plain import snake
from ..rpc import reconciling  # noqa: F401 - its operations are among these
from ..rpc.admin import OPERATIONS
from ..rpc.call import Call
from ..rpc.methods import types_within
from ..store.collection import Collection
from .dictionary import Dictionary
from .read import Json, schema_of
from .said import schema_of_type
from .words import Words

REQUEST_ID: Json = {"type": "string", "minLength": 1, "maxLength": 100}


class ServiceContract:
    """The contract of a service class. `words` remembers which entries of the dictionary it used."""

    def __init__(self, service_cls: Any, dictionary: Dictionary) -> None:
        self.cls, self.name = service_cls, service_cls.name
        self.words = Words(dictionary, self.name)
        self._store: Store = next(
            each for _, each in inspect.getmembers(service_cls) if isinstance(each, Store)
        )
        self._kept: dict[type, Collection] = {each.type: each for each in self._store.collections}

    def as_json(self) -> Json:
        """All that the service says, worked out once."""
        return self._said

    @cached_property
    def _said(self) -> Json:
        return {
            "service": self.name,
            "meaning": first_words(self.cls),
            "hears": list(self.hears()),
            "announces": list(self.announces()),
            "methods": list(self.methods()),
        }

    def heard(self) -> dict[Hears, Callable[..., Any]]:
        """Its bindings, each with the method that they call."""
        return {
            heard: method
            for _, method in inspect.getmembers(self.cls, inspect.isfunction)
            for heard in getattr(method, "nameko_entrypoints", ())
            if isinstance(heard, Hears)
        }

    def calls(self) -> dict[str, Call]:
        """Its own methods, without those that every service has."""
        found: list[tuple[str, Any]] = inspect.getmembers(self.cls, inspect.isfunction)
        return {
            name: each.call for name, each in found if isinstance(getattr(each, "call", None), Call)
        }

    def hears(self) -> Iterator[Json]:
        """Each event that it hears, with the fields that it reads of it."""
        for heard, method in self.heard().items():
            yield {
                "source": heard.source,
                "type": heard.type,
                "meaning": first_words(method),
                "queue": queue_name(self.name, heard.lane),
                "data": self.words.into(schema_of(heard.schema())),
            }

    def announces(self) -> Iterator[Json]:
        """Each fact that it announces."""
        for fact in self._store.emits:
            yield {
                "type": f"{self.name}.{snake(fact.__name__)}",
                "version": version_of(fact),
                "dataschema": dataschema_of(self.name, fact),
                "meaning": said_of(fact),
                "data": self.words.into(schema_of_type(fact)),
            }

    def methods(self) -> Iterator[Json]:
        """Each method that it answers, by name."""
        own = inspect.getmembers(
            self.cls, lambda each: isinstance(getattr(each, "call", None), Call)
        )
        for name, method in sorted({**dict(own), **OPERATIONS}.items()):
            call: Call = method.call
            yield {
                "name": name,
                "meaning": first_words(method),
                "writes": call.writes,
                "for_operators": name in OPERATIONS,
                "request": self.words.into(self._request(call)),
                "reply": self.words.into(schema_of_type(call.answers)),
            }

    def _request(self, call: Call) -> Json:
        found = schema_of(call.taken(self._kept))
        if call.lists and call.kind:
            found["properties"] |= self._listed(self._kept[call.kind])
        if call.writes:
            found["properties"]["request_id"] = REQUEST_ID
            found["required"] = [*found.get("required", ()), "request_id"]
        return found

    def _listed(self, kept: Collection) -> Json:
        """Filters and orders of a list."""
        filters = {
            name: schema_of_type(reduce(or_, dict.fromkeys(_filterable(kept.type, name))))
            for name in kept.filters
        }
        orders = [sign + name for name in kept.ordered_by for sign in ("", "-")]
        thing = {"type": "object", "title": f"{kept.type.__name__}Filter", "properties": filters}
        return {
            "filter": thing | {"additionalProperties": False},
            "order": {"type": "string", "enum": orders},
        }


def _filterable(cls: type, name: str) -> Iterator[Any]:
    """The types of a field, or of what it holds; a flag may be written as text."""
    for each in types_within(cls, name):
        if each is bool:
            yield Literal["true", "false"]
        if each is not Ellipsis:
            yield each


def first_words(thing: type | Callable[..., Any]) -> str:
    """What its docstring says, on one line, without what is for its callers in code."""
    said = " ".join((inspect.getdoc(thing) or "").split())
    return re.sub(r" ?Raises .*", "", said)


def said_of(fact: type) -> str:
    """What the docstring of a fact says, without the name of the event."""
    said = re.sub(r"^`[a-z_.]+`: ", "", first_words(fact))
    return said[:1].upper() + said[1:]
