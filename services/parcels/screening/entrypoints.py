"""Screening: plots are watched by the law's clock of idle land."""

from __future__ import annotations

from typing import Any

from backbone import Collection, every, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from . import facts, schemas
from .construction import Construction
from .idle import IdleStanding, consequences, next_on, step_on
from .plot import Plot
from .rules import CONSTRUCTION_RULES

LOOK_EVERY_S = 600
MOST_AT_ONCE = 200  # plots that a tick moves; the next tick takes the rest
KEPT = (
    Collection(
        Plot,
        key="parcel_id",
        filters=("township", "idle_standing", "clock_runs"),
        orders=("idle_moves_on",),
    ),
)
EMITTED = facts.EMITTED


class Screening(Reporting):
    """Keeps what is known of each plot, and says when it is idle."""

    get_plot, list_plots, plot_history = reads(Plot)

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
        return None if parcel.registered else "waits for the registration of its parcel"

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

    def review_idle(self, parcel_id: str) -> None:
        """Let the plot stand as the clock has it today."""
        if plot := self.store.get(Plot, parcel_id):
            parcel, today = self.store.require(Parcel, parcel_id), self.store.today
            after = plot.on(today, parcel)
            self.store.save(after)
            self.store.announce(*facts.idle_facts_of(plot, after, today))

    def _plot(self, parcel_id: str) -> Plot:
        return self.store.get(Plot, parcel_id) or Plot.unknown(parcel_id)
