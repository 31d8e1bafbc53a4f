"""`tenglong alarms`: Alertmanager's alarms, to whoever subscribed to them in notify."""

from __future__ import annotations

import socket
from typing import Annotated

import eventlet
import eventlet.wsgi
import typer
from environs import FileAwareEnv

from backbone.rpc.caller import Caller

from ..console import err
from ..reach import broker_uri
from .receiver import Receiver

PORT = 8005


def alarms(
    host: Annotated[str, typer.Option(help="where it listens")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 for one that is free", min=0, max=65535)] = PORT,
    wait_s: Annotated[float, typer.Option(help="how long to wait for notify")] = 10,
) -> None:
    """Take what Alertmanager sends to POST /alarms, until it is stopped, and have notify tell whoever
    subscribed to alarm_raised, and then that it is over. Alertmanager shows the token that ALARMS_TOKEN or
    ALARMS_TOKEN_FILE says here. While notify is away it is asked to send again."""
    token = FileAwareEnv().str("ALARMS_TOKEN", "").strip()
    if not token:
        err.print("ALARMS_TOKEN (or ALARMS_TOKEN_FILE) is not set: anybody could raise an alarm.")
        raise typer.Exit(2)
    notify = Caller(broker_uri(), "notify", wait_s)
    receiver = Receiver(token, lambda method, **given: getattr(notify, method)(**given))
    listener = eventlet.listen((host, port), family=socket.AF_INET, reuse_port=False)
    err.print(f"takes alarms at http://{host}:{listener.getsockname()[1]}/alarms", highlight=False)
    eventlet.wsgi.server(listener, receiver, log_output=False, socket_timeout=10)
