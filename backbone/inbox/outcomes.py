"""What a message leads to besides its effect: the receipt for its publisher."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from ..amqp.topology import Feed
from ..errors import Answered
from ..messages.envelope import Event, encode
from ..messages.outgoing import OutgoingMessage
from ..plain import digest_of
from .incoming import DecodedMessage


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
    return OutgoingMessage(feed.receipts, read.publisher, encode(event), mandatory=False)
