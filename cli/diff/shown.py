"""What is otherwise, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from ..console import Sources, cell, moment, noted
from ..due.shown import of_what, rule_in
from ..due.words import in_words
from ..overview.shown import SIGNS, number

WIDEST = 48


def figures_of(found: Iterable[Mapping[str, Any]], before: Any, after: Any) -> Table | str:
    """A row for each figure that is another one; the columns say of when they are. A sentence where there is
    none."""
    heads = (
        f"on {page['on']}\nknown at {moment(page['known_at'])}\nrules in force on {page['rules']}"
        for page in (before, after)
    )
    right = [Column(head, justify="right") for head in (*heads, "difference")]
    table = Table(Column("figure", overflow="fold"), *right, "unit")
    for each in found:
        name = f"{escape(each['figure'])}\n[dim]{escape(each['title'])}[/]"
        sides = (_signed(each[side], each[f"{side}_kind"]) for side in ("before", "after"))
        difference = "–" if each["difference"] is None else number(each["difference"])
        table.add_row(name, *sides, difference, each["unit"])
    return table if table.rows else "No figure is another one."


def _signed(value: str | None, kind: str | None) -> str:
    return "–" if value is None else SIGNS.get(kind or "", "") + number(value)


def parts_of(figure: str, parts: Iterable[Mapping[str, Any]]) -> Table:
    table = Table("", Column("", overflow="fold"), "", "before", "after", "said by", title=figure)
    for each in parts:
        row = (each["thing"], each["thing_id"], each["became"], each["before"], each["after"])
        table.add_row(*(escape(str(cell or "–")) for cell in (*row, each["event_id"])))
    return table


def dues_of(dues: list[dict[str, Any]]) -> Table | str:
    """A row for each thing that is due, late or over on one day and not on the other, by its day; a sentence
    where there is none."""
    heads = ("day", "became", "who", "what", "of", "by which rule")
    table = Table(*(Column(head, overflow="fold") for head in heads))
    sources = Sources(each["source"] for each in dues)
    for each in dues:
        days = each["after"]
        late = f"\n{days} day{'s' if days > 1 else ''}" if each["became"] == "late" else ""
        row = (each["due_on"] or "no day yet", each["became"] + late, each["holder"] or "–")
        of = "\n".join(of_what(each))
        table.add_row(*map(escape, (*row, in_words(each["what"]), of, rule_in(each, sources))))
    return sources.below(table) if table.rows else "Nothing is otherwise."


def things_of(service: str, things: Iterable[Mapping[str, Any]]) -> Table:
    """A row for each field that is another one; of a new thing one row."""
    whole = [Column(name, no_wrap=True) for name in ("Thing", "Id", "Field")]
    parts = (Column(name, overflow="fold") for name in ("Was", "Is", "At", "By"))
    table = Table(*whole, *parts, title=service)
    for thing in things:
        about = escape(thing["thing"]), escape(thing["id"])
        for each in thing["fields"][:1] if thing["is_new"] else thing["fields"]:
            said = moment(each["at"]), escape(f"{each['by']['type']} {each['by']['id']}")
            was, now = cell(each["before"], WIDEST), cell(each["after"], WIDEST)
            changed = ("", "", "is new") if thing["is_new"] else (escape(each["field"]), was, now)
            table.add_row(*about, *changed, *said)
    return noted(table)
