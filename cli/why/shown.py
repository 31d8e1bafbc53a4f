"""How an explanation reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from ..console import cell, moment, noted

WIDEST = 60


def tables(found: dict[str, Any]) -> Iterator[Table]:
    """The fields, the rules of it and of what it rests on, and those things."""
    if found["fields"]:
        yield _fields(found)
    if rules := [*_all_rules(found)]:
        yield _rules(rules, f"{found['thing']} {found['id']}")
    if found["rests_on"]:
        yield _rests_on(found["rests_on"])


def _all_rules(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node["rules"]
    for each in node["rests_on"]:
        yield from _all_rules(each)


def _fields(found: dict[str, Any]) -> Table:
    table = Table(Column("Field", no_wrap=True), "Value", "Since", "Said by", "Time of the event")
    table.title = f"{found['service']}: {found['thing'].replace('_', ' ')} {found['id']}"
    for each in found["fields"]:
        table.add_row(escape(each["field"]), cell(each["value"], WIDEST), *_said(each))
    return noted(table)


def _rules(rules: list[dict[str, Any]], itself: str) -> Table:
    table = Table(Column("Rule", no_wrap=True), "Is", "What it says", "Source")
    table.title = "What the rules say today"
    for each in rules:
        of = "" if each["of"] == itself else f"{each['of']}: "
        cells = (each["code"], each["rule_outcome"], f"{of}{each['sentence']}", each["source"])
        table.add_row(*(escape(str(cell or "–")) for cell in cells))
    return table


def _rests_on(things: list[dict[str, Any]]) -> Table:
    table = Table("Service", "Thing", Column("Id", no_wrap=True), "Stands", "Since", "Said by")
    table.add_column("Time of the event")
    adds = any("adds" in each for each in things)
    if adds:
        table.add_column("Adds", justify="right")
    table.title = "What it rests on"
    for level, each in _levels(things):
        stands = f"{each['field']}: {cell(each['value'], WIDEST)}" if each["field"] else ""
        stands = stands if each["answers"] else "not known: its service does not answer"
        said = _said(each) if each["field"] or each["by"] else ("", "", "")
        thing = f"{'· ' * level}{each['thing']}"
        last = [escape(each["adds"] or "–") if "adds" in each else ""] if adds else []
        table.add_row(each["service"], thing, escape(each["id"]), stands, *said, *last)
    return noted(table)


def _levels(things: list[dict[str, Any]], level: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each thing under the one that rests on it, with how deep it lies."""
    for each in things:
        yield level, each
        yield from _levels(each["rests_on"], level + 1)


def _said(each: dict[str, Any]) -> tuple[str, str, str]:
    """When it was kept, what said it, and when that says that it was so, if it is another minute."""
    by, at = each["by"] or {}, each["at"]
    said = f"{by.get('type') or '–'} {by.get('id') or ''}".strip()
    time = by.get("time")
    return moment(at) if at else "–", escape(said), _other_time(at, time)


def _other_time(at: str | None, time: str | None) -> str:
    if not at or not time:
        return ""
    apart = datetime.fromisoformat(at) - datetime.fromisoformat(time)
    return "" if abs(apart.total_seconds()) < 60 else moment(time)
