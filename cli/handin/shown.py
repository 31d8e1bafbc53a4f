"""How rows and what came of them are shown, to people and to programs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table

from handin.rows import Judged
from handin.said import Outcome, Remark
from handin.sheet import Sheet

from ..console import err, out

ROWS_SHOWN = 50
STYLES = dict(zip(Outcome, ("green", "cyan", "yellow", "red"), strict=True))


def line(**said: Any) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def file_said(sheet: Sheet, *, as_json: bool) -> None:
    if as_json:
        line(file=sheet.source.path.name, kind=sheet.header.template.kind, said=sheet.said)
        return
    for sentence in sheet.said:
        err.print(f"· {sentence}", highlight=False, markup=False)


def why_of(judged: Judged) -> str:
    """Why a row cannot go, in one cell."""
    return "\n".join(sentence_of(each) for each in judged.remarks if each.holds_back)


def sentence_of(remark: Remark) -> str:
    place = " ".join(filter(None, (remark.column, remark.field)))
    from_to = f" {remark.was} → {remark.now}" if remark.now else ""
    right = f" Right would be: {remark.right}" if remark.right else ""
    return f"{place}:{from_to} {remark.why}{right}" if place else f"{remark.why}{right}"


class Rows:
    """What there is to say of the rows: the first ones that are held back, one by one; and what was
    mended or noted, once for each column. JSON has every row."""

    def __init__(self) -> None:
        self.held = Table("Row", "Outcome", "Why", title="Rows that cannot go as they are")
        self.more = 0
        self.said: Counter[tuple[str, str]] = Counter()
        self.examples: dict[tuple[str, str], str] = {}

    def add(self, judged: Judged) -> None:
        if not judged.goes:
            self.failed(judged.number, judged.outcome, judged.outcome.value, why_of(judged))
        for each in judged.remarks:
            if not each.holds_back:
                self._mended(judged.number, each)

    def failed(self, number: int, outcome: Outcome, name: str, why: str) -> None:
        if self.held.row_count >= ROWS_SHOWN:
            self.more += 1
        else:
            self.held.add_row(str(number), f"[{STYLES[outcome]}]{name}[/]", escape(why))

    def show(self) -> None:
        if self.said:
            table = Table(
                "Column", "What was done, or noted", "Rows", "The first of them", title="Mended"
            )
            for (column, why), count in self.said.items():
                table.add_row(
                    escape(column), escape(why), f"{count:,}", escape(self.examples[column, why])
                )
            out.print(table)
        if self.held.row_count:
            out.print(self.held)
        if self.more:
            out.print(f"… and {self.more:,} more rows; --json shows all of them")

    def _mended(self, number: int, remark: Remark) -> None:
        key = f"{remark.column} {remark.field}", remark.why
        self.said[key] += 1
        to = f" → {remark.now}" if remark.now else ""
        self.examples.setdefault(key, f"row {number}: {remark.was}{to}")


def summary(counts: Mapping[str, int], sentences: list[str], *, as_json: bool, **more: Any) -> None:
    """The end of a command: how many rows of each outcome, and what else there is to know."""
    if as_json:
        line(summary=dict(counts), said=sentences, **more)
        return
    table = Table("Outcome", "Rows")
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    out.print(table)
    for sentence in sentences:
        out.print(sentence, highlight=False, markup=False)


def apart(judged: Judged, counts: Counter[str], *, as_json: bool) -> None:
    """A total, or what stands below the table: counted apart from the rows of the list."""
    counts[judged.apart] += 1
    if as_json:
        line(row=judged.number, outcome=judged.apart)


def ordered(counts: Counter[str], names: tuple[str, ...]) -> dict[str, int]:
    """All of these, also those that there were none of; and the totals, where there were any."""
    others = {name: counts[name] for name in ("total", "heading", "below") if counts[name]}
    return {"rows": counts["rows"]} | {name: counts[name] for name in names} | others
