"""Which reports of a township wait for another one, for which, and when each came to have its effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from park.responses.times import WaitingReport

from ..carriers.unit import LeaseState, Unit
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.chain import note_of, note_of_turn
from ..remediation.reports import Approved, Completed, Identified, Planned, Progressed
from ..soil.record import SoilRecord
from ..words import WAITS_FOR_PARCEL, Said

CHAIN = (Identified, Planned, Approved, Progressed, Completed)
FOR_UNIT = "waits for the report of its unit"


def in_force(case: Case) -> set[str]:
    """The events whose reports have their effect in the case."""
    chain: list[Any] = [report for kind in CHAIN if (report := case.in_force(kind))]
    later = [each for each in case.completed_again if each in case.course.taken]
    turns = [each for each in case.turns if case.course.has_taken(each)]
    return {each.said.event_id for each in (*chain, *later, *turns)}


def effects_in(changes: Iterable[Mapping[str, Any]]) -> dict[str, datetime | None]:
    """When each report of a case first had its effect, by the changes of the case; none while it waits."""
    state: dict[str, Any] = {}
    found: dict[str, datetime | None] = {}
    for change in changes:
        state |= change["changed"]
        case, at = msgspec.convert(state, Case), datetime.fromisoformat(change["at"])
        for event_id in in_force(case):
            found[event_id] = found.get(event_id) or at
        for each in (*_chain(case), *case.turns):
            found.setdefault(each.said.event_id, None)
    return found


def _chain(case: Case) -> list[Any]:
    """Its reports, in force or waiting, without the turns."""
    return [*(report for kind in CHAIN if (report := case.held(kind))), *case.completed_again]


def of_case(case: Case, parcel: Parcel, now: datetime) -> Iterator[WaitingReport]:
    """The reports of a case that have no effect as yet, with what their receipt says of it."""
    notes = [(each, note_of(case, parcel, each)) for each in _chain(case)]
    notes += [(turn, note_of_turn(case, parcel, turn)) for turn in case.turns]
    for each, note in notes:
        if note and note.startswith("waits"):  # another note says that it never has an effect
            yield _waiting(_name(each), each.said, "case", case.case_id, note, now)


def of_leases(unit: Unit, now: datetime) -> Iterator[WaitingReport]:
    """The leases of a unit that nobody has reported."""
    for each in unit.leases:
        if each.state is LeaseState.WAITING:
            yield _waiting(
                "carrier.unit_leased", each.signed, "lease", each.lease_id, FOR_UNIT, now
            )


def of_soil(record: SoilRecord, parcel: Parcel | None, now: datetime) -> Iterator[WaitingReport]:
    """What was reported of the soil of a parcel that nobody has registered."""
    if parcel and parcel.registered:
        return
    for each in record.reports:
        yield _waiting(
            f"soil: {type(each).kept_in}",
            each.said,
            "soil_record",
            record.parcel_id,
            WAITS_FOR_PARCEL,
            now,
        )


def _name(report: Any) -> str:
    return f"remediation.{report.kind}"


def _waiting(
    report: str, said: Said, thing: str, thing_id: str, waits_for: str, now: datetime
) -> WaitingReport:
    return WaitingReport(
        report=report,
        event_id=said.event_id,
        thing=thing,
        thing_id=thing_id,
        sent_at=said.at,
        waiting_s=max(0, round((now - said.at).total_seconds())),
        waits_for=waits_for,
    )
