"""`hears` and `every`: methods that events and the clock call."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow
from nameko.extensions import Entrypoint

from ..amqp.topology import INBOX, Binding
from ..inbox.incoming import Handler
from ..plain import snake
from .host import ServiceHost
from .store import Store

Method = TypeVar("Method", bound=Callable[..., Any])


def bindings(service_cls: Any) -> list[Binding]:
    """What a service class hears, read from the class. Raises `TypeError` where two of its methods hear
    the same type, as one of them would never be called."""
    found: dict[tuple[str, str], str] = {}
    heard = []
    for name, method in inspect.getmembers(service_cls, inspect.isfunction):
        for each in getattr(method, "nameko_entrypoints", ()):
            if isinstance(each, Hears):
                other = found.setdefault((each.source, each.type), name)
                if other != name:
                    raise TypeError(
                        f"{other} and {name} hear {each.source}.{each.type}; let one call both"
                    )
                heard.append(Binding(service_cls.name, each.source, each.type, each.lane))
    return heard


def announced(service_cls: Any) -> list[str]:
    """The types of the facts that a service class announces."""
    stores = inspect.getmembers(service_cls, lambda each: isinstance(each, Store))
    return sorted(snake(fact.__name__) for _, store in stores for fact in store.emits)


class Hears(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that hears facts of a service, or of a feed from outside."""

    service_host = ServiceHost()

    def __init__(
        self,
        source: str,
        type_: str,
        schema: type[marshmallow.Schema],
        lane: str = INBOX,
        in_order_of: str | None = None,
    ) -> None:
        self.source, self.type, self.schema, self.lane = source, type_, schema, lane
        self.in_order_of = in_order_of
        super().__init__()

    def handler(self, method: str = "") -> Handler:
        """The handler over `method`, by default the one that nameko bound this to."""
        method = method or self.method_name
        return Handler(self.source, self.type, self.schema(), method, self.in_order_of)

    def setup(self) -> None:
        self.service_host.hears.append(self)

    def stop(self) -> None:
        """Comes first, while calls in hand are still being answered."""
        self.service_host.take_nothing_new()


def hears(
    source: str,
    type_: str,
    schema: type[marshmallow.Schema],
    lane: str = INBOX,
    in_order_of: str | None = None,
) -> Callable[[Method], Method]:
    """Hear `type_` from a feed or a service; `#` is all of it. The method gets the `Event`, its
    data as the schema loads it. A lane has a queue of its own, with several consumers.

    While a message is parked or tried again, later ones about the same thing wait behind it. Which
    thing that is, the field `in_order_of` of the data says; it must be given where the data name
    several things that the service keeps. Where it is not given it is the thing that the data name,
    or else the event's subject."""
    decorate: Callable[[Method], Method] = Hears.decorator(
        source, type_, schema, lane=lane, in_order_of=in_order_of
    )
    return decorate


class Every(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """A method that is called at each tick."""

    service_host = ServiceHost()

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__()

    def setup(self) -> None:
        self.service_host.every_s[self.method_name] = self.seconds


def every(seconds: int) -> Callable[[Method], Method]:
    """Call the method at each tick: every so many seconds, in one process of the service."""
    decorate: Callable[[Method], Method] = Every.decorator(seconds)
    return decorate
