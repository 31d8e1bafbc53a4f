"""What is due of cases, decisions of the meeting, registered soil, idle land and leases, in the one form of
all services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from park.dues.due import Asked, Counting, Due, DueRule, Reminded
from park.rulebook import Rulebook

from ..bulletins.meeting import Decision, is_pending
from ..carriers.unit import Unit
from ..carriers.vacancy.free import ends_unrenewed
from ..paths.deadline import Deadline
from ..paths.legs import Leg, legs_of
from ..paths.lengths import PATHS
from ..paths.path import planned_end, usual_days
from ..remediation.case import Case
from ..remediation.reports import Identified
from ..rulebook import FOLDER
from ..screening.idle import DAY, steps
from ..screening.plot import Plot as ScreenedPlot
from ..soil.duties import DutyKind, Plot, control_is_reported, responsible_for_pollution
from ..soil.law import DUTIES

LEDGER = Rulebook(FOLDER / "ledger", dict[str, DueRule])
PARCELS = "parcels"


def of_case(deadline: Deadline, asked: Asked) -> Due | None:
    """The step that a case is in; of one that is closed or suspended nothing is due."""
    step, due_on = deadline.step, deadline.due_on
    if step is None or due_on is None:
        return None
    return Due(
        service=PARCELS,
        thing="case",
        thing_id=deadline.case_id,
        what=step.value,
        about_id=deadline.parcel_id,
        holder=deadline.holder,
        township=deadline.township,
        due_on=due_on,
        days_late=asked.days_late(due_on),
        rule=f"paths: {step.value}",
        counting=Counting.CALENDAR_DAYS,
        source=PATHS.on(deadline.identified_on or date.min).source,
        reminded=tuple(
            Reminded(level=told.level.value)
            for told in deadline.told
            if (told.step, told.due_on) == (step, due_on)
        ),
        next_reminder=asked.to_come(_left(deadline, due_on)),
    )


def _left(deadline: Deadline, due_on: date) -> Iterator[Reminded]:
    """What nobody was told of the case yet, the mildest first."""
    days = deadline.levels
    levels = list(days)
    first = levels.index(deadline.tell_level) if deadline.tell_level else len(levels)
    for level in levels[first:]:
        yield Reminded(level=level.value, on=due_on + timedelta(days=days[level]))


def by_case(due: Due, case: Case) -> Due:
    """With the firms of the case, and what makes the day of the step that it is in."""
    legs = legs_of(case)
    return of_leg(due, case, legs[0], legs[-1]) if legs else due


def of_leg(due: Due, case: Case, first: Leg, leg: Leg) -> Due:
    """With the firms that the case names, and what makes the day of one of its legs: the days that the step
    usually takes, or the day that the plan of the case names. The days are those of when the case began."""
    due = replace(due, enterprise_ids=_firms_of(case))
    if planned_end(case, leg):
        source = "the plan of the case [一企一方案]: planned_end_on"
        return replace(due, counting=Counting.NAMED, source=source)
    return replace(due, length=usual_days(case, leg, PATHS.on(first.started_on)))


def of_decision(decision: Decision, case: Case, asked: Asked) -> Due | None:
    """What the meeting decided of a case that has been open since, if it set a day."""
    if decision.due_on is None or not is_pending(decision, case, date.max):
        return None
    due = decision_due(decision, decision.due_on, case)
    return replace(due, days_late=asked.days_late(decision.due_on))


def decision_due(decision: Decision, due_on: date, case: Case) -> Due:
    """A decision by its day, whether it is done or not."""
    rule = LEDGER.on(due_on)["meeting_decision"]
    return Due(
        service=PARCELS,
        thing="decision",
        thing_id=decision.decision_id,
        what="meeting_decision",
        decision=decision.decision,
        about_id=decision.case_id,
        enterprise_ids=_firms_of(case),
        holder=rule.holder,
        township=decision.township,
        due_on=due_on,
        rule=rule.rule,
        counting=rule.counting,
        source=rule.source,
    )


def _firms_of(case: Case) -> tuple[str, ...]:
    """The firms that its acceptance names, else those of its finding."""
    accepted, found = case.course.acceptance, case.in_force(Identified)
    named = accepted.enterprise_ids if accepted else ()
    return named or (found.enterprise_ids if found else ())


def of_soil(plot: Plot, asked: Asked) -> Due | None:
    """The periodic report of a risk control."""
    duty, record = control_is_reported(plot), plot.record
    if duty is None or duty.due_on is None:
        return None
    ahead = timedelta(days=DUTIES.on(asked.on).told_days_before)
    told = record.told_due_on is not None and record.told_due_on >= duty.due_on
    reminder = Reminded(level="due", on=None if told else duty.due_on - ahead)
    return replace(
        periodic_report(plot, duty.due_on),
        days_late=asked.days_late(duty.due_on),
        reminded=(reminder,) if told else (),
        next_reminder=None if told else reminder,
    )


def periodic_report(plot: Plot, due_on: date) -> Due:
    """A report of a risk control by its day, whether it is done or not."""
    rule, record = LEDGER.on(due_on)[DutyKind.PERIODIC_REPORT.value], plot.record
    return Due(
        service=PARCELS,
        thing="soil_record",
        thing_id=record.parcel_id,
        what=DutyKind.PERIODIC_REPORT.value,
        about_id=record.parcel_id,
        holder=responsible_for_pollution(plot).value,
        township=record.township,
        due_on=due_on,
        rule=rule.rule,
        counting=rule.counting,
        length=plot.law.control_report_months,
        source=rule.source,
    )


def of_idle_clock(plot: ScreenedPlot, asked: Asked) -> Due | None:
    """The last day before the clock of idle land makes its next step; after it the plot is idle, not late."""
    clock = steps(plot.construction, asked.on) if plot.construction else []
    step = next((each for each in clock if each.since_on > asked.on), None)
    if step is None:
        return None
    due_on, rule = step.since_on - DAY, LEDGER.on(step.since_on)[step.standing.value]
    return Due(
        service=PARCELS,
        thing="plot",
        thing_id=plot.parcel_id,
        what=step.standing.value,
        about_id=plot.parcel_id,
        holder=rule.holder,
        township=plot.township,
        due_on=due_on,
        rule=rule.rule,
        counting=rule.counting,
        length=12 * step.years,
        source=rule.source,
        next_reminder=Reminded(level=step.standing.value, on=step.since_on),
    )


def of_leases(unit: Unit, asked: Asked) -> Iterator[Due]:
    """The leases of a unit that end and that nobody has renewed. One that has ended is over, not late."""
    for lease in ends_unrenewed(unit, asked.on, asked.until):
        rule = LEDGER.on(lease.last_day)["lease_end"]
        yield Due(
            service=PARCELS,
            thing="lease",
            thing_id=lease.lease_id,
            what="lease_end",
            about_id=unit.unit_id,
            enterprise_ids=(lease.enterprise_id,) if lease.enterprise_id else (),
            holder=rule.holder,
            township=unit.township,
            due_on=lease.last_day,
            rule=rule.rule,
            counting=rule.counting,
            source=rule.source,
        )
