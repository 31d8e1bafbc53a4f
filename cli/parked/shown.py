"""Parked messages as tables: the list, the groups by cause, what a dry run found, what was done."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from park.masking import mask

from ..console import err, moment, out, whole
from .bulk import Done
from .finding import Entry

MOST_NAMED = 20  # of those that were left, on the screen


def listed(entries: list[Entry]) -> Table:
    """Message by message."""
    behind = Column("Behind it", justify="right")
    table = Table(*whole("Id", "Parked at", "Cause"), "What was wrong", "Tries", behind)
    for each in entries:
        table.add_row(
            each["parked_id"], moment(each["parked_at"]), each["cause"],
            escape(f"{each['routing_key']}: {mask(each['sentence'])}"), str(each["attempts"]),
            str(each["waiting"] or ""),
        )  # fmt: skip
    return table


def grouped(groups: list[dict[str, Any]]) -> Table:
    """Cause by cause."""
    numbers = [
        Column(name, justify="right") for name in ("Messages", "Wait for nobody", "Behind them")
    ]
    table = Table(*whole("Cause"), *numbers, *whole("Oldest", "Example"), "What was wrong there")
    for each in groups:
        table.add_row(
            each["cause"], str(each["count"]), str(each["heads"]), str(each["waiting"]),
            moment(each["oldest"]), each["example"], escape(mask(each["sentence"])),
        )  # fmt: skip
    return table


def judged(groups: list[dict[str, Any]]) -> Table:
    """What would become of them, in groups."""
    count = Column("Messages", justify="right")
    table = Table(*whole("Would be"), count, *whole("Reason", "Example"), "Why")
    for each in groups:
        table.add_row(
            each["outcome"], str(each["count"]), each["code"] or "", each["example"],
            escape(mask(each["sentence"] or "")),
        )  # fmt: skip
    return table


def name_held(held: dict[str, int]) -> None:
    """Say what some wait for that is not on the list."""
    for first, count in list(held.items())[:MOST_NAMED]:
        err.print(
            f"{count} wait behind {first}, which is not parked: it is being tried again, and they follow; "
            "or it was lost with its queue, then discard it by this id.",
            highlight=False,
        )


def done(verb: str, found: Done, waiting: int) -> None:
    """What was done, and why the rest is left."""
    gone = f", {len(found.gone)} were gone already" if found.gone else ""
    out.print(f"{verb} {len(found.done)}, left {len(found.left)}{gone}")
    for parked_id, why in list(found.left.items())[:MOST_NAMED]:
        err.print(f"{parked_id}: {why}", highlight=False, markup=False)
    if (more := len(found.left) - MOST_NAMED) > 0:
        err.print(f"and {more} more; --json names them all")
    if waiting:
        err.print(f"{waiting} with this cause wait behind others and were not touched")
    if found.silent:
        err.print(
            f"{found.silent}\n{found.not_reached} were not reached: start it again", markup=False
        )
