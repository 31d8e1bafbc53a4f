"""Verdicts: which plots and cases would be judged otherwise by a changed rulebook. Nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from backbone.plain import snake
from park.verdicts.asked import RulesQuestion
from park.verdicts.compared import (
    FollowingFact,
    RulesCompared,
    RulesKept,
    Rulings,
    Sides,
    Topic,
    compared,
    kept_of,
    sides_of,
    topic_of,
)

from ..paths.deadline import Deadline
from ..paths.lengths import PATHS
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..screening.law import CRITERIA, IDLE_LAW
from ..screening.plot import Plot
from ..screening.suspicion import Suspicion
from .cases import KnownCase, by_paths, lateness_told
from .plots import KnownPlot, by_criteria, by_idle_clock, idle_told, suspicions_told

TOPICS = {
    "criteria": Topic(
        rulebook=CRITERIA,
        thing="plot",
        judges="what each criterion of low efficiency says of each year of a plot",
    ),
    "idle_land": Topic(
        rulebook=IDLE_LAW, thing="plot", judges="whether a plot is idle by the law's clock today"
    ),
    "paths": Topic(
        rulebook=PATHS,
        thing="case",
        judges="by when the step that an open case is in is due, who holds it, and how late it is today",
    ),
}

Judged = tuple[int, tuple[Rulings, Rulings], Iterable[Any]]


class CompareRules(Contract, RulesQuestion):
    """Which plots or cases would be judged otherwise by a changed rulebook, or by one edition and another."""


class RulesWanted(Contract):
    """The rulebooks by which things can be compared."""


class Verdicts:
    """Answers what a rulebook that might be would make of the plots and cases that there are."""

    store: Any  # within a handler, the unit of work

    @query(RulesWanted, answers=RulesKept)
    def rules_kept(self, _: dict[str, Any]) -> Any:
        """The rulebooks by which things can be compared, with the first days of their editions."""
        return self.store.dump(kept_of(TOPICS, self.store.today))

    @query(CompareRules, answers=RulesCompared)
    def compare_rules(self, request: dict[str, Any]) -> Any:
        """A page of plots or cases by two rulebooks: the verdicts that are other ones, and what would be
        announced."""
        name, today = request["topic"], self.store.today
        topic = topic_of(TOPICS, name)
        sides = sides_of(topic.rulebook, request["before"], request["after"], today)
        kind = Case if name == "paths" else Plot
        page = self.store.repository.page(kind, {}, "key", request["limit"], request["cursor"])
        if kind is Case:
            things, rulings, facts = self._cases_by(page.items, sides, today)
        else:
            things, rulings, facts = self._plots_by(name, page.items, sides, today)
        told = [_supposed(self.store.dump(each), each) for each in facts]
        return self.store.dump(compared(name, topic, things, rulings, told, page.cursor))

    def _plots_by(self, name: str, items: Sequence[Plot], sides: Sides, today: date) -> Judged:
        plots = self._known_plots(items)
        if name == "criteria":
            rulings = by_criteria(plots, sides[0]), by_criteria(plots, sides[1])
            return len(plots), rulings, suspicions_told(plots, *sides)
        rulings = by_idle_clock(plots, sides[0], today), by_idle_clock(plots, sides[1], today)
        return len(plots), rulings, idle_told(plots, *sides, today)

    def _cases_by(self, items: Sequence[Case], sides: Sides, today: date) -> Judged:
        """The cases with what was told of each, read at once."""
        if items:
            self.store.read_ahead.fetch([], [(Deadline, each.case_id) for each in items])
        cases = [
            KnownCase(case=each, kept=self.store.get(Deadline, each.case_id)) for each in items
        ]
        rulings = by_paths(cases, sides[0], today), by_paths(cases, sides[1], today)
        return len(cases), rulings, lateness_told(cases, *sides, today)

    def _known_plots(self, plots: Sequence[Plot]) -> list[KnownPlot]:
        """The plots that were surveyed, each with what hangs on it, read at once."""
        new = {
            each.parcel_id: [Suspicion.unknown(each.parcel_id, year) for year in each.years]
            for each in plots
        }
        wanted = [(Suspicion, each.suspicion_id) for those in new.values() for each in those]
        parcels = [(Parcel, each.parcel_id) for each in plots]
        if plots:
            self.store.read_ahead.fetch([], [*parcels, *wanted])
        return [
            KnownPlot.of(plot, parcel, map(self._suspicion_held, new[plot.parcel_id]))
            for plot in plots
            if (parcel := self.store.get(Parcel, plot.parcel_id))
        ]

    def _suspicion_held(self, new: Suspicion) -> Suspicion:
        return self.store.get(Suspicion, new.suspicion_id) or new


def _supposed(data: dict[str, Any], fact: Any) -> FollowingFact:
    return {"type": f"parcels.{snake(type(fact).__name__)}", "data": data}
