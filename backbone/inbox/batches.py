"""Messages that are decided and committed together.

It buys `batch_vs_naive` in `make bench`: up to 200 messages share one commit. It stands in for a unit
of work for each message."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from .. import metrics
from ..store.commit_group import Conflict
from ..store.read_ahead import ReadAhead
from .incoming import DecodedMessage

if TYPE_CHECKING:
    from .inbox import Inbox

T = TypeVar("T")


@dataclass(frozen=True)
class Broken:
    """A service that cannot be had because a dependency of it failed."""

    problem: Exception


def _cut(many: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(many), size):
        yield many[start : start + size]


class Batch:
    """Messages that are decided and committed together, and what was wrong if they were not."""

    def __init__(
        self,
        inbox: Inbox,
        read_ahead: ReadAhead,
        decoded: list[DecodedMessage],
        *,
        takes_for_new: bool = False,
    ) -> None:
        """Decide them. What is saved unread may be taken for new; it is a clash if it is not."""
        self.decoded = decoded
        self.problem: Exception | None = None
        self.has_company = False  # others were sent with it, and the problem may be theirs
        self._inbox, self._took_s = inbox, 0.0
        self._work = inbox.new_work()
        self._work.read_ahead, self._work.takes_for_new = read_ahead, takes_for_new
        self._go(self._decide)

    def wait(self) -> None:
        """Return when it is committed, or has a problem."""
        self._go(self._wait)
        if not self.problem:
            self._tell()

    def _go(self, step: Callable[[], None]) -> None:
        if not self.problem:
            began = time.perf_counter()
            try:
                step()
            except Exception as problem:  # noqa: BLE001 - `Inbox._settle` deals with all of them
                self.problem = problem
            self._took_s += time.perf_counter() - began

    def _decide(self) -> None:
        self._reports = self._inbox.decide(self._work, self.decoded)
        self._sent = self._work.join()

    def _wait(self) -> None:
        try:
            self._sent.wait()
        except Conflict:
            raise
        except Exception:
            # It may be in: done by a copy of it, or by ourselves just now, when only Redis' answer
            # was lost. Nobody sent anything again.
            for read in self.decoded if self._sent.may_be_done else ():
                read.incoming.may_be_done()
            raise
        finally:
            self.has_company = len(self._sent.group) > 1

    def _tell(self) -> None:
        tally, service = metrics.Tally(), self._inbox.service
        for report in self._reports:
            report(tally)
        tally.tell()
        metrics.processing.labels(service).observe(self._took_s)
        metrics.batch_size.labels(service).observe(len(self.decoded))
        metrics.last_success.labels(service, "commit").set(time.time())
