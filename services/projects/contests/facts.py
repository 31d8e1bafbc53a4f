"""The facts of winners who are to settle. They name no person and no firm. Days in the park."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone.records import record

from .entry import ContestEntry, SettlementLevel, SettlementTold


@record
class SettlementDue:
    """`projects.settlement_due`: the winner of a prize has until `settle_by_on` to settle, and has not yet.
    `settlement_no` counts what was told of the entry."""

    contest_entry_id: str
    settlement_no: int
    contest_id: str
    township: str | None
    prize: str
    project_id: str | None
    settle_by_on: date


@record
class SettlementMissed:
    """`projects.settlement_missed`: the day is over, and the winner had not settled by then. `settled_on` is
    the day on which that happened later, where it did."""

    contest_entry_id: str
    settlement_no: int
    contest_id: str
    township: str | None
    prize: str
    project_id: str | None
    settle_by_on: date
    settled_on: date | None


@record
class SettlementLifted:
    """`projects.settlement_lifted`: what was told as due or missed is not, by what is known now."""

    contest_entry_id: str
    settlement_no: int
    contest_id: str
    township: str | None
    project_id: str | None
    settled_on: date | None


EMITTED = (SettlementDue, SettlementMissed, SettlementLifted)


def told_of(
    entry: ContestEntry, told: SettlementTold | None
) -> SettlementDue | SettlementMissed | SettlementLifted:
    """The fact of what is told of an entry; none, that it holds no longer."""
    about: dict[str, Any] = {
        "contest_entry_id": entry.contest_entry_id,
        "settlement_no": entry.settlement_no,
        "contest_id": entry.contest_id,
        "township": entry.last.township,
        "project_id": entry.project_id,
    }
    if told is None:
        return SettlementLifted(**about, settled_on=entry.settled_on)
    about |= {"prize": str(entry.prize), "settle_by_on": told.settle_by_on}
    if told.settlement_level is SettlementLevel.DUE:
        return SettlementDue(**about)
    return SettlementMissed(**about, settled_on=entry.settled_on)
