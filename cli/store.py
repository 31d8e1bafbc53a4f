"""The store of a service: what an operator says of it."""

from __future__ import annotations

import typer

from backbone.host import birth

from .ask import Service, known
from .console import out
from .reach import broker_uri, reaching

app = typer.Typer(no_args_is_help=True)


@app.callback()
def store() -> None:
    """The Redis of a service, when it is not the one that the service had."""


@app.command()
def accept(service: Service) -> None:
    """Say that the store of a service is new, or the right one: what was in the one before is gone for
    good. The service goes on within seconds; without this it takes nothing."""
    uri, name = broker_uri(), known(service)
    reaching(10, lambda: birth.accept(uri, name))
    out.print(f"{service} takes the store that it finds; its /readyz tells when it does")
