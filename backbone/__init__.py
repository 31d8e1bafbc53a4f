"""The backbone: how a fact gets from one service to another, once, even when things break.

It knows no service. `docs/one-event.md` follows one event through these files. The names that
services use are loaded when first asked for, so that rules and models may import `backbone.errors`
without pulling in the wire.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .rpc import Calls as Calls
    from .rpc import command as command
    from .rpc import query as query
    from .rpc import reads as reads
    from .service import Store as Store
    from .service import hears as hears
    from .store import Kept as Kept

_HOMES = {
    "Calls": "rpc",
    "Kept": "store",
    "Store": "service",
    "command": "rpc",
    "hears": "service",
    "query": "rpc",
    "reads": "rpc",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(name)
