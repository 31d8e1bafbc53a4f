"""The facts of screening, and when each is announced. Days in the park."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook

from ..words import Why
from .criteria import Judgement
from .idle import IdleStanding, consequences
from .law import IDLE_LAW, IdleLaw
from .plot import Plot
from .suspicion import Suspicion


@record
class IdleLandFound:
    """`parcels.idle_land_found`: by the law's clock the plot is idle since that day, or idle for longer
    now. `change_no` grows with each change of the plot's standing."""

    parcel_id: str
    township: str
    idle_standing: IdleStanding
    idle_since_on: date
    found_on: date
    investigate_by_on: date
    consequences: tuple[Why, ...]
    change_no: int


@record
class IdleLandEnded:
    """`parcels.idle_land_ended`: the plot is not idle any more, or never was: it was begun, or its
    report was corrected."""

    parcel_id: str
    township: str
    previous_idle_standing: IdleStanding
    change_no: int


@record
class LowEfficiencySuspected:
    """`parcels.low_efficiency_suspected`: by these criteria the plot's year speaks for low efficiency,
    since now or by others than before. `judgements` have each figure with its bar and its source."""

    suspicion_id: str
    parcel_id: str
    township: str
    data_year: int
    criteria: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    change_no: int


@record
class SuspicionLifted:
    """`parcels.suspicion_lifted`: no criterion speaks for low efficiency any more, after a
    correction, or the parcel is gone: split, merged or withdrawn."""

    suspicion_id: str
    parcel_id: str
    township: str
    data_year: int
    change_no: int


EMITTED = (IdleLandFound, IdleLandEnded, LowEfficiencySuspected, SuspicionLifted)


def suspicion_facts_of(before: Suspicion, after: Suspicion) -> Iterator[Any]:
    """The fact of the step from `before` to `after`, if the criteria that speak for it changed."""
    if after.change_no == before.change_no:
        return
    about = {
        "suspicion_id": after.suspicion_id,
        "parcel_id": after.parcel_id,
        "township": after.township,
    }
    if after.low:
        yield LowEfficiencySuspected(
            **about,
            data_year=after.data_year,
            criteria=after.criteria,
            judgements=after.low,
            change_no=after.change_no,
        )
    else:
        yield SuspicionLifted(**about, data_year=after.data_year, change_no=after.change_no)


def idle_facts_of(
    before: Plot, after: Plot, today: date, rules: Rulebook[IdleLaw] = IDLE_LAW
) -> Iterator[Any]:
    """The fact of the step from `before` to `after`, if the plot's standing changed."""
    if after.idle_change_no == before.idle_change_no:
        return
    about = {"parcel_id": after.parcel_id, "township": after.township}
    if after.construction and after.idle_since_on and after.idle_found_on:
        whys = consequences(after.construction, today, rules)
        yield IdleLandFound(
            **about,
            idle_standing=after.idle_standing,
            idle_since_on=after.idle_since_on,
            found_on=after.idle_found_on,
            investigate_by_on=investigate_by(after.idle_found_on, rules),
            consequences=tuple(why.as_dict() for why in whys),
            change_no=after.idle_change_no,
        )
    else:
        yield IdleLandEnded(
            **about,
            previous_idle_standing=before.idle_standing,
            change_no=after.idle_change_no,
        )


def investigate_by(found_on: date, rules: Rulebook[IdleLaw] = IDLE_LAW) -> date:
    """The last day of the investigation of land that was found idle on that day."""
    return found_on + timedelta(days=rules.on(found_on).investigation.days)
