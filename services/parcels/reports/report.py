"""A report of the zone [周报, 月报, 例会材料]: its sections, and the period that it is of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.overview import OverviewFigure, OverviewKind, OverviewPart
from park.rulebook import Rulebook

from ..bulletins.meeting import next_meeting
from ..bulletins.period import week_of
from ..rulebook import FOLDER

DAY = timedelta(days=1)
RATIO = "times"  # the unit of a ratio: the difference of two of them counts nothing


class ReportKind(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    MEETING = "meeting"


@record
class SectionRule:
    """What stands in a section: figures by their names with their service, and a list by its name; `curve`
    is the section that shows its figures as the start curve."""

    title: str
    figures: tuple[str, ...] = ()
    list: str = ""
    curve: bool = False


@record
class ReportRule:
    """`due_within_days` is how far ahead a list of what is due reaches."""

    title: str
    due_within_days: int = 0
    sections: tuple[SectionRule, ...]


REPORTS = Rulebook(FOLDER / "reports", dict[ReportKind, ReportRule])


@record
class ReportFigure:
    """A figure as its service told it. In a monthly report `previous_value` is that of the end of the month
    before, with its `previous_kind`, and `change` what came since, none where one of them is missing, and of
    a ratio. `parts` add up to it, and those `without_amount` count and did not say how much; of a figure of
    the overview both are left out: `explain_overview` has them."""

    service: str
    told: OverviewFigure
    previous_value: Decimal | None = None
    previous_kind: OverviewKind | None = None
    change: Decimal | None = None
    parts: tuple[OverviewPart, ...] = ()
    without_amount: tuple[OverviewPart, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.service}.{self.told.figure}"


@record
class ReportLine:
    """An entry of a list: what is to be done of a thing, by whom, until which day. `says` is the rule of
    a due day, the last word on a case, or what became of a decision."""

    thing: str
    thing_id: str
    about_id: str | None = None
    township: str | None = None
    holder: str | None = None
    what: str
    due_on: date | None = None
    days_late: int = 0
    says: str | None = None


@record
class ReportList:
    """`lines_found` counts all there are, of which `lines` are the first. What is `as_known_now`, in reports
    that an earlier version issued, is what was on record when the report was made."""

    lines: tuple[ReportLine, ...] = ()
    lines_found: int = 0
    as_known_now: bool = False


@record
class StartMonth:
    """A month of the start curve, cumulative to its end: contracts of land by their last day for the start
    of building, and those on which it began; projects that must have begun by the law, where it names the
    month, and those that began. What lies after the day of the report is none."""

    month: str
    land_due: int
    land_begun: int | None = None
    projects_wanted: int | None = None
    projects_begun: int | None = None


@record
class ReportSection:
    title: str
    figures: tuple[ReportFigure, ...] = ()
    listed: ReportList | None = None
    start_curve: tuple[StartMonth, ...] = ()


@record
class ZoneReport:
    """`zone_report_id` is its kind and its period. `last` is the day that the figures are of: the last one of
    the period, or today while that goes on. `known_at` is the moment of knowledge. `issued_on` is the day on
    which it was frozen, none of a draft. `unreachable` are the services that could not be asked, whose
    figures and lines are missing; an issued report has none."""

    zone_report_id: str
    report_kind: ReportKind
    title: str
    first: date
    last: date
    known_at: datetime
    issued_on: date | None = None
    sections: tuple[ReportSection, ...] = ()
    unreachable: tuple[str, ...] = ()
    unreachable_reasons: tuple[Reason, ...] = ()

    @property
    def figures(self) -> dict[str, ReportFigure]:
        """Its figures by their names, in the order of the report."""
        return {each.name: each for section in self.sections for each in section.figures}


@record
class ReportPeriod:
    """`ends_on` is its last day, `last` that of the figures: today, while it goes on."""

    report_kind: ReportKind
    period_id: str
    first: date
    ends_on: date
    last: date

    @property
    def report_id(self) -> str:
        return f"{self.report_kind}-{self.period_id}"

    @property
    def day_before(self) -> date:
        return self.first - DAY


def period_of(kind: ReportKind, on: date, today: date) -> ReportPeriod:
    """The week or month in which the day lies. The papers of a meeting are those of the meeting on that day
    or the first after it, as of that day."""
    if kind is ReportKind.MEETING:
        name, first, last = next_meeting(on).isoformat(), on, on
    elif kind is ReportKind.WEEKLY:
        week = week_of(on)
        name, first, last = week.period_id, week.first, week.last
    else:
        name, first = f"{on:%Y-%m}", on.replace(day=1)
        last = (first + 31 * DAY).replace(day=1) - DAY
    return ReportPeriod(
        report_kind=kind,
        period_id=name,
        first=first,
        ends_on=last,
        last=min(last, max(today, first)),
    )
