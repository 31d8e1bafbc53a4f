"""`tenglong alarms`: Alertmanager's alarms, to whoever subscribed to them in notify."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from backbone import settings
from backbone.host import https
from backbone.rpc.caller import Caller

from ..console import err
from ..reach import broker_uri
from . import runbooks
from .receiver import Receiver

PORT = 8005


def alarms(
    host: Annotated[str, typer.Option(help="where it listens")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 for one that is free", min=0, max=65535)] = PORT,
    wait_s: Annotated[float, typer.Option(help="how long to wait for notify")] = 10,
    runbooks_url: Annotated[
        str, typer.Option(help="where people reach its /runbooks", envvar="RUNBOOKS_URL")
    ] = runbooks.BASE,
) -> None:
    """Take what Alertmanager sends to POST /alarms, until it is stopped, and have notify tell whoever
    subscribed to alarm_raised, and then that it is over. Alertmanager shows the token that ALARMS_TOKEN
    says here, or the file of ALARMS_TOKEN_FILE at that moment. With HTTP_CERT_FILE it is taken over TLS.
    While notify is away it is asked to send again. GET /runbooks/ shows the page for each alert, and who is
    told of an alarm is told its address under RUNBOOKS_URL."""
    if not token():
        err.print("ALARMS_TOKEN (or ALARMS_TOKEN_FILE) is not set: anybody could raise an alarm.")
        raise typer.Exit(2)
    if not runbooks_url.startswith(("http://", "https://")):
        err.print(f"RUNBOOKS_URL={runbooks_url} is no address: begin it with http:// or https://.")
        raise typer.Exit(2)
    notify = Caller(broker_uri(), "notify", wait_s)
    receiver = Receiver(
        token, lambda method, **given: getattr(notify, method)(**given), runbooks_url
    )
    shown = https.certificate(settings.from_environment())
    try:
        listener = https.listen(host, port)
    except OSError as problem:
        err.print(f"Nobody can listen at {host}:{port}: {problem.strerror}. Give another --port.")
        raise typer.Exit(1) from problem
    at = f"{'https' if shown else 'http'}://{host}:{listener.getsockname()[1]}/alarms"
    err.print(f"takes alarms at {at}", highlight=False)
    https.answer(listener, receiver, shown)


def token() -> str:
    """What Alertmanager has to show now; nothing while the file is away."""
    with suppress(OSError):
        file = os.environ.get("ALARMS_TOKEN_FILE")
        said = Path(file).read_text("utf-8") if file else os.environ.get("ALARMS_TOKEN", "")
        return said.strip()
    return ""
