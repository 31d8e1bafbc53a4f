"""How cases, decisions, soil, idle land and leases stood when their day was over, in words."""

from __future__ import annotations

from park.dues.due import Due
from park.dues.stood import Stood, about, itself

from ..carriers.unit import Unit
from ..paths.deadline import Deadline
from ..paths.lengths import PathStep
from ..screening.idle import IdleStanding, idle_standing
from ..screening.plot import Plot
from ..soil.duties import DutyKind
from ..soil.record import SoilRecord


def _at_stage(deadline: Deadline, _: Due) -> str:
    return deadline.stage.value


def _soil_stage(record: SoilRecord, _: Due) -> str:
    return record.stage.value


def _clock(plot: Plot, due: Due) -> str | None:
    if plot.construction is None or due.due_on is None:
        return None
    return idle_standing(plot.construction, due.due_on).value


def _lease(unit: Unit, due: Due) -> str | None:
    """A unit has several; none where this one was not on record."""
    lease = next((each for each in unit.leases if each.lease_id == due.thing_id), None)
    return lease.state.value if lease else None


STOOD = {
    **{step.value: Stood(Deadline, itself, _at_stage) for step in PathStep},
    "meeting_decision": Stood(Deadline, about, _at_stage),
    DutyKind.PERIODIC_REPORT.value: Stood(SoilRecord, itself, _soil_stage),
    **{standing.value: Stood(Plot, itself, _clock) for standing in IdleStanding},
    "lease_end": Stood(Unit, about, _lease),
}
