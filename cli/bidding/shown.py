"""A judged bidding for people: how it came out, its bids, its path, the days that follow."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Table

from services.projects.bidding.freezing import shown as moment

from ..console import out
from ..notices.quoting import shown as line

STYLES = {"sold": "green", "unsold": "red", "auction": "yellow", "frozen": "cyan"}


def show(given: dict[str, Any], found: dict[str, Any]) -> None:
    out.print(f"[bold]{escape(str(found['id']))}[/]  {_outcome(found)}", highlight=False)
    for each in found.get("errors", ()):
        out.print(f"  {escape(line(each))}", highlight=False)
    if "errors" in found:
        return
    if given.get("bids"):
        out.print(_bids(given["bids"], found))
    for step in found["path"]:
        _line(step["code"], step)
    for name, sentence in _freeze(found):
        out.print(f"  {name}: {sentence}", highlight=False)
    for each in found["deadlines"]:
        _line(each["step"], each)


def _outcome(found: dict[str, Any]) -> str:
    if "errors" in found:
        return "[red]cannot be read[/]"
    by = f"[dim]· rules of {escape(found['place'])}, {found['rules_of']}[/]"
    outcome = found["outcome"]
    if outcome is None:
        return by
    said = {
        "sold": f" to {escape(str(found['winner']))} for {found['price']} {found['unit']}",
        "auction": f" from {found['opens_at_price']} {found['unit']} on",
    }.get(outcome, "")
    ends = f", ended {moment(found['ends_at'])}" if found["ends_at"] else ""
    starts = f", {moment(found['starts_at'])}" if outcome == "auction" else ""
    return f"[{STYLES[outcome]}]{outcome}[/]{said}{starts}{ends} {by}"


def _bids(bids: list[Any], found: dict[str, Any]) -> Table:
    table = Table(box=None, padding=(0, 2), header_style="dim")
    for title in ("#", "bidder", "moment", found["unit"], "counts"):
        table.add_column(title, justify="right" if title in ("#", found["unit"]) else "left")
    refused = {each["index"]: each for each in found["refusals"]}
    for index, (bidder, at, price) in enumerate(bids):
        why = refused.get(index)
        says = f"[red]{why['code']}[/] {escape(why['sentence'])}" if why else "[green]yes[/]"
        table.add_row(str(index), escape(str(bidder)), escape(str(at)), escape(str(price)), says)
    return table


def _line(name: str, said: dict[str, Any]) -> None:
    source = f" [dim]{escape(said['source'])}[/]" if said["source"] else ""
    out.print(f"  [cyan]{name}[/] {escape(said['sentence'])}{source}", highlight=False)


def _freeze(found: dict[str, Any]) -> list[tuple[str, str]]:
    """What follows from the last freeze, where there was one."""
    told = [
        ("goes on", "resume_not_before"),
        ("told by", "told_by"),
        ("ends at or after", "extended_to_at_least"),
        ("ends by", "extended_to_at_most"),
    ]
    lines = [(name, moment(found[key])) for name, key in told if found[key]]
    left = found["remaining_at_most_minutes"]
    return [*lines, ("left at most", f"{left} minutes")] if left is not None else lines
