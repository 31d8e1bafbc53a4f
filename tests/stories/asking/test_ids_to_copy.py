"""Ids and names of figures stand in one line in any terminal, so that they can be copied."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.table import Table

from cli.console import Output, whole
from cli.diff.shown import things_of
from cli.due.shown import table_of as dues_of
from cli.overview.shown import parts_of
from cli.responses.shown import waiting_table
from cli.why.shown import tables

LISTING = "6f0e2c1a-58c3-5d52-8f0f-1d5a9b6c7e10"
EVENT = "year-3/remediation.completed/330604006-Y3.0091.C"
SOURCE = "a rule whose source is named at some length, as those of the law mostly are"
PART = {"thing": "listing", "thing_id": LISTING, "about_on": "2023-07-28", "event_id": EVENT}
FIGURE = {"figure": "land_granted_area", "value": "10", "unit": "mu", "overview_kind": "exact"}
DUE = {
    "due_on": "2023-07-28", "service": "projects", "thing": "due_step", "township": "330604006",
    "thing_id": f"{LISTING}.1.payment.1", "about_id": "330604006-0231", "holder": "land_desk",
    "what": "payment", "rule": "payment_due", "counting": "calendar_days", "length": 30,
    "source": SOURCE, "stands_still": False, "days_late": 3, "reminded": [], "next_reminder": None,
    "state_at_deadline": None,
}  # fmt: skip
BY = {"type": "remediation.completed", "id": EVENT, "time": None}
KEPT = {"service": "projects", "thing": "listing", "id": LISTING, "answers": True, "rules": []}
SAID = {"field": "state", "value": "draft", "at": "2023-08-01T00:00:00+08:00", "by": BY}


def tables_of_every_kind() -> dict[str, Table]:
    more = {"adds": "10", "before": None, "after": None, "overview_kind": "exact"}
    figure = FIGURE | {"counts": "what counts", "source": SOURCE, "reason": None}
    changed = {"field": "state", "before": "draft", "after": "open", "at": SAID["at"], "by": BY}
    explained = KEPT | {"fields": [SAID], "rests_on": [KEPT | SAID | {"rests_on": []}]}
    waiting: dict[str, Any] = {"township": "330604006", "service": "projects", "parked": []}
    waits = {"sent_at": SAID["at"], "thing": "listing", "thing_id": LISTING, "waits_for": SOURCE}
    waiting["waiting"] = [waits | {"report": "remediation.completed"}]
    due = {"on": "2023-08-01", "until": "2023-08-14", "dues_found": 1, "dues": [DUE]}
    return {
        "overview --explain": parts_of({"figure": figure, "parts": [PART | more]}),
        "diff things": things_of(
            "projects", [{"thing": "listing", "id": LISTING, "is_new": False, "fields": [changed]}]
        ),
        "due": dues_of(due),
        "explain": [*tables(explained)][-1],
        "township times": waiting_table([waiting], 5),
    }


@pytest.mark.parametrize("command", [*tables_of_every_kind()])
@pytest.mark.parametrize("width", [80, 110, 200])
def test_an_id_stands_in_one_line_however_narrow_the_terminal_is(command, width):
    text = shown(tables_of_every_kind()[command], width)

    assert LISTING in text
    assert max(map(len, text.splitlines())) <= width
    if command in ("overview --explain", "diff things", "explain"):
        assert EVENT in text


def test_in_lines_each_thing_has_the_day_that_stands_once_above_several():
    due = {"on": "2023-08-01", "until": "2023-08-14", "dues_found": 2, "dues": [DUE, DUE]}

    assert shown(dues_of(due), 200).count("2023-07-28") == 1
    assert shown(dues_of(due), 80).count("2023-07-28") == 2


def test_a_table_that_has_room_for_its_ids_stays_a_table():
    table = Table(*whole("id"), "says")
    table.add_row(LISTING, SOURCE)

    assert "│" in shown(table, 60)
    assert "│" not in shown(table, 45)
    assert SOURCE in " ".join(shown(table, 45).split())


def shown(table: Table, width: int) -> str:
    terminal = Output(width=width, record=True, file=io.StringIO())
    terminal.print(table)
    return terminal.export_text()
