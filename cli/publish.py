"""Publishing an event as a township does."""

from __future__ import annotations

import uuid
from typing import Annotated

import typer

from backbone.messages.ce_headers import PREFIXES
from backbone.messages.envelope import Event

from .console import err, out
from .given import json_of, moment_of
from .reach import broker_uri, reaching
from .township import publish_and_wait


def publish(
    township: Annotated[str, typer.Argument(help="9-digit code, such as 330604006")],
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="such as parcel.registered")],
    data: Annotated[str, typer.Argument(help="JSON, or @file")],
    event_id: Annotated[
        str, typer.Option("--id", help="your own id; the same id is one event")
    ] = "",
    at: Annotated[
        str,
        typer.Option(
            "--time", help="when it happened, such as 2023-08-01T09:30:00+08:00; else now"
        ),
    ] = "",
    binary: Annotated[
        str,
        typer.Option(metavar="PREFIX", help="in binary form: ce-, cloudEvents_ or cloudEvents:"),
    ] = "",
    wait_s: Annotated[float, typer.Option(help="how long to wait for the receipt")] = 10,
) -> None:
    """Publish an event as a township, and show the receipt. To send the same once more, give the same
    --id and --time: another time is another body."""
    if binary.lower() not in ("", *PREFIXES):
        raise typer.BadParameter("the prefix is one of ce-, cloudEvents_, cloudEvents:")
    time = moment_of(at)
    event = Event(
        id=event_id or str(uuid.uuid4()),
        source=f"/townships/{township}",
        type=type_,
        time=time,
        data=json_of(data),
    )
    uri = broker_uri()
    receipt = reaching(
        wait_s, lambda: publish_and_wait(uri, township, event, wait_s, binary), what="the broker"
    )
    if receipt is None:
        err.print(
            f"published with --id {event.id} --time {time.isoformat()}; no receipt within {wait_s:g} s. "
            "Either no service is up that hears it, or it waits there, for Redis say (`/readyz` tells), "
            "or it failed there and is being tried again or parked (`tenglong parked list`)."
        )
        raise typer.Exit(1)
    out.print_json(data=receipt)
    raise typer.Exit(0 if receipt["outcome"] != "refused" else 1)
