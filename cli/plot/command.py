"""`tenglong plot`: all that hangs on the code of a plot, on one page, and its label to be printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..ask import call, end_if_missing
from ..console import err, out
from ..given import ahead
from .label import label_of
from .page import table_of


def plot(
    code: Annotated[
        str,
        typer.Argument(help="a governance code (330604006-0231/67), a parcel's code, or its id"),
    ],
    on: Annotated[
        str, typer.Option(callback=ahead, help="the day to look on, such as 2023-08-01; else today")
    ] = "",
    label: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="write its label with the QR code")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    wait_s: Annotated[float, typer.Option(help="how long to wait for the answer")] = 10,
) -> None:
    """Show the plot of a code: the land, its cases and releases, the firms on it, its listings. What a
    service that is away would know is named as missing, and it ends with 3."""
    page = call("parcels", "resolve_code", wait_s, code=code, on=on or None)
    if as_json:
        out.print_json(data=page)
    else:
        out.print(table_of(page))
    if label:
        _write(label, label_of(page["land_code"]))
        (err if as_json else out).print(f"wrote {label}", highlight=False)
    end_if_missing(page["unreachable"])


def _write(label: Path, drawn: str) -> None:
    try:
        label.write_text(drawn, encoding="utf-8")
    except OSError as problem:
        raise typer.BadParameter(f"{label} cannot be written: {problem.strerror}") from problem
