"""What every service answers to an operator, by RPC and so by `tenglong parked …`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .errors import Invalid, Reason
from .service import House


def list_parked(house: House, limit: int = 100) -> Any:
    """What is set aside for a person, oldest first, without the bytes."""
    return house.lot.entries(limit)


def show_parked(house: House, parked_id: str) -> Any:
    """One parked message with its bytes, headers and cause."""
    return house.lot.show(parked_id)


def replay_parked(house: House, parked_id: str, by: str) -> Any:
    """Send a parked message back to its queue as it was. `by` stays on record."""
    _said(by=by)
    house.lot.replay(parked_id, by)
    return {"replayed": parked_id}


def edit_parked(house: House, parked_id: str, body: str, by: str, reason: str) -> Any:
    """Replace the body of a parked message, which keeps its place. `by`, `reason` and the old bytes
    stay on record."""
    _said(body=body, by=by, reason=reason)
    return {"edited": parked_id, "parked_id": house.edit(parked_id, body, by, reason)}


def discard_parked(house: House, parked_id: str, by: str, reason: str) -> Any:
    """Give a parked message up. `by` and `reason` stay on record; an outside publisher is told."""
    _said(by=by, reason=reason)
    house.discard(parked_id, by, reason)
    return {"discarded": parked_id}


def parked_audit(house: House, limit: int = 100) -> Any:
    """What was done with parked messages, newest first."""
    return house.lot.audit(limit)


OPERATIONS: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        list_parked,
        show_parked,
        replay_parked,
        edit_parked,
        discard_parked,
        parked_audit,
    )
}


def _said(**given: str) -> None:
    if missing := [name for name, value in given.items() if not str(value).strip()]:
        raise Invalid(
            Reason("INVALID", f"Give {name}; it stays on record.", name) for name in missing
        )
