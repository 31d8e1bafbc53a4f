"""`tenglong evaluation`: per-mu schemes are tried on files of figures. No service is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from backbone.errors import Answered
from backbone.plain import dump
from services.enterprises.evaluation.kept import kept, scheme_of
from services.enterprises.evaluation.scoring import Group
from services.enterprises.evaluation.simulation import answers
from services.enterprises.evaluation.simulation.comparing import compare
from services.enterprises.evaluation.simulation.forecasting import forecast
from services.enterprises.evaluation.simulation.simulating import simulate

from ..console import err, out
from . import shown
from .files import figures_in, numbered, scheme_in

app = typer.Typer(
    help="The per-mu evaluation [亩均论英雄]: try schemes on figures. Nothing is written.",
    no_args_is_help=True,
)
SchemeGiven = Annotated[
    str,
    typer.Argument(
        metavar="SCHEME",
        help="a JSON file, FILE.json#id of one with several, or the id of a kept scheme",
    ),
]
FiguresGiven = Annotated[
    Path,
    typer.Argument(
        metavar="FIGURES.csv",
        help="a CSV (UTF-8, UTF-16, GB18030) or .xlsx: a column firm [企业], one for each indicator or input",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="as the service answers")]
FIGURES = re.compile(r"figures\.(\d+)")


@app.command("simulate")
def simulate_(
    scheme: SchemeGiven,
    figures: FiguresGiven,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="OTHER", help="a second scheme: who wins, who loses, whose grade changes"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score and grade the firms of a file by a scheme."""
    with saying_no(figures):
        of, rows = scheme_of(scheme_in(scheme)), figures_in(figures)
        if against is None:
            said = dump(simulate(of, rows))
            show(said, shown.simulated(said), as_json)
        else:
            said = dump(compare(of, scheme_of(scheme_in(against), "against"), rows))
            show(said, shown.compared(said), as_json)


@app.command("forecast")
def forecast_(
    scheme: SchemeGiven,
    figures: FiguresGiven,
    firm: Annotated[str, typer.Argument(help="the firm, as the file calls it")],
    grade: Annotated[
        str | None, typer.Option(help="the grade that is aimed at; else the next better one")
    ] = None,
    unit: Annotated[str, typer.Option(help="the smallest step of a figure")] = "0.0001",
    as_json: AsJson = False,
) -> None:
    """How much more of each indicator, all else equal, takes a firm to a better grade."""
    with saying_no(figures):
        group = Group.read(scheme_of(scheme_in(scheme)), figures_in(figures))
        said = dump(forecast(group, firm, grade, _step(unit)))
        show(said, shown.forecast(said), as_json)


@app.command("schemes")
def schemes_(as_json: AsJson = False) -> None:
    """The published schemes that are kept."""
    said = dump({"schemes": [answers.kept_of(each) for each in kept().values()]})
    show(said, [shown.schemes(said)], as_json)


def show(said: Any, parts: Iterable[Any], as_json: bool) -> None:
    """As JSON, or its tables and sentences."""
    if as_json:
        out.print_json(data=said)
        return
    for part in parts:
        out.print(part, highlight=False)


@contextmanager
def saying_no(figures: Path) -> Iterator[None]:
    """Show each reason on a line of its own, with the rows of the file, and end with 1."""
    try:
        yield
    except Answered as problem:
        for reason in problem.reasons:
            place, sentence = (
                _by_rows(text, figures) for text in (reason.field or "", reason.sentence)
            )
            where = f"{place}: " if place else ""
            err.print(f"[red]{reason.code}[/] {escape(where)}{escape(sentence)}")
        raise typer.Exit(1) from problem


def _by_rows(text: str, figures: Path) -> str:
    """`figures.1.firm` as `row 3, firm`: as a spreadsheet counts, the header is row 1."""
    if not FIGURES.search(text):
        return text
    rows = [number for number, _ in numbered(figures)]
    named = FIGURES.sub(lambda found: f"row {rows[int(found[1])]}", text)
    return re.sub(r"^(row [0-9]+)\.", r"\1, ", named)


def _step(given: str) -> Decimal:
    try:
        step = Decimal(given)
    except InvalidOperation:
        step = Decimal(0)
    if not step.is_finite() or step <= 0:
        raise typer.BadParameter("--unit is a number of more than 0: 0.01")
    return step
