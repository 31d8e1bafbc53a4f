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
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from . import metrics
from .atomic import Batch, to_json
from .contract import load
from .envelope import LARGEST, Event, encode
from .errors import Answered, Overtime, Permanent, Reason, Refused, Unavailable
from .letters import Handler, Letter, Read, Reader
from .logs import digest, log
from .parking import Line, Lot, Parked, plain
from .settings import DAY_S, Settings
from .store import digest_of
from .topology import Feed
from .watchdog import limit
from .wire import CONNECTION_ERRORS
from .work import Clash, Posting, Seen, Sight, Work, subject_of

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
T = TypeVar("T")
Report = Callable[[metrics.Tally], None]  # counts a message, once what it led to is committed


@dataclass(frozen=True)
class Broken:
    """A service that cannot be had because a dependency of it failed."""

    problem: Exception


def _cut(many: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(many), size):
        yield many[start : start + size]


class Part:
    """Letters that are decided and committed together; and why they are not, if so."""

    def __init__(
        self, inbox: Inbox, sight: Sight, letters: list[Read], *, takes_for_new: bool = False
    ) -> None:
        """Decide them. What is saved unread may be taken for new; it is a clash if it is not."""
        self.letters = letters
        self.problem: Exception | None = None
        self.has_company = False  # others were sent with it, and the problem may be theirs
        self._inbox, self._took_s = inbox, 0.0
        self._work = inbox.new_work()
        self._work.sight, self._work.takes_for_new = sight, takes_for_new
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
        self._reports = self._inbox.decide(self._work, self.letters)
        self._sent = self._work.join()

    def _wait(self) -> None:
        try:
            self._sent.wait()
        except Clash:
            raise
        except Exception:
            # It may be in: done by a copy of it, or by ourselves just now, when only Redis' answer
            # was lost. Nobody sent anything again.
            for read in self.letters if self._sent.may_be_done else ():
                read.letter.may_be_done()
            raise
        finally:
            self.has_company = len(self._sent.group) > 1

    def _tell(self) -> None:
        tally, service = metrics.Tally(), self._inbox.service
        for report in self._reports:
            report(tally)
        tally.tell()
        metrics.processing.labels(service).observe(self._took_s)
        metrics.batch_size.labels(service).observe(len(self.letters))
        metrics.last_success.labels(service, "commit").set(time.time())


