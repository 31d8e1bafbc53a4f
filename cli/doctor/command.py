"""`tenglong doctor`: is this installation well, and what is to be done."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from backbone import settings
from services import callers
from services.installation import HOMES, PROBES_SETTING, installation, ports

from ..console import err, out
from ..reach import broker_uri
from . import checks, probes
from .finding import Finding
from .services import Asked

ENDS_WITH = {"broken": 1, "look": 3}
SHOWN = {"well": "[green]well[/]", "look": "[yellow]look[/]", "broken": "[red]broken[/]"}


def doctor(
    probes_url: Annotated[
        str,
        typer.Option(
            "--probes",
            envvar=PROBES_SETTING,
            help="where services answer /readyz, as http://{service}:{port}",
        ),
    ] = probes.USUAL,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Look at an installation: RabbitMQ, the queues, each service, who is told of alarms, Redis with its
    Sentinels and replicas, the file of grants, certificates, the calendar. Says what is wrong and what to do,
    and changes nothing.

    Ends with 0 when all is well; with 1 when something is broken; with 3 when all works and something is to
    be seen to (look), such as parked messages, a store at risk, or a part that could not be looked at; with 2
    when an option or a setting is wrong.
    """
    broker_uri()
    chosen = settings.from_environment()
    there = installation(chosen, callers.Door(None))  # who may call is the services' to say
    asked = Asked(uri=chosen.amqp_uri, ports=ports(HOMES), probes_url=probes_url)
    grants = os.environ.get(callers.FILE_SETTING, "")
    found = []
    for each in checks.all_of(there, asked, grants, datetime.now(chosen.zone)):
        found.append(each)
        if not as_json and err.is_terminal:
            err.print(f"{each.subject} …", end="\r")
    if as_json:
        out.print_json(data=[checks.as_json(each) for each in found])
    else:
        _table(found)
    raise typer.Exit(exit_code(found))


def exit_code(found: list[Finding]) -> int:
    """What the worst of these ends with."""
    states = {each.state for each in found}
    return next((code for state, code in ENDS_WITH.items() if state in states), 0)


def _table(found: list[Finding]) -> None:
    table = Table(Column("What", no_wrap=True), Column("", no_wrap=True), "It is so", "What to do")
    for each in found:
        table.add_row(each.subject, SHOWN[each.state], escape(each.said), escape(each.remedy))
    out.print(table)
    counts = {state: sum(each.state == state for each in found) for state in SHOWN}
    out.print(f"{counts['broken']} broken, {counts['look']} to look at, {counts['well']} well")
