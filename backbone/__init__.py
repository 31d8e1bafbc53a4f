"""The backbone: how a fact gets from one service to another, once, even when things break.

It knows no service. `docs/one-event.md` follows one event through these files. The names that
services use are loaded when first asked for, so that rules and models may import `backbone.errors`
without pulling in the wire.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .caller import Calls as Calls
    from .methods import command as command
    from .methods import query as query
    from .methods import reads as reads
    from .service import Store as Store
    from .service import every as every
    from .service import hears as hears
    from .store import Kept as Kept

_HOMES = {
    "Calls": "caller",
    "Kept": "store",
    "Store": "service",
    "command": "methods",
    "every": "service",
    "hears": "service",
    "query": "methods",
    "reads": "methods",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(name)
