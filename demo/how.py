"""What the reader can do next, as commands to copy."""

from __future__ import annotations

import json

from backbone import settings
from backbone.host.runner import Running

from . import story
from .play import out


def tell_how(port: int, running: Running, chosen: settings.Settings) -> None:
    """Print commands to copy. `port` is the gateway's."""
    out.rule("The services are up; Ctrl-C stops them")
    parcel = story.Plot("0231").parcel(parcel_id=f"{story.TOWNSHIP}-0231")[1]
    event = {
        "specversion": "1.0",
        "id": "my-first-event",
        "source": f"/townships/{story.TOWNSHIP}",
        "type": "parcel.registered",
        "time": "2023-08-01T09:30:00+08:00",
        "data": parcel,
    }
    body = json.dumps(event, ensure_ascii=False)
    host = chosen.http_host if chosen.http_host != "0.0.0.0" else "localhost"  # noqa: S104 - told, not bound
    out.print("[bold]Publish an event[/] (the answer is the receipt):")
    out.print(
        f"  curl -d '{body}' localhost:{port}/events/{story.TOWNSHIP}.parcel.registered",
        markup=False,
        soft_wrap=True,
    )
    out.print("[bold]Call an RPC[/]:")
    out.print(
        f'  curl -d \'{{"parcel_id": "{parcel["parcel_id"]}"}}\' localhost:{port}/rpc/parcels/get_parcel',
        markup=False,
        soft_wrap=True,
    )
    out.print("[bold]Read the metrics[/]:")
    for name, at in running.ports.items():
        out.print(f"  curl {host}:{at}/metrics    # {name}", markup=False, soft_wrap=True)
    if not chosen.amqp_uri.startswith("embedded:"):
        out.print("[bold]Over AMQP[/], as townships and internal systems do:")
        out.print(f"  # $AMQP_URI is {settings.masked(chosen.amqp_uri)}", soft_wrap=True)
        prefix = '  AMQP_URI="$AMQP_URI" .venv/bin/tenglong'
        out.print(
            f"{prefix} publish {story.TOWNSHIP} parcel.registered '{json.dumps(parcel)}'",
            markup=False,
            soft_wrap=True,
        )
        out.print(
            f"{prefix} call parcels get_parcel parcel_id={parcel['parcel_id']}",
            markup=False,
            soft_wrap=True,
        )
