"""Which plots there are: each has a rank, which says what becomes of it in the year, and a number, which
stands in its codes. The ranks of one fate lie together, so that their areas add up to what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial

from services.parcels.words import DisposalWay

from ..apportion import apportioned
from ..plan import Plan, printed, shares


class Fate(StrEnum):
    """What becomes of a plot in the year."""

    GRANTED = "granted"  # taken into the reserve, and granted again
    ACCEPTED = "accepted"  # remediated, and the case was accepted
    OPEN = "open"  # identified, and not accepted in the year
    CARRIER = "carrier"  # bears a park with units to let
    PLAIN = "plain"  # nothing


HAS_NO_OWNER = (Fate.GRANTED, Fate.CARRIER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A plot. `firm_no` is the number of the firm that owns it, or would; a plot that was granted or bears
    a carrier has none."""

    rank: int
    number: int
    parcel_id: str
    area_m2: int
    fate: Fate
    way: DisposalWay | None
    firm_no: int

    @property
    def township(self) -> str:
        return self.parcel_id[:9]

    @property
    def case_id(self) -> str:
        return f"{self.parcel_id}.C"

    @property
    def owner_no(self) -> int | None:
        return None if self.fate in HAS_NO_OWNER else self.firm_no


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where the ranks of each fate end."""

    granted: int
    accepted: int
    open: int
    carrier: int

    def fate(self, rank: int) -> Fate:
        ends = (self.granted, self.accepted, self.open, self.carrier)
        return next((fate for fate, end in zip(Fate, ends, strict=False) if rank < end), Fate.PLAIN)


@lru_cache(maxsize=4)
def ranks_of(plan: Plan) -> Ranks:
    park, share = printed()["park"], shares()
    accepted = plan.scaled(park["remediated_cases"])
    open_ = accepted + max(1, round(plan.plots * share["cases"]["open"]))
    carrier = open_ + max(1, round(plan.plots * share["carriers"]["plots"]))
    return Ranks(plan.scaled(park["granted_plots"]), accepted, open_, carrier)


def sites(plan: Plan) -> Iterator[Site]:
    """All plots, by their ranks."""
    ranks = ranks_of(plan)
    for rank, area_m2 in enumerate(_areas(plan, ranks)):
        number = plan.shuffled(rank, plan.plots, "plots")
        yield Site(
            rank=rank,
            number=number,
            parcel_id=parcel_id_at(plan, rank),
            area_m2=area_m2,
            fate=ranks.fate(rank),
            way=_way(plan, ranks, rank),
            firm_no=plan.shuffled(rank, plan.plots, "firms"),
        )


def parcel_id_at(plan: Plan, rank: int) -> str:
    number = plan.shuffled(rank, plan.plots, "plots")
    weights = shares()["townships"]
    [township] = plan.draw("plot", number).choices(list(weights), list(weights.values()))
    return f"{township}-Y{plan.seed}.{number:04}"


def plain_rank(plan: Plan, number: int) -> int:
    """The rank of some plot to which nothing happens, for the firm of this number to rent on."""
    return plan.draw("rents", number).randrange(ranks_of(plan).carrier, plan.plots)


@lru_cache(maxsize=64)
def first_of_way(plan: Plan, way: DisposalWay) -> int:
    """The first rank of a way that was printed; those of one way lie together."""
    firms = printed()["firms_by_way"]
    before = list(firms)[: list(firms).index(way)]
    return ranks_of(plan).granted + sum(plan.scaled(firms[each]) for each in before)


def example_rank(plan: Plan) -> int:
    """The rank of the plot whose owner the page names as its example: the second that is upgraded."""
    return first_of_way(plan, DisposalWay.UPGRADE_IN_PLACE) + 1


@lru_cache(maxsize=4)
def example_no(plan: Plan) -> int:
    """The number of that firm."""
    return plan.shuffled(example_rank(plan), plan.plots, "firms")


def _areas(plan: Plan, ranks: Ranks) -> Iterator[int]:
    """The area of each rank in m²: of the granted ones, of all that are remediated, and of all plots they
    add up to what was printed."""
    park = printed()["park"]
    granted, remediated = plan.m2(park["granted_mu"]), plan.m2(park["remediated_mu"])
    ends = (0, ranks.granted, ranks.accepted, plan.plots)
    wholes = (granted, remediated - granted, plan.m2(park["plots_mu"]) - remediated)
    for first, end, whole in zip(ends, ends[1:], wholes, strict=False):
        yield from apportioned(whole, end - first, partial(_size, plan, first))


def _size(plan: Plan, first: int, number: int) -> float:
    """How large a plot is beside others."""
    return plan.draw("size", first + number).lognormvariate(0, shares()["plots"]["spread"])


def _way(plan: Plan, ranks: Ranks, rank: int) -> DisposalWay | None:
    """The way of the plot's case: first the printed ones, as often as printed."""
    if rank < ranks.granted:
        return DisposalWay.LAND_RESERVE
    if rank >= ranks.open:
        return None
    for way, firms in printed()["firms_by_way"].items():
        first = first_of_way(plan, DisposalWay(way))
        if first <= rank < first + plan.scaled(firms):
            return DisposalWay(way)
    ways = shares()["cases"]["other_ways" if rank < ranks.accepted else "open_ways"]
    [way] = plan.draw("way", rank).choices(list(ways), list(ways.values()))
    return DisposalWay(way)
