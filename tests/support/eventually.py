"""Wait for something to become true, no longer than it takes; and how busy the machine is meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_S = 60.0  # a machine that runs three such tests at once takes its time


def eventually(check: Callable[[], T], timeout: float = PATIENCE_S, every: float = 0.05) -> T:
    """Ask `check` again and again until it answers something true, and answer that.

    An `AssertionError` in `check` means not yet. After `timeout` seconds the error tells what
    `check` said last.
    """
    until = time.monotonic() + timeout
    while True:
        said: object
        try:
            if answer := check():
                return answer
            said = answer
        except AssertionError as problem:
            said = problem
        if time.monotonic() > until:
            raise AssertionError(f"not within {timeout:g} s; the last answer was {said!r}")
        time.sleep(every)


def slowed() -> float:
    """How many times longer work takes than on a machine where nothing else is at work."""
    began, own, busy_s = time.perf_counter(), time.thread_time(), 0.1
    while time.thread_time() < own + busy_s:
        pass
    return (time.perf_counter() - began) / busy_s
