"""Work that the clock asks for: once at each tick, however many replicas a service has.

    @every(60)
    def remind(self, tick): ...

A tick is an event that nobody sends: `tick.time` is when it was due, a whole multiple of the interval
since 1970 in UTC. One process of a service, which holds a lease, does the work of its ticks; what it
leads to is committed with a mark that says so. So a process that stood still and comes back, or one
that died after the commit, does nothing twice. A tick that fails is tried again until the next one is
due. Of the ticks that were missed while no process ran, only the last is made up for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import eventlet

from .. import metrics
from ..amqp.connection import pauses
from ..errors import DeadlineExceeded, Unavailable
from ..logs import log
from ..messages.envelope import Event
from ..outbox.lease import Lease
from ..settings import Settings
from ..store.commit_group import AlreadyDone, Conflict
from ..store.read_ahead import ReadAhead
from ..store.repository import Repository
from ..store.unit_of_work import UnitOfWork
from ..watchdog import Deadline

LOOK_EVERY_S = 0.5  # at the clock, at most


class Timers:
    """The timers of one service in one process."""

    def __init__(
        self,
        repository: Repository,
        settings: Settings,
        every_s: dict[str, int],
        new_work: Callable[[], UnitOfWork],
        new_service: Callable[[UnitOfWork], Any],
        on_state: Callable[[str | None], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`every_s` are the names of the methods and their intervals in seconds."""
        self.repository, self.settings, self.every_s = repository, settings, every_s
        self.new_work, self.new_service, self.on_state = new_work, new_service, on_state
        self.clock = clock
        self.lease = Lease(repository, "timers", settings.relay_lease_s)
        self._done = dict.fromkeys(every_s, 0)
        for name in every_s:  # from now on it is 0, and can rise
            metrics.ticks.labels(repository.service, name, "failed")

    def run(self) -> None:
        """Watch the clock for ever."""
        waits = pauses(LOOK_EVERY_S)
        while True:
            rest_s = min(LOOK_EVERY_S, *self.every_s.values())
            try:
                if self.look():
                    waits = pauses(LOOK_EVERY_S)
                else:
                    self.leave()
                    rest_s = next(waits)
                self.on_state(None)
            except Unavailable as problem:
                self.on_state(f"waiting: {problem}")
            except Exception:  # noqa: BLE001 - a defect must not stop the clock
                self.on_state("the timers failed, they start again")
                log.exception("timers_failed", service=self.repository.service)
                rest_s = next(waits)
            eventlet.sleep(rest_s)

    def look(self) -> bool:
        """Do what is due and not done, if the lease is ours or free. False when some of it failed."""
        due = {name: self._due(name) for name in self.every_s}
        read_ahead = ReadAhead(self.repository)
        if open_ := {name: at for name, at in due.items() if at > self._done[name]}:
            read_ahead.fetch([self._mark(*each) for each in open_.items()], [])
        failed = False
        for name, at in open_.items():
            if self._mark(name, at) not in read_ahead.marks:
                if not self.lease.take():
                    break
                if not self._is_done(name, at):
                    failed = True
                    continue
            self._done[name] = at
        return not failed

    def leave(self) -> None:
        """Let another process go on at once."""
        with suppress(Unavailable):
            self.lease.leave()

    def _due(self, name: str) -> int:
        """When the newest tick of this timer was due, in seconds since 1970."""
        now, interval = int(self.clock()), self.every_s[name]
        return now - now % interval

    def _mark(self, name: str, at: int) -> str:
        return self.repository.mark("timer", name, str(at))

    def _is_done(self, name: str, at: int) -> bool:
        """Do one tick. Whether it is done now, by us or by somebody else."""
        service = self.repository.service
        try:
            self._do(name, at)
        except Unavailable:
            raise
        except Exception:  # noqa: BLE001 - told, and tried again
            metrics.ticks.labels(service, name, "failed").inc()
            due = datetime.fromtimestamp(at, UTC).isoformat()
            log.exception("tick_failed", service=service, timer=name, due=due)
            return False
        return True

    def do_newest(self, name: str) -> None:
        """Do the newest tick of a timer, unless it was done. Raises what its method raises."""
        self._do(name, self._due(name))

    def _do(self, name: str, at: int) -> None:
        service, due = self.repository.service, datetime.fromtimestamp(at, UTC)
        source = f"/timers/{service}/{name}"
        tick = Event(id=due.isoformat(), source=source, type=f"timer.{name}", time=due)
        while not self._is_committed(name, tick, self._mark(name, at)):
            metrics.clashes.labels(service).inc()

    def _is_committed(self, name: str, tick: Event, mark: str) -> bool:
        work, most_s = self.new_work(), self.settings.handler_deadline_s
        work.begin(tick)
        with Deadline(most_s, DeadlineExceeded(f"the timer took over {most_s} s")):
            getattr(self.new_service(work), name)(tick)
        work.close_step(mark)
        try:
            work.commit()
        except Conflict:
            return False
        except AlreadyDone:
            return True
        metrics.ticks.labels(self.repository.service, name, "done").inc()
        return True
