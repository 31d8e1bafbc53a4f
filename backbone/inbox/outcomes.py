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
from ..logs import digest, log, shown
from ..messages.envelope import LARGEST, Event, encode
from ..messages.outgoing import OutgoingMessage
from ..parking.lot import ParkingLot
from ..parking.parked import MessageSequence, Parked
from ..plain import digest_of
from ..settings import DAY_S, Settings
from ..store.atomic import Commit
from ..store.unit_of_work import UnitOfWork, subject_of
from . import refused
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
        self, work: UnitOfWork, message: DecodedMessage, outcome: str, more: dict[str, Any]
    ) -> None:
        """Answer the publisher, if a feed has one: `outcome`, and what else the receipt says."""
        if message.feed:
            work.step.outgoing.append(
                receipt(self.service, message.feed, message, outcome, more, work.now)
            )

    def kept(
        self, message: DecodedMessage, answer: dict[str, Any], now: datetime
    ) -> Callable[[Commit], None]:
        """What a commit does so that it can be asked later why a message was refused."""
        said = told(self.service, message, "refused", answer, now)
        lifetime_s = self.settings.inbox_days * DAY_S
        return refused.keep(self.lot.repository, message.publisher, said, lifetime_s)

    def fail(self, work: UnitOfWork, message: DecodedMessage, problem: Exception) -> Report:
        """What a failure leads to: a refusal for a publisher from outside, the parking lot when no further
        try can help or all are used up, and else another try."""
        _, these_bytes, tried = message.marks
        if isinstance(problem, Answered) and message.feed:
            answer = {"outcome": "refused", "reasons": [r.as_dict() for r in problem.reasons]}
            self.receipt(work, message, "refused", answer)
            work.step.writes.append(self.kept(message, answer, work.now))
            self.move_on(work, message, self.sequence(work, message))
            work.close_step(these_bytes, answer)
            return lambda tally: self._count_refused(tally, message, problem)
        final = isinstance(problem, Answered | Permanent) or (
            message.incoming.attempt >= self.settings.attempts
        )
        report = self.park(work, message, problem) if final else self.retry(work, message, problem)
        work.close_step(tried, PENDING)
        return report

    def retry(self, work: UnitOfWork, message: DecodedMessage, problem: Exception) -> Report:
        """Send the message back to its queue, after a delay; later ones of its sequence wait."""
        incoming = message.incoming
        headers = incoming.headers | {
            "x-attempt": incoming.attempt + 1,
            "x-replay": incoming.replays,
            "x-exchange": incoming.exchange,
            "x-routing-key": incoming.routing_key,
        }
        delay_s = self.settings.retry_delay_s(incoming.attempt, self.chance())
        outgoing = OutgoingMessage(
            "", self.queue, incoming.body, incoming.content_type or "", headers, delay_s=delay_s
        )
        work.step.outgoing.append(outgoing)
        self.lot.hold(work, message.sequence_id, message.parked_id)

        def report(tally: metrics.Tally) -> None:
            tally.count(metrics.retried, self.service, message.type_label)
            self.log(
                "try_failed",
                message,
                attempt=incoming.attempt,
                again_in_s=delay_s,
                exc_info=problem,
            )

        return report

    def park(
        self,
        work: UnitOfWork,
        message: DecodedMessage,
        problem: Exception,
        cause: str | None = None,
    ) -> Report:
        """Set the message aside for a person, with its bytes and the cause."""
        incoming, cause = message.incoming, cause or cause_of(problem)
        waits = cause == "WAITS_BEHIND"
        parked = Parked(
            parked_id=message.parked_id,
            parked_at=work.now + timedelta(microseconds=len(self.lot.parked_in(work))),
            queue=self.queue,
            exchange=incoming.exchange,
            routing_key=incoming.routing_key,
            body=base64.b64encode(incoming.body[:LARGEST]).decode(),
            content_type=incoming.content_type,
            headers=incoming.headers,
            event_id=message.claimed_identity[0],
            event_source=message.claimed_identity[1],
            cause=cause,
            sentence=str(problem)[:500],
            attempts=0 if waits else incoming.attempt,
            replays=incoming.replays,
            line_id=message.sequence_id,
        )
        self.lot.put(work, parked)

        def report(tally: metrics.Tally) -> None:
            self._count_received(tally, message)
            tally.count(metrics.parked, self.service, message.type_label, cause)
            trace = None if waits else problem
            self.log("parked", message, parked_id=parked.parked_id, cause=cause, exc_info=trace)

        return report

    def wait(self, work: UnitOfWork, message: DecodedMessage, sequence: MessageSequence) -> Report:
        """Park a message behind an earlier one of its sequence."""
        sentence = f"It waits behind {sequence.ids[0]}, an earlier message of the same subject."
        report = self.park(work, message, Permanent(sentence), "WAITS_BEHIND")
        work.close_step(message.marks[2], PENDING)
        return report

    def repeat(
        self, work: UnitOfWork, message: DecodedMessage, stored: bytes, *, is_done: bool
    ) -> Report:
        """Answer a message that was dealt with before. A publisher who sends again gets a receipt; our own
        copies stay silent. `is_done` is false when only this try of it was dealt with."""
        work.begin(message.event)
        if message.feed and not message.incoming.again:
            first = msgspec.json.decode(stored)
            body = message.incoming.body_sha256
            differs = {"note": OTHER_BODY} if first.get("body_sha256", body) != body else {}
            self.receipt(work, message, "duplicate", {"first": first, **differs})
        if is_done:  # it was parked and replayed, and another copy of it has been done meanwhile
            self.move_on(work, message, self.sequence(work, message))
        work.close_step(None)

        def report(tally: metrics.Tally) -> None:
            self._count_received(tally, message)
            tally.count(
                metrics.duplicate, self.service, message.publisher_label, message.type_label
            )

        return report

    def sequence(self, work: UnitOfWork, message: DecodedMessage) -> MessageSequence | None:
        return work.get(MessageSequence, message.sequence_id) if message.sequence_id else None

    def move_on(
        self, work: UnitOfWork, message: DecodedMessage, sequence: MessageSequence | None
    ) -> None:
        """Let the next message of a sequence follow, if this one held it up."""
        if sequence and message.parked_id in sequence.ids:
            self.lot.move_on(work, sequence, message.parked_id)

    def count_done(self, tally: metrics.Tally, work: UnitOfWork, message: DecodedMessage) -> None:
        tally.count(metrics.handled, self.service, message.type_label)
        if message.event.time:
            after_s = (work.clock() - message.event.time).total_seconds()
            tally.observe(max(0, after_s), metrics.done_after, self.service, message.type_label)
        self._count_received(tally, message)
        if message.feed:
            tally.count(metrics.accepted, self.service, message.publisher_label, message.type_label)
        if logging.root.isEnabledFor(logging.DEBUG):  # one line a message is much
            self.log("done", message)

    def _count_received(self, tally: metrics.Tally, message: DecodedMessage) -> None:
        if message.feed:
            tally.count(metrics.received, self.service, message.publisher_label, message.type_label)

    def _count_refused(
        self, tally: metrics.Tally, message: DecodedMessage, problem: Answered
    ) -> None:
        self._count_received(tally, message)
        tally.count(
            metrics.refused,
            self.service,
            message.publisher_label,
            message.type_label,
            problem.reasons[0].code,
        )
        self.log("refused", message, codes=[each.code for each in problem.reasons])

    def log(self, what: str, message: DecodedMessage, **more: Any) -> None:
        subject = subject_of(message.event.data) if isinstance(message.event.data, dict) else None
        log.log(
            LEVELS.get(what, logging.INFO),
            what,
            service=self.service,
            type=message.type_label,
            publisher=message.publisher_label,
            event_id=shown(message.event.id),
            correlation_id=shown(message.event.correlation_id or message.event.id),
            ref=digest(subject) if subject else None,
            **more,
        )


