"""Simulations, comparisons and forecasts as tables for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.markup import escape
from rich.table import Table

from ..console import whole

NOTHING = "–"


def simulated(said: dict[str, Any]) -> Iterator[Table | str]:
    """The firms by rank, then those without one; above it what came of it in all."""
    grades = ", ".join(f"{grade} {count}" for grade, count in said["grades"].items())
    yield f"{said['scheme_id']}: {said['ranked']} of {said['firms']} firms ranked. {grades}".strip()
    yield from (f"  {doubt['code']}: {doubt['sentence']}" for doubt in said["doubts"])
    codes = list(dict.fromkeys(code for score in said["scores"] for code in score["parts"]))
    table = Table("rank", *whole("firm"), "grade", "total", *codes, "look at")
    for score in sorted(said["scores"], key=lambda each: each["rank"] or 10**9):
        parts = [_text(score["parts"].get(code)) for code in codes]
        of_firm = (_text(score[name]) for name in ("rank", "firm", "grade", "total"))
        table.add_row(*of_firm, *parts, escape("; ".join(_remarks(score))))
    yield table


def compared(said: dict[str, Any]) -> Iterator[Table | str]:
    """Who loses most first."""
    yield f"{said['before']} → {said['after']}: {said['winners']} win points, {said['losers']} lose"
    yield f"grades: {said['better']} better, {said['worse']} worse"
    for each in said["compared"]:
        if (each["rank_before"] is None) != (each["rank_after"] is None):
            side = "before" if each["rank_before"] is None else "after"
            yield escape(f"no rank {side}: {each['firm']}, {each[f'excluded_{side}']}")
    if said["cost_change_cny"] is not None:
        yield f"costs of all firms: {said['cost_change_cny']} yuan more"
    table = Table(*whole("firm"), "before", "after", "change", "grade", "cost, yuan", "most by")
    rows = sorted(said["compared"], key=lambda each: float(each["change"] or 0))
    for each in rows:
        grade = f"{_text(each['grade_before'])} → {_text(each['grade_after'])}"
        cost = f"{_text(each['cost_before_cny'])} → {_text(each['cost_after_cny'])}"
        parts = each["parts_change"]
        most = max(parts, key=lambda code: abs(float(parts[code])), default=None)
        table.add_row(
            *(_text(each[name]) for name in ("firm", "total_before", "total_after", "change")),
            grade,
            cost,
            f"{most} {parts[most]}" if most else NOTHING,
        )
    yield table


def forecast(said: dict[str, Any]) -> Iterator[Table | str]:
    """What of each indicator is needed."""
    now = (
        f"{said['firm']}: grade {_text(said['grade'])}, {said['total']} points, rank {said['rank']}"
    )
    yield escape(now)
    if said["wanted"] is None:
        yield "It has that grade already."
        return
    table = Table("indicator", "today", f"for {said['wanted']}", "more", "total", "rank", "")
    for need in said["needs"]:
        names = ("indicator", "now", "needed", "more", "total", "rank")
        table.add_row(*(_text(need[name]) for name in names), need["why"] or "")
    yield table


def schemes(said: dict[str, Any]) -> Table:
    """The kept schemes."""
    table = Table(*whole("scheme"), "place", "year", "group", "indicators", "grades")
    for each in said["schemes"]:
        names = ("scheme_id", "place", "data_year", "group")
        indicators, grades = ", ".join(each["indicators"]), " ".join(each["grade_names"])
        table.add_row(
            *(_text(each[name]) for name in names), indicators or NOTHING, grades or NOTHING
        )
    return table


def _text(value: Any) -> str:
    return NOTHING if value is None else escape(str(value))


def _remarks(score: dict[str, Any]) -> Iterator[str]:
    if score["excluded"]:
        yield f"not ranked: {score['excluded']}"
    else:
        yield from (f"{each['indicator']}: {each['filled_by']}" for each in score["missing"])
    if score["shared_with"]:
        yield f"shared with {', '.join(score['shared_with'])}"
    yield from (f"{each['step']}: {each['reason']}" for each in score["steps"][1:])
