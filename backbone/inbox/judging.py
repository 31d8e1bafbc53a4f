"""What would become of parked messages if they were sent back now. Each is held against the contract of
today, as a replay does, and then decided by its handler on a unit of work that is never committed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from ..amqp.topology import INBOX, queue_name
from ..errors import Answered, DeadlineExceeded, NotFound, Permanent, Reason, Unavailable
from ..parking.lot import ParkingLot
from ..parking.pages import waits_for
from ..parking.parked import Parked
from ..watchdog import Deadline
from .inbox import Inbox
from .incoming import IncomingMessage
from .outcomes import cause_of
from .supposing import not_now

JUDGED_WITHIN_S = 3.0  # however many are asked about; well within the time that a caller waits
ONLY_ITS_CONTRACT = "Its contract takes it; what its handler would do only a try tells."


def judge(
    lot: ParkingLot, inboxes: Mapping[str, Inbox], parked_ids: Iterable[str]
) -> list[dict[str, Any]]:
    """What would become of each, in this order; of the first at least, and of as many as can be judged
    within some seconds. Raises `Unavailable`."""
    until, found = time.monotonic() + JUDGED_WITHIN_S, []
    for parked_id in parked_ids:
        found.append(_judged(lot, inboxes, parked_id))
        if time.monotonic() > until:
            break
    return found


def _judged(lot: ParkingLot, inboxes: Mapping[str, Inbox], parked_id: str) -> dict[str, Any]:
    said: dict[str, Any] = {"parked_id": parked_id, "outcome": "accepted", "note": None}
    said |= {"waits_for": None, "reasons": []}
    try:
        parked = lot.get(parked_id)
        lot.may_go(parked)
    except NotFound:
        return said | {"outcome": "gone"}
    except (Answered, Permanent) as problem:
        return said | {"outcome": "kept", "reasons": _told(problem)}
    if first := waits_for(lot, parked.line_id, parked_id):
        return said | {"outcome": "waits", "waits_for": first}
    return said | _decided(inboxes[parked.queue], parked)


def _decided(inbox: Inbox, parked: Parked) -> dict[str, Any]:
    """What its handler would make of it."""
    if inbox.queue != queue_name(inbox.service, INBOX):
        return {"note": ONLY_ITS_CONTRACT}
    message, work = inbox.decoder.read(IncomingMessage.of_parked(parked)), inbox.new_work()
    if otherwise := not_now(inbox, work, message):
        return {"outcome": otherwise}
    work.supposes = True
    most_s = inbox.settings.handler_deadline_s
    try:
        service = inbox.new_service(work)
        work.begin(message.event)
        with Deadline(most_s, DeadlineExceeded(f"the handler took over {most_s} s")):
            return {"note": inbox.run(service, message)}
    except Unavailable:
        raise
    except Exception as problem:  # noqa: BLE001 - told, as it would be parked with it
        is_told = isinstance(problem, Answered) and message.feed
        return {"outcome": "refused" if is_told else "parked", "reasons": _told(problem)}


def _told(problem: Exception) -> list[dict[str, Any]]:
    if isinstance(problem, Answered):
        return [asdict(reason) for reason in problem.reasons]
    return [asdict(Reason(cause_of(problem), str(problem)[:500]))]
