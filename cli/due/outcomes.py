"""What became of what was due, for the eyes of a person: a row for each deadline, under its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rich.markup import escape
from rich.table import Table

from park.dues.outcome import Outcome
from park.time import PARK_TIME

from ..console import Sources
from .shown import OF, Row, of_what, rule_in, under_days, what_in, who_has
from .words import in_words

COLUMNS = (
    "due [到期]",
    "outcome [结果]",
    "who [责任方]",
    "what [事项]",
    OF,
    "rule [规则]",
    "on its day [到期时]",
)


def outcomes_of(found: dict[str, Any]) -> Table | str:
    """What became of it, under the day on which it was due. A sentence where there is nothing."""
    if not _all_of(found):
        return escape(_nothing(found))
    title = f"was due from {found['from_on']} to {found['to_on']}"
    return under_days(title, COLUMNS, found["outcomes"], _cells)


def _all_of(found: dict[str, Any]) -> int:
    """How many deadlines there are, over all pages."""
    return sum(found[f"{each}_found"] for each in ("met", "met_late", "missed", "not_known"))


def _nothing(found: dict[str, Any]) -> str:
    said = f"Nothing was due from {found['from_on']} to {found['to_on']} [期间无到期事项]."
    today = datetime.now(PARK_TIME).date().isoformat()
    if found["to_on"] < today:
        return said
    return f"{said} What is still to come `tenglong due` shows."


def beside_outcomes(found: dict[str, Any], *, is_first: bool = True) -> Iterable[str]:
    """What the table does not say: how much there is, what is missing, and on the first page what it does
    not cover."""
    if _all_of(found):
        yield (
            f"{found['met_found']:,} met, {found['met_late_found']:,} met late, {found['missed_found']:,} "
            f"missed, {found['not_known_found']:,} not known, by what is on record now"
        )
    yield from who_has(found)
    for each in found["not_covered"] if is_first else ():
        what = "; ".join(map(in_words, each["what"].split(", ")))
        yield f"not covered [未涵盖]: {what}: of {each['service']}. {each['sentence']}"
    for reason in found["unreachable_reasons"]:
        yield f"missing [缺失]: {reason['sentence']}"
    if found["cursor"]:
        yield f"There is more: --after '{found['cursor']}', or a higher --limit."


def _outcome(each: dict[str, Any]) -> str:
    met_on, late = each["met_on"], each["days_late"]
    days = "1 day" if late == 1 else f"{late} days"
    match Outcome(each["outcome"]):
        case Outcome.MET:
            return f"met [按期办结]\non {met_on}"
        case Outcome.LATE:
            return f"[red]late [逾期办结][/]\nby {days}, on {met_on}"
        case Outcome.MISSED:
            return f"[red]missed [未办结][/]\nnot met, {days} late by now"
        case Outcome.NOT_KNOWN:
            return "not known [不详]"


def _cells(each: Row, sources: Sources) -> Iterable[str]:
    yield _outcome(each)
    yield "\n".join(escape(who) for who in (each["holder"], each["township"]) if who) or "–"
    yield escape(what_in(each))
    yield escape("\n".join(of_what(each)))
    yield escape(rule_in(each, sources))
    yield escape(each["state_at_deadline"] or _without_state(each["due_on"]))


def _without_state(due_on: str) -> str:
    is_over = due_on < datetime.now(PARK_TIME).date().isoformat()
    return "not on record then [当时未录入]" if is_over else "still to come [未到期]"