def cause_of(problem: Exception) -> str:
    """A label for why a message is parked."""
    return problem.reasons[0].code if isinstance(problem, Answered) else type(problem).__name__


@lru_cache(100)  # what is committed together is answered at one moment
def _text_of(moment: datetime) -> str:
    return moment.isoformat()


def told(
    service: str, message: DecodedMessage, outcome: str, more: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """What a receipt says."""
    event_id, event_source = message.claimed_identity
    return {
        "outcome": outcome,
        "event_id": event_id,
        "event_source": event_source,
        "event_type": message.type,
        "routing_key": message.incoming.routing_key,
        "body_sha256": message.incoming.body_sha256,
        "received_by": service,
        "received_at": _text_of(now),
        **more,
    }


def receipt(
    service: str,
    feed: Feed,
    message: DecodedMessage,
    outcome: str,
    more: dict[str, Any],
    now: datetime,
) -> OutgoingMessage:
    """The answer to a publisher: one CloudEvent, routed by the publisher's code."""
    data = told(service, message, outcome, more, now)
    event = Event(
        id=digest_of("receipt", message.event.identity, outcome, data["received_at"]),
        source=f"/services/{service}",
        type=f"{feed.name}.receipt",
        subject=data["event_id"],
        time=now,
        data=data,
        correlation_id=message.event.correlation_id or message.event.id,
        causation_id=message.event.id,
        causation_source=message.event.source,
        causation_type=message.event.type,
        **message.event.trace,
    )
    return OutgoingMessage(feed.receipts, message.publisher, encode(event), mandatory=False)
