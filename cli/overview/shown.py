"""How the overview and the parts of a figure look in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rich.markup import escape
from rich.table import Table

from park.overview import OverviewKind

from ..console import filled, moment, named, whole

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
NOT_KNOWN = "not known"
NOTHING_KNOWN = (
    "Nothing that counts here was known yet at {}: a 0 says that nothing was on record, and not that there "
    "was nothing."
)


def table_of(page: dict[str, Any]) -> Table:
    """A row for each figure, topic by topic. Its name stands in one line, below it what it is."""
    names = [each["figure"] for topic in page["topics"] for each in topic["figures"]]
    table = Table(named("figure", names), title_justify="left")
    on, known_at = page["on"], moment(page["known_at"])
    table.title = f"On {on}, as known at {known_at}, by the rules for {page['rules']}"
    table.add_column("value", justify="right", overflow="fold")
    for column in ("about", "counted by", "from"):
        table.add_column(column, overflow="fold", no_wrap=column == "counted by")
    for topic in page["topics"]:
        table.add_row(f"[bold]{escape(topic['title'])}[/]")
        for each in topic["figures"]:
            table.add_row(*_row(each))
        table.add_section()
    return table


def _row(figure: dict[str, Any]) -> tuple[str, ...]:
    value, kind = figure["value"], figure["overview_kind"]
    said = "" if value is None or is_unknown(value, kind) else kind.replace("_", " ")
    unsaid = figure.get("without_amount_found")
    return (
        f"{escape(figure['figure'])}\n[dim]{escape(figure['title'])}[/]",
        with_unit(figure),
        f"{_about(figure)}\n{said}".strip(),
        f"{figure['counting_rule']}\nedition of {figure['rules_from']}",
        f"{figure['counted_from']}{', as known now' if figure['as_known_now'] else ''}\n"
        f"parts: {figure['parts']}" + (f"\nof unknown amount: {unsaid}" if unsaid else ""),
    )


def with_unit(figure: dict[str, Any]) -> str:
    """`3 cities`, `1 city`, `≥ 1 person`; `not known`; of a figure without a value why there is none."""
    unit = figure["unit"]
    if figure["value"] is not None and Decimal(figure["value"]) == 1 and unit not in NO_SINGULAR:
        unit = ONE.get(unit, unit.removesuffix("s"))
    value = shown(figure)
    return value if value == NOT_KNOWN else f"{value} {unit}"


def shown(figure: dict[str, Any]) -> str:
    """The value with its sign, or why there is none."""
    if figure["value"] is None:
        reason = figure["reason"] or {}
        return f"– {reason.get('code', '')}".strip()
    return signed(figure["value"], figure["overview_kind"])


def signed(value: str, kind: str | None) -> str:
    """The value with its sign."""
    return NOT_KNOWN if is_unknown(value, kind) else SIGNS.get(kind or "", "") + number(value)


def is_unknown(value: str | None, kind: str | None) -> bool:
    """That it is at least 0 would say nothing."""
    return kind == OverviewKind.AT_LEAST and value is not None and Decimal(value) == 0


def number(value: str) -> str:
    """With commas; of a fraction two decimals at most."""
    exact = Decimal(value)
    return f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{as_shown(exact):,}"


def as_shown(exact: Decimal) -> Decimal:
    """To two decimals, half up."""
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


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
    table = Table(*whole("thing", "id", "on", "said by"), title_justify="left")
    for column in columns:
        table.add_column(column, justify="right")
    table.title, table.caption = title, counts
    for each in explained["parts"]:
        about = (each["thing"], each["thing_id"], each["about_on"] or "–", each["event_id"] or "–")
        told = (sign_of(each, n) + number(each[n]) if each[n] else "–" for n in columns)
        table.add_row(*map(escape, about), *told)
    for label, row in _below(explained["parts"], columns):
        table.add_row(f"[bold]{label}[/]", "", "", "", *row)
    return filled(table)


def _below(
    parts: Iterable[Mapping[str, Any]], columns: Iterable[str]
) -> Iterator[tuple[str, list[str]]]:
    """What the parts come to. Each is shown with two decimals; what they lose or gain by that stands in a row
    of its own, so that what is shown adds up."""
    exact = [[Decimal(each[name]) for each in parts if each[name]] for name in columns]
    sums = [as_shown(sum(some, Decimal())) for some in exact]
    rounding = [
        total - sum(map(as_shown, some), Decimal()) for total, some in zip(sums, exact, strict=True)
    ]
    if any(rounding):
        yield "rounding", [f"{each:+,}" if each else "0" for each in rounding]
    yield "together", [number(str(each)) for each in sums]


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
        how = "At least" if explained["parts"] else "Not known"
        yield f"{how}, for {len(without)} that count did not say how much, and add nothing:"
    for each in without:
        about = (each["thing"], each["thing_id"], each["about_on"], each["event_id"])
        yield "  " + " ".join(filter(None, about))


def nothing_known(page: dict[str, Any]) -> Iterator[str]:
    """That nothing of the page was known yet at its moment."""
    figures = [each for topic in page["topics"] for each in topic["figures"]]
    if figures and not any(each["parts"] for each in figures):
        yield NOTHING_KNOWN.format(moment(page["known_at"]))


def before_the_first(page: dict[str, Any]) -> Iterator[str]:
    """Which edition holds on a day before there is any."""
    figures = [each for topic in page["topics"] for each in topic["figures"]]
    early = sorted({e["rules_from"] for e in figures if e["rules_from"] > page["rules"]})
    if early:
        yield (
            f"On {page['rules']} no edition of counting rules was in force yet: where there is none, the "
            f"first one holds for the days before it, too; here that of {' and of '.join(early)}."
        )


def beside(page: dict[str, Any]) -> Iterator[str]:
    """By which edition the days before the first one are counted; that nothing was known yet; who could not
    be asked, and which figures are missing for it."""
    yield from before_the_first(page)
    yield from nothing_known(page)
    for reason in page["unreachable_reasons"]:
        yield f"[red]{escape(reason['sentence'])}[/]"
    for service in page["unreachable"]:
        names = ", ".join(e["figure"] for e in page["missing"] if e["service"] == service)
        yield f"[yellow]missing of {service}:[/] {escape(names)}"
