"""What becomes of a message: decided, committed with its effect, and only then acknowledged.

The way of a batch: read each message's envelope → drop what was done before → hold it against its
contract → run its handler → commit all of them in one atomic step, while the next batch is decided.
What a handler raises decides what happens instead: a receipt that says no, another try later, or the
parking lot (`backbone/errors.py`, `outcomes.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from .. import metrics
from ..amqp.connection import CONNECTION_ERRORS
from ..amqp.topology import Feed
from ..errors import DeadlineExceeded, Permanent, Unavailable
from ..messages.contract import load
from ..messages.foreign import plain
from ..messages.outgoing import OutgoingMessage
from ..parking.lot import ParkingLot
from ..parking.parked import MessageSequence
from ..settings import Settings
from ..store.commit_group import AlreadyDone, Conflict
from ..store.read_ahead import ReadAhead
from ..store.unit_of_work import UnitOfWork
from ..watchdog import Deadline
from .batches import Batch, Broken, _cut
from .decoding import Decoder
from .incoming import DecodedMessage, Handler, IncomingMessage
from .outcomes import Outcomes, Report

# messages that the store is asked about at once, and whose commits go together, if fewer are one commit
LOOK_AT_ONCE = 50


class Inbox:
    """One lane of one service."""

    def __init__(
        self,
        queue: str,
        settings: Settings,
        handlers: Mapping[tuple[str, str], Handler],
        feeds: Iterable[Feed],
        new_work: Callable[[], UnitOfWork],
        new_service: Callable[[UnitOfWork], Any],
        lot: ParkingLot,
        chance: Callable[[], float] = random.random,
        types: Mapping[str, Sequence[str]] = MappingProxyType({}),
        declare: Callable[[], object] = lambda: None,
    ) -> None:
        """`types` are those of each feed and of each service, see `Decoder`; `declare` makes queues."""
        self.queue, self.settings, self.declare = queue, settings, declare
        self.reader = Decoder(queue, lot.repository, handlers, feeds, types, lot.clock)
        self.new_work, self.new_service, self.lot = new_work, new_service, lot
        self.service = lot.repository.service
        self.outcomes = Outcomes(queue, settings, lot, chance)

    # --- the way of a batch

    def take(
        self, messages: list[Any], done: Callable[[int], object] = lambda number: None
    ) -> None:
        """Do these messages, in order, and return when what they led to is committed. After each
        commit `done` is told how many of them are."""
        over = 0
        while over < len(messages):
            for part in self._go_ahead(messages[over:]):
                self._settle(part)
                over += len(part.decoded)
                done(over)
                if part.problem:  # what was decided behind it must be decided anew
                    break

    def _go_ahead(self, messages: list[Any]) -> Iterator[Batch]:
        """Decide and commit part by part. As many parts as were read at once go to the store together;
        while it writes them, the next are decided on what they will leave."""
        read_ahead = ReadAhead(self.lot.repository)
        before: list[Batch] = []
        for decoded in self._read_ahead(messages, read_ahead):
            read_ahead.send()
            parts = []
            for some in _cut(decoded, self.settings.batch):
                parts.append(Batch(self, read_ahead, some, takes_for_new=True))
                if parts[-1].problem:
                    break
            yield from self._waited_for(before)
            before = parts
            if parts[-1].problem:  # what is behind it waits until it is settled
                break
        yield from self._waited_for(before)

    def _waited_for(self, parts: list[Batch]) -> list[Batch]:
        """All of them, so that each whose group could not be done knows why."""
        for part in parts:
            part.wait()
        return parts

    def _read_ahead(
        self, messages: list[Any], read_ahead: ReadAhead
    ) -> Iterator[list[DecodedMessage]]:
        """Messages, read, and with all that the store knows of them."""
        size = self.settings.batch
        for some in _cut(messages, size * max(1, LOOK_AT_ONCE // size)):
            decoded = [self.reader.read(IncomingMessage.of(message)) for message in some]
            self.look(read_ahead, decoded)
            yield decoded

    def _settle(self, part: Batch) -> None:
        """See that a part is committed that could not be as it was decided ahead. After a clash it
        is decided on what is there now. After another each message is done alone, so that one hot
        thing does not hold up the others; alone it is decided again until it is in. So too when they
        cannot be written: the one that it is due to counts as failed."""
        decoded, problem, clashed = part.decoded, part.problem, False
        is_due = not part.has_company
        while problem:
            if isinstance(problem, Unavailable):
                raise problem
            alone = (
                clashed if isinstance(problem, Conflict) else not isinstance(problem, AlreadyDone)
            )
            if isinstance(problem, Conflict):
                metrics.clashes.labels(self.service).inc()
                clashed = True
            if alone and len(decoded) > 1:
                for read in decoded:
                    self._settle(self._try([read]))
                    read.incoming.may_be_done()  # if the next waits for the store, all come again
                return
            if is_due and not isinstance(problem, Conflict | AlreadyDone):
                if decoded[0].failure:
                    raise problem
                decoded[0].failure = problem
            problem, is_due = self._try(decoded).problem, True

    def _try(self, decoded: list[DecodedMessage]) -> Batch:
        read_ahead = ReadAhead(self.lot.repository)
        self.look(read_ahead, decoded)
        part = Batch(self, read_ahead, decoded)
        part.wait()
        return part

    def look(self, read_ahead: ReadAhead, decoded: list[DecodedMessage]) -> None:
        """Ask the store for all that deciding these will look at first."""
        marks = [mark for read in decoded for mark in read.marks]
        read_ahead.look(marks, [ref for read in decoded for ref in self._looks_at(read)])

    def decide(self, work: UnitOfWork, decoded: list[DecodedMessage]) -> list[Report]:
        service = self._service(work)
        deadline_s = self.settings.handler_deadline_s
        too_long = DeadlineExceeded(f"the handler took over {deadline_s} s")
        with Deadline(deadline_s, too_long) as deadline:
            deadline.rest()
            return [self._decide(work, service, read, deadline) for read in decoded]

    def _service(self, work: UnitOfWork) -> Any:
        """The service over this work; or why it cannot be had, which then fails each message."""
        try:
            return self.new_service(work)
        except Unavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - raised again for each message, in `_run`
            return Broken(problem)

    def _decide(
        self, work: UnitOfWork, service: Any, read: DecodedMessage, deadline: Deadline
    ) -> Report:
        """One message's step."""
        known, (applied, refused, tried) = work.read_ahead.marks, read.marks
        # what cannot be read, or speaks for somebody else, is no copy of what was applied
        for mark in (refused, tried) if read.problem else (applied, refused, tried):
            if mark in known:
                return self.outcomes.repeat(work, read, known[mark], over=mark != tried)
        if read.feed and read.is_astray and not read.problem:
            return self._send_on(work, read, read.feed)
        line = self.outcomes.sequence(work, read)
        work.begin(read.event)
        if line and line.holds_up(read.parked_id):
            return self.outcomes.wait(work, read, line)
        try:
            note = self._run(service, read, deadline)
        except Unavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - every failure of a handler has its way out
            work.drop()
            work.begin(read.event)
            return self.outcomes.fail(work, read, problem)
        more = {"note": note} if note else {}
        self.outcomes.receipt(work, read, "accepted", more)
        self.outcomes.move_on(work, read, line)
        answer = {"outcome": "accepted", **more}
        if read.feed:
            answer["body_sha256"] = read.incoming.body_sha256
        work.keep(applied, answer)
        return lambda tally: self.outcomes.count_done(tally, work, read)

    def _looks_at(self, read: DecodedMessage) -> Iterator[tuple[type, str]]:
        """What deciding this message will look at first, as far as it can be told."""
        yield from read.named
        if read.line_id:
            yield MessageSequence, read.line_id

    def _send_on(self, work: UnitOfWork, read: DecodedMessage, feed: Feed) -> Report:
        """Make the missing queue and send the event there. It was not done here, so it is not marked."""
        try:
            self.declare()
        except CONNECTION_ERRORS as problem:
            raise Unavailable("the broker does not declare a missing queue") from problem
        incoming, step = read.incoming, work.begin(read.event)
        content_type = incoming.content_type or ""
        step.postings.append(
            OutgoingMessage(
                feed.exchange, incoming.routing_key, incoming.body, content_type, incoming.headers
            )
        )
        work.keep(None)
        return lambda _: self.outcomes.log("sent_on", read)

    def _run(self, service: Any, read: DecodedMessage, deadline: Deadline) -> Any:
        if problem := read.problem or read.failure:
            raise problem
        if read.handler is None:
            kind = plain(read.event.type[:80])
            raise Permanent(
                f"{self.service} has no handler for {kind} (routing key {read.incoming.routing_key[:80]})"
            )
        if isinstance(service, Broken):
            raise RuntimeError("a dependency of the service could not be had") from service.problem
        deadline.begin()
        try:
            data = load(read.handler.schema, read.event.data)
            event = msgspec.structs.replace(read.event, data=data)
            return getattr(service, read.handler.method)(event)
        finally:
            deadline.rest()
