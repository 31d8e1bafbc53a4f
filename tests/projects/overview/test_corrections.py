"""A thing that was corrected often: who said what counts is found without reading all that was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.projects.funds.fund import Fund

from ..contests.calls import CONFERENCE
from ..desk import Desk, at
from ..platforms.calls import TALENT

FIRST = at("2023-08-01 09:00")
AFTER = {"on": "2026-01-01"}


def corrected(times: int) -> Desk:
    """A fund and a conference of which another report came each day."""
    desk = Desk()
    for number in range(times):
        desk.on((FIRST + timedelta(number)).strftime("%Y-%m-%d %H:%M"))
        ids = {name: f"{name}-{number}" for name in ("fund", "guests")}
        desk.call("record_fund", **TALENT | {"document": f"d{number}"}, request_id=ids["fund"])
        desk.call("record_contest", **CONFERENCE | {"guests": number + 1}, request_id=ids["guests"])
    return desk


def causes(desk: Desk, figure: str, **asked: Any) -> list[str]:
    found = desk.read("explain_overview", figure=figure, **AFTER, **asked)
    return [part["event_id"] for part in found["parts"]]


@pytest.mark.parametrize("days", range(9))
def test_the_report_that_counts_as_known_at_the_moment_is_named(days):
    desk = corrected(9)
    known_at = {"known_at": (FIRST + timedelta(days)).isoformat()}

    assert causes(desk, "funds_total", **known_at) == [f"fund-{days}"]
    assert causes(desk, "contest_guests", **known_at) == [f"guests-{days}"]


def test_what_was_known_before_the_first_report_has_no_parts():
    before = (FIRST - timedelta(1)).isoformat()
    assert causes(corrected(2), "funds_total", known_at=before) == []


@pytest.mark.parametrize("figure", ["funds_total", "contest_guests"])
def test_of_many_corrections_no_more_is_read_than_of_one(figure, monkeypatch):
    read = [entries_read(corrected(times), figure, monkeypatch) for times in (1, 40)]
    assert read == [1, 1]


def entries_read(desk: Desk, figure: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many changes of histories the answer took."""
    found: list[int] = []
    pipeline, lrange = desk.repository.redis.pipeline, desk.repository.redis.lrange

    def counted(*args: Any) -> Any:
        entries = lrange(*args)
        found.append(len(entries))
        return entries

    def whole(*args: Any, **options: Any) -> Any:
        found.append(1000)
        return pipeline(*args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(desk.repository.redis, "lrange", counted)
        patched.setattr(desk.repository.redis, "pipeline", whole)
        assert causes(desk, figure)
    return sum(found)


@pytest.mark.parametrize(("day", "histories"), [(-1, 1), (0, 1), (1, 0)])
def test_the_history_of_what_changed_since_alone_is_read(day, histories, monkeypatch):
    """A fund of 1 and 2 August, and one of 2 August: the latter was not there on the first."""
    desk = corrected(2)
    desk.call("record_fund", **TALENT | {"fund_id": "other"})
    read: list[str] = []
    as_of_many = desk.repository.as_of_many

    def noted(cls: type, identities: list[str], moment: Any) -> Any:
        read.extend(identities if cls is Fund else [])
        return as_of_many(cls, identities, moment)

    monkeypatch.setattr(desk.repository, "as_of_many", noted)
    causes(desk, "funds_total", known_at=(FIRST + timedelta(day)).isoformat())

    assert read == [TALENT["fund_id"]] * histories
