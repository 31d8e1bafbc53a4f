"""A plot: one parcel as screening sees it: its construction, its yearly figures, its idle-land clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backbone.records import record
from park.rulebook import Rulebook

from ..register.parcel import Parcel, ParcelState
from ..words import township_of
from .construction import Construction
from .criteria import PlotYear
from .figures import FirmYear, PlotGrade, on_the_plot, with_firm
from .idle import IdleStanding, next_on, step_on
from .law import IDLE_LAW, IdleLaw


@record
class Plot:
    """`idle_since_on` is the day by the law's clock, `idle_found_on` the day on which the register could
    tell; `idle_moves_on` is the day of the clock's next step. `idle_change_no` grows with each change
    that is announced."""

    parcel_id: str
    township: str
    years: tuple[int, ...] = ()
    figures: tuple[FirmYear, ...] = ()
    grades: tuple[PlotGrade, ...] = ()
    construction: Construction | None = None
    idle_standing: IdleStanding = IdleStanding.NOT_IDLE
    idle_since_on: date | None = None
    idle_found_on: date | None = None
    idle_moves_on: date | None = None
    idle_change_no: int = 0

    @classmethod
    def unknown(cls, parcel_id: str) -> Plot:
        """A plot of which nothing was reported yet."""
        return cls(parcel_id=parcel_id, township=township_of(parcel_id))

    @property
    def clock_runs(self) -> bool:
        return self.idle_moves_on is not None

    def with_year(self, year: int) -> Plot:
        return replace(self, years=tuple(sorted({*self.years, year})))

    def with_construction(self, report: Construction) -> Plot:
        """The report of the later day stands."""
        after = self.with_year(report.reported.on.year)
        if self.construction and self.construction.reported > report.reported:
            return after
        return replace(after, construction=report)

    def with_figures(self, firm: FirmYear) -> Plot:
        """The newest version of a firm's year stands."""
        held = {(each.data_year, each.enterprise_id): each for each in self.figures}
        key = (firm.data_year, firm.enterprise_id)
        if key in held and held[key].version > firm.version:
            return self
        figures = tuple(each for _, each in sorted((held | {key: firm}).items()))
        return replace(self.with_year(firm.data_year), figures=figures)

    def with_grades(self, enterprise_id: str, grades: tuple[PlotGrade, ...]) -> Plot:
        """The final grades of a firm on the plot are these, and no others."""
        after = replace(self, grades=with_firm(self.grades, enterprise_id, grades))
        years = {*self.years, *(each.data_year for each in grades)}
        return replace(after, years=tuple(sorted(years)))

    def in_year(self, data_year: int, parcel: Parcel, on: date | None = None) -> PlotYear:
        """The plot in that year, judged as of `on`; else as of the year's last day, or of the report of
        the construction if that is older: what came after a report, it cannot tell."""
        report, last = self.construction, date(data_year, 12, 31)
        return PlotYear(
            parcel=parcel,
            construction=report,
            firms=on_the_plot(self.figures, data_year),
            grades=tuple(each for each in self.grades if each.data_year == data_year),
            judged_on=on or (min(last, report.reported.on) if report else last),
        )

    def on(self, today: date, parcel: Parcel, rules: Rulebook[IdleLaw] = IDLE_LAW) -> Plot:
        """The plot with its clock as it stands today. It runs for a parcel that was surveyed, so that an
        id that was mistyped is never idle, and ends with a split."""
        facts = self.construction if parcel.state is ParcelState.REGISTERED else None
        step = step_on(facts, today, rules) if facts else None
        after = replace(
            self,
            idle_standing=step.standing if step else IdleStanding.NOT_IDLE,
            idle_since_on=step.since_on if step else None,
            idle_found_on=(self.idle_found_on or today) if step else None,
            idle_moves_on=next_on(facts, today, rules) if facts else None,
        )
        changed = (after.idle_standing, after.idle_since_on) != (
            self.idle_standing,
            self.idle_since_on,
        )
        return replace(after, idle_change_no=self.idle_change_no + changed)
