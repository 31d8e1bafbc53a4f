"""What becomes of a message: decided, committed with its effect, and only then acknowledged.

The way of a batch: read each message's envelope → drop what was done before → hold it against its
contract → run its handler → commit all of them in one atomic step, while the next batch is decided.
What a handler raises decides what happens instead: a receipt that says no, another try later, or the
parking lot (`errors.py`).
"""

from __future__ import annotations

import base64
import logging
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from .. import metrics
from ..amqp.connection import CONNECTION_ERRORS
from ..amqp.topology import Feed
from ..errors import Answered, DeadlineExceeded, Permanent, Reason, Refused, Unavailable
from ..logs import digest, log
from ..messages.contract import load
from ..messages.envelope import LARGEST
from ..messages.foreign import plain
from ..messages.outgoing import OutgoingMessage
from ..parking.lot import ParkingLot
from ..parking.parked import MessageSequence, Parked
from ..plain import to_json
from ..settings import DAY_S, Settings
from ..store.atomic import Commit
from ..store.commit_group import AlreadyDone, Conflict
from ..store.read_ahead import ReadAhead
from ..store.unit_of_work import UnitOfWork, subject_of
from ..watchdog import Deadline
from .batches import Batch, Broken, _cut
from .decoding import Decoder
from .incoming import DecodedMessage, Handler, IncomingMessage
from .outcomes import cause_of, receipt

