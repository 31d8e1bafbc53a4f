"""`tenglong clauses`: what the rules of fair competition ask of clauses. No service has to run."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from backbone.errors import Invalid
from backbone.messages.contract import load
from backbone.plain import dump
from park.time import PARK_TIME, day_of
from services.projects.clauses.law import DocumentKind
from services.projects.clauses.questions import checked_clauses
from services.projects.clauses.schemas import ClauseSaid

from ..console import out, whole
from ..given import as_day
from .rows import clauses_of

app = typer.Typer(help="Clauses of notices and policies.", no_args_is_help=True)


@app.callback()
def clauses() -> None:
    """Clauses of notices and policies, and what the rules of fair competition ask of them."""


@app.command()
def check(
    given: Annotated[
        str,
        typer.Argument(
            metavar="FILE.csv|TEXT",
            help="a CSV or a workbook with a row for each clause, a text file with a line for each, or the "
            "clause itself",
        ),
    ],
    on: Annotated[str, typer.Option(help="the day whose rules ask; today if left out")] = "",
    kind: Annotated[
        str, typer.Option(metavar=f"[{'|'.join(DocumentKind)}]", help="what the clauses stand in")
    ] = DocumentKind.NOTICE.value,
    reviewed_on: Annotated[
        str, typer.Option(help="the day of the document's review, if it had one")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="everything, as JSON")] = False,
) -> None:
    """Ask of each clause what a person has to answer, with its article. It gives no verdict: a clause of
    which nothing is asked may still need a review.

    The first row of a table names the columns, in any order: id (or clause_id), text, clause_kind, and of
    an exception ground, no_milder_way (yes or no), ends_on, end_condition and conclusion_reasons. The
    clause stands under text, which has to be there. Ends with 0 whatever is asked, and with 2 if a clause
    cannot be read.
    """
    document_kind = _kind(kind)
    named = list(clauses_of(given))
    if not named:
        raise typer.BadParameter("it holds no clause")
    day = _day(on, "--on") or day_of(datetime.now(PARK_TIME))
    read = [(name, _read(row)) for name, row in named]
    found = checked_clauses(
        clauses=[clause for _, clause in read if not isinstance(clause, list)],
        document_kind=document_kind,
        reviewed_on=_day(reviewed_on, "--reviewed-on"),
        on=day,
    )
    told = iter(found["clauses"])
    found["clauses"] = [
        {"id": name, "errors": clause} if isinstance(clause, list) else {"id": name, **next(told)}
        for name, clause in read
    ]
    if as_json:
        sys.stdout.write(json.dumps(dump(found), ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        _show(found)
    raise typer.Exit(2 if any("errors" in each for each in found["clauses"]) else 0)


def _day(given: str, option: str) -> date | None:
    return as_day(given, option) if given else None


def _kind(given: str) -> DocumentKind:
    try:
        return DocumentKind(given)
    except ValueError as problem:
        raise typer.BadParameter(f"Give --kind as one of {', '.join(DocumentKind)}.") from problem


def _read(row: dict[str, Any]) -> Any:
    """The clause, or the list of what is wrong with it."""
    try:
        return load(ClauseSaid(), row, path="")
    except Invalid as problem:
        return [each.as_dict() for each in problem.reasons]


def _show(found: dict[str, Any]) -> None:
    table = Table(*whole("id"), "asked of it", "article", "words", box=None, pad_edge=False)
    for clause in found["clauses"]:
        for row in _lines(clause):
            table.add_row(*map(escape, row))
    for each in found["document_questions"]:
        table.add_row("the document", each.sentence, each.source or "", "")
    out.print(table)
    out.print(
        f"{found['open_questions']} open questions under the rules of {found['rules_of']}, "
        "for a person to answer",
        highlight=False,
    )


def _lines(clause: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    name = clause["id"]
    if "errors" in clause:
        return [
            (name, f"cannot be read: {each['field']}: {each['sentence']}", "", "")
            for each in clause["errors"]
        ]
    asked = [
        (name, each["asks"], each["article"], each["matched"] or "") for each in clause["questions"]
    ]
    asked += [
        (name, each.sentence, each.source or "", "") for each in clause["exception_questions"]
    ]
    return asked or [(name, "nothing is asked", "", "")]
