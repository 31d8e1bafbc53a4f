"""What a message leads to besides its effect: a receipt, another try, a place on the parking lot."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from .. import metrics
from ..amqp.topology import Feed
from ..errors import Answered, Permanent
from ..logs import digest, log
from ..messages.envelope import LARGEST, Event, encode
from ..messages.outgoing import OutgoingMessage
from ..parking.lot import ParkingLot
from ..parking.parked import MessageSequence, Parked
from ..plain import digest_of
from ..settings import Settings
from ..store.unit_of_work import UnitOfWork, subject_of
from .incoming import DecodedMessage

PENDING = {
    "outcome": "pending",
    "note": "It is not done yet: it is being tried again, waits for one before it, or is looked at.",
}
OTHER_BODY = (
    "Another body was accepted under this id, and stands; a correction needs an id of its own."
)
LEVELS = {"done": logging.DEBUG, "parked": logging.WARNING, "sent_on": logging.WARNING}
Report = Callable[[metrics.Tally], None]  # counts a message, once what it led to is committed


class Outcomes:
    """What each message of one queue leads to besides its effect."""

    def __init__(
        self, queue: str, settings: Settings, lot: ParkingLot, chance: Callable[[], float]
    ) -> None:
        self.queue, self.settings, self.lot, self.chance = queue, settings, lot, chance
        self.service = lot.repository.service

    def receipt(
        self, work: UnitOfWork, read: DecodedMessage, outcome: str, more: dict[str, Any]
    ) -> None:
        if read.feed:
            work.step.postings.append(
                receipt(self.service, read.feed, read, outcome, more, work.now)
            )

    def fail(self, work: UnitOfWork, read: DecodedMessage, problem: Exception) -> Report:
        _, refused, tried = read.marks
        if isinstance(problem, Answered) and read.feed:
            answer = {"outcome": "refused", "reasons": [r.as_dict() for r in problem.reasons]}
            self.receipt(work, read, "refused", answer)
            self.move_on(work, read, self.sequence(work, read))
            work.keep(refused, answer)
            return lambda tally: self._count_refused(tally, read, problem)
        final = isinstance(problem, Answered | Permanent) or (
            read.incoming.attempt >= self.settings.attempts
        )
        report = self.park(work, read, problem) if final else self.again(work, read, problem)
        work.keep(tried, PENDING)
        return report

    def again(self, work: UnitOfWork, read: DecodedMessage, problem: Exception) -> Report:
        incoming = read.incoming
        headers = incoming.headers | {
            "x-attempt": incoming.attempt + 1,
            "x-replay": incoming.replays,
            "x-exchange": incoming.exchange,
            "x-routing-key": incoming.routing_key,
        }
        delay_s = self.settings.retry_delay_s(incoming.attempt, self.chance())
        posting = OutgoingMessage(
            "", self.queue, incoming.body, incoming.content_type or "", headers, delay_s=delay_s
        )
        work.step.postings.append(posting)
        self.lot.hold(work, read.line_id, read.parked_id)

        def report(tally: metrics.Tally) -> None:
            tally.count(metrics.retried, self.service, read.kind)
            self.log(
                "try_failed", read, attempt=incoming.attempt, again_in_s=delay_s, exc_info=problem
            )

        return report

    def park(
        self, work: UnitOfWork, read: DecodedMessage, problem: Exception, cause: str | None = None
    ) -> Report:
        incoming, cause = read.incoming, cause or cause_of(problem)
        waits = cause == "WAITS_BEHIND"
        parked = Parked(
            parked_id=read.parked_id,
            parked_at=work.now + timedelta(microseconds=len(work.set_aside)),
            queue=self.queue,
            exchange=incoming.exchange,
            routing_key=incoming.routing_key,
            body=base64.b64encode(incoming.body[:LARGEST]).decode(),
            content_type=incoming.content_type,
            headers=incoming.headers,
            event_id=read.told[0],
            event_source=read.told[1],
            cause=cause,
            sentence=str(problem)[:500],
            attempts=0 if waits else incoming.attempt,
            replays=incoming.replays,
            line_id=read.line_id,
        )
        self.lot.put(work, parked)

        def report(tally: metrics.Tally) -> None:
            self._count_received(tally, read)
            tally.count(metrics.parked, self.service, read.kind, cause)
            trace = None if waits else problem
            self.log("parked", read, parked_id=parked.parked_id, cause=cause, exc_info=trace)

        return report

    def wait(self, work: UnitOfWork, read: DecodedMessage, line: MessageSequence) -> Report:
        """An earlier message of its subject is parked: wait behind it."""
        sentence = f"It waits behind {line.ids[0]}, an earlier message of the same subject."
        report = self.park(work, read, Permanent(sentence), "WAITS_BEHIND")
        work.keep(read.marks[2], PENDING)
        return report

    def repeat(
        self, work: UnitOfWork, read: DecodedMessage, stored: bytes, *, over: bool
    ) -> Report:
        """Done before. A publisher who sends again is told so; our own copies stay silent."""
        work.begin(read.event)
        if read.feed and not read.incoming.again:
            first = msgspec.json.decode(stored)
            body = read.incoming.body_sha256
            differs = {"note": OTHER_BODY} if first.get("body_sha256", body) != body else {}
            self.receipt(work, read, "duplicate", {"first": first, **differs})
        if over:  # it was parked and replayed, and another copy of it has been done meanwhile
            self.move_on(work, read, self.sequence(work, read))
        work.keep(None)

        def report(tally: metrics.Tally) -> None:
            self._count_received(tally, read)
            tally.count(metrics.duplicate, self.service, read.who, read.kind)

        return report

    def sequence(self, work: UnitOfWork, read: DecodedMessage) -> MessageSequence | None:
        return work.get(MessageSequence, read.line_id) if read.line_id else None

    def move_on(self, work: UnitOfWork, read: DecodedMessage, line: MessageSequence | None) -> None:
        if line and read.parked_id in line.ids:
            self.lot.move_on(work, line, read.parked_id)

    def count_done(self, tally: metrics.Tally, work: UnitOfWork, read: DecodedMessage) -> None:
        tally.count(metrics.handled, self.service, read.kind)
        if read.event.time:
            after_s = (work.clock() - read.event.time).total_seconds()
            tally.observe(max(0, after_s), metrics.done_after, self.service, read.kind)
        self._count_received(tally, read)
        if read.feed:
            tally.count(metrics.accepted, self.service, read.who, read.kind)
        if logging.root.isEnabledFor(logging.DEBUG):  # one line a message is much
            self.log("done", read)

    def _count_received(self, tally: metrics.Tally, read: DecodedMessage) -> None:
        if read.feed:
            tally.count(metrics.received, self.service, read.who, read.kind)

    def _count_refused(self, tally: metrics.Tally, read: DecodedMessage, problem: Answered) -> None:
        self._count_received(tally, read)
        tally.count(metrics.refused, self.service, read.who, read.kind, problem.reasons[0].code)
        self.log("refused", read, codes=[each.code for each in problem.reasons])

    def log(self, what: str, read: DecodedMessage, **more: Any) -> None:
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
    service: str,
    feed: Feed,
    read: DecodedMessage,
    outcome: str,
    more: dict[str, Any],
    now: datetime,
) -> OutgoingMessage:
    """The answer to a publisher: one CloudEvent, routed by the publisher's code."""
    at = _text_of(now)
    event_id, event_source = read.told
    data = {
        "outcome": outcome,
        "event_id": event_id,
        "event_source": event_source,
        "event_type": read.type,
        "routing_key": read.incoming.routing_key,
        "body_sha256": read.incoming.body_sha256,
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
    return OutgoingMessage(feed.receipts, read.publisher, encode(event), mandatory=False)
