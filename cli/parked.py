"""Messages that were set aside for a person."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Column, Table

from park.masking import mask

from .ask import REFUSALS, Service, ask, call
from .ask import show as show_answer
from .console import err, out
from .given import text_of

app = typer.Typer(
    help="Messages set aside for a person: list, show, replay, edit, discard.", no_args_is_help=True
)
By = Annotated[str, typer.Option(help="who does this; it stays on record")]


@app.command("list")
def parked_list(
    service: Service,
    as_json: Annotated[bool, typer.Option("--json", help="all that is known of each")] = False,
    limit: Annotated[int, typer.Option(help="so many at the most", min=1)] = 100,
) -> None:
    """What is set aside, oldest first."""
    found = call(service, "list_parked", limit=limit + 1)
    if len(found) > limit:
        err.print(f"These are the first {limit}; there are more: --limit")
        found = found[:limit]
    if as_json:
        out.print_json(data=found)
        return
    whole = (Column(name, no_wrap=True, overflow="fold") for name in ("Id", "Parked at", "Cause"))
    table = Table(*whole, "What was wrong", "Tries")
    for each in found:
        table.add_row(
            each["parked_id"], each["parked_at"][:19], each["cause"],
            f"{each['routing_key']}: {mask(each['sentence'])}", str(each["attempts"]),
        )  # fmt: skip
    out.print(table)


@app.command()
def show(
    service: Service,
    parked_id: str,
    body: Annotated[bool, typer.Option("--body", help="its body alone, to be edited")] = False,
) -> None:
    """One message: its bytes, its headers, its cause."""
    found = call(service, "show_parked", parked_id=parked_id)
    if body:
        sys.stdout.write(found["text"])
    else:
        out.print_json(data=found)


@app.command()
def replay(service: Service, parked_id: str, by: By) -> None:
    """Send it back to its queue as it was; those that wait behind it follow, in order."""
    show_answer(service, "replay_parked", parked_id=parked_id, by=by)


@app.command("replay-all")
def replay_all(
    service: Service,
    by: By,
    cause: Annotated[str, typer.Option(help="only those with this cause")] = "",
    per_second: Annotated[float, typer.Option(help="messages a second, at the most", min=0.1)] = 5,
) -> None:
    """Send all back, slowly. It may be broken off and started again at any time: what has gone has
    gone, what is left is still parked. What waits behind another follows it by itself."""
    found = [
        each
        for each in call(service, "list_parked", limit=10_000)
        if each["cause"] == cause or (not cause and each["cause"] != "WAITS_BEHIND")
    ]
    replayed, kept = 0, []
    for each in track(found, f"replaying {len(found)}", console=err):
        try:
            ask(service, "replay_parked", parked_id=each["parked_id"], by=by)
            replayed += 1
        except REFUSALS as problem:
            kept.append((each["parked_id"], str(problem)))
        time.sleep(1 / per_second)
    out.print(f"replayed {replayed}, left {len(kept)}")
    for parked_id, why in kept:
        err.print(f"{parked_id}: {why}", highlight=False)
    raise typer.Exit(1 if kept else 0)


@app.command()
def edit(
    service: Service,
    parked_id: str,
    body: Annotated[str, typer.Argument(help="the new body, or @file")],
    by: By,
    reason: Annotated[str, typer.Option(help="why; it stays on record beside the old bytes")],
) -> None:
    """Replace its body. It keeps its event id, its headers and its place, gets a new parked id, and
    waits to be replayed."""
    text = text_of(body)
    show_answer(service, "edit_parked", parked_id=parked_id, body=text, by=by, reason=reason)


@app.command()
def discard(
    service: Service,
    parked_id: str,
    by: By,
    reason: Annotated[str, typer.Option(help="why; a township reads it in its receipt")],
) -> None:
    """Give it up for good."""
    show_answer(service, "discard_parked", parked_id=parked_id, by=by, reason=reason)


@app.command()
def audit(service: Service) -> None:
    """What was done with parked messages, newest first."""
    show_answer(service, "parked_audit")
