"""The backbone: how a fact gets from one service to another, once, even when things break.

It knows no service. `docs/one-event.md` follows one event through these files. The names that
services use are loaded when first asked for, so that rules and models may import `backbone.errors`
without pulling in the wire.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

# A service is one process with one registry. A platform that sets these for all of its pods means
# another kind of server; prometheus_client would look for files in that folder when it is imported.
for _name in ("PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir"):
    os.environ.pop(_name, None)

if TYPE_CHECKING:
    from .host.entrypoints import every as every
    from .host.entrypoints import hears as hears
    from .host.store import Store as Store
    from .rpc.caller import Calls as Calls
    from .rpc.methods import command as command
    from .rpc.methods import query as query
    from .rpc.methods import reads as reads
    from .store.collection import Collection as Collection

_HOMES = {
    "Calls": "rpc.caller",
    "Collection": "store.collection",
    "Store": "host.store",
    "command": "rpc.methods",
    "every": "host.entrypoints",
    "hears": "host.entrypoints",
    "query": "rpc.methods",
    "reads": "rpc.methods",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(name)
