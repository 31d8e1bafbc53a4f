"""The land whose figures are compared: the parcel of a case, and what splits and merges made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from backbone.records import record

from ..lineage.succession import Succession, day_of

Find = Callable[[str], Iterable[Succession]]


@record
class Land:
    """`parcel_ids` are the ids that the same land had between two years. It is `wider` than the parcel of
    the case where others were merged with that, or it was a part of a larger one before."""

    parcel_ids: tuple[str, ...]
    wider: bool = False


def land_of(parcel_id: str, since: int, until: int, find: Find) -> Land:
    """The smallest land with that parcel whose figures of both years can be added up: all that splits
    and merges of these years connect with it. One that was undone is none."""
    found, met = [parcel_id], dict[str, Succession]()
    for each in found:  # it grows meanwhile
        for succession in find(each):
            on = day_of(succession)
            if on and since <= on.year <= until and not succession.is_undone:
                met[succession.succession_id] = succession
                found += [new for new in succession.parcel_ids if new not in found]
    return Land(parcel_ids=tuple(sorted(found)), wider=_is_wider(parcel_id, found, met.values()))


def _is_wider(parcel_id: str, found: Iterable[str], met: Iterable[Succession]) -> bool:
    """Whether some of it is not what the parcel became."""
    became = {parcel_id}
    for succession in sorted(met, key=lambda each: day_of(each) or date.min):
        if became >= {plot.parcel_id for plot in succession.sources}:
            became |= {plot.parcel_id for plot in succession.results}
    return not became >= {*found}
