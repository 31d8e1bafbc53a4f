"""How the overview and the parts of a figure look in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rich.markup import escape
from rich.table import Table

SIGNS = {
    "at_least": "≥ ",
    "at_most": "≤ ",
    "more_than": "> ",
}
HUNDREDTH = Decimal("0.01")


def table_of(page: dict[str, Any]) -> Table:
    """A row for each figure, topic by topic."""
    table = Table("figure", "", title_justify="left")
    table.title = (
        f"On {page['on']}, as known at {page['known_at']}, by the rules of {page['rules']}"
    )
    table.add_column("value", justify="right")
    for column in ("unit", "kind", "about", "counted by", "from", "parts"):
        table.add_column(column)
    for topic in page["topics"]:
        table.add_row(f"[bold]{escape(topic['title'])}[/]")
        for each in topic["figures"]:
            table.add_row(*_row(each))
        table.add_section()
    return table


def _row(figure: dict[str, Any]) -> tuple[str, ...]:
    return (
        escape(figure["figure"]),
        escape(figure["title"]),
        shown(figure),
        figure["unit"],
        "–" if figure["value"] is None else figure["overview_kind"].replace("_", " "),
        _about(figure),
        f"{figure['counting_rule']} {figure['rules_from']}",
        figure["counted_from"] + (", as known now" if figure["as_known_now"] else ""),
        str(figure["parts"]),
    )


def shown(figure: dict[str, Any]) -> str:
    """The value with its sign, or why there is none."""
    if figure["value"] is None:
        reason = figure["reason"] or {}
        return f"– {reason.get('code', '')}".strip()
    return SIGNS.get(figure["overview_kind"], "") + number(figure["value"])


def number(value: str) -> str:
    """With commas; of a fraction two decimals at most."""
    exact = Decimal(value)
    if exact == exact.to_integral_value():
        return f"{exact:,.0f}"
    return f"{exact.quantize(HUNDREDTH, ROUND_HALF_UP):,}"


def _about(figure: dict[str, Any]) -> str:
    since = figure["since_on"]
    return f"{since} – {figure['about_on']}" if since else str(figure["about_on"])


def parts_of(explained: dict[str, Any]) -> Table:
    """What adds up to a figure: of a ratio what was before and what came after, else what each adds."""
    figure = explained["figure"]
    ratio = any(each["adds"] is None for each in explained["parts"])
    columns = ("before", "after") if ratio else ("adds",)
    table = Table("", "", "on", "said by", title_justify="left")
    for column in columns:
        table.add_column(column, justify="right")
    table.title = f"{figure['figure']}: {shown(figure)} {figure['unit']}"
    table.caption = f"{figure['counts']} ({figure['source']})"
    for each in explained["parts"]:
        about = (each["thing"], each["thing_id"], each["about_on"] or "–", each["event_id"] or "–")
        amounts = (number(each[name]) if each[name] else "–" for name in columns)
        table.add_row(*map(escape, about), *amounts)
    return table


def beside(page: dict[str, Any]) -> Iterator[str]:
    """Who could not be asked, and which figures are missing for it."""
    for reason in page["unreachable_reasons"]:
        yield f"[red]{escape(reason['sentence'])}[/]"
    for service in page["unreachable"]:
        names = ", ".join(e["figure"] for e in page["missing"] if e["service"] == service)
        yield f"[yellow]missing of {service}:[/] {escape(names)}"