# messages that the store is asked about at once, and whose commits go together, if fewer are one commit
LOOK_AT_ONCE = 50
PENDING = {
    "outcome": "pending",
    "note": "It is not done yet: it is being tried again, waits for one before it, or is looked at.",
}
OTHER_BODY = (
    "Another body was accepted under this id, and stands; a correction needs an id of its own."
)
ANOTHER_EVENT = Reason(
    "ANOTHER_EVENT",
    "An edited message keeps its id and its source; what is another event is sent as one.",
    "body",
)
ANOTHER_SUBJECT = Reason(
    "ANOTHER_SUBJECT",
    "An edited message stays in its line, so it is about the same parcel, case or firm; discard it "
    "and have it sent anew.",
    "body",
)
LEVELS = {"done": logging.DEBUG, "parked": logging.WARNING, "sent_on": logging.WARNING}
Report = Callable[[metrics.Tally], None]  # counts a message, once what it led to is committed


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
        self.new_work, self.new_service, self.lot, self.chance = new_work, new_service, lot, chance
        self.service = lot.repository.service

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
                over += len(part.letters)
                done(over)
                if part.problem:  # what was decided behind it must be decided anew
                    break

    def _go_ahead(self, messages: list[Any]) -> Iterator[Batch]:
        """Decide and commit part by part. As many parts as were read at once go to the store together;
        while it writes them, the next are decided on what they will leave."""
        read_ahead = ReadAhead(self.lot.repository)
        before: list[Batch] = []
        for letters in self._read_ahead(messages, read_ahead):
            read_ahead.send()
            parts = []
            for some in _cut(letters, self.settings.batch):
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
            letters = [self.reader.read(IncomingMessage.of(message)) for message in some]
            self.look(read_ahead, letters)
            yield letters

    def _settle(self, part: Batch) -> None:
        """See that a part is committed that could not be as it was decided ahead. After a clash it
        is decided on what is there now. After another each message is done alone, so that one hot
        thing does not hold up the others; alone it is decided again until it is in. So too when they
        cannot be written: the one that it is due to counts as failed."""
        letters, problem, clashed = part.letters, part.problem, False
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
            if alone and len(letters) > 1:
                for read in letters:
                    self._settle(self._try([read]))
                    read.letter.may_be_done()  # if the next waits for the store, all come again
                return
            if is_due and not isinstance(problem, Conflict | AlreadyDone):
                if letters[0].failure:
                    raise problem
                letters[0].failure = problem
            problem, is_due = self._try(letters).problem, True

    def _try(self, letters: list[DecodedMessage]) -> Batch:
        read_ahead = ReadAhead(self.lot.repository)
        self.look(read_ahead, letters)
        part = Batch(self, read_ahead, letters)
        part.wait()
        return part

    def look(self, read_ahead: ReadAhead, letters: list[DecodedMessage]) -> None:
        """Ask the store for all that deciding these will look at first."""
        marks = [mark for read in letters for mark in read.marks]
        read_ahead.look(marks, [ref for read in letters for ref in self._looks_at(read)])

    def decide(self, work: UnitOfWork, letters: list[DecodedMessage]) -> list[Report]:
        service = self._service(work)
        deadline_s = self.settings.handler_deadline_s
        too_long = DeadlineExceeded(f"the handler took over {deadline_s} s")
        with Deadline(deadline_s, too_long) as deadline:
            deadline.rest()
            return [self._decide(work, service, read, deadline) for read in letters]

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
                return self._repeat(work, read, known[mark], over=mark != tried)
        if read.feed and read.is_astray and not read.problem:
            return self._send_on(work, read, read.feed)
        line = self._line(work, read)
        work.begin(read.event)
        if line and line.holds_up(read.parked_id):
            return self._wait(work, read, line)
        try:
            note = self._run(service, read, deadline)
        except Unavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - every failure of a handler has its way out
            work.drop()
            work.begin(read.event)
            return self._fail(work, read, problem)
        more = {"note": note} if note else {}
        self._receipt(work, read, "accepted", more)
        self._move_on(work, read, line)
        answer = {"outcome": "accepted", **more}
        if read.feed:
            answer["body_sha256"] = read.letter.body_sha256
        work.keep(applied, answer)
        return lambda tally: self._count_done(tally, work, read)

    def _looks_at(self, read: DecodedMessage) -> Iterator[tuple[type, str]]:
        """What deciding this message will look at first, as far as it can be told."""
        yield from read.named
        if read.line_id:
            yield MessageSequence, read.line_id

    def _line(self, work: UnitOfWork, read: DecodedMessage) -> MessageSequence | None:
        return work.get(MessageSequence, read.line_id) if read.line_id else None

    def _move_on(
        self, work: UnitOfWork, read: DecodedMessage, line: MessageSequence | None
    ) -> None:
        if line and read.parked_id in line.ids:
            self.lot.move_on(work, line, read.parked_id)

    def _wait(self, work: UnitOfWork, read: DecodedMessage, line: MessageSequence) -> Report:
        """An earlier message of its subject is parked: wait behind it."""
        sentence = f"It waits behind {line.ids[0]}, an earlier message of the same subject."
        report = self._park(work, read, Permanent(sentence), "WAITS_BEHIND")
        work.keep(read.marks[2], PENDING)
        return report

    def _send_on(self, work: UnitOfWork, read: DecodedMessage, feed: Feed) -> Report:
        """Make the missing queue and send the event there. It was not done here, so it is not marked."""
        try:
            self.declare()
        except CONNECTION_ERRORS as problem:
            raise Unavailable("the broker does not declare a missing queue") from problem
        letter, step = read.letter, work.begin(read.event)
        content_type = letter.content_type or ""
        step.postings.append(
            OutgoingMessage(
                feed.exchange, letter.routing_key, letter.body, content_type, letter.headers
            )
        )
        work.keep(None)
        return lambda _: self._log("sent_on", read)

    def _run(self, service: Any, read: DecodedMessage, deadline: Deadline) -> Any:
        if problem := read.problem or read.failure:
            raise problem
        if read.handler is None:
            kind = plain(read.event.type[:80])
            raise Permanent(
                f"{self.service} has no handler for {kind} (routing key {read.letter.routing_key[:80]})"
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

    def park(self, letter: IncomingMessage, cause: str, sentence: str) -> None:
        """Set a message aside without trying it, unless it was done before."""
        read, done = self.reader.read(letter), False
        while not done:
            work = self.new_work()
            applied, _, tried = read.marks
            work.read_ahead.look([applied, tried], [])
            if applied in work.read_ahead.marks and not read.problem:
                return
            work.begin(read.event)
            report = self._park(work, read, Permanent(sentence), cause)
            work.keep(None if tried in work.read_ahead.marks else tried, PENDING)
            with suppress(Conflict, AlreadyDone):  # another replica is at it, too
                work.commit()
                done = True
        tally = metrics.Tally()
        report(tally)
        tally.tell()

    def refuse_parked(self, parked: Parked, reason: str) -> Callable[[Commit], None]:
        """What a commit does so that the publisher of a discarded message hears that it is refused,
        and hears it again when it sends the same bytes again."""
        read = self.reader.read(IncomingMessage.of_parked(parked))
        answer = {"outcome": "refused", "reasons": [{"code": "DISCARDED", "sentence": reason}]}

        done = not read.problem and self.lot.repository.call("exists", read.marks[0])

        def write(batch: Commit) -> None:
            if read.feed and not done:
                said = {"reasons": answer["reasons"]}
                posting = receipt(self.service, read.feed, read, "refused", said, self.lot.clock())
                batch.append(self.lot.repository.outbox, posting.entry())
                batch.set(read.marks[1], to_json(answer), self.settings.inbox_days * DAY_S)

        return write

    def check(self, parked: Parked) -> DecodedMessage:
        """A parked message as it reads today, or what the contract says against it."""
        read = self.reader.read(IncomingMessage.of_parked(parked))
        if read.problem:
            raise Refused(read.problem.reasons)
        if read.handler:
            load(read.handler.schema, read.event.data)
        return read

    def mend(self, parked: Parked, body: bytes) -> Parked:
        """A parked message with another body; refused if that breaks the contract, or makes it
        another event, or one about something else."""
        after = replace(parked, body=base64.b64encode(body).decode())
        read = self.check(after)
        if parked.event_id and read.told != (parked.event_id, parked.event_source):
            raise Refused([ANOTHER_EVENT])
        if parked.line_id and read.line_id != parked.line_id:
            raise Refused([ANOTHER_SUBJECT])
        event_id, source = read.told
        return replace(
            after,
            parked_id=read.parked_id,
            event_id=event_id,
            event_source=source,
            line_id=read.line_id,
        )

    # --- what a failure leads to

    def _fail(self, work: UnitOfWork, read: DecodedMessage, problem: Exception) -> Report:
        _, refused, tried = read.marks
        if isinstance(problem, Answered) and read.feed:
            answer = {"outcome": "refused", "reasons": [r.as_dict() for r in problem.reasons]}
            self._receipt(work, read, "refused", answer)
            self._move_on(work, read, self._line(work, read))
            work.keep(refused, answer)
            return lambda tally: self._count_refused(tally, read, problem)
        final = isinstance(problem, Answered | Permanent) or (
            read.letter.attempt >= self.settings.attempts
        )
        report = self._park(work, read, problem) if final else self._again(work, read, problem)
        work.keep(tried, PENDING)
        return report

    def _again(self, work: UnitOfWork, read: DecodedMessage, problem: Exception) -> Report:
        letter = read.letter
        headers = letter.headers | {
            "x-attempt": letter.attempt + 1,
            "x-replay": letter.replays,
            "x-exchange": letter.exchange,
            "x-routing-key": letter.routing_key,
        }
        delay_s = self.settings.retry_delay_s(letter.attempt, self.chance())
        posting = OutgoingMessage(
            "", self.queue, letter.body, letter.content_type or "", headers, delay_s=delay_s
        )
        work.step.postings.append(posting)
        self.lot.hold(work, read.line_id, read.parked_id)

        def report(tally: metrics.Tally) -> None:
            tally.count(metrics.retried, self.service, read.kind)
            self._log(
                "try_failed", read, attempt=letter.attempt, again_in_s=delay_s, exc_info=problem
            )

        return report

    def _park(
        self, work: UnitOfWork, read: DecodedMessage, problem: Exception, cause: str | None = None
    ) -> Report:
        letter, cause = read.letter, cause or cause_of(problem)
        waits = cause == "WAITS_BEHIND"
        parked = Parked(
            parked_id=read.parked_id,
            parked_at=work.now + timedelta(microseconds=len(work.set_aside)),
            queue=self.queue,
            exchange=letter.exchange,
            routing_key=letter.routing_key,
            body=base64.b64encode(letter.body[:LARGEST]).decode(),
            content_type=letter.content_type,
            headers=letter.headers,
            event_id=read.told[0],
            event_source=read.told[1],
            cause=cause,
            sentence=str(problem)[:500],
            attempts=0 if waits else letter.attempt,
            replays=letter.replays,
            line_id=read.line_id,
        )
        self.lot.put(work, parked)

        def report(tally: metrics.Tally) -> None:
            self._count_received(tally, read)
            tally.count(metrics.parked, self.service, read.kind, cause)
            trace = None if waits else problem
            self._log("parked", read, parked_id=parked.parked_id, cause=cause, exc_info=trace)

        return report

    def _repeat(
        self, work: UnitOfWork, read: DecodedMessage, stored: bytes, *, over: bool
    ) -> Report:
        """Done before. A publisher who sends again is told so; our own copies stay silent."""
        work.begin(read.event)
        if read.feed and not read.letter.again:
            first = msgspec.json.decode(stored)
            body = read.letter.body_sha256
            differs = {"note": OTHER_BODY} if first.get("body_sha256", body) != body else {}
            self._receipt(work, read, "duplicate", {"first": first, **differs})
        if over:  # it was parked and replayed, and another copy of it has been done meanwhile
            self._move_on(work, read, self._line(work, read))
        work.keep(None)

        def report(tally: metrics.Tally) -> None:
            self._count_received(tally, read)
            tally.count(metrics.duplicate, self.service, read.who, read.kind)

        return report

    # --- receipts

    def _receipt(
        self, work: UnitOfWork, read: DecodedMessage, outcome: str, more: dict[str, Any]
    ) -> None:
        if read.feed:
            work.step.postings.append(
                receipt(self.service, read.feed, read, outcome, more, work.now)
            )

    # --- counting

    def _count_done(self, tally: metrics.Tally, work: UnitOfWork, read: DecodedMessage) -> None:
        tally.count(metrics.handled, self.service, read.kind)
        if read.event.time:
            after_s = (work.clock() - read.event.time).total_seconds()
            tally.observe(max(0, after_s), metrics.done_after, self.service, read.kind)
        self._count_received(tally, read)
        if read.feed:
            tally.count(metrics.accepted, self.service, read.who, read.kind)
        if logging.root.isEnabledFor(logging.DEBUG):  # one line a message is much
            self._log("done", read)

    def _count_received(self, tally: metrics.Tally, read: DecodedMessage) -> None:
        if read.feed:
            tally.count(metrics.received, self.service, read.who, read.kind)

    def _count_refused(self, tally: metrics.Tally, read: DecodedMessage, problem: Answered) -> None:
        self._count_received(tally, read)
        tally.count(metrics.refused, self.service, read.who, read.kind, problem.reasons[0].code)
        self._log("refused", read, codes=[each.code for each in problem.reasons])

    def _log(self, what: str, read: DecodedMessage, **more: Any) -> None:
        subject = subject_of(read.event.data) if isinstance(read.event.data, dict) else None
        log.log(
            LEVELS.get(what, logging.INFO),
            what,
            service=self.service,
            type=read.kind,
            publisher=read.who,
            event_id=read.event.id[:80],
            correlation_id=(read.event.correlation_id or read.event.id)[:80],
            ref=digest(subject) if subject else None,
            **more,
        )
