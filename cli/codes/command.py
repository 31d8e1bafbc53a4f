"""`tenglong codes`: the codes of a firm on a day, and the card of one of them to be printed."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from ..ask import call
from ..console import moment, out, whole
from ..given import ahead


def codes(
    firm: Annotated[
        str, typer.Argument(help="a printed code (330604006-E9/G72), or the id of the firm")
    ],
    on: Annotated[
        str, typer.Option(callback=ahead, help="the day to look on, such as 2023-08-01; else today")
    ] = "",
    known_at: Annotated[
        str,
        typer.Option(
            callback=ahead, help="only what was known then: 2023-08-21T12:00:00+08:00; else now"
        ),
    ] = "",
    rules_of: Annotated[
        str, typer.Option(callback=ahead, help="the day whose rules count; else that of --on")
    ] = "",
    card: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="write the card of the code as .svg, or its QR code as .png"
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option(help="the code of the card; else the printed one, or the grade code")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="as the service answers")] = False,
) -> None:
    """Show the codes of a firm [双码治企] with their colours, reasons, consequences and past."""
    asked: dict[str, Any] = {
        "on": on or None,
        "known_at": known_at or None,
        "rules_of": rules_of or None,
    }
    method, name = ("look_up_code", "text") if "/" in firm else ("get_codes", "enterprise_id")
    found = call("enterprises", method, **asked | {name: firm})
    if as_json:
        out.print_json(data=found)
    else:
        out.print(table_of(found))
    if card:
        _write(card, found["enterprise_id"], kind or found["looked_up"] or "grade_code", on)
        out.print(f"wrote {card}", highlight=False)


def table_of(found: dict[str, Any]) -> Table:
    """The codes for the eyes of a person: a row each, and below it what was said before."""
    title = f"{found['enterprise_id']}  ({found['on']}, rules of {found['rules_from']})"
    table = Table(*whole("code"), "value", "from", "why", "what follows", title=title)
    table.title_style = "bold"
    for code in found["codes"]:
        why = " ".join(each["sentence"] for each in code["reasons"])
        unconfirmed = "" if code["confirmed"] else "\nnot confirmed"
        table.add_row(
            f"{escape(code['title'])}\n{code['printed_code']}{unconfirmed}",
            _value(code),
            f"{code['period'] or ''}\n{code['valid_from'] or ''}",
            escape(why),
            escape("\n".join(code["consequences"])),
        )
        for past in code["past"]:
            said = f"said {moment(past['known_at'])[:10]}: {past['source']}"
            table.add_row("", _value(past), past["period"], escape(said), "", style="dim")
    return table


def _value(code: dict[str, Any]) -> str:
    return f"{code['value']} {code['colour']}" if code["value"] else "–"


def _write(card: Path, enterprise_id: str, kind: str, on: str) -> None:
    form = card.suffix.removeprefix(".").lower()
    if form not in ("svg", "png"):
        raise typer.BadParameter(f"{card} must end with .svg or .png")
    asked: dict[str, Any] = {
        "enterprise_id": enterprise_id,
        "kind": kind,
        "form": form,
        "on": on or None,
    }
    drawn = call("enterprises", "code_card", **asked)["content"]
    try:
        card.write_bytes(base64.b64decode(drawn) if form == "png" else drawn.encode("utf-8"))
    except OSError as problem:
        raise typer.BadParameter(f"{card} cannot be written: {problem.strerror}") from problem
