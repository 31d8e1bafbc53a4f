"""What came before a case: its plot was suspected, checked on site, and its holder was heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from backbone.records import record
from park.time import day_of

from ..screening.suspicion import Suspicion


class ScreeningStep(StrEnum):
    SUSPECTED = "suspected"  # 疑似低效
    SITE_CHECK = "site_check"  # 现场核实
    HOLDER_HEARD = "holder_heard"  # 权利人意见
    OBJECTION_ANSWERED = "objection_answered"  # 异议答复


@record
class Screened:
    """A step that led to the finding. A suspicion is the platform's, by the figures of `data_year`: it
    has no `holder`, and no `done_on` if it came on record after the finding only. Of the others
    `holder` is the role that reported it, and `result` what came of it."""

    step: ScreeningStep
    done_on: date | None
    data_year: int
    holder: str | None = None
    result: str | None = None


def screening_of(
    suspicions: Iterable[Suspicion], found_on: date, suspected_on: Mapping[str, date | None]
) -> tuple[Screened, ...]:
    """The steps before a finding of that day, of the suspicions that led to it, year by year.
    `suspected_on` has the day on which each was first on record."""
    ordered = sorted(suspicions, key=lambda each: each.data_year)
    steps = (step for each in ordered for step in _steps(each, found_on, suspected_on))
    return tuple(step for step in steps if step.done_on is None or step.done_on <= found_on)


def first_on_record(history: Iterable[Mapping[str, Any]]) -> date | None:
    """The day on which a suspicion's criteria first spoke for low efficiency, by its history."""
    at = (entry["at"] for entry in history if entry["changed"].get("change_no"))
    first = next(at, None)
    return day_of(datetime.fromisoformat(first)) if first else None


def _steps(
    suspicion: Suspicion, found_on: date, suspected_on: Mapping[str, date | None]
) -> Iterator[Screened]:
    year, check, holder = suspicion.data_year, suspicion.check, suspicion.holder
    on = suspected_on.get(suspicion.suspicion_id)
    in_time = on if on and on <= found_on else None
    yield Screened(step=ScreeningStep.SUSPECTED, done_on=in_time, data_year=year)
    if check:
        result = "verified" if check.verified else "rejected"
        yield _step(ScreeningStep.SITE_CHECK, check, year, result)
    if holder:
        yield _step(ScreeningStep.HOLDER_HEARD, holder, year, holder.view)
    if answer := suspicion.answer:
        result = "upheld" if answer.upheld else "overruled"
        yield _step(ScreeningStep.OBJECTION_ANSWERED, answer, year, result)


def _step(step: ScreeningStep, report: Any, data_year: int, result: str) -> Screened:
    return Screened(
        step=step,
        done_on=report.said.on,
        data_year=data_year,
        holder=report.operator_role,
        result=str(result),
    )
