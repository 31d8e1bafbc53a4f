"""What the rules say of each kind of thing that parcels keeps, and what has to be read for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from park.dues.due import Asked, Due
from park.why.said import OURS, Explainer, RuleOutcome, RuleSaid, all_said, of_due

from ..bulletins.meeting import Decision
from ..carriers.unit import Unit
from ..ledger import dues
from ..paths.deadline import Deadline
from ..register.parcel import Parcel
from ..release import why as release
from ..remediation.case import Case
from ..remediation.cases import recovered_on
from ..screening.criteria import judged
from ..screening.idle import consequences
from ..screening.law import CRITERIA
from ..screening.plot import Plot
from ..screening.suspicion import Suspicion
from ..soil.duties import Plot as SoilPlot
from ..soil.record import SoilRecord
from . import suspicions

Store: TypeAlias = Any  # the unit of work
AHEAD_DAYS = 90
MOST_DECISIONS = 1000  # of one case: far more than meetings make


def of_parcel(store: Store, parcel: Parcel) -> Iterator[RuleSaid]:
    plot = store.get(Plot, parcel.parcel_id) or Plot.unknown(parcel.parcel_id)
    today = store.today
    data_year = max((year for year in plot.years if year <= today.year), default=today.year)
    found = judged(CRITERIA.on(today).of(today), plot.in_year(data_year, parcel, today))
    suspicion = store.get(Suspicion, f"{parcel.parcel_id}:{data_year}")
    of = ("suspicion", suspicion.suspicion_id) if suspicion else None
    yield from suspicions.rules_of(found, of)
    yield from of_plot(store, plot)


def of_suspicion(store: Store, suspicion: Suspicion) -> Iterator[RuleSaid]:
    return suspicions.rules_of(suspicion.judgements, None)


def of_plot(store: Store, plot: Plot) -> Iterator[RuleSaid]:
    if plot.construction:
        follows = consequences(plot.construction, store.today)
        yield from all_said(follows, RuleOutcome.FOLLOWS, OURS)
        yield from _dues(dues.of_idle_clock(plot, _ahead(store)))


def of_case(store: Store, case: Case) -> Iterator[RuleSaid]:
    if deadline := store.get(Deadline, case.case_id):
        due = dues.of_case(deadline, _ahead(store))
        yield from _dues(dues.by_case(due, case) if due else None)
    for decision in store.find(Decision, MOST_DECISIONS, case_id=case.case_id):
        yield from _dues(dues.of_decision(decision, case, _ahead(store)))
    yield from release.rules_of(case)


def of_decision(store: Store, decision: Decision) -> Iterator[RuleSaid]:
    case = store.require(Case, decision.case_id)
    return _dues(dues.of_decision(decision, case, _ahead(store)))


def of_deadline(store: Store, deadline: Deadline) -> Iterator[RuleSaid]:
    return of_case(store, store.require(Case, deadline.case_id))


def of_soil(store: Store, record: SoilRecord) -> Iterator[RuleSaid]:
    parcel = store.get(Parcel, record.parcel_id) or Parcel.unknown(record.parcel_id)
    recovered = recovered_on(parcel, store)
    plot = SoilPlot(
        parcel=parcel,
        record=record,
        target_use=None,
        today=store.today,
        recovered_on=recovered,
    )
    return _dues(dues.of_soil(plot, _ahead(store)))


def of_unit(store: Store, unit: Unit) -> Iterator[RuleSaid]:
    return _dues(*dues.of_leases(unit, _ahead(store)))


EXPLAINED: dict[type, Explainer] = {
    Parcel: of_parcel,
    Suspicion: of_suspicion,
    Plot: of_plot,
    Case: of_case,
    Deadline: of_deadline,
    Decision: of_decision,
    SoilRecord: of_soil,
    Unit: of_unit,
}


def _ahead(store: Store) -> Asked:
    return Asked(on=store.today, within_days=AHEAD_DAYS)


def _dues(*found: Due | None) -> Iterator[RuleSaid]:
    return (of_due(each) for each in found if each)
