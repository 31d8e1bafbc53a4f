"""`tenglong explain`: why a thing is as it is."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Column, Table

from backbone.errors import NotFound

from ..ask import REFUSALS, ask
from ..console import err, out
from .finding import explain as found_of
from .finding import kinds

WAIT_S = 30.0
WIDEST = 60


def explain(
    kind: Annotated[
        str, typer.Argument(help="parcel, case, enterprise, listing, contract, alert …")
    ],
    identity: Annotated[str, typer.Argument(metavar="ID", help="its id")],
    as_of: Annotated[
        str, typer.Option(help="as the store held it then: 2023-08-31T12:00:00+08:00; else now")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Show why a thing is as it is: each field with the event or call that said it, the rules that hold or
    bar it with their articles, and the things that it rests on, in all services.

    A kind that two services keep is named with its service: enterprises.plot."""
    service, kind = _home(kind)
    try:
        found = found_of(_asked, service, kind, identity, as_of)
    except LookupError as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    if as_json:
        out.print_json(data=found)
        return
    out.print(_fields(found))
    if found["rules"]:
        out.print(_rules(found["rules"]))
    if found["rests_on"]:
        out.print(_rests_on(found["rests_on"]))


def _home(kind: str) -> tuple[str, str]:
    """The service that keeps the kind, and its name; a sentence, and the end, if none or several do."""
    service, _, name = kind.rpartition(".")
    homes = [home for home, _ in kinds().get(name, ()) if service in ("", home)]
    if len(homes) == 1:
        return homes[0], name
    if homes:
        both = " or ".join(f"{home}.{name}" for home in homes)
        raise typer.BadParameter(f"{name} is kept by {len(homes)} services; say {both}")
    near = get_close_matches(name, kinds(), 3) or sorted(kinds())
    raise typer.BadParameter(f"nobody keeps a {name}; there are {', '.join(near)}")


def _asked(service: str, method: str, **arguments: Any) -> Any:
    """The answer; of what the thing rests on `LookupError`, if there is no such thing."""
    try:
        return ask(service, method, WAIT_S, **arguments)
    except NotFound as problem:
        raise LookupError(str(problem)) from problem
    except REFUSALS as problem:
        err.print(f"[red]{service}: {type(problem).__name__}[/] {problem}", highlight=False)
        raise typer.Exit(1) from problem


def _fields(found: dict[str, Any]) -> Table:
    table = Table(Column("Field", no_wrap=True), "Value", "Since", "Said by")
    table.title = f"{found['service']}: {found['thing'].replace('_', ' ')} {found['id']}"
    for each in found["fields"]:
        table.add_row(escape(each["field"]), _text(each["value"]), *_said(each))
    return table


def _rules(rules: list[dict[str, Any]]) -> Table:
    table = Table(
        Column("Rule", no_wrap=True), "What it says", "Source", title="What the rules say today"
    )
    for each in rules:
        table.add_row(*(escape(str(each[name] or "–")) for name in ("code", "said", "source")))
    return table


def _rests_on(things: list[dict[str, Any]]) -> Table:
    table = Table("Service", "Thing", Column("Id", no_wrap=True), "Stands", "Since", "Said by")
    table.title = "What it rests on"
    for each in things:
        stands = f"{each['field']}: {_text(each['value'])}" if each["field"] else ""
        said = _said(each) if each["field"] else ("", "")
        table.add_row(each["service"], each["thing"], escape(each["id"]), stands, *said)
    return table


def _said(each: dict[str, Any]) -> tuple[str, str]:
    by = each["by"] or {}
    return (each["at"] or "–")[:19], escape(f"{by.get('type') or '–'} {by.get('id') or ''}".strip())


def _text(value: Any) -> str:
    said = "–" if value is None else str(value)
    return escape(said if len(said) <= WIDEST else f"{said[: WIDEST - 1]}…")
