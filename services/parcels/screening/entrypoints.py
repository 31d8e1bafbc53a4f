"""Screening: plots are held against the criteria of low efficiency and the law's clock of idle land."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from backbone import Collection, every, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..register.rules import parcel_is_gone
from ..words import WAITS_FOR_PARCEL
from . import facts, schemas
from .checks import Answer, Check, Holder
from .construction import Construction
from .criteria import judged
from .figures import FirmYear, GradedFirm
from .idle import IdleStanding, consequences, next_on, step_on
from .law import CRITERIA
from .plot import Plot
from .rules import CHECK_RULES, CONSTRUCTION_RULES, Situation, doubts_of
from .suspicion import WAITS_FOR, Suspicion, screened

LOOK_EVERY_S = 600
MOST_AT_ONCE = 200  # plots that a tick moves; the next tick takes the rest
KEPT = (
    Collection(
        Plot,
        key="parcel_id",
        filters=("township", "idle_standing", "clock_runs"),
        orders=("idle_moves_on",),
    ),
    Collection(
        Suspicion,
        key="suspicion_id",
        filters=("township", "parcel_id", "state", "data_year"),
        orders=("data_year",),
    ),
    Collection(GradedFirm, key="graded_firm_id"),
)
EMITTED = facts.EMITTED


class Screening(Reporting):
    """Keeps what is known of each plot, and says when it is idle, and when its figures are low."""

    get_plot, list_plots, plot_history = reads(Plot)
    get_suspicion, list_suspicions, suspicion_history = reads(Suspicion)

    def figures_changed(self, parcel_id: str) -> None:
        """What hangs on the figures of a plot is looked at again. The service says what that is."""
        raise NotImplementedError

    @hears("township", "construction.reported", schemas.ConstructionReported)
    def report_construction(self, event: Event) -> str | None:
        """How far the building on a plot has come; the clock of idle land follows."""
        parcel, said = self._parcel(event), self._said(event, "data.reported_on")
        report = Construction(**event.data["construction"], reported=said)
        refuse(*broken(CONSTRUCTION_RULES, report))
        plot = self._plot(parcel.parcel_id).with_construction(report)
        self.store.save(parcel, plot)
        self.parcel_changed(parcel.parcel_id)
        if plot.construction != report:
            return "a later report stands"
        doubts = doubts_of(report, event.data["shares"], parcel.area_m2)
        return " ".join(filter(None, [*doubts, note_of(parcel)])) or None

    @hears("enterprises", "yearly_figures_reported", schemas.YearlyFiguresReported)
    def note_figures(self, event: Event) -> None:
        """The figures of a firm's year, for each parcel that it is on."""
        for parcel_id, share in event.data["shares"].items():
            firm = FirmYear(**event.data["figures"], share=share)
            self.store.save(self._plot(parcel_id).with_figures(firm))
            if self.store.get(Parcel, parcel_id):  # else its survey will have the plot looked at
                self.figures_changed(parcel_id)

    @hears("enterprises", "grade_final", schemas.GradeFinal)
    def note_grade(self, event: Event) -> None:
        """A firm's grade is final, or final anew: its plots are suspects by it, or no longer."""
        enterprise_id = event.data["enterprise_id"]
        known = self.store.get(GradedFirm, enterprise_id)
        firm = (known or GradedFirm(graded_firm_id=enterprise_id)).with_grade(event.data["final"])
        self.store.save(firm)
        for parcel_id in firm.parcel_ids:
            plot = self._plot(parcel_id)
            self.store.save(plot.with_grades(enterprise_id, firm.on_plot(parcel_id)))
            if self.store.get(Parcel, parcel_id):  # else its survey will have the plot looked at
                self.figures_changed(parcel_id)

    @hears("township", "low_efficiency.verified", schemas.LowEfficiencyChecked)
    def verify_suspicion(self, event: Event) -> str | None:
        """The township looked at the plot, and the suspicion holds."""
        said = self._said(event, "data.checked_on")
        return self._note_check(
            event, "verified", Check(**event.data["report"], verified=True, said=said)
        )

    @hears("township", "low_efficiency.rejected", schemas.LowEfficiencyChecked)
    def reject_suspicion(self, event: Event) -> str | None:
        """The township looked at the plot, and it is of no low efficiency."""
        said = self._said(event, "data.checked_on")
        return self._note_check(
            event, "rejected", Check(**event.data["report"], verified=False, said=said)
        )

    @hears("township", "low_efficiency.holder_heard", schemas.HolderHeard)
    def hear_holder(self, event: Event) -> str | None:
        """The holder agrees, or objects."""
        said = self._said(event, "data.heard_on")
        return self._note_check(event, "holder_heard", Holder(**event.data["report"], said=said))

    @hears("township", "low_efficiency.objection_answered", schemas.ObjectionAnswered)
    def answer_objection(self, event: Event) -> str | None:
        """The holder's objection was answered."""
        said = self._said(event, "data.answered_on")
        return self._note_check(
            event, "objection_answered", Answer(**event.data["report"], said=said)
        )

    @every(LOOK_EVERY_S)
    def move_idle_clocks(self, _: Event) -> None:
        """A plot becomes idle without any report: those whose day has come."""
        plots = self.store.find(Plot, MOST_AT_ONCE, order="idle_moves_on", clock_runs=True)
        for plot in plots:
            if plot.idle_moves_on <= self.store.today:
                self.review_idle(plot.parcel_id)

    @query(schemas.PlotOnDay, answers=schemas.IdleAnswer)
    def idle_standing(self, request: dict[str, Any]) -> Any:
        """Whether a plot is idle on a day, since when, what follows of it, and when that will change."""
        plot = self.store.require(Plot, request["parcel_id"], "parcel_id")
        on, report = request["on"] or self.store.today, plot.construction
        step = step_on(report, on) if report else None
        found_on = plot.idle_found_on
        return {
            "parcel_id": plot.parcel_id,
            "on": on,
            "idle_standing": step.standing if step else IdleStanding.NOT_IDLE,
            "idle_since_on": step.since_on if step else None,
            "idle_moves_on": next_on(report, on) if report else None,
            "investigate_by_on": facts.investigate_by(found_on) if found_on else None,
            "consequences": [why.as_dict() for why in consequences(report, on)] if report else [],
        }

    @query(schemas.PlotOnDay, answers=schemas.CriteriaAnswer)
    def criteria_of(self, request: dict[str, Any]) -> Any:
        """What each criterion of the day says of a plot: its figure, the bar, the source."""
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        on, plot = request["on"] or self.store.today, self._plot(parcel.parcel_id)
        data_year = max((year for year in plot.years if year <= on.year), default=None)
        year = plot.in_year(data_year or on.year, parcel, on)
        judgements = judged(CRITERIA.on(on).of(on), year)
        return {
            "parcel_id": parcel.parcel_id,
            "on": on,
            "data_year": data_year,
            "judgements": [self.store.dump(each) for each in judgements],
        }

    def review_suspicions(self, parcel_id: str, identified_days: Iterable[date]) -> None:
        """Hold every year of the plot against the criteria. `identified_days` are those on which cases
        of the plot were identified."""
        plot = self.store.get(Plot, parcel_id)
        if plot is None:
            return
        held = [self._suspicion(parcel_id, year) for year in plot.years]
        parcel = self.store.require(Parcel, parcel_id)
        for before, after in zip(held, screened(held, plot, parcel, identified_days), strict=True):
            self.store.save(after)
            self.store.announce(*facts.suspicion_facts_of(before, after))

    def review_idle(self, parcel_id: str) -> None:
        """Let the plot stand as the clock has it today."""
        if plot := self.store.get(Plot, parcel_id):
            parcel, today = self.store.require(Parcel, parcel_id), self.store.today
            after = plot.on(today, parcel)
            self.store.save(after)
            self.store.announce(*facts.idle_facts_of(plot, after, today))

    def _note_check(self, event: Event, kind: str, report: Check | Holder | Answer) -> str | None:
        parcel, data_year = self._parcel(event), event.data["data_year"]
        refuse(*broken(CHECK_RULES, Situation(kind=kind, report=report, data_year=data_year)))
        before = self._suspicion(parcel.parcel_id, data_year)
        after = before.with_report(report)
        plot = self._plot(parcel.parcel_id).with_year(data_year)
        self.store.save(parcel, plot, after)
        self.parcel_changed(parcel.parcel_id)
        if report not in (after.check, after.holder, after.answer):
            return "a later report of this kind stands"
        gone = note_of(parcel) if parcel.is_gone else None
        return gone or WAITS_FOR.get(self._suspicion(parcel.parcel_id, data_year).state)

    def _suspicion(self, parcel_id: str, data_year: int) -> Suspicion:
        new = Suspicion.unknown(parcel_id, data_year)
        return self.store.get(Suspicion, new.suspicion_id) or new

    def _plot(self, parcel_id: str) -> Plot:
        return self.store.get(Plot, parcel_id) or Plot.unknown(parcel_id)


def note_of(parcel: Parcel) -> str | None:
    """What a receipt says of a report about a parcel that is not there yet, or no more."""
    if parcel.is_gone:
        return f"this has no effect: {parcel_is_gone(parcel).sentence}"
    return None if parcel.registered else WAITS_FOR_PARCEL
