"""The ledger for the eyes of a person: a row for each thing, under its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, TypeAlias

from rich.markup import escape
from rich.table import Table

from park.dues.due import Counting, counted

from ..console import Sources, moment
from ..why.kinds import name_of
from .words import in_words

Row: TypeAlias = dict[str, Any]
Cells: TypeAlias = Callable[[Row, Sources], Iterable[str]]
COUNTED = {  # how the day is counted, and its Chinese, which stands behind the number of days too
    Counting.CALENDAR_DAYS: ("calendar days", "日历日"),
    Counting.WORKING_DAYS: ("working days", "工作日"),
    Counting.MONTHS: ("months", "按月"),
    Counting.NAMED: ("named", "载明"),
}
TARGET = "platform_target"  # what of a platform is due is a target of it
ABOUT = {  # what the `about_id` of a thing names, by a name that `tenglong explain` takes
    "case": "parcel",
    "decision": "case",
    "soil_record": "parcel",
    "plot": "parcel",
    "due_step": "parcel",
    "offer_plan": "parcel",
    "lease": "unit",
    "service_request": "firm",
    "honour": "firm",
    "capital": "firm",
    "platform": "platform",
    "plot_hold": "project",
    "contest_entry": "project",
    "project": "project",
}
OF = "of [对象]"
COLUMNS = (
    "due [到期]",
    "state [状态]",
    "who [责任方]",
    "what [事项]",
    OF,
    "rule [规则]",
    "reminded [提醒]",
)


def table_of(found: dict[str, Any], *, late_alone: bool = False) -> Table | str:
    """What is due, under its day; what is late comes first, for its days are the first. A sentence where
    there is nothing."""
    if found["dues_found"] == 0:
        up_to = "" if late_alone else f", or due up to {found['until']}"
        return escape(f"Nothing is late on {found['on']}{up_to} [无到期事项].")
    title = f"due on {found['on']}, up to {found['until']}"
    return under_days(title, COLUMNS, found["dues"], _cells)


def under_days(title: str, columns: Iterable[str], rows: list[Row], cells: Cells) -> Table:
    """What was due on a day, each in a row of its own, under that day."""
    table, sources = Table(title=title), Sources(each["source"] for each in rows)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == OF)  # ids are to be copied
    for day, of_day in groupby(rows, key=lambda each: each["due_on"]):
        for number, each in enumerate(of_day):
            table.add_row("" if number else day or "no day yet", *cells(each, sources))
        table.add_section()
    return sources.below(table)


def beside(found: dict[str, Any], known_at: str) -> Iterable[str]:
    """What the table does not say: how much there is, as known at a moment or now, what is missing, and
    that it goes on."""
    by = f"was on record at {moment(known_at)}" if known_at else "is on record now"
    if found["dues_found"]:
        yield f"{found['dues_found']:,} due, {found['late_found']:,} of them late, by what {by}"
    yield from who_has(found)
    for reason in found["unreachable_reasons"]:
        yield f"missing [缺失]: {reason['sentence']}"
    if found["cursor"]:
        yield f"There is more: --after '{found['cursor']}', or a higher --limit."


def who_has(found: dict[str, Any]) -> Iterable[str]:
    """Who has something, where whoever was asked for has nothing."""
    if found["due_holders"]:
        those = ", ".join(found["due_holders"])
        yield f"Who was asked for has nothing; these have something [有到期事项者]: {those}"


def _state(due: dict[str, Any]) -> str:
    """Whether it is late by its day, or open; what is done is not due any more."""
    if due["stands_still"]:
        return "stands still [中止]"
    if late := due["days_late"]:
        return f"[red]late [逾期]\n{late} days[/]" if late > 1 else "[red]late [逾期]\n1 day[/]"
    return "open [未到期]" if due["due_on"] else "open, waits for the calendar"


def _cells(due: Row, sources: Sources) -> Iterable[str]:
    yield _state(due)
    yield "\n".join(escape(each) for each in (due["holder"], due["township"]) if each) or "–"
    yield escape(what_in(due))
    yield escape("\n".join(of_what(due)))
    yield escape(rule_in(due, sources))
    yield escape("\n".join(_reminders(due)) or "–")


def what_in(due: Row) -> str:
    """The step of it that is due; which time, where it is not the first; and what a meeting decided."""
    run_no = due.get("run_no", 1)
    run = f" ({run_no})" if run_no > 1 else ""
    return "\n".join(filter(None, (in_words(due["what"]) + run, due.get("decision"))))


def rule_in(due: Row, sources: Sources) -> str:
    """The rule that makes the day, how many days or months it gives, and where it is from."""
    words, chinese = COUNTED[due["counting"]]
    bar = counted(due.get("length"), Counting(due["counting"])) or words
    return f"{due['rule']}\n{bar} [{chinese}]\n{sources.cell(due['source'])}"


def of_what(due: dict[str, Any]) -> Iterable[str]:
    """What it is about, its firm, and then the thing: each by the name that `tenglong explain` takes."""
    about, kind = due["about_id"], due["thing"]
    word = ABOUT.get(kind, "about")
    thing = TARGET if kind == "platform" else name_of(due["service"], kind)
    if about:
        yield f"{word} {about}"
    for firm in due.get("enterprise_ids", ()):
        if firm != about:
            yield f"firm {firm}"
    if (word, about) != (thing, due["thing_id"]):
        yield f"{thing} {due['thing_id']}"


def _reminders(due: dict[str, Any]) -> Iterable[str]:
    for each in due["reminded"]:
        yield f"{each['level']}{' on ' + each['on'] if each['on'] else ''}"
    if due["next_reminder"]:
        next_one = due["next_reminder"]
        yield f"next: {next_one['level']}{' on ' + next_one['on'] if next_one['on'] else ''}"
    if due["state_at_deadline"]:
        yield f"at the deadline: {due['state_at_deadline']}"
