"""Somebody else's internal systems: stock nameko, which knows nothing of our backbone."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Self

from nameko.standalone.rpc import ClusterRpcProxy

from .children import Child
from .eventually import PATIENCE_S, eventually

ROOT = Path(__file__).parents[2]


def calling(amqp_uri: str, timeout: float = PATIENCE_S) -> ClusterRpcProxy:
    """`with calling(uri) as park: park.parcels.get_parcel(parcel_id=…)`. Seconds per call."""
    return ClusterRpcProxy({"AMQP_URI": amqp_uri}, timeout=timeout)


class Listener:
    """A nameko service with `@event_handler(source, fact)`, in a process of its own."""

    def __init__(self, amqp_uri: str, source: str, fact: str) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="tenglong-listener-")
        self._child = Child(
            [sys.executable, "-m", "tests.support.listener", source, fact],
            {**os.environ, "AMQP_URI": amqp_uri},
            Path(self._directory.name) / "output",
            cwd=ROOT,
        )
        eventually(lambda: "listening" in self._child.tail() or not self._child.alive)
        assert self._child.alive, self._child.tail()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._directory.cleanup()

    def heard(self, count: int = 1, timeout: float = PATIENCE_S) -> list[Any]:
        """The payloads that its handler was given, oldest first; waits until there are `count`."""
        return eventually(lambda: self._enough(count), timeout)

    def _enough(self, count: int) -> list[Any]:
        lines = self._child.tail(10_000).splitlines()
        heard = [json.loads(line)["heard"] for line in lines if line.startswith('{"heard"')]
        assert len(heard) >= count, f"heard {len(heard)} of {count}: {lines[-20:]}"
        return heard
