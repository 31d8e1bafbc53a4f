"""Doing a thing again until it worked or the time is up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from .errors import CallError, DeadlineExceeded, Unavailable
from .line import BROKEN, NO_ENTRY, Line

T = TypeVar("T")
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0
LEAST_PATIENCE_S = 2.0
NOT_STARTED = (404, 312)  # AMQP: there is no such exchange; no queue takes the message


class Time:
    """How long somebody waits for `what`."""

    def __init__(self, what: str, timeout: float) -> None:
        self.what, self.timeout = what, timeout
        self.until = time.monotonic() + timeout
        self.deadline = time.time() + timeout  # by the clock of the day, for others

    def left(self) -> float:
        return self.until - time.monotonic()

    def patience(self) -> float:
        """The moment at which one try has waited long enough: half of what is left."""
        return min(self.until, time.monotonic() + max(LEAST_PATIENCE_S, self.left() / 2))

    def late(self) -> DeadlineExceeded:
        return DeadlineExceeded(f"{self.what} did not answer within {self.timeout:g} s")


def tried(once: Callable[[], T | None], line: Line, given: Time) -> T:
    """What `once` comes to, over a line that may break. None means that no answer came yet."""
    for pause in _pauses():
        last: CallError
        try:
            found = once()
            if found is not None:
                return found
            last, pause = given.late(), 0  # this one has waited
        except NO_ENTRY as problem:
            line.hang_up()
            raise Unavailable(f"the broker does not let this user in: {problem}") from problem
        except BROKEN as problem:
            line.hang_up()
            last = Unavailable(f"{given.what} was not reached: {_why(problem)}")
            last.__cause__ = problem
        except Unavailable as problem:
            last = problem
        except CallError:
            raise
        except (
            BaseException
        ):  # an interrupt, say: what was under way on the line is of no use any more
            line.hang_up()
            raise
        if given.left() <= pause:
            raise last
        time.sleep(pause)
    raise AssertionError("there is always another pause")


def _why(problem: Exception) -> str:
    """What the broker said; where it has no exchange or no queue for us, what that means."""
    code = getattr(problem, "reply_code", None)
    away = "the service is not started at this broker; start it" if code in NOT_STARTED else ""
    return f"{away} ({problem})" if away else str(problem)


def _pauses() -> Iterator[float]:
    """Doubled each time, with jitter, so that callers do not come back all at once."""
    pause = FIRST_PAUSE_S
    while True:
        yield pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
        pause = min(pause * 2, LONGEST_PAUSE_S)
