"""The users of a new installation, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from backbone.amqp.management import url_of
from backbone.errors import Answered
from services import access, wiring
from services.installation import HOMES

from ..console import err, out
from . import encryption, files
from .reaching import contracts_of_all

FIRST_MAY = ("notify.subscribe", "notify.unsubscribe")  # besides what every operator may


def installation(
    folder: Annotated[Path, typer.Argument(help="an empty folder, or one to be made")],
    broker: Annotated[
        str, typer.Option(help="host and port of RabbitMQ; of a cluster each, with commas")
    ] = "rabbitmq:5672",
    store: Annotated[
        str, typer.Option(help="host and port of Redis; or of its Sentinels, host:26379,…/name")
    ] = "redis:6379",
    management: Annotated[
        str,
        typer.Option(
            help="host and port of RabbitMQ's management API; the first host of --broker, port 15672, or "
            "15671 with --tls-ca, unless given",
            show_default=False,
        ),
    ] = "",
    vhost: Annotated[
        str, typer.Option(help="the virtual host; of a zone its name, else /", show_default=False)
    ] = "",
    zone: Annotated[
        str,
        typer.Option(help="of several zones on one broker, which; small letters, such as shangyu"),
    ] = "",
    database: Annotated[
        int, typer.Option(min=0, help="of a Redis that zones share, this zone's; from 1 on")
    ] = 0,
    once: Annotated[
        bool, typer.Option("--once", help="leave a folder alone that has users already")
    ] = False,
    ca: encryption.Ca = None,
    certificate: encryption.Certificate = None,
    key: encryption.Key = None,
    mounted: encryption.Mounted = encryption.MOUNTED,
) -> None:
    """Write the users of a new installation as files, with passwords that nobody has seen: what RabbitMQ
    and Redis start with, and for each service its AMQP_URI_FILE and REDIS_URL_FILE. docs/security.md says
    how they are used. With a zone they are added to a broker that has its administrator already."""
    if database and not zone:
        raise typer.BadParameter("name the zone that the database is of: --zone shangyu")
    over_tls = encryption.given(ca, certificate, key, mounted)
    if once and (folder / files.DEFINITIONS).exists():
        out.print(f"{folder} has its users")
        return
    wired = wiring.read()
    has_replicas = "/" in store  # of whose master Sentinels have the name
    services = [access.service(name, wired, has_replicas=has_replicas) for name in HOMES]
    users = [access.installer(), *services]
    first = access.operator("first", FIRST_MAY, contracts_of_all())
    users += [access.heartbeat(), first, access.alarms(contracts_of_all())]
    try:
        written = files.write(
            folder, users, broker=broker, store=store, vhost=vhost or zone or "/",
            management=management or _beside(broker, bool(over_tls)), zone=zone, database=database,
            encryption=over_tls,
        )  # fmt: skip
    except Answered as problem:
        raise typer.BadParameter(str(problem)) from None
    except FileExistsError as problem:
        err.print(
            f"{problem}: name another folder. Passwords that are in use are not written over."
        )
        raise typer.Exit(2) from None
    for path in written:
        out.print(str(path))


def _beside(broker: str, is_tls: bool) -> str:
    """Host and port of the management API of this broker, of a cluster of its first node."""
    return urlsplit(url_of(f"{'amqps' if is_tls else 'amqp'}://{broker}")).netloc
