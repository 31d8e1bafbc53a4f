"""Why a township's event was refused, by what the services that hear townships have kept of its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import typer
from rich.markup import escape
from rich.table import Column, Table

from backbone import settings
from backbone.errors import Unavailable
from park import townships
from park.time import PARK_TIME, day_of

from ..console import filled, moment
from ..responses.asking import SERVICES
from .finding import Ask

REFUSAL = "refusal"


def asked_of(parts: Sequence[str]) -> tuple[str, list[str]]:
    """The id of the event, and the townships whose it may be: the one that stands before it, else all."""
    if len(parts) > 2:
        raise typer.BadParameter("give EVENT_ID, or TOWNSHIP EVENT_ID", param_hint="ID")
    today = day_of(datetime.now(PARK_TIME))
    return parts[-1], [*parts[:-1]] or sorted(townships.codes(today))


def explain_refusal(ask: Ask, event_id: str, codes: Sequence[str]) -> dict[str, Any]:
    """The receipts of refused events of that id, and which services did not answer, and why."""
    refusals: list[dict[str, Any]] = []
    missing = []
    for service in SERVICES:
        try:
            refusals += ask(service, "explain_refusal", event_id=event_id, publishers=codes)
        except Unavailable as problem:
            things = [f"{REFUSAL} {event_id}"]
            missing.append({"service": service, "why": str(problem), "things": things})
    return {"refusals": refusals, "missing": missing, "left_out": 0}


def not_kept(parts: Sequence[str]) -> str:
    """That no refusal of the event is kept, and where else to look."""
    days, event = settings.from_environment().inbox_days, " of ".join(reversed(parts))
    return (
        f"of an event {event} no refusal is kept: none was refused within {days} days (INBOX_DAYS), or its "
        "id could not be read; then give the body_sha256 of its receipt. What was accepted is found by the "
        "thing that it is about, and what waits for a person by `tenglong parked list`"
    )


def table_of(receipt: dict[str, Any]) -> Table:
    """A row for each reason: what was wrong of which field and what would be right, and by what source."""
    table = Table(Column("Code", no_wrap=True), "Field", "What would be right", "Source")
    township, _, kind = receipt["routing_key"].partition(".")
    table.title = f"{township} {escape(receipt['event_id'] or receipt['body_sha256'])}: {kind}"
    table.caption = f"refused by {receipt['received_by']} at {moment(receipt['received_at'])}"
    for each in receipt["reasons"]:
        cells = (each["code"], each["field"], each["sentence"], each["source"])
        table.add_row(*(escape(str(cell or "–")) for cell in cells))
    return filled(table)


def acceptance_of(receipt: dict[str, Any]) -> str:
    """What became of the id since: accepted when, and what followed; or that it was not."""
    accepted = receipt.get("accepted")
    if accepted is None:
        return "Nothing was accepted under this id since, as far as is remembered."
    when = f" at {moment(accepted['accepted_at'])}" if accepted["accepted_at"] else ""
    note = f" ({accepted['note']})" if accepted["note"] else ""
    facts = [f"{each['type']} {each['about'] or ''}".strip() for each in accepted["facts"]]
    if facts:
        followed = f"What followed: {', '.join(facts)}."
    else:
        days = settings.from_environment().announced_days
        followed = (
            f"No fact that followed is kept (they are for {days} days, ANNOUNCED_DAYS); `tenglong explain` "
            "of the thing tells what it changed."
        )
    return f"Accepted since under the same id{when}{note}. {followed}"
