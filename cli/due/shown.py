"""The ledger for the eyes of a person: a row for each thing, under its day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.markup import escape
from rich.table import Table

from park.dues.due import Counting

COUNTED = {
    Counting.CALENDAR_DAYS: "calendar days [日历日]",
    Counting.WORKING_DAYS: "working days [工作日]",
    Counting.MONTHS: "months [按月]",
    Counting.NAMED: "named [载明]",
}
COLUMNS = (
    "due [到期]",
    "who [责任方]",
    "what [事项]",
    "of [对象]",
    "rule [规则]",
    "reminded [提醒]",
)


def table_of(found: dict[str, Any]) -> Table:
    """What is due, under its day; what is late comes first, for its days are the first."""
    table = Table(*COLUMNS, title=f"due on {found['on']}, up to {found['until']}")
    for day, dues in groupby(found["dues"], key=lambda due: due["due_on"]):
        rows = list(dues)
        table.add_row(_day(day, rows[0]["days_late"]), *_cells(rows[0]))
        for due in rows[1:]:
            table.add_row("", *_cells(due))
        table.add_section()
    return table


def beside(found: dict[str, Any]) -> Iterable[str]:
    """What the table does not say: how much there is, what is missing, and that it goes on."""
    yield f"{found['dues_found']:,} due, {found['late_found']:,} of them late"
    for reason in found["unreachable_reasons"]:
        yield f"missing [缺失]: {reason['sentence']}"
    if found["cursor"]:
        yield f"There is more: --after '{found['cursor']}', or a higher --limit."


def _day(day: str | None, days_late: int) -> str:
    if day is None:
        return "no day yet"
    return f"[red]{day}\n{days_late} days late[/]" if days_late else day


def _cells(due: dict[str, Any]) -> Iterable[str]:
    of = "\n".join(dict.fromkeys(each for each in (due["thing_id"], due["about_id"]) if each))
    yield "\n".join(escape(each) for each in (due["holder"], due["township"]) if each) or "–"
    yield escape(due["what"]) + ("\nstands still [中止]" if due["stands_still"] else "")
    yield escape(f"{due['thing']} {of}")
    yield escape(f"{due['rule']}\n{COUNTED[due['counting']]}\n{due['source']}")
    yield escape("\n".join(_reminders(due)) or "–")


def _reminders(due: dict[str, Any]) -> Iterable[str]:
    for each in due["reminded"]:
        yield f"{each['level']}{' on ' + each['on'] if each['on'] else ''}"
    if due["next_reminder"]:
        next_one = due["next_reminder"]
        yield f"next: {next_one['level']}{' on ' + next_one['on'] if next_one['on'] else ''}"
    if due["state_at_deadline"]:
        yield f"at the deadline: {due['state_at_deadline']}"