class Inbox:
    """One lane of one service."""

    def __init__(
        self,
        queue: str,
        settings: Settings,
        handlers: Mapping[tuple[str, str], Handler],
        feeds: Iterable[Feed],
        new_work: Callable[[], Work],
        new_service: Callable[[Work], Any],
        lot: Lot,
        chance: Callable[[], float] = random.random,
        types: Mapping[str, Sequence[str]] = MappingProxyType({}),
        declare: Callable[[], object] = lambda: None,
    ) -> None:
        """`types` are those of each feed and of each service, see `Reader`; `declare` makes queues."""
        self.queue, self.settings, self.declare = queue, settings, declare
        self.reader = Reader(queue, lot.shelf, handlers, feeds, types, lot.clock)
        self.new_work, self.new_service, self.lot, self.chance = new_work, new_service, lot, chance
        self.service = lot.shelf.service

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

    def _go_ahead(self, messages: list[Any]) -> Iterator[Part]:
        """Decide and commit part by part. As many parts as were read at once go to the store together;
        while it writes them, the next are decided on what they will leave."""
        sight = Sight(self.lot.shelf)
        before: list[Part] = []
        for letters in self._read_ahead(messages, sight):
            sight.send()
            parts = []
            for some in _cut(letters, self.settings.batch):
                parts.append(Part(self, sight, some, takes_for_new=True))
                if parts[-1].problem:
                    break
            yield from self._waited_for(before)
            before = parts
            if parts[-1].problem:  # what is behind it waits until it is settled
                break
        yield from self._waited_for(before)

    def _waited_for(self, parts: list[Part]) -> list[Part]:
        """All of them, so that each whose group could not be done knows why."""
        for part in parts:
            part.wait()
        return parts

    def _read_ahead(self, messages: list[Any], sight: Sight) -> Iterator[list[Read]]:
        """Messages, read, and with all that the store knows of them."""
        size = self.settings.batch
        for some in _cut(messages, size * max(1, LOOK_AT_ONCE // size)):
            letters = [self.reader.read(Letter.of(message)) for message in some]
            self.look(sight, letters)
            yield letters

    def _settle(self, part: Part) -> None:
        """See that a part is committed that could not be as it was decided ahead. After a clash it
        is decided on what is there now. After another each message is done alone, so that one hot
        thing does not hold up the others; alone it is decided again until it is in. So too when they
        cannot be written: the one that it is due to counts as failed."""
        letters, problem, clashed = part.letters, part.problem, False
        is_due = not part.has_company
        while problem:
            if isinstance(problem, Unavailable):
                raise problem
            alone = clashed if isinstance(problem, Clash) else not isinstance(problem, Seen)
            if isinstance(problem, Clash):
                metrics.clashes.labels(self.service).inc()
                clashed = True
            if alone and len(letters) > 1:
                for read in letters:
                    self._settle(self._try([read]))
                    read.letter.may_be_done()  # if the next waits for the store, all come again
                return
            if is_due and not isinstance(problem, Clash | Seen):
                if letters[0].failure:
                    raise problem
                letters[0].failure = problem
            problem, is_due = self._try(letters).problem, True

    def _try(self, letters: list[Read]) -> Part:
        sight = Sight(self.lot.shelf)
        self.look(sight, letters)
        part = Part(self, sight, letters)
        part.wait()
        return part

    def look(self, sight: Sight, letters: list[Read]) -> None:
        """Ask the store for all that deciding these will look at first."""
        marks = [mark for read in letters for mark in read.marks]
        sight.look(marks, [ref for read in letters for ref in self._looks_at(read)])

    def decide(self, work: Work, letters: list[Read]) -> list[Report]:
        service = self._service(work)
        deadline_s = self.settings.handler_deadline_s
        too_long = Overtime(f"the handler took over {deadline_s} s")
        with limit(deadline_s, too_long) as deadline:
            deadline.rest()
            return [self._decide(work, service, read, deadline) for read in letters]

    def _service(self, work: Work) -> Any:
        """The service over this work; or why it cannot be had, which then fails each message."""
        try:
            return self.new_service(work)
        except Unavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - raised again for each message, in `_run`
            return Broken(problem)

    def _decide(self, work: Work, service: Any, read: Read, deadline: limit) -> Report:
        """One message's step."""
        known, (applied, refused, tried) = work.sight.marks, read.marks
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

    def _looks_at(self, read: Read) -> Iterator[tuple[type, str]]:
        """What deciding this message will look at first, as far as it can be told."""
        yield from read.named
        if read.line_id:
            yield Line, read.line_id

    def _line(self, work: Work, read: Read) -> Line | None:
        return work.get(Line, read.line_id) if read.line_id else None

    def _move_on(self, work: Work, read: Read, line: Line | None) -> None:
        if line and read.parked_id in line.ids:
            self.lot.move_on(work, line, read.parked_id)

    def _wait(self, work: Work, read: Read, line: Line) -> Report:
        """An earlier message of its subject is parked: wait behind it."""
        sentence = f"It waits behind {line.ids[0]}, an earlier message of the same subject."
        report = self._park(work, read, Permanent(sentence), "WAITS_BEHIND")
        work.keep(read.marks[2], PENDING)
        return report

    def _send_on(self, work: Work, read: Read, feed: Feed) -> Report:
        """Make the missing queue and send the event there. It was not done here, so it is not marked."""
        try:
            self.declare()
        except CONNECTION_ERRORS as problem:
            raise Unavailable("the broker does not declare a missing queue") from problem
        letter, step = read.letter, work.begin(read.event)
        content_type = letter.content_type or ""
        step.postings.append(
            Posting(feed.exchange, letter.routing_key, letter.body, content_type, letter.headers)
        )
        work.keep(None)
        return lambda _: self._log("sent_on", read)

    def _run(self, service: Any, read: Read, deadline: limit) -> Any:
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

    def park(self, letter: Letter, cause: str, sentence: str) -> None:
        """Set a message aside without trying it, unless it was done before."""
        read, done = self.reader.read(letter), False
        while not done:
            work = self.new_work()
            applied, _, tried = read.marks
            work.sight.look([applied, tried], [])
            if applied in work.sight.marks and not read.problem:
                return
            work.begin(read.event)
            report = self._park(work, read, Permanent(sentence), cause)
            work.keep(None if tried in work.sight.marks else tried, PENDING)
            with suppress(Clash, Seen):  # another replica is at it, too
                work.commit()
                done = True
        tally = metrics.Tally()
        report(tally)
        tally.tell()

    def refuse_parked(self, parked: Parked, reason: str) -> Callable[[Batch], None]:
        """What a commit does so that the publisher of a discarded message hears that it is refused,
        and hears it again when it sends the same bytes again."""
        read = self.reader.read(Letter.of_parked(parked))
        answer = {"outcome": "refused", "reasons": [{"code": "DISCARDED", "sentence": reason}]}

        done = not read.problem and self.lot.shelf.call("exists", read.marks[0])

        def write(batch: Batch) -> None:
            if read.feed and not done:
                said = {"reasons": answer["reasons"]}
                posting = receipt(self.service, read.feed, read, "refused", said, self.lot.clock())
                batch.append(self.lot.shelf.outbox, posting.entry())
                batch.set(read.marks[1], to_json(answer), self.settings.inbox_days * DAY_S)

        return write

    def check(self, parked: Parked) -> Read:
        """A parked message as it reads today, or what the contract says against it."""
        read = self.reader.read(Letter.of_parked(parked))
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

    def _fail(self, work: Work, read: Read, problem: Exception) -> Report:
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

    def _again(self, work: Work, read: Read, problem: Exception) -> Report:
        letter = read.letter
        headers = letter.headers | {
            "x-attempt": letter.attempt + 1,
            "x-replay": letter.replays,
            "x-exchange": letter.exchange,
            "x-routing-key": letter.routing_key,
        }
        delay_s = self.settings.retry_delay_s(letter.attempt, self.chance())
        posting = Posting(
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

    def _park(self, work: Work, read: Read, problem: Exception, cause: str | None = None) -> Report:
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

    def _repeat(self, work: Work, read: Read, stored: bytes, *, over: bool) -> Report:
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

    def _receipt(self, work: Work, read: Read, outcome: str, more: dict[str, Any]) -> None:
        if read.feed:
            work.step.postings.append(
                receipt(self.service, read.feed, read, outcome, more, work.now)
            )

    # --- counting

    def _count_done(self, tally: metrics.Tally, work: Work, read: Read) -> None:
        tally.count(metrics.handled, self.service, read.kind)
        if read.event.time:
            after_s = (work.clock() - read.event.time).total_seconds()
            tally.observe(max(0, after_s), metrics.done_after, self.service, read.kind)
        self._count_received(tally, read)
        if read.feed:
            tally.count(metrics.accepted, self.service, read.who, read.kind)
        if logging.root.isEnabledFor(logging.DEBUG):  # one line a message is much
            self._log("done", read)

    def _count_received(self, tally: metrics.Tally, read: Read) -> None:
        if read.feed:
            tally.count(metrics.received, self.service, read.who, read.kind)

    def _count_refused(self, tally: metrics.Tally, read: Read, problem: Answered) -> None:
        self._count_received(tally, read)
        tally.count(metrics.refused, self.service, read.who, read.kind, problem.reasons[0].code)
        self._log("refused", read, codes=[each.code for each in problem.reasons])

    def _log(self, what: str, read: Read, **more: Any) -> None:
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


def cause_of(problem: Exception) -> str:
    """A label for why a message is parked."""
    return problem.reasons[0].code if isinstance(problem, Answered) else type(problem).__name__


@lru_cache(100)  # what is committed together is answered at one moment
def _text_of(moment: datetime) -> str:
    return moment.isoformat()


def receipt(
    service: str, feed: Feed, read: Read, outcome: str, more: dict[str, Any], now: datetime
) -> Posting:
    """The answer to a publisher: one CloudEvent, routed by the publisher's code."""
    at = _text_of(now)
    event_id, event_source = read.told
    data = {
        "outcome": outcome,
        "event_id": event_id,
        "event_source": event_source,
        "event_type": read.type,
        "routing_key": read.letter.routing_key,
        "body_sha256": read.letter.body_sha256,
        "received_by": service,
        "received_at": at,
        **more,
    }
    event = Event(
        id=digest_of("receipt", read.event.identity, outcome, at),
        source=f"/services/{service}",
        type=f"{feed.name}.receipt",
        subject=event_id,
        time=now,
        data=data,
        correlation_id=read.event.correlation_id or read.event.id,
        causation_id=read.event.id,
        causation_source=read.event.source,
        causation_type=read.event.type,
    )
    return Posting(feed.receipts, read.publisher, encode(event), mandatory=False)
