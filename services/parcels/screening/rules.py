"""What a report about a plot must keep to: one function per rule, which answers with a reason or with
nothing."""

from __future__ import annotations

from dataclasses import dataclass

from backbone.errors import Reason
from park.rules import Rule

from .checks import Answer, Check, Holder
from .construction import Construction
from .law import CHECK_ROLES

HAPPENED = ("started_on", "stopped_on", "completed_on", "production_stopped_on")


def nothing_after_the_report(report: Construction) -> Reason | None:
    """What a report says to have happened lies on its day or before."""
    for name in HAPPENED:
        day = getattr(report, name)
        if day and day > report.reported.on:
            return Reason(
                "DAY_AFTER_REPORT",
                f"The report is about {report.reported.on}; what is to come is no {name}.",
                field=f"data.{name}",
            )
    return None


def stop_follows_start(report: Construction) -> Reason | None:
    """Only what was begun can stop."""
    if report.stopped_on is None or (report.started_on and report.started_on <= report.stopped_on):
        return None
    return Reason(
        "STOPPED_BEFORE_START",
        "The building can only stop after it was begun; give started_on, on that day or before.",
        field="data.stopped_on",
    )


CONSTRUCTION_RULES: tuple[Rule[Construction], ...] = (nothing_after_the_report, stop_follows_start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A report about the suspicion of a plot's year; `kind` is its name among the roles."""

    kind: str
    report: Check | Holder | Answer
    data_year: int


def role_may_report_it(situation: Situation) -> Reason | None:
    """The township checks on site and hears the holder; it or the task force answers an objection."""
    roles = CHECK_ROLES.on(situation.report.said.on)
    allowed = getattr(roles, situation.kind)
    if situation.report.operator_role in allowed:
        return None
    return Reason(
        "WRONG_ROLE",
        f"This report comes from {' or '.join(allowed)}; operator_role must say so.",
        field="data.operator_role",
        source=roles.source,
    )


def year_has_begun(situation: Situation) -> Reason | None:
    """A year that had not begun on the day of the report cannot have been looked at."""
    if situation.data_year <= situation.report.said.on.year:
        return None
    return Reason(
        "YEAR_NOT_BEGUN",
        f"The report is of {situation.report.said.on}; give a data_year up to that.",
        field="data.data_year",
    )


CHECK_RULES: tuple[Rule[Situation], ...] = (role_may_report_it, year_has_begun)
