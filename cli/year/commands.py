"""`tenglong year`: a year of the whole park, invented, as a file of lines or played into running services."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Annotated, Any, NoReturn

import msgspec
import typer

from backbone.amqp.connection import CONNECTION_ERRORS, refusal
from backbone.errors import Unavailable
from year.plan import LEAST_PLOTS, Plan, of_size
from year.stream import year

from ..console import err
from ..reach import broker_uri, reaching
from .broker import BrokerDoor
from .playing import Player
from .shown import show, shown

LOST: tuple[type[Exception], ...] = (Unavailable, *CONNECTION_ERRORS)

app = typer.Typer(
    help="A year of the whole park [一年], invented: events of townships and commands of desks, a JSON "
    "object a line, in the order of their coming. The same seed gives the same bytes.\n\n"
    "By default 2,595 plots and 4,043 firms, and what the zone printed of itself in 2023 as the sum of "
    "what is reported. Of another number of plots, the same in proportion.",
    invoke_without_command=True,
    no_args_is_help=False,
)
Seed = Annotated[int, typer.Option(min=0, help="another seed is another park with the same sums")]
Plots = Annotated[
    int | None,
    typer.Option(help=f"how many plots, {LEAST_PLOTS} or more; else 2595, as were printed"),
]
Firms = Annotated[
    int | None,
    typer.Option(help="how many firms, as many as plots or more; else in proportion to the plots"),
]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE.jsonl", help="write it there; else to the output")
]


Play = Annotated[
    bool, typer.Option("--play", help="send it to the services behind AMQP_URI instead")
]
Patience = Annotated[
    float,
    typer.Option(help="seconds to wait for a receipt, or for what a command rests on"),
]
AsJson = Annotated[bool, typer.Option("--json", help="the end as JSON")]


@app.callback()
def make(
    context: typer.Context,
    seed: Seed = 1,
    plots: Plots = None,
    firms: Firms = None,
    out: Out = None,
    play: Play = False,
    patience_s: Patience = 30,
    as_json: AsJson = False,
) -> None:
    """Write the year: `{"at": …, "event": …}` or `{"at": …, "call": …}` a line. What is odd on purpose says
    so in `meant`: late, doubled, corrected or mistyped."""
    if context.invoked_subcommand:
        return
    if play and out:
        raise typer.BadParameter("give --out or --play; a file is played by `tenglong year play`")
    lines = year(_plan(seed, plots, firms))
    if play:
        _play(lines, patience_s, as_json)
    if out is None:
        _write(lines, sys.stdout)
        return
    with out.open("w", encoding="utf-8", newline="\n") as file:
        count = _write(lines, file)
    err.print(f"{count} lines in {out}", highlight=False)


@app.command("play")
def play_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="a year that was written before")
    ],
    patience_s: Patience = 30,
    as_json: AsJson = False,
) -> None:
    """Send a year that was written before to the services behind AMQP_URI, and show what came of it. To send
    it once more changes nothing: every event and command has its id."""
    try:
        with file.open(encoding="utf-8") as lines:
            _play(_read(lines), patience_s, as_json)
    except OSError as problem:
        raise typer.BadParameter(f"{file} cannot be read: {problem.strerror}") from problem


def _read(lines: Iterable[str]) -> Iterator[str]:
    """The lines that hold something; a sentence, and the end, at one that is none of a year."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError as problem:
            raise typer.BadParameter(f"line {number} is no JSON object: {problem}") from problem
        if not isinstance(found.get("event", found.get("call")), dict):
            raise typer.BadParameter(f"line {number} has neither an event nor a call")
        yield line


def _play(lines: Iterable[str], patience_s: float, as_json: bool) -> NoReturn:
    """Play, show the end, and exit: with 1 if something was not answered, or refused that was not meant."""
    door = reaching(10, lambda: BrokerDoor(broker_uri(), patience_s), what="the broker")
    try:
        with shown() as told:
            played = Player(door, patience_s, told).play(lines)
    except LOST as problem:
        lost = f"The broker was lost ({type(problem).__name__}: {problem})."
        err.print(
            f"{refusal(problem.__cause__ or problem, broker_uri()) or lost} What was sent stays so; run the "
            "same command again: every event and command has its id, and is done once.",
            highlight=False, markup=False,
        )  # fmt: skip
        raise typer.Exit(1) from problem
    finally:
        door.close()
    show(played, as_json=as_json)
    raise typer.Exit(0 if played.is_whole else 1)


def _plan(seed: int, plots: int | None, firms: int | None) -> Plan:
    try:
        return of_size(seed, plots, firms)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from problem


def _write(lines: Iterator[str], file: IO[str]) -> int:
    count = 0
    for line in lines:
        file.write(f"{line}\n")
        count += 1
    return count
