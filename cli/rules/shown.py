"""What another rulebook would change, as tables for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from ..console import Sources, filled
from .comparing import Comparison
from .turns import said


def tables_of(found: Comparison, *, follow: bool) -> Iterator[Table | str]:
    """How many verdicts turn from what to what; which things, and why; what would follow in all services; who
    would be told."""
    of = f"{found.judged:,} judged ({found.thing}, {found.service})"
    if not found.changed:
        yield f"No verdict is another one: {of}."
        return
    yield _moves(found, of)
    if found.limit:
        yield _changes(found)
    if found.fields:
        table = Table("Service", "Thing", "Field", Column("Times", justify="right"))
        table.title = "What would change of it"
        for (service, thing, field), times in sorted(found.fields.items()):
            table.add_row(service, thing, field, f"{times:,}")
        yield table
    if found.told:
        table = Table("Severity", "Alert", "To", Column("Times", justify="right"), "Such as")
        table.title = "Would be told"
        for key, times in found.told.most_common():
            severity, kind, to = key
            to = escape(to or "nobody has subscribed")
            table.add_row(severity, kind, to, f"{times:,}", escape(found.titles[key]))
        yield table
    elif follow and not found.silent:
        yield "Nobody would be told of it."


def _moves(found: Comparison, of: str) -> Table:
    table = Table("Verdict", "Is", "Would be", Column("Times", justify="right"))
    table.title = _title(found, of)
    shown = found.turns()
    for turn, times in shown:
        table.add_row(*map(escape, turn), f"{times:,}")
    if left := len(found.moves) - len(shown):
        times = found.changed - sum(times for _, times in shown)
        table.add_row(f"… and {left:,} more", "", "", f"{times:,}")
    return table


def _title(found: Comparison, of: str) -> str:
    if found.changed == 1:
        return f"1 verdict is another one; {of}"
    return f"{found.changed:,} verdicts are other ones; {of}"


def _changes(found: Comparison) -> Table:
    whole = (
        Column(head, overflow="fold") for head in ("Verdict", "Is", "Would be", "Why", "Source")
    )
    table = Table(Column("Id", no_wrap=True), *whole)
    sources = Sources(_source(each) for each in found.changes)
    for each in found.changes:
        sides = each["before"], each["after"]
        whys = " → ".join(dict.fromkeys(filter(None, map(_why, sides))))
        row = (each["thing_id"], each["verdict"], *map(said, sides), whys)
        table.add_row(*(escape(str(cell)) for cell in (*row, sources.cell(_source(each)))))
    if left := found.changed - len(found.changes):
        table.caption = f"… and {left:,} more (--limit)"
    return sources.below(filled(table))


def _source(change: Mapping[str, Any]) -> str | None:
    source: str | None = (change["after"] or change["before"])["source"]
    return source


def _why(ruling: Mapping[str, Any] | None) -> str:
    """The figure beside the bar, or else the reason."""
    if ruling is None:
        return ""
    if ruling["bar"] is not None and ruling["figure"] is not None:
        return f"{ruling['figure']} against {_with_unit(ruling['bar'], ruling['unit'])}"
    if reason := ruling["reason"]:
        return f"{reason['code']}: {reason['sentence']}"
    return "" if ruling["figure"] is None else _with_unit(ruling["figure"], ruling["unit"])


def _with_unit(value: Any, unit: str | None) -> str:
    """`3 years`, `1 year`, `1 day late`."""
    unit = unit or ""
    if str(value) == "1":
        unit = re.sub(r"s\b", "", unit, count=1)
    return f"{value} {unit}".strip()


def kept_of(rules: Iterable[tuple[str, Mapping[str, Any] | None]]) -> Table:
    """The rulebooks by which things can be compared."""
    table = Table(Column("Rulebook", no_wrap=True), "Service", "What is judged", "Editions")
    for service, those in rules:
        for each in those["rulebooks"] if those else ():
            days = ", ".join(each["editions"])
            table.add_row(each["topic"], service, escape(each["judges"]), days)
    return table


def others_of(rules: Iterable[tuple[str, Mapping[str, Any] | None]]) -> Table:
    """The other rulebooks, and why nothing is compared by each."""
    table = Table(Column("Rulebook", no_wrap=True), "Service", "Nothing is compared, for")
    for service, those in rules:
        for each in those["not_compared"] if those else ():
            table.add_row(each["topic"], service, escape(each["why"]))
    return table
