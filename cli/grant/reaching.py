"""The broker that users are granted at, and a sentence where that cannot be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

import redis
import typer

from backbone import settings
from backbone.amqp.management import url_of
from backbone.errors import Answered

from ..console import err
from ..reach import broker_uri
from .broker import Broker, NoAdministrator

Management = Annotated[
    str,
    typer.Option(
        "--management",
        help="RabbitMQ's management API with an administrator, http://user:password@host:15672; else "
        "MANAGEMENT_URL, or that of AMQP_URI",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="for programs")]


def broker_at(management: str) -> Broker:
    """The broker of AMQP_URI, administered at this URL, or where the settings say."""
    return Broker(management_of(management), broker_uri())


def management_of(management: str) -> str:
    """The management API at this URL, or where the settings say. Ends the command where that says nobody's
    name and password: as whom users are let in is never guessed."""
    of_settings = settings.from_environment().management_url
    url = management or of_settings or url_of(broker_uri())
    where = urlsplit(settings.latest(url))
    if where.username and where.password:
        return url
    named = "--management" if management else "MANAGEMENT_URL" if of_settings else "AMQP_URI"
    err.print(
        f"{named} has no user and password: as whom is that to be done? Set MANAGEMENT_URL (or give "
        "--management) with an administrator's, http://administrator:password@host:15672; of an installation "
        "of `tenglong grant installation` it is in administrator/management-url.",
        highlight=False,
    )
    raise typer.Exit(2)


@cache
def contracts_of_all() -> Any:
    """What every service says of its methods and facts."""
    from services.contracts import contracts  # late: it imports every service

    return [each.as_json() for each in contracts()]


@contextmanager
def told() -> Iterator[None]:
    """A sentence, and the end, for what was given wrongly (2) or cannot be done (1)."""
    try:
        yield
    except Answered as problem:
        err.print(f"[red]{problem}[/]", highlight=False)
        raise typer.Exit(2) from None
    except (NoAdministrator, redis.RedisError) as problem:
        err.print(str(problem), highlight=False)
        raise typer.Exit(1) from None
