"""The lineage of a parcel: those whose place it took, those that took its own, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.units import same_area, tidy

from ..register.parcel import Parcel, ParcelState
from .succession import Correction, Plot, Succession, SuccessionKind, day_of

Read = Callable[[str], Parcel]
Find = Callable[[str], Iterable[Succession]]


class StepKind(StrEnum):
    SPLIT = "split"
    MERGE = "merge"
    CORRECTION = "correction"


@record
class Relative:
    """A parcel of the lineage as it is now."""

    parcel_id: str
    state: ParcelState
    area_m2: Decimal | None


@record
class LineageStep:
    """One act of the lineage. `difference_m2` is what its results have more than its sources;
    `conserved` says that this is within 0.01 mu. `undone` marks a split that was undone later, and
    the correction that did it, which has no results. `on` is none where nobody kept the day."""

    kind: StepKind
    on: date | None
    sources: tuple[Plot, ...]
    results: tuple[Plot, ...]
    difference_m2: Decimal
    conserved: bool
    undone: bool


@record
class Lineage:
    """`steps` are in the order of their days; those that nobody kept the day of come first."""

    parcel_id: str
    ancestors: tuple[Relative, ...]
    descendants: tuple[Relative, ...]
    steps: tuple[LineageStep, ...]


def lineage_of(parcel: Parcel, read: Read, find: Find) -> Lineage:
    """The lineage of a parcel. `read` answers the parcel of an id, `find` the successions that a
    parcel was a source or a result of."""
    ancestors = _closure(parcel, read, lambda each: each.parents)
    descendants = _closure(parcel, read, lambda each: each.child_ids)
    up, down = (parcel, *ancestors), (parcel, *descendants)
    found = {each.succession_id: each for each in _successions(up, down, read, find)}
    ordered = sorted(
        found.values(), key=lambda each: (day_of(each) or date.min, each.succession_id)
    )
    steps = sorted(
        (step for each in ordered for step in _steps(each)), key=lambda step: step.on or date.min
    )
    return Lineage(
        parcel_id=parcel.parcel_id,
        ancestors=tuple(map(_relative, ancestors)),
        descendants=tuple(map(_relative, descendants)),
        steps=tuple(steps),
    )


def _closure(
    parcel: Parcel, read: Read, nearest: Callable[[Parcel], Iterable[str]]
) -> tuple[Parcel, ...]:
    """All that can be reached, the nearest first, each once."""
    found: dict[str, Parcel] = {}
    waiting = [*nearest(parcel)]
    for parcel_id in waiting:  # it grows meanwhile
        if parcel_id not in found:
            found[parcel_id] = read(parcel_id)
            waiting += nearest(found[parcel_id])
    return tuple(found.values())


def _successions(
    up: tuple[Parcel, ...], down: tuple[Parcel, ...], read: Read, find: Find
) -> Iterator[Succession]:
    """Those that made the parcel or an ancestor, and those that ended it or a descendant."""
    upper, lower = ({each.parcel_id for each in some} for some in (up, down))
    recorded = {s.succession_id: s for each in (*up, *down) for s in find(each.parcel_id)}
    yield from (s for s in recorded.values() if s.made(upper) or s.ended(lower))
    ended = {plot.parcel_id for s in recorded.values() if not s.is_undone for plot in s.sources}
    parents = {parent: read(parent) for each in up for parent in each.parents}
    for each in (*parents.values(), *down):
        if each.state is ParcelState.SPLIT and each.parcel_id not in ended:
            yield unrecorded(each, [read(child) for child in each.child_ids])


def unrecorded(parcel: Parcel, children: Iterable[Parcel]) -> Succession:
    """A split of the time before successions were kept, as the parcels tell it."""
    return Succession(
        succession_id=f"{parcel.parcel_id}/0",
        township=parcel.township,
        kind=SuccessionKind.SPLIT,
        sources=(plot_of(parcel),),
        results=tuple(map(plot_of, children)),
        said=None,
    )


def plot_of(parcel: Parcel) -> Plot:
    return Plot(parcel_id=parcel.parcel_id, area_m2=parcel.area_m2 or Decimal(0))


def _steps(succession: Succession) -> Iterator[LineageStep]:
    sources, kind = succession.sources, StepKind(succession.kind)
    on, undone = day_of(succession), succession.is_undone
    yield _step(kind, on, sources, succession.results, undone)
    for each in succession.corrections:
        yield _corrected(each, sources)


def _corrected(correction: Correction, sources: tuple[Plot, ...]) -> LineageStep:
    """A correction that undoes gives the sources their place back."""
    results = correction.results
    return _step(StepKind.CORRECTION, correction.said.on, sources, results, correction.undoes)


def _step(
    kind: StepKind,
    on: date | None,
    sources: tuple[Plot, ...],
    results: tuple[Plot, ...],
    undone: bool,
) -> LineageStep:
    before, after = area_of(sources), area_of(results or sources)
    return LineageStep(
        kind=kind,
        on=on,
        sources=sources,
        results=results,
        difference_m2=tidy(after - before),
        conserved=same_area(before, after),
        undone=undone,
    )


def area_of(plots: Iterable[Plot]) -> Decimal:
    return sum((plot.area_m2 for plot in plots), Decimal(0))


def _relative(parcel: Parcel) -> Relative:
    return Relative(parcel_id=parcel.parcel_id, state=parcel.state, area_m2=parcel.area_m2)
