"""For tests, and for a first look; nothing here is durable.

`Rehearsal` runs a service class without a broker and without a Redis server: see docs/testing.md.
`register()` makes `embedded://name` the URI of a broker in memory, for services that run on one. Each is
loaded when it is first asked for: a command that registers the broker has no use for a rehearsal.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .rehearsal import Rehearsal as Rehearsal
    from .transport import register as register

_HOMES = {"Rehearsal": "rehearsal", "register": "transport"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(name)
