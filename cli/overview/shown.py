"""How the overview and the parts of a figure look in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rich.markup import escape
from rich.table import Table

from ..console import filled, moment

SIGNS = {
    "at_least": "≥ ",
    "at_most": "≤ ",
    "more_than": "> ",
}
ONE = {"cities": "city", "people": "person", "universities": "university"}  # the others lose an s
NO_SINGULAR = ("times", "mu", "yuan")
NO_LESS = {"at_least": ("At least", "after"), "at_most": ("At most", "before")}
NO_LESS_OF = {"before": "at_most", "after": "at_least"}
HUNDREDTH = Decimal("0.01")
WIDEST_NAME = 48  # a longer one goes on in the next line
NOTHING_KNOWN = (
    "Nothing that counts here was known yet at {}: a 0 says that nothing was on record, and not that there "
    "was nothing."
)


def table_of(page: dict[str, Any]) -> Table:
    """A row for each figure, topic by topic. Its name is to be copied, and has the room that it needs."""
    figures = [each for topic in page["topics"] for each in topic["figures"]]
    longest = max((len(each["figure"]) for each in figures), default=0)
    table = Table(title_justify="left")
    on, known_at = page["on"], moment(page["known_at"])
    table.title = f"On {on}, as known at {known_at}, by the rules in force on {page['rules']}"
    table.add_column("figure", width=min(longest, WIDEST_NAME) or None, overflow="fold")
    table.add_column("value", justify="right", overflow="fold")
    for column in ("about", "counted by", "from"):
        table.add_column(column, overflow="fold")
    for topic in page["topics"]:
        table.add_row(f"[bold]{escape(topic['title'])}[/]")
        for each in topic["figures"]:
            table.add_row(*_row(each))
        table.add_section()
    return table


def _row(figure: dict[str, Any]) -> tuple[str, ...]:
    kind = "" if figure["value"] is None else figure["overview_kind"].replace("_", " ")
    return (
        f"{escape(figure['figure'])}\n[dim]{escape(figure['title'])}[/]",
        with_unit(figure),
        f"{_about(figure)}\n{kind}".strip(),
        f"{figure['counting_rule']}\nedition of {figure['rules_from']}",
        f"{figure['counted_from']}{', as known now' if figure['as_known_now'] else ''}\n"
        f"parts: {figure['parts']}",
    )


def with_unit(figure: dict[str, Any]) -> str:
    """`3 cities`, `1 city`, `≥ 1 person`; of a figure without a value why there is none."""
    unit = figure["unit"]
    if figure["value"] is not None and Decimal(figure["value"]) == 1 and unit not in NO_SINGULAR:
        unit = ONE.get(unit, unit.removesuffix("s"))
    return f"{shown(figure)} {unit}"


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


def parts_of(explained: dict[str, Any]) -> Table | str:
    """What adds up to a figure: of a ratio what was before and what came after, else what each adds. Where
    nothing does, the figure alone."""
    figure = explained["figure"]
    title = f"{figure['figure']}: {with_unit(figure)}"
    counts = f"{figure['counts']} ({figure['source']})"
    if not explained["parts"]:
        return escape(f"{title}\n{counts}")
    ratio = any(each["adds"] is None for each in explained["parts"])
    columns = ("before", "after") if ratio else ("adds",)
    table = Table(title_justify="left")
    for column in ("", "", "on", "said by"):
        table.add_column(column, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right")
    table.title, table.caption = title, counts
    for each in explained["parts"]:
        about = (each["thing"], each["thing_id"], each["about_on"] or "–", each["event_id"] or "–")
        told = (sign_of(each, n) + number(each[n]) if each[n] else "–" for n in columns)
        table.add_row(*map(escape, about), *told)
    return filled(table)


def amounts(part: Mapping[str, Any]) -> str | None:
    """What a part adds, with its sign and every decimal; of a ratio, what was before and what came after.
    None if it does not say how much."""
    before, after, adds = (
        part[name] and f"{sign_of(part, name)}{part[name]}" for name in ("before", "after", "adds")
    )
    return f"{before} → {after}" if before and after else adds


def sign_of(part: Mapping[str, Any], name: str) -> str:
    """A ratio is at least where what came after is no less, and at most where what was before is."""
    kind = part["overview_kind"]
    if name == "adds":
        return SIGNS.get(kind, "")
    return SIGNS["at_least"] if kind == NO_LESS_OF[name] else ""


def unsaid(explained: dict[str, Any]) -> Iterator[str]:
    """Why a figure is at least, or at most: what counts, and did not say how much; of a ratio, what is known
    only to be no less."""
    without = explained.get("without_amount", [])
    kind = explained["figure"]["overview_kind"]
    if kind in NO_LESS and any(each["before"] is not None for each in explained["parts"]):
        sign, when = NO_LESS[kind]
        yield f"{sign}, for of some of these it is known only that the figure {when} is no less."
    if not explained["parts"] and not without and explained["figure"]["value"] is not None:
        yield "Nothing that counts here was known then: the 0 says no more."
    if without:
        yield f"At least, for {len(without)} that count did not say how much, and add nothing:"
    for each in without:
        about = (each["thing"], each["thing_id"], each["about_on"], each["event_id"])
        yield "  " + " ".join(filter(None, about))


def nothing_known(page: dict[str, Any]) -> Iterator[str]:
    """That nothing of the page was known yet at its moment."""
    figures = [each for topic in page["topics"] for each in topic["figures"]]
    if figures and not any(each["parts"] for each in figures):
        yield NOTHING_KNOWN.format(moment(page["known_at"]))


def beside(page: dict[str, Any]) -> Iterator[str]:
    """That nothing was known yet; who could not be asked, and which figures are missing for it."""
    yield from nothing_known(page)
    for reason in page["unreachable_reasons"]:
        yield f"[red]{escape(reason['sentence'])}[/]"
    for service in page["unreachable"]:
        names = ", ".join(e["figure"] for e in page["missing"] if e["service"] == service)
        yield f"[yellow]missing of {service}:[/] {escape(names)}"
