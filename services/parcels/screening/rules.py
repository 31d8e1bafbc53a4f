"""What a report about a plot must keep to: one function per rule, which answers with a reason or with
nothing."""

from __future__ import annotations

from backbone.errors import Reason
from park.rules import Rule

from .construction import Construction

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
