"""What an operator does with one message of an inbox: park it untried, check, edit or refuse a parked one."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import metrics
from ..errors import Permanent, Reason, Refused
from ..messages.contract import load
from ..parking.parked import Parked
from ..plain import to_json
from ..settings import DAY_S
from ..store.atomic import Commit
from ..store.commit_group import AlreadyDone, Conflict
from .incoming import DecodedMessage, IncomingMessage
from .outcomes import PENDING, receipt

if TYPE_CHECKING:
    from .inbox import Inbox

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


def park(inbox: Inbox, incoming: IncomingMessage, cause: str, sentence: str) -> None:
    """Set a message aside without trying it, unless it was done before."""
    read, done = inbox.reader.read(incoming), False
    while not done:
        work = inbox.new_work()
        applied, _, tried = read.marks
        work.read_ahead.look([applied, tried], [])
        if applied in work.read_ahead.marks and not read.problem:
            return
        work.begin(read.event)
        report = inbox.outcomes.park(work, read, Permanent(sentence), cause)
        work.keep(None if tried in work.read_ahead.marks else tried, PENDING)
        with suppress(Conflict, AlreadyDone):  # another replica is at it, too
            work.commit()
            done = True
    tally = metrics.Tally()
    report(tally)
    tally.tell()


def refusal_of(inbox: Inbox, parked: Parked, reason: str) -> Callable[[Commit], None]:
    """What a commit does so that the publisher of a discarded message hears that it is refused,
    and hears it again when it sends the same bytes again."""
    read = inbox.reader.read(IncomingMessage.of_parked(parked))
    answer = {"outcome": "refused", "reasons": [{"code": "DISCARDED", "sentence": reason}]}

    done = not read.problem and inbox.lot.repository.call("exists", read.marks[0])

    def write(batch: Commit) -> None:
        if read.feed and not done:
            said = {"reasons": answer["reasons"]}
            posting = receipt(inbox.service, read.feed, read, "refused", said, inbox.lot.clock())
            batch.append(inbox.lot.repository.outbox, posting.entry())
            batch.set(read.marks[1], to_json(answer), inbox.settings.inbox_days * DAY_S)

    return write


def check(inbox: Inbox, parked: Parked) -> DecodedMessage:
    """A parked message as it reads today, or what the contract says against it."""
    read = inbox.reader.read(IncomingMessage.of_parked(parked))
    if read.problem:
        raise Refused(read.problem.reasons)
    if read.handler:
        load(read.handler.schema, read.event.data)
    return read


def mend(inbox: Inbox, parked: Parked, body: bytes) -> Parked:
    """A parked message with another body; refused if that breaks the contract, or makes it
    another event, or one about something else."""
    after = replace(parked, body=base64.b64encode(body).decode())
    read = check(inbox, after)
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
