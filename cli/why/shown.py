"""How an explanation reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from ..console import Sources, cell, filled, moment, noted, whole

WIDEST = 60


def tables(found: dict[str, Any]) -> Iterator[Table]:
    """The fields, the rules of it and of what it rests on, and those things."""
    if found["fields"]:
        yield _fields(found)
    itself, heading = f"{found['thing']} {found['id']}", f"What the rules {_when(found)}"
    rules = _all_rules(found)
    if "parts" in found:
        yield _rules(found["rules"], itself, _counted(found))
        rules, heading = _below(found), f"{heading} of what it rests on"
    if once := _once(rules):
        yield _rules(once, itself, heading)
    if found["rests_on"]:
        yield _rests_on(found["rests_on"])


def _when(found: dict[str, Any]) -> str:
    """On which day the rules judge, and as known at which moment."""
    on, as_of = found.get("on"), found.get("as_of")
    if on:
        return f"say on {on}, as known at {as_of}," if as_of else f"say on {on}"
    return f"said at {as_of}" if as_of else "say today"


def _counted(found: dict[str, Any]) -> str:
    """Of which day a figure is, and the edition by which it was counted."""
    said = {each["field"]: each["value"] for each in found["fields"]}
    by, early = said["rules_from"], found.get("rules_for")
    first = " (the first one; it holds before its day, too)" if early and early < by else ""
    return f"How it is counted on {said['about_on']}, by the edition of {by}{first}"


def _all_rules(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node["rules"]
    yield from _below(node)


def _below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in node["rests_on"]:
        yield from _all_rules(each)


def _once(rules: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each rule where it comes first: what it says of one thing, several may say that rest on it."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for each in rules:
        about = each.get("thing_id") or each["of"].partition(" ")[2]
        said = (each[name] for name in ("code", "rule_outcome", "sentence", "source"))
        found.setdefault((about, *said), each)
    return [*found.values()]


def _said_by() -> Iterator[Column]:
    return whole("Since", "Said by", "Time of the event")


def _folded(head: str) -> Column:
    """A column in which what is longer than its width goes on below, and is not cut."""
    return Column(head, overflow="fold")


def _fields(found: dict[str, Any]) -> Table:
    table = Table(Column("Field", no_wrap=True), _folded("Value"), *_said_by())
    table.title = f"{found['service']}: {found['thing'].replace('_', ' ')} {found['id']}"
    for each in found["fields"]:
        table.add_row(escape(each["field"]), cell(each["value"], WIDEST), *_said(each))
    return noted(filled(table))


def _rules(rules: list[dict[str, Any]], itself: str, title: str) -> Table:
    table = Table(Column("Rule", no_wrap=True), "Is", _folded("What it says"), _folded("Source"))
    table.title, sources = title, Sources(each["source"] for each in rules)
    for each in rules:
        of = "" if each["of"] == itself else f"{each['of']}: "
        cells = (each["code"], each["rule_outcome"], f"{of}{each['sentence']}")
        source = escape(sources.cell(each["source"]))
        table.add_row(*(escape(str(cell or "–")) for cell in cells), source)
    return sources.below(filled(table))


def _rests_on(things: list[dict[str, Any]]) -> Table:
    table = Table(*whole("Service", "Thing", "Id"), _folded("Stands"), *_said_by())
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
    return noted(filled(table))


def _levels(things: list[dict[str, Any]], level: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each thing under the one that rests on it, with how deep it lies."""
    for each in things:
        yield level, each
        yield from _levels(each["rests_on"], level + 1)


def _said(each: dict[str, Any]) -> tuple[str, str, str]:
    """When it was kept, what said it, and when that says that it was so, if it is another minute."""
    by, at = each["by"] or {}, each["at"]
    said = " ".join(filter(None, (by.get("type"), by.get("id")))) or "–"
    time = by.get("time")
    return moment(at) if at else "–", escape(said), _other_time(at, time)


def _other_time(at: str | None, time: str | None) -> str:
    if not at or not time:
        return ""
    apart = datetime.fromisoformat(at) - datetime.fromisoformat(time)
    return "" if abs(apart.total_seconds()) < 60 else moment(time)
