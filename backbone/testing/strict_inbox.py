"""The inbox of a rehearsal: what is delivered is decided and committed at once, and the test is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Self

from ..errors import Answered, NotFound, Permanent, Reason
from ..inbox import batches
from ..inbox.inbox import Inbox
from ..inbox.incoming import DecodedMessage, IncomingMessage
from ..inbox.outcomes import Outcomes
from ..messages.outgoing import OutgoingMessage
from ..store.commit_group import Conflict
from ..store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Heard:
    """What became of an event: `accepted`, perhaps with a note; `duplicate`; `refused` to an outside
    publisher; or `parked`, as is a service's fact that is refused. `problem` is what was raised."""

    outcome: str
    note: str | None = None
    reasons: tuple[Reason, ...] = ()
    problem: Exception | None = None

    @property
    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]

    def or_raise(self) -> Self:
        """Itself; or raises what the contract or the handler raised against the event."""
        if self.problem:
            raise self.problem
        return self


def message(exchange: str, routing_key: str, body: bytes) -> Any:
    """A message as the broker delivers it."""
    came = {"exchange": exchange, "routing_key": routing_key, "redelivered": False}
    return SimpleNamespace(
        body=body, content_type="application/json", headers={}, delivery_info=came
    )


class StrictOutcomes(Outcomes):
    """Raises what a running service would try again later, and remembers what was raised."""

    problem: Exception | None = None

    def fail(self, work: UnitOfWork, read: DecodedMessage, problem: Exception) -> Any:
        self.problem = problem
        if not isinstance(problem, Answered | Permanent):
            raise problem
        return super().fail(work, read, problem)


class StrictInbox(Inbox):
    """Tells the test what became of each message."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        plain = self.outcomes
        self.outcomes = StrictOutcomes(plain.queue, plain.settings, plain.lot, plain.chance)

    outcomes: StrictOutcomes

    def hear(self, delivered: Any) -> Heard:
        """Do one message; answers what its publisher is told."""
        self.outcomes.problem = None
        read = self.decoder.read(IncomingMessage.of(delivered, self.service))
        was_done = self.lot.repository.call("exists", read.marks[0])
        batches.take(self, [delivered])
        try:
            parked = self.lot.get(read.parked_id)
        except NotFound:
            return self._told(read, "duplicate" if was_done else "accepted")
        reasons = getattr(
            self.outcomes.problem, "reasons", (Reason(parked.cause, parked.sentence),)
        )
        return Heard("parked", reasons=reasons, problem=self.outcomes.problem)

    def hear_at_once(self, delivered: Sequence[Any]) -> int:
        """Do messages as if a process for each decided it at the same moment. Who commits too late
        decides again; answers how many did."""
        decided = [
            batches.decided_now(self, [self.decoder.read(IncomingMessage.of(each, self.service))])
            for each in delivered
        ]
        for batch in decided:
            batch.wait()
        late = sum(isinstance(batch.problem, Conflict) for batch in decided)
        for batch in decided:
            batches.decide_anew(self, batch)
        return late

    def _told(self, read: DecodedMessage, outcome: str) -> Heard:
        """What the receipt says; or, as a service gets none for its fact, what the mark says."""
        repository = self.lot.repository
        if read.feed:  # the receipt is the last that it led to
            [(_, entry)] = repository.call("xrevrange", repository.outbox, count=1)
            said = json.loads(OutgoingMessage.of(entry).body)["data"]
        else:
            said = json.loads(repository.call("get", read.marks[0])) | {"outcome": outcome}
        reasons = tuple(Reason(**each) for each in said.get("reasons", ()))
        return Heard(said["outcome"], said.get("note"), reasons, self.outcomes.problem)
