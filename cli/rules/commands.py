"""`tenglong rules`: which rulebooks there are, and what an edition of one says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from park.time import PARK_TIME, day_of

from ..console import out
from ..given import ahead, as_day
from .files import Book, book_of, books

app = typer.Typer(
    help="The rulebooks of all services, each with its dated editions: without a command they are listed.",
    invoke_without_command=True,
)
Json = Annotated[bool, typer.Option("--json", help="for programs")]


@app.callback()
def listed(context: typer.Context, as_json: Json = False) -> None:
    """List them: of which service, what about, and from which days on each edition is in force."""
    if context.invoked_subcommand:
        return
    found, today = books(), day_of(datetime.now(PARK_TIME))
    if as_json:
        out.print_json(data=[_told(each) for each in found])
        return
    table = Table(Column("Rulebook", no_wrap=True), "Service", "What about", "Editions from")
    for each in found:
        now = each.first_day(today)
        days = (f"[bold]{day}[/]" if day == now else str(day) for day in each.editions)
        table.add_row(each.topic, each.service, escape(each.about), "\n".join(days))
    out.print(table)


@app.command()
def show(
    name: Annotated[
        str, typer.Argument(metavar="RULEBOOK", help="such as criteria, or parcels.ledger")
    ],
    on: Annotated[
        str,
        typer.Option(
            callback=ahead, help="the edition in force on this day, 2023-07-31; else today's"
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Print the edition of a rulebook that is in force on a day, as its file has it, with its sources.
    What is printed can be changed and given to `what-if rules`. Before the first edition the first one
    holds."""
    book, day = book_of(name), _day(on)
    first = book.first_day(day)
    if as_json:
        more = {"first_day": str(first), "last_day": _or_none(book.last_day(first))}
        out.print_json(data=_told(book) | more | {"edition": book.entries(first)})
        return
    until = f"to {book.last_day(first)}" if book.last_day(first) else "on"
    early = " (the first one; it holds before its day, too)" if day < first else ""
    title = f"{book.service}.{book.topic}, in force from {first} {until}{early}"
    out.print(f"[bold]# {title}[/]\n", highlight=False, soft_wrap=True)
    out.print(book.text(first), markup=False, highlight=False, soft_wrap=True)


def _told(book: Book) -> dict[str, object]:
    days = [str(day) for day in book.editions]
    about = {"rulebook": book.topic, "service": book.service, "about": book.about}
    return about | {"editions": days}


def _or_none(day: date | None) -> str | None:
    return str(day) if day else None


def _day(on: str) -> date:
    return as_day(on, "--on") if on else day_of(datetime.now(PARK_TIME))
