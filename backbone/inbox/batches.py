"""Buys `batch_vs_naive` in `make bench`; stands in for a unit of work for each message, one by one.

The loop around an inbox: decode and read ahead, decide a batch of up to 200 messages, commit it while the
next one is decided, and decide anew what could not be committed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from .. import metrics
from ..errors import Unavailable
from ..store.commit_group import AlreadyDone, Conflict
from ..store.read_ahead import ReadAhead
from .inbox import Inbox
from .incoming import DecodedMessage, IncomingMessage

T = TypeVar("T")
# messages that the store is asked about at once, and whose commits go together, if fewer are one commit
LOOK_AT_ONCE = 50


class Batch:
    """Messages of an inbox that are decided and committed together. `problem` is why they are not."""

    def __init__(
        self,
        inbox: Inbox,
        read_ahead: ReadAhead,
        messages: list[DecodedMessage],
        *,
        takes_for_new: bool = False,
    ) -> None:
        """With `takes_for_new` a thing that a handler saves unread counts as new. If it is not, the
        commit is a conflict."""
        self.messages = messages
        self.problem: Exception | None = None
        self.has_company = False  # others were sent with it, and the problem may be theirs
        self._inbox, self._took_s = inbox, 0.0
        self._work = inbox.new_work()
        self._work.read_ahead, self._work.takes_for_new = read_ahead, takes_for_new

    def decide(self) -> None:
        """Decide every message, and have the commit of what they lead to ready to be sent."""
        self._attempt(self._decide)

    def wait(self) -> None:
        """Return when the batch is committed, or has a problem."""
        self._attempt(self._wait)
        if not self.problem:
            self._report()

    def _attempt(self, step: Callable[[], None]) -> None:
        if not self.problem:
            began = time.perf_counter()
            try:
                step()
            except Exception as problem:  # noqa: BLE001 - `decide_anew` deals with all of them
                self.problem = problem
            self._took_s += time.perf_counter() - began

    def _decide(self) -> None:
        self._reports = self._inbox.decide(self._work, self.messages)
        self._commit = self._work.join()

    def _wait(self) -> None:
        try:
            self._commit.wait()
        except Conflict:
            raise
        except Exception:
            # It may be in: done by a copy of it, or by ourselves just now, when only Redis' answer
            # was lost. Nobody sent anything again.
            for message in self.messages if self._commit.may_be_done else ():
                message.incoming.may_be_done()
            raise
        finally:
            self.has_company = len(self._commit.group) > 1

    def _report(self) -> None:
        """Count each message, now that what it led to is committed."""
        tally, service = metrics.Tally(), self._inbox.service
        for report in self._reports:
            report(tally)
        tally.tell()
        metrics.processing.labels(service).observe(self._took_s)
        metrics.batch_size.labels(service).observe(len(self.messages))
        metrics.last_success.labels(service, "commit").set(time.time())


def take(
    inbox: Inbox, messages: list[Any], done: Callable[[int], object] = lambda number: None
) -> None:
    """Decide these messages in their order, and return when what they led to is committed. Calls
    `done` after each commit with the number of messages that are committed by then."""
    finished = 0
    while finished < len(messages):
        for batch in _decided_ahead(inbox, messages[finished:]):
            decide_anew(inbox, batch)
            finished += len(batch.messages)
            done(finished)
            if batch.problem:  # what was decided behind it must be decided anew
                break


def _decided_ahead(inbox: Inbox, messages: list[Any]) -> Iterator[Batch]:
    """Batches that were waited for, up to the first with a problem. As many as were read at once go to
    the store together; while it writes them, the next are decided on what they will leave."""
    read_ahead = ReadAhead(inbox.lot.repository)
    before: list[Batch] = []
    for run in _read_ahead(inbox, messages, read_ahead):
        read_ahead.send()
        batches = _decided(inbox, read_ahead, run)
        yield from _waited_for(before)
        before = batches
        if batches[-1].problem:  # what is behind it waits until that is dealt with
            break
    yield from _waited_for(before)


def _read_ahead(
    inbox: Inbox, messages: list[Any], read_ahead: ReadAhead
) -> Iterator[list[DecodedMessage]]:
    """The messages decoded, run by run, each run with all that the store knows of it."""
    size = inbox.settings.batch
    for some in _cut(messages, size * max(1, LOOK_AT_ONCE // size)):
        run = [inbox.decoder.read(IncomingMessage.of(message, inbox.service)) for message in some]
        fetch(read_ahead, run)
        yield run


def _decided(inbox: Inbox, read_ahead: ReadAhead, run: list[DecodedMessage]) -> list[Batch]:
    """The batches of a run, up to the first that cannot be decided."""
    batches = []
    for some in _cut(run, inbox.settings.batch):
        batches.append(Batch(inbox, read_ahead, some, takes_for_new=True))
        batches[-1].decide()
        if batches[-1].problem:
            break
    return batches


def _waited_for(batches: list[Batch]) -> list[Batch]:
    """All of them, so that each whose group could not be committed knows why."""
    for batch in batches:
        batch.wait()
    return batches


def decide_anew(inbox: Inbox, batch: Batch) -> None:
    """Decide a batch with a problem again until it is committed; one without is left as it is.

    After a conflict it is decided on what is there now. After another each message is decided alone,
    so that one thing which many change does not hold up the others. So too when the batch cannot be
    written: then the message that this is due to counts as failed. Raises `Unavailable`.
    """
    messages, problem, had_conflict = batch.messages, batch.problem, False
    is_due = not batch.has_company
    while problem:
        if isinstance(problem, Unavailable):
            raise problem
        is_conflict = isinstance(problem, Conflict)
        alone = had_conflict if is_conflict else not isinstance(problem, AlreadyDone)
        if is_conflict:
            metrics.clashes.labels(inbox.service).inc()
            had_conflict = True
        if alone and len(messages) > 1:
            _decide_each_alone(inbox, messages)
            return
        if is_due and not isinstance(problem, Conflict | AlreadyDone):
            if messages[0].failure:
                raise problem
            messages[0].failure = problem
        problem, is_due = _tried(inbox, messages).problem, True


def _decide_each_alone(inbox: Inbox, messages: list[DecodedMessage]) -> None:
    for message in messages:
        decide_anew(inbox, _tried(inbox, [message]))
        message.incoming.may_be_done()  # if the next waits for the store, all come again


def _tried(inbox: Inbox, messages: list[DecodedMessage]) -> Batch:
    """These messages as one batch, decided on what the store holds now, and waited for."""
    batch = decided_now(inbox, messages)
    batch.wait()
    return batch


def decided_now(inbox: Inbox, messages: list[DecodedMessage]) -> Batch:
    """These messages as one batch, decided on what the store holds now, and not yet committed."""
    read_ahead = ReadAhead(inbox.lot.repository)
    fetch(read_ahead, messages)
    batch = Batch(inbox, read_ahead, messages)
    batch.decide()
    return batch


def fetch(read_ahead: ReadAhead, messages: list[DecodedMessage]) -> None:
    """Ask the store once for all that deciding these messages will look at first."""
    marks = [mark for message in messages for mark in message.marks]
    read_ahead.fetch(marks, [reference for message in messages for reference in message.references])


def _cut(many: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(many), size):
        yield many[start : start + size]
