"""What an installation is made of: its exchanges and queues, its settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.table import Column, Table

from backbone import settings
from services import callers
from services.installation import HOMES, MORE_SETTINGS, SECRETS, installation, ports

from .console import out
from .reach import broker_uri, reaching

Json = Annotated[bool, typer.Option("--json", help="for programs")]


def topology(as_json: Json = False) -> None:
    """Declare every exchange and queue. Harmless when they are there; services do it at start, too."""
    broker_uri()
    there = installation(settings.from_environment(), callers.Door(None))
    names = reaching(60, there.declare)
    if as_json:
        out.print_json(data={"work_queues": names})
    else:
        out.print(f"declared; the work queues are {', '.join(names)}")


def show_settings(as_json: Json = False) -> None:
    """Every setting, its meaning and the value in force. Each has a _FILE form for secrets."""
    if as_json:
        names = ("setting", "value", "meaning")
        out.print_json(data=[dict(zip(names, each, strict=True)) for each in _settings()])
        return
    table = Table(Column("Setting", no_wrap=True), Column("Value", overflow="fold"), "Meaning")
    for each in _settings():
        table.add_row(*each)
    out.print(table)


def _settings() -> Iterator[tuple[str, str, str]]:
    """Each with its value, masked where it is a secret, and its meaning."""
    chosen = settings.from_environment()
    for name, meaning in settings.meanings().items():
        yield name.upper(), settings.masked(getattr(chosen, name)), meaning
    for name, port in ports(HOMES).items():
        yield f"{name.upper()}_PORT", str(port), f"port of the probes and metrics of {name}"
    for name, meaning in MORE_SETTINGS.items():
        value = os.environ.get(name, "")
        yield name, "***" if value and name in SECRETS else settings.masked(value), meaning
