"""What the reader can do next, as commands to copy."""

from __future__ import annotations

import json
from typing import Any

from backbone import settings
from backbone.host.runner import Running

from . import story
from .play import out


def tell_how(port: int, running: Running, chosen: settings.Settings) -> None:
    """Print commands to copy. `port` is the gateway's."""
    out.rule("The services are up; Ctrl-C stops them")
    parcel = story.Plot("0231").parcel(parcel_id=f"{story.TOWNSHIP}-0231")[1]
    _by_http(port, parcel)
    _metrics(running, chosen)
    if not chosen.amqp_uri.startswith("embedded:"):
        _by_amqp(chosen, parcel)
    _a_year(chosen)


def _by_http(port: int, parcel: dict[str, Any]) -> None:
    event = {
        "specversion": "1.0",
        "id": "my-first-event",
        "source": f"/townships/{story.TOWNSHIP}",
        "type": "parcel.registered",
        "time": "2023-08-01T09:30:00+08:00",
        "data": parcel,
    }
    asked = json.dumps({"parcel_id": parcel["parcel_id"]})
    out.print("[bold]Publish an event[/] (the answer is the receipt):")
    body, path = json.dumps(event, ensure_ascii=False), f"{story.TOWNSHIP}.parcel.registered"
    _command(f"curl -d '{body}' localhost:{port}/events/{path}")
    out.print("[bold]Call an RPC[/]:")
    _command(f"curl -d '{asked}' localhost:{port}/rpc/parcels/get_parcel")


def _metrics(running: Running, chosen: settings.Settings) -> None:
    host = chosen.http_host if chosen.http_host != "0.0.0.0" else "localhost"  # noqa: S104 - told, not bound
    out.print("[bold]Read the metrics[/]:")
    for name, at in running.ports.items():
        _command(f"curl {host}:{at}/metrics    # {name}")


def _by_amqp(chosen: settings.Settings, parcel: dict[str, Any]) -> None:
    out.print("[bold]Over AMQP[/], as townships and internal systems do:")
    _command(f"# $AMQP_URI is {settings.masked(chosen.amqp_uri)}")
    tenglong = 'AMQP_URI="$AMQP_URI" .venv/bin/tenglong'
    _command(f"{tenglong} publish {story.TOWNSHIP} parcel.registered '{json.dumps(parcel)}'")
    _command(f"{tenglong} call parcels get_parcel parcel_id={parcel['parcel_id']}")


def _a_year(chosen: settings.Settings) -> None:
    """A whole park, once there is a broker to play it through."""
    out.print("[bold]A whole park at work[/], invented, a small one or 2,595 plots:")
    if chosen.amqp_uri.startswith("embedded:"):
        _command("# on real servers: make run AMQP_URI=amqp://… REDIS_URL=redis://…, and then")
    tenglong = 'AMQP_URI="$AMQP_URI" .venv/bin/tenglong'
    _command(f"{tenglong} year --plots 60 --play    # without --plots the whole year, in minutes")
    _command(f"{tenglong} overview --on 2023-07-31")


def _command(line: str) -> None:
    """One line, however long: it is copied, and brackets in it are no markup."""
    out.print(f"  {line}", markup=False, soft_wrap=True)
