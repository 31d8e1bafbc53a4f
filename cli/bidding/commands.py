"""`tenglong bidding`: bids judged by the rules of a place and a day. No service has to run."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from backbone.errors import Answered, Reason
from backbone.messages.contract import load
from park.time import PARK_TIME, day_of
from services.projects.bidding.answer import tried
from services.projects.bidding.schemas import JudgeBidding

from ..given import json_of
from ..notices.quoting import as_written, with_why
from .shown import show

app = typer.Typer(help="Bids for land, judged by the rules of a place.", no_args_is_help=True)
OF_ALL = ("place", "on", "unit")
BESIDE = {"id", "expected", "note"}


@app.callback()
def group() -> None:
    """Bids for land, judged by the rules of a place."""


@app.command()
def judge(
    file: Annotated[Path, typer.Argument(help="a JSON file with one bidding, or several")],
    place: Annotated[
        str, typer.Option(help="whose rules judge: 福建, 宁海 or national; else what the file says")
    ] = "",
    on: Annotated[
        str, typer.Option(help="the day whose rules judge; else the last day of each listing")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="everything, as JSON")] = False,
) -> None:
    """Say who gets the land, for how much and by which path, and why a bid does not count.

    The file holds a bidding, a list of them, or an object of cases and what holds for all (place, on, unit).
    A bidding has start, step and end, and bids, each a list of bidder, moment and price; a moment without an
    offset is the park's. It may have id, place, unit (万元 or 元), on, begin, multiples, auction_step,
    auction_silent (nobody bid in the auction), numbers (who has one), reserve, reserve_entered_at, frozen (a
    list of two moments, or of several such lists), applied_on and bond_refused_on. Bids after the end are
    those of the auction. Ends with 2 if a bidding cannot be read.
    """
    given, several = _biddings(json_of(f"@{file}"))
    asked = {name: value for name, value in (("place", place), ("on", on)) if value}
    found = [_one(number, each, asked) for number, each in enumerate(given, 1)]
    if as_json:
        answer = found if several else found[0]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1, default=_plain) + "\n")
    else:
        for each, answer in zip(given, found, strict=True):
            show(each, answer)
    raise typer.Exit(2 if any("errors" in each for each in found) else 0)


def _biddings(read: Any) -> tuple[list[dict[str, Any]], bool]:
    """The biddings of a file, each with what holds for all, and whether it has a list of them."""
    common: dict[str, Any] = {}
    several = isinstance(read, list)
    if isinstance(read, dict) and "cases" in read:
        common = {name: read[name] for name in OF_ALL if name in read}
        read, several = read["cases"], True
    rows = read if several else [read]
    if not isinstance(rows, list) or not rows or not all(isinstance(each, dict) for each in rows):
        raise typer.BadParameter("the file holds a bidding as one JSON object, or a list of such")
    return [common | each for each in rows], several


def _one(number: int, given: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    """What there is to say of one bidding; `errors` for one that cannot be read."""
    name = given.get("id") or f"bidding {number}"
    wanted = {key: value for key, value in given.items() if key not in BESIDE} | asked
    try:
        answer = tried(load(JudgeBidding(), wanted, path=""), day_of(datetime.now(PARK_TIME)))
    except Answered as problem:
        return {"id": name, "errors": [_quoted(each, wanted) for each in problem.reasons]}
    return {"id": name, **answer}


def _quoted(reason: Reason, given: dict[str, Any]) -> dict[str, Any]:
    """The error with what stands at its place in the file."""
    told: dict[str, Any] = reason.as_dict()
    place: Any = given
    for step in (reason.field or "").split("."):
        if isinstance(place, list) and step.isdecimal() and int(step) < len(place):
            place = place[int(step)]
        elif isinstance(place, dict) and step in place:
            place = place[step]
        else:
            return told
    cell = as_written(place if isinstance(place, str) else json.dumps(place, ensure_ascii=False))
    return told | {"cell": cell, "sentence": with_why(reason.sentence, cell)}


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
