"""Which land took the place of which, as it follows from what the land desk split, merged and corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from .arrived import Arrived

MU_OF_M2 = Decimal(3) / 2000
Said = Mapping[str, Any]
Areas = dict[str, Decimal]


@dataclass
class Act:
    """A split or a merge: from its day on `made` is there in place of the sources, and from the day of each
    correction on what that says; nothing, if it undid the split."""

    at: datetime
    on: date
    sources: list[str]
    made: Areas
    corrections: list[tuple[date, Areas]] = field(default_factory=list)

    def results_on(self, on: date) -> Areas:
        if on < self.on:
            return {}
        return [self.made, *(areas for day, areas in self.corrections if day <= on)][-1]

    @property
    def stands(self) -> bool:
        return all(areas for _, areas in self.corrections)


def acts(arrived: Iterable[Arrived]) -> list[Act]:
    """In the order of their coming; a correction is of the last split of its parcel."""
    found: list[Act] = []
    for each in arrived:
        data = each.data
        if each.name == "merge_parcels":
            on, made = date.fromisoformat(data["merged_on"]), {data["parcel_id"]: mu(data)}
            found.append(Act(each.at, on, [*data["source_ids"]], made))
            continue
        areas = {part["parcel_id"]: mu(part) for part in data.get("children", ())}
        if each.name == "split_parcel":
            on = date.fromisoformat(data["split_on"])
            found.append(Act(each.at, on, [data["parcel_id"]], areas))
        else:
            split = [act for act in found if act.sources == [data["parcel_id"]]][-1]
            split.corrections.append((date.fromisoformat(data["corrected_on"]), areas))
    return found


def mu(said: Said) -> Decimal:
    return Decimal(said["area_mu"]) if "area_mu" in said else Decimal(said["area_m2"]) * MU_OF_M2


def survey_of(each: Arrived) -> tuple[Any, ...]:
    """The order of surveys: by their day, and of one day as the events give themselves."""
    return each.data["surveyed_on"], each.time, each.id


def survey_of_whole(
    acts: Iterable[Act], surveys: Mapping[str, list[Arrived]], parcel_id: str
) -> Arrived | None:
    """The newest survey of what the plot is a part of, as it was known at the split; of a part of a part that
    of the first whole, unless the part was surveyed by itself."""
    split = next(
        (a for a in reversed([*acts]) if parcel_id in a.made and len(a.sources) == 1), None
    )
    if split is None:
        return None
    [whole] = split.sources
    known = [each for each in surveys.get(whole, ()) if each.at <= split.at]
    above = survey_of_whole(acts, surveys, whole)
    return max((each for each in (*known[-1:], above) if each), key=survey_of, default=None)


def lands(acts: Iterable[Act], parcel_id: str, with_case: set[str]) -> tuple[str, ...]:
    """The plots that the land of the plot is counted with, the largest first, and the plot: what it was split
    from if that has a case, else what it was merged into."""
    standing = [each for each in acts if each.stands]
    from_ = {part: a.sources[0] for a in standing if len(a.sources) == 1 for part in a.made}
    into = {each: next(iter(a.made)) for a in standing if len(a.sources) > 1 for each in a.sources}
    wholes, merged = _chain(from_, parcel_id), _chain(into, parcel_id)
    if not with_case.intersection(wholes):
        wholes = merged or wholes
    return (*reversed(wholes), parcel_id)


def _chain(next_of: Mapping[str, str], parcel_id: str) -> list[str]:
    found = []
    while parcel_id in next_of:
        parcel_id = next_of[parcel_id]
        found.append(parcel_id)
    return found


def each_land_once(areas: list[tuple[tuple[str, ...], Decimal]], depth: int = 1) -> list[Decimal]:
    """Of each plot its largest area or those of its parts, whichever is more."""
    found: list[Decimal] = []
    ordered = sorted(areas, key=lambda each: each[0])
    for _, of_land in groupby(ordered, key=lambda each: each[0][depth - 1]):
        some = [*of_land]
        own = max((area for land, area in some if len(land) == depth), default=Decimal(0))
        parts = each_land_once([each for each in some if len(each[0]) > depth], depth + 1)
        found += [own] if own and own >= sum(parts) else parts
    return found


def connected(
    acts: Iterable[Act], on: date, parcel_id: str, since: int, until: int
) -> tuple[str, ...]:
    """The plot with all that splits and merges of these years, as they stand on the day, connect with it."""
    met = [
        {*act.sources, *act.made}
        for act in acts
        if act.results_on(on) and since <= act.on.year <= until
    ]
    land = {parcel_id}
    while more := set().union(*(ids for ids in met if ids & land)) - land:
        land |= more
    return tuple(sorted(land))
