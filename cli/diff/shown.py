"""What is otherwise, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from ..console import Sources, cell, moment, named, noted, whole
from ..due.shown import of_what, rule_in
from ..due.words import in_words
from ..overview.shown import NOT_KNOWN, SIGNS, number, signed

WIDEST = 48


def figures_of(found: Iterable[Mapping[str, Any]], before: Any, after: Any) -> Table | str:
    """A row for each figure that is another one; the columns say of when they are. A sentence where there is
    none."""
    heads = (
        f"on {page['on']}\nknown at {moment(page['known_at'])}\nby the rules for {page['rules']}"
        for page in (before, after)
    )
    right = [Column(head, justify="right") for head in (*heads, "difference")]
    shown = [*found]
    table = Table(named("figure", (each["figure"] for each in shown)), *right, "unit")
    for each in shown:
        name = f"{escape(each['figure'])}\n[dim]{escape(each['title'])}[/]"
        sides = (_signed(each[side], each[f"{side}_kind"]) for side in ("before", "after"))
        table.add_row(name, *sides, _difference(each), each["unit"])
    return table if table.rows else "No figure is another one."


def _difference(each: Mapping[str, Any]) -> str:
    """With its sign; in words where there is one, and nobody knows how much."""
    if each["difference"] is not None:
        return SIGNS.get(each["difference_kind"], "") + number(each["difference"])
    is_open = each["before"] and each["after"] and each["unit"] != "times"
    return NOT_KNOWN if is_open else "–"


def _signed(value: str | None, kind: str | None) -> str:
    return "–" if value is None else signed(value, kind)


def parts_of(figure: str, parts: Iterable[Mapping[str, Any]]) -> Table:
    table = Table(*whole("thing", "id"), "became", "before", "after", *whole("said by"))
    table.title = figure
    for each in parts:
        row = (each["thing"], each["thing_id"], each["became"], each["before"], each["after"])
        table.add_row(*(escape(str(cell or "–")) for cell in (*row, each["event_id"])))
    return table


def dues_of(dues: list[dict[str, Any]]) -> Table | str:
    """A row for each thing that is due, late or over on one day and not on the other, by its day; a sentence
    where there is none."""
    table = Table("day", "became", "who", "what", *whole("of"), "by which rule")
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
    sides = (Column(name, overflow="fold") for name in ("Was", "Is"))
    table = Table(*whole("Thing", "Id", "Field"), *sides, *whole("At", "By"), title=service)
    for thing in things:
        about = escape(thing["thing"]), escape(thing["id"])
        for each in thing["fields"][:1] if thing["is_new"] else thing["fields"]:
            said = moment(each["at"]), escape(f"{each['by']['type']} {each['by']['id']}")
            was, now = cell(each["before"], WIDEST), cell(each["after"], WIDEST)
            changed = ("", "", "is new") if thing["is_new"] else (escape(each["field"]), was, now)
            table.add_row(*about, *changed, *said)
    return noted(table)
