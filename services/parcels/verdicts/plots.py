"""What criteria of low efficiency, and the clock of idle land, make of plots by any rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..register.parcel import Parcel, ParcelState
from ..screening.criteria import Judgement
from ..screening.facts import idle_facts_of, suspicion_facts_of
from ..screening.idle import IdleStanding, consequences, step_on
from ..screening.law import Criteria, IdleLaw
from ..screening.plot import Plot
from ..screening.suspicion import Suspicion, judgements_of


@record
class KnownPlot:
    """A plot with its parcel, and a suspicion of each of its years that are held against the criteria."""

    plot: Plot
    parcel: Parcel
    suspicions: tuple[Suspicion, ...]

    @classmethod
    def of(cls, plot: Plot, parcel: Parcel, suspicions: Iterable[Suspicion]) -> KnownPlot:
        """Of a parcel that is gone only the years that led to a case count."""
        counting = (each for each in suspicions if not parcel.is_gone or each.identified_on)
        return cls(plot=plot, parcel=parcel, suspicions=tuple(counting))

    def judgements(self, year: int, rules: Rulebook[Criteria]) -> tuple[Judgement, ...]:
        return judgements_of(self.plot, self.parcel, year, rules)


def known_plots(store: Any, plots: Sequence[Plot]) -> list[KnownPlot]:
    """The plots that were surveyed, each with what hangs on it, read at once."""
    new = {
        each.parcel_id: [Suspicion.unknown(each.parcel_id, year) for year in each.years]
        for each in plots
    }
    wanted = [(Suspicion, each.suspicion_id) for those in new.values() for each in those]
    parcels = [(Parcel, each.parcel_id) for each in plots]
    if plots:
        store.read_ahead.fetch([], [*parcels, *wanted])
    return [
        KnownPlot.of(
            plot,
            parcel,
            (store.get(Suspicion, each.suspicion_id) or each for each in new[plot.parcel_id]),
        )
        for plot in plots
        if (parcel := store.get(Parcel, plot.parcel_id))
    ]


def by_criteria(plots: Iterable[KnownPlot], rules: Rulebook[Criteria]) -> Rulings:
    """What each criterion says of each year of each plot."""
    found: dict[tuple[str, str], Ruling] = {}
    for each in plots:
        for suspicion in each.suspicions:
            year = suspicion.data_year
            names: Counter[str] = Counter()
            for judgement in each.judgements(year, rules):
                name = f"{judgement.kind} ({judgement.place}) {year}"
                names[name] += 1
                key = name if names[name] == 1 else f"{name} #{names[name]}"
                found[each.plot.parcel_id, key] = _ruling(judgement)
    return found


def _ruling(judgement: Judgement) -> Ruling:
    return Ruling(
        says=judgement.verdict.value,
        figure=judgement.figure,
        bar=judgement.floor,
        unit=judgement.unit,
        reason=judgement.reason,
        source=judgement.source,
    )


def suspicions_told(
    plots: Iterable[KnownPlot], before: Rulebook[Criteria], after: Rulebook[Criteria]
) -> Iterator[Any]:
    """The facts of suspicions that begin, change or end with the other criteria."""
    for each in plots:
        for held in each.suspicions:
            now = held.judged(each.judgements(held.data_year, before))
            yield from suspicion_facts_of(now, now.judged(each.judgements(held.data_year, after)))


def by_idle_clock(plots: Iterable[KnownPlot], rules: Rulebook[IdleLaw], on: date) -> Rulings:
    """How each plot that is being built on stands on that day."""
    return {
        (each.plot.parcel_id, "idle_standing"): _idle(each, rules, on)
        for each in plots
        if each.plot.construction
    }


def _idle(each: KnownPlot, rules: Rulebook[IdleLaw], on: date) -> Ruling:
    report = each.plot.construction if each.parcel.state is ParcelState.REGISTERED else None
    step = step_on(report, on, rules) if report else None
    if report is None or step is None:
        return Ruling(says=IdleStanding.NOT_IDLE.value)
    *_, reason = consequences(report, on, rules)
    return Ruling(says=step.standing.value, reason=reason, source=reason.source)


def idle_told(
    plots: Iterable[KnownPlot], before: Rulebook[IdleLaw], after: Rulebook[IdleLaw], on: date
) -> Iterator[Any]:
    """The facts of plots that become idle, or are idle no more, with the other law."""
    for each in plots:
        now = each.plot.on(on, each.parcel, before)
        yield from idle_facts_of(now, now.on(on, each.parcel, after), on, after)
