"""Where the firm of a number is: on the plot that it owns, or on one to which nothing happens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..land.sites import HAS_NO_OWNER, parcel_id_at, plain_rank, ranks_of
from ..plan import Plan


@dataclass(frozen=True, slots=True)
class Home:
    parcel_id: str
    is_owner: bool


@lru_cache(maxsize=64)  # a firm is asked for several times running
def home(plan: Plan, number: int) -> Home:
    """Each plot with an owner has one firm of its own; all further firms rent."""
    if number < plan.plots:
        rank = plan.unshuffled(number, plan.plots, "firms")
        if ranks_of(plan).fate(rank) not in HAS_NO_OWNER:
            return Home(parcel_id_at(plan, rank), is_owner=True)
    return Home(parcel_id_at(plan, plain_rank(plan, number)), is_owner=False)


def firm_id(plan: Plan, number: int) -> str:
    """It is reported by the township of its plot."""
    return f"{home(plan, number).parcel_id[:9]}-Y{plan.seed}.F{number:04}"
