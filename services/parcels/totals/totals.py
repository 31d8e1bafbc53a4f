"""Parcels and mu by township, state, use and zone, as the register counts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.units import m2_to_mu, round_mu, tidy

from ..register.parcel import ParcelState
from .zone import Zone

Word = str | bool | None


class By(StrEnum):
    TOWNSHIP = "township"
    STATE = "state"
    LAND_USE = "land_use"
    IN_ZONE = "in_zone"  # as the survey of the parcel says
    ZONE_TOWNSHIP = "zone_township"  # whether its township is a member of the zone


class ZoneBy(StrEnum):
    """How it is told whether a parcel lies in the zone."""

    SURVEY = "survey"
    MEMBERSHIP = "membership"


@record
class Tally:
    """Parcels that are alike in these fields, as the store counts them. One that was never surveyed
    has no use, is neither in the zone nor outside it, and has no area."""

    township: str
    state: ParcelState
    land_use: str | None
    in_zone: bool | None
    count: int
    area_m2: Decimal


@record
class Figures:
    count: int
    area_m2: Decimal
    area_mu: Decimal


@record
class Group(Figures):
    """`of` has the value of each word of `by`."""

    of: dict[str, Word]


@record
class ZoneFigures:
    """The zone in both readings: the parcels whose survey says so, and those of the townships that
    are members on the day. `confirmed` is false while the zone has not confirmed the list."""

    by_survey: Figures
    by_membership: Figures
    townships: tuple[str, ...]
    confirmed: bool
    source: str


@record
class Totals:
    """The register as it is at `as_known_at`; only the membership of the zone is that of `on`.
    `district` has every registered parcel."""

    as_known_at: datetime
    on: date
    groups: tuple[Group, ...]
    district: Figures
    zone: ZoneFigures


def totals_of(
    tallies: Sequence[Tally],
    by: Sequence[By],
    only: ZoneBy | None,
    zone: Zone,
    on: date,
    as_known_at: datetime,
) -> Totals:
    """The totals by these words. Parcels that are announced, split, merged or withdrawn count only
    where `state` is among the words: else land that was split would be there twice."""
    registered = [each for each in tallies if each.state is ParcelState.REGISTERED]
    counted = tallies if By.STATE in by else registered
    return Totals(
        as_known_at=as_known_at,
        on=on,
        groups=_groups([each for each in counted if lies_in(each, only, zone)], by, zone),
        district=figures_of(registered),
        zone=ZoneFigures(
            by_survey=_within(registered, ZoneBy.SURVEY, zone),
            by_membership=_within(registered, ZoneBy.MEMBERSHIP, zone),
            townships=zone.townships,
            confirmed=zone.confirmed,
            source=zone.source,
        ),
    )


def lies_in(tally: Tally, only: ZoneBy | None, zone: Zone) -> bool:
    """Whether these parcels lie in the zone by that reading; without one all do."""
    if only is ZoneBy.SURVEY:
        return tally.in_zone is True
    return only is None or tally.township in zone.townships


def figures_of(tallies: Iterable[Tally]) -> Figures:
    some = list(tallies)
    area_m2 = tidy(sum((each.area_m2 for each in some), Decimal(0)))
    count = sum(each.count for each in some)
    return Figures(count=count, area_m2=area_m2, area_mu=tidy(round_mu(m2_to_mu(area_m2))))


def _within(tallies: Iterable[Tally], only: ZoneBy, zone: Zone) -> Figures:
    return figures_of(each for each in tallies if lies_in(each, only, zone))


def _groups(tallies: Iterable[Tally], by: Sequence[By], zone: Zone) -> tuple[Group, ...]:
    found: dict[tuple[Word, ...], list[Tally]] = {}
    for each in tallies:
        found.setdefault(tuple(_word(each, word, zone) for word in by), []).append(each)
    ordered = sorted(found.items(), key=lambda pair: [str(word or "") for word in pair[0]])
    return tuple(_group(by, words, some) for words, some in ordered)


def _group(by: Sequence[By], words: Sequence[Word], tallies: Iterable[Tally]) -> Group:
    sums = figures_of(tallies)
    return Group(
        of=dict(zip(map(str, by), words, strict=True)),
        count=sums.count,
        area_m2=sums.area_m2,
        area_mu=sums.area_mu,
    )


def _word(tally: Tally, by: By, zone: Zone) -> Word:
    if by is By.ZONE_TOWNSHIP:
        return tally.township in zone.townships
    word: Word = getattr(tally, by)
    return str(word) if by is By.STATE else word
