"""Large libraries that only some installations need, imported at their first use.

An import holds the loop for as long as it takes, half a second for the chats. So it is done in a
thread of its own, while the green thread that asked for it sleeps and the others go on.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import eventlet
from eventlet.patcher import original

LOOKED_AT_EVERY_S = 0.01
_threads: dict[str, Any] = {}  # whoever comes while one is at work waits for the same


def imported(name: str) -> Any:
    """The module of this name, relative to this package. Raises `ImportError` if it cannot be had."""
    whole = f"{__package__}.{name}"
    if whole not in _threads:
        _threads[whole] = original("threading").Thread(target=import_module, args=(whole,))
        _threads[whole].start()
    while _threads[whole].is_alive():
        eventlet.sleep(LOOKED_AT_EVERY_S)
    return import_module(whole)
