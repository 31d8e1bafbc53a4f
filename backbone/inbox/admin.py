"""What is done with a message beside the way of an inbox.

A message that the broker gave up is parked untried. An operator has a parked one checked against the
contract of today, edited, or discarded, which its publisher is told.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec

from .. import metrics
from ..amqp.origin import DEAD_LETTER, entered, is_ours
from ..amqp.topology import RPC_EXCHANGE
from ..errors import Permanent, Reason, Refused
from ..messages.contract import load
from ..messages.foreign import plain
from ..parking.lot import ParkingLot
from ..parking.parked import Parked
from ..plain import to_json
from ..settings import DAY_S
from ..store.atomic import Commit
from ..store.commit_group import AlreadyDone, Conflict
from .inbox import Inbox
from .incoming import DecodedMessage, IncomingMessage
from .outcomes import PENDING, receipt

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
CALLED = Reason(
    "NO_EVENT",
    "It was a call, and nobody waits for the answer any more. Discard it.",
    "parked_id",
)
WHY_DEAD = {
    "DELIVERY_LIMIT": "It was delivered too often without being done.",
    "EXPIRED": "Its publisher gave it a time to live, and that was over before it was taken.",
}


# --- messages that the broker gave up


def park_dead(
    inboxes: Mapping[str, Inbox], any_inbox: Callable[[], Inbox], messages: list[Any]
) -> None:
    """Park messages from the dead-incoming queue, in the inbox of the queue that each died in if it is
    there. Those that the broker delivered too often may each have ended a process."""
    for message in messages:
        death = _last_death(message.headers or {})
        inbox = inboxes.get(str(death.get("queue"))) or any_inbox()
        cause = "EXPIRED" if death.get("reason") == "expired" else "DELIVERY_LIMIT"
        park(inbox, _as_first_sent(message, death, inbox.service), cause, WHY_DEAD[cause])


def _last_death(headers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The broker's newest record of why a message is dead; it stands first."""
    deaths = headers.get("x-death")
    last = deaths[0] if isinstance(deaths, list) and deaths else {}
    return last if isinstance(last, dict) else {}


def _as_first_sent(message: Any, death: Mapping[str, Any], service: str) -> IncomingMessage:
    """A dead message with the exchange and the routing key that it was first sent with."""
    incoming = IncomingMessage.of(message, service)
    key = (death.get("routing-keys") or [""])[0]
    if not is_ours(entrance := _entrance(message, death, str(key), service)):
        exchange, routing_key = entrance, key
    else:  # it died in a later try: our own headers have what it was first sent with
        headers = message.headers or {}
        exchange = headers.get("x-exchange") or incoming.exchange
        routing_key = headers.get("x-routing-key") or incoming.routing_key
    return msgspec.structs.replace(
        incoming, exchange=str(exchange), routing_key=plain(str(routing_key))
    )


def _entrance(message: Any, death: Mapping[str, Any], key: str, service: str) -> str:
    """The exchange by which it came into the queue where it died."""
    if not death:
        return DEAD_LETTER
    last, before = str(death.get("exchange", "")), message.headers["x-death"][1:]
    return entered(last, key, service, before or ())


def park(inbox: Inbox, incoming: IncomingMessage, cause: str, sentence: str) -> None:
    """Set a message aside without trying it, unless it was done before."""
    message, done = inbox.decoder.read(incoming), False
    while not done:
        work = inbox.new_work()
        applied, _, tried = message.marks
        work.read_ahead.fetch([applied, tried], [])
        if applied in work.read_ahead.marks and not message.problem:
            return
        work.begin(message.event)
        report = inbox.outcomes.park(work, message, Permanent(sentence), cause)
        work.close_step(None if tried in work.read_ahead.marks else tried, PENDING)
        with suppress(Conflict, AlreadyDone):  # another replica is at it, too
            work.commit()
            done = True
    tally = metrics.Tally()
    report(tally)
    tally.tell()


# --- what an operator does with a parked message


def inbox_of(inboxes: Mapping[str, Inbox], parked: Parked) -> Inbox:
    """The inbox that a parked message can go back to; `Refused` if there is none."""
    if parked.exchange == RPC_EXCHANGE:
        raise Refused([CALLED])
    if inbox := inboxes.get(parked.queue):
        return inbox
    sentence = f"Nobody works on {parked.queue} any more. Discard it, or have it sent anew."
    raise Refused([Reason("QUEUE_RETIRED", sentence, "parked_id")])


def edit(
    lot: ParkingLot, inboxes: Mapping[str, Inbox], parked_id: str, body: str, by: str, reason: str
) -> str:
    """Replace the body of a parked message. Answers its new id."""
    return lot.edit(
        parked_id,
        body.encode(),
        by,
        reason,
        lambda parked, new: mend(inbox_of(inboxes, parked), parked, new),
    )


def discard(
    lot: ParkingLot, inboxes: Mapping[str, Inbox], parked_id: str, by: str, reason: str
) -> None:
    """Discard a parked message, and send its publisher the receipt that is still owed."""

    def refusal(parked: Parked) -> Callable[[Commit], None]:
        inbox = inboxes.get(parked.queue)
        return refusal_of(inbox, parked, reason) if inbox else lambda _: None

    lot.discard(parked_id, by, reason, refusal)


def refusal_of(inbox: Inbox, parked: Parked, reason: str) -> Callable[[Commit], None]:
    """What a commit does so that the publisher of a discarded message hears that it is refused,
    and hears it again when it sends the same bytes again."""
    message = inbox.decoder.read(IncomingMessage.of_parked(parked))
    answer = {"outcome": "refused", "reasons": [{"code": "DISCARDED", "sentence": reason}]}
    done = not message.problem and inbox.lot.repository.call("exists", message.marks[0])

    def write(commit: Commit) -> None:
        if message.feed and not done:
            now = inbox.lot.clock()
            outgoing = receipt(inbox.service, message.feed, message, "refused", answer, now)
            inbox.outcomes.kept(message, answer, now)(commit)
            commit.append(inbox.lot.repository.outbox, outgoing.entry())
            commit.set(message.marks[1], to_json(answer), inbox.settings.inbox_days * DAY_S)

    return write


def check(inbox: Inbox, parked: Parked) -> DecodedMessage:
    """A parked message as it reads today, or what the contract says against it."""
    message = inbox.decoder.read(IncomingMessage.of_parked(parked))
    if message.problem:
        raise Refused(message.problem.reasons)
    if message.handler:
        load(message.handler.schema, message.event.data)
    return message


def mend(inbox: Inbox, parked: Parked, body: bytes) -> Parked:
    """A parked message with another body; refused if that breaks the contract, or makes it
    another event, or one about something else."""
    after = replace(parked, body=base64.b64encode(body).decode())
    message = check(inbox, after)
    if parked.event_id and message.claimed_identity != (parked.event_id, parked.event_source):
        raise Refused([ANOTHER_EVENT])
    if parked.line_id and message.sequence_id != parked.line_id:
        raise Refused([ANOTHER_SUBJECT])
    event_id, source = message.claimed_identity
    return replace(
        after,
        parked_id=message.parked_id,
        event_id=event_id,
        event_source=source,
        line_id=message.sequence_id,
    )
