"""What still works while a handler does not yield: its deadline, and the heartbeats to the broker.

Handlers share one thread and give way to each other when they wait. One that computes without end
would stop the timers, too, so that no time-out of the event loop could end it, and the broker would
close the connection and deliver the message again, for ever. So the system's alarm clock looks after
it: once a second a signal comes in between two steps of whatever runs.
"""

from __future__ import annotations

import atexit
import math
import signal
import socket
import time
import weakref
from typing import Any

from eventlet.hubs import get_hub
from greenlet import getcurrent

LOOK_EVERY_S = 1.0
HEARTBEAT = (
    b"\x08\x00\x00\x00\x00\x00\x00\xce"  # AMQP 0-9-1, section 4.2.7: type, channel, size, end
)

_limits: dict[Any, Deadline] = {}
_pulses: weakref.WeakSet[Heartbeat] = weakref.WeakSet()


class Deadline:
    """Raises `problem` in the block when it takes longer than `seconds`, whether it yields or not.

    For many things that have so long each, one after the other, one block serves: `begin` before
    each, and `rest` after it.
    """

    def __init__(self, seconds: float, problem: BaseException) -> None:
        self.seconds, self.problem = seconds, problem

    def __enter__(self) -> Deadline:
        self._greenlet = getcurrent()
        self._before = _limits.get(self._greenlet)
        self.begin()
        _limits[self._greenlet] = self
        self._timer = get_hub().schedule_call_global(self.seconds, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._before is None:
            _limits.pop(self._greenlet, None)
        else:
            _limits[self._greenlet] = self._before

    def begin(self) -> None:
        """Count from now."""
        self.late_at = time.monotonic() + self.seconds

    def rest(self) -> None:
        """Count no more, until `begin`."""
        self.late_at = math.inf

    def is_over(self, now: float) -> bool:
        """Whether it was too long; if so, it counts from now, since who was told may go on."""
        over = now >= self.late_at
        if over:
            self.late_at = now + self.seconds
        return over

    def _ring(self) -> None:
        now = time.monotonic()
        over = self.is_over(now)
        again_in_s = min(self.late_at - now, self.seconds)
        self._timer = get_hub().schedule_call_global(again_in_s, self._ring)
        if over:
            self._greenlet.throw(self.problem)


class Heartbeat:
    """One connection to the broker, kept alive while nothing else can run. `writing` says that a
    frame may be half out, so that nothing may be put in between; `last` is when we last wrote. Once
    it was silent for as long as the broker bears, it is `given_up`: the process stood still."""

    def __init__(self, opened: Any, heartbeat_s: float) -> None:
        self.socket, self.heartbeat_s = opened, heartbeat_s
        self.writing = False
        self.given_up = False
        self.last = time.monotonic()
        _pulses.add(self)

    def send(self, frames: bytes | bytearray) -> None:
        """Write whole frames."""
        self.feel(time.monotonic())
        self.writing = True
        self.socket.sendall(frames)  # when it fails the connection is of no more use: no pulse
        self.writing, self.last = False, time.monotonic()

    def feel(self, now: float) -> bool:
        """Whether the broker may have given us up, and our messages to others."""
        self.given_up |= 0 < 2 * self.heartbeat_s < now - self.last
        return self.given_up

    def beat(self, now: float) -> None:
        """A heartbeat, if nothing was written for half of the time after which the broker gives
        us up (twice `heartbeat_s` of silence)."""
        self.feel(now)
        if not self.heartbeat_s or self.writing or now - self.last < self.heartbeat_s / 2:
            return
        plain = getattr(self.socket, "fd", self.socket)  # a green socket would try to switch
        try:
            plain.send(HEARTBEAT, socket.MSG_DONTWAIT)
            self.last = now
        except BlockingIOError:
            pass  # the broker does not read at the moment
        except Exception:  # noqa: BLE001 - closed; whatever it is, it must not hit who runs just now
            _pulses.discard(self)


def start() -> None:
    """Begin to look, once a second, unless somebody else in this process uses the alarm."""
    if signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, None):
        signal.signal(signal.SIGALRM, _look)
        signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY_S, LOOK_EVERY_S)
        atexit.register(stop)  # the alarm would end a process that listens to it no longer


def stop() -> None:
    """Look no longer."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _look(_number: int, _frame: Any) -> None:
    now = time.monotonic()
    for pulse in list(_pulses):
        pulse.beat(now)
    late = _limits.get(getcurrent())
    # the event loop's own timer comes first, unless the loop stands still
    if late and late.is_over(now - LOOK_EVERY_S / 2):
        raise late.problem
