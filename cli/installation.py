"""What an installation is made of: its exchanges and queues, its settings."""

from __future__ import annotations

import os

from rich.table import Column, Table

from backbone import settings
from services.installation import CHANNEL_SETTINGS, HOMES, installation, ports

from .console import out
from .reach import broker_uri, reaching


def topology() -> None:
    """Declare every exchange and queue. Harmless when they are there; services do it at start, too."""
    broker_uri()
    names = reaching(60, installation(settings.from_environment()).declare)
    out.print(f"declared; the work queues are {', '.join(names)}")


def show_settings() -> None:
    """Every setting, its meaning and the value in force. Each has a _FILE form for secrets."""
    chosen = settings.from_environment()
    table = Table(Column("Setting", no_wrap=True), Column("Value", overflow="fold"), "Meaning")
    for name, meaning in settings.meanings().items():
        table.add_row(name.upper(), settings.masked(getattr(chosen, name)), meaning)
    for name, port in ports(HOMES).items():
        table.add_row(
            f"{name.upper()}_PORT", str(port), f"port of the probes and metrics of {name}"
        )
    for name, meaning in CHANNEL_SETTINGS.items():
        table.add_row(name, settings.masked(os.environ.get(name, "")), meaning)
    out.print(table)
