"""What a report about a plot must keep to: one function per rule, which answers with a reason or with
nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule
from park.units import AREA_TOLERANCE_M2, places

from .checks import Answer, Check, Holder
from .construction import Construction, Part
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


def completion_follows_start(report: Construction) -> Reason | None:
    """What was completed had been begun. Of an old building nobody may know when."""
    start, end = report.started_on, report.completed_on
    if start is None or end is None or start <= end:
        return None
    return Reason(
        "COMPLETED_BEFORE_START",
        f"The building was begun on {start}; give that day or a later one.",
        field="data.completed_on",
    )


def no_more_begun_than_there_is(report: Construction) -> Reason | None:
    """Of the land to be built on no more was begun than there is. More may be invested than agreed."""
    area = report.area_begun
    if area is None or area.part <= area.whole:
        return None
    return Reason(
        "MORE_BEGUN_THAN_THERE_IS",
        f"Building was begun on {area.part} m², and {area.whole} m² are to be built on; correct either.",
        field="data.area_begun.begun_m2",
    )


CONSTRUCTION_RULES: tuple[Rule[Construction], ...] = (
    nothing_after_the_report,
    stop_follows_start,
    completion_follows_start,
    no_more_begun_than_there_is,
)


def doubts_of(
    report: Construction, shares: Mapping[str, Decimal | None], parcel_m2: Decimal | None
) -> Iterator[str]:
    """What contradicts itself in a report and no rule bars, a sentence each (ours). `shares` are those
    that were given, by the name of the part; beside exact figures the figures count."""
    for name, share in shares.items():
        part: Part | None = getattr(report, name)
        if part and share is not None and not _is_about(part, share):
            worked_out = part.part / part.whole
            yield f"share_of_{name} says {share:f}, the figures come to {worked_out:.4f}; they count."
    area = report.area_begun
    if area and parcel_m2 is not None and area.whole > parcel_m2 + AREA_TOLERANCE_M2:
        yield (
            f"{area.whole:f} m² are to be built on, and the parcel has {parcel_m2:f} m²; correct either."
        )


def _is_about(part: Part, share: Decimal) -> bool:
    """Whether a share is the part of the whole, but for the rounding of its last place, the second one
    at least."""
    last = Decimal(10) ** -max(2, places(share))
    return abs(share - part.part / part.whole) * 2 <= last


@record
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
