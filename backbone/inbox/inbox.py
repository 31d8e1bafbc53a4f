"""Decides one message: what was done before is answered, what waits behind another waits, and any other
is held against its contract and handled.

What the handler raises decides what happens instead (`errors.py`): a receipt that says no, another try
later, or the parking lot (`outcomes.py`). `batches.py` commits what is decided here; only then is the
message acknowledged.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from .. import metrics, tracing
from ..amqp.connection import CONNECTION_ERRORS
from ..amqp.topology import Feed
from ..errors import DeadlineExceeded, Permanent, Unavailable
from ..messages.contract import load
from ..messages.foreign import plain
from ..messages.outgoing import OutgoingMessage
from ..parking.lot import ParkingLot
from ..settings import Settings
from ..store.unit_of_work import UnitOfWork
from ..watchdog import Deadline
from .decoding import Decoder
from .incoming import DecodedMessage, Handler
from .outcomes import Outcomes, Report


@dataclass(frozen=True)
class Broken:
    """A service that cannot be had because a dependency of it failed."""

    problem: Exception


class Inbox:
    """Decides the messages of one lane of one service. The loop around it is `batches.py`."""

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
        self.decoder = Decoder(queue, lot.repository, settings, handlers, feeds, types, lot.clock)
        self.new_work, self.new_service, self.lot = new_work, new_service, lot
        self.service = lot.repository.service
        self.outcomes = Outcomes(queue, settings, lot, chance)
        for source, heard in handlers:  # from now on each is 0, and can rise
            for type_ in types.get(source, ()) if heard == "#" else (heard,):
                for counter in (metrics.handled, metrics.retried):
                    counter.labels(self.service, type_)

    def decide(self, work: UnitOfWork, messages: list[DecodedMessage]) -> list[Report]:
        """Decide these in their order, one step of `work` each. Answers what counts each of them once
        the work is committed. Raises `Unavailable`."""
        service = self._service(work)
        deadline_s = self.settings.handler_deadline_s
        too_long = DeadlineExceeded(f"the handler took over {deadline_s} s")
        with Deadline(deadline_s, too_long) as deadline:
            deadline.rest()
            return [self._traced(work, service, message, deadline) for message in messages]

    def _service(self, work: UnitOfWork) -> Any:
        """The service over this work, or `Broken`, which then fails each message."""
        try:
            return self.new_service(work)
        except Unavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - raised again for each message, in `_run`
            return Broken(problem)

    def _traced(
        self, work: UnitOfWork, service: Any, message: DecodedMessage, deadline: Deadline
    ) -> Report:
        """The step of one message, in a span of its own where spans are made."""
        event = message.event
        span = tracing.begin(f"{self.service} {message.type_label}", "CONSUMER", event.trace)
        if span is None:
            return self._decide(work, service, message, deadline)
        message.event = msgspec.structs.replace(event, **span.trace)
        problem = None
        try:
            return self._decide(work, service, message, deadline)
        except Exception as found:
            problem = found
            raise
        finally:
            message.event = event  # decided again it has another span
            span.end(problem)

    def _decide(
        self, work: UnitOfWork, service: Any, message: DecodedMessage, deadline: Deadline
    ) -> Report:
        """The step of one message: repeated, sent on, waiting, failed or accepted."""
        known, (applied, refused, tried) = work.read_ahead.marks, message.marks
        # what cannot be read, or speaks for somebody else, is no copy of what was applied
        for mark in (refused, tried) if message.problem else (applied, refused, tried):
            if mark in known:
                return self.outcomes.repeat(work, message, known[mark], is_done=mark != tried)
        feed = message.feed
        if feed and feed.keeper == self.service and message.is_astray and not message.problem:
            return self._send_on(work, message, feed)
        sequence = self.outcomes.sequence(work, message)
        work.begin(message.event)
        if sequence and sequence.holds_up(message.parked_id):
            return self.outcomes.wait(work, message, sequence)
        try:
            note = self._run(service, message, deadline)
        except Unavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - every failure of a handler has its way out
            work.drop()
            work.begin(message.event)
            return self.outcomes.fail(work, message, problem)
        more = {"note": note} if note else {}
        self.outcomes.receipt(work, message, "accepted", more)
        self.outcomes.move_on(work, message, sequence)
        answer = {"outcome": "accepted", **more}
        if message.feed:
            answer["body_sha256"] = message.incoming.body_sha256
        work.close_step(applied, answer)
        return lambda tally: self.outcomes.count_done(tally, work, message)

    def _send_on(self, work: UnitOfWork, message: DecodedMessage, feed: Feed) -> Report:
        """Make the missing queue and send the event there. It was not done here, so it is not marked."""
        try:
            self.declare()
        except CONNECTION_ERRORS as problem:
            raise Unavailable("the broker does not declare a missing queue") from problem
        incoming, step = message.incoming, work.begin(message.event)
        content_type = incoming.content_type or ""
        step.outgoing.append(
            OutgoingMessage(
                feed.exchange, incoming.routing_key, incoming.body, content_type, incoming.headers
            )
        )
        work.close_step(None)
        return lambda _: self.outcomes.log("sent_on", message)

    def _run(self, service: Any, message: DecodedMessage, deadline: Deadline) -> Any:
        deadline.begin()
        try:
            return self.run(service, message)
        finally:
            deadline.rest()

    def run(self, service: Any, message: DecodedMessage) -> Any:
        """Have the message handled. Answers the note for its receipt; raises what is wrong with it."""
        if problem := message.problem or message.failure:
            raise problem
        if message.handler is None:
            kind = plain(message.event.type[:80])
            raise Permanent(
                f"{self.service} has no handler for {kind} (routing key {message.incoming.routing_key[:80]})"
            )
        if isinstance(service, Broken):
            raise RuntimeError("a dependency of the service could not be had") from service.problem
        data = load(message.handler.schema, message.event.data)
        event = msgspec.structs.replace(message.event, data=data)
        return getattr(service, message.handler.method)(event)
