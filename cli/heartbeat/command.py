"""`tenglong heartbeat`: the platform's own heartbeat, sent as a township sends a report."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from typing import Annotated

import typer

from backbone.amqp.connection import CONNECTION_ERRORS, refusal
from backbone.messages.envelope import Event
from park.townships import HEARTBEAT

from ..console import err, moment
from ..reach import broker_uri
from ..township import publish_and_wait


def heartbeat(
    every_s: Annotated[int, typer.Option(help="so often", min=1)] = 60,
) -> None:
    """Send a heartbeat each minute through RabbitMQ, parcels, projects and notify, until it is stopped.
    Says each time what is wrong, and once when parcels takes it again.
    How old the newest one is that came through is the metric tenglong_heartbeat_age_seconds of notify,
    and the alert HeartbeatLate. Several that send do no harm."""
    uri = broker_uri()
    was_broken = False
    while True:
        began = time.monotonic()
        problem = beat(uri, every_s)
        if problem or was_broken:
            said = problem or "It is well again: parcels takes it."
            err.print(f"{moment(datetime.now(UTC))} {said}", highlight=False, markup=False)
        was_broken = bool(problem)
        time.sleep(max(0.0, began + every_s - time.monotonic()))


def beat(uri: str, wait_s: float) -> str | None:
    """Send one. Answers what is wrong, if its receipt does not say within so many seconds that it was
    accepted."""
    now = datetime.now(UTC)
    data = {"sent_at": now.isoformat()}
    event = Event(
        id=str(uuid.uuid4()),
        source=f"/townships/{HEARTBEAT}",
        type="heartbeat",
        time=now,
        data=data,
    )
    try:
        receipt = publish_and_wait(uri, HEARTBEAT, event, wait_s)
    except CONNECTION_ERRORS as problem:
        why = refusal(problem, uri) or f"{type(problem).__name__} {problem}"
        return f"It could not be sent: {why}"
    if receipt is None:
        return f"It has no receipt after {wait_s:g} s; parcels is away or late."
    if receipt["outcome"] != "accepted":
        return "It was refused: " + "; ".join(each["sentence"] for each in receipt["reasons"])
    return None
