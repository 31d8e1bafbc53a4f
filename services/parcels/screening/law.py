"""The dated data of screening: when land is idle, and by which criteria it is of low efficiency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .construction import Part


@record
class NotBegun:
    years: int
    source: str
    fee_share_of_land_price: Decimal


@record
class TakeBack:
    years: int
    source: str


@record
class Stopped:
    years: int
    source: str
    area_below: Part
    investment_below: Part


@record
class Investigation:
    days: int
    source: str


@record
class IdleLaw:
    """The periods after which granted land is idle, and what follows."""

    not_begun: NotBegun
    take_back: TakeBack
    stopped: Stopped
    investigation: Investigation


class CriterionKind(StrEnum):
    TAX_PER_MU_BELOW = "tax_per_mu_below"
    TAX_PER_MU_BELOW_MEAN = "tax_per_mu_below_mean"
    OUTPUT_PER_MU_BELOW = "output_per_mu_below"
    PLOT_RATIO_BELOW = "plot_ratio_below"
    RESTRICTED_INDUSTRY = "restricted_industry"
    COMPLETION_OVERDUE = "completion_overdue"
    INVESTMENT_BELOW = "investment_below"
    PRODUCTION_STOPPED = "production_stopped"
    FINAL_GRADE = "final_grade"


NEEDS = {
    CriterionKind.TAX_PER_MU_BELOW_MEAN: ("share_of_mean",),
    CriterionKind.COMPLETION_OVERDUE: ("years",),
    CriterionKind.INVESTMENT_BELOW: ("years", "floor"),
    CriterionKind.PRODUCTION_STOPPED: ("years",),
    CriterionKind.FINAL_GRADE: ("grades",),
}


@record
class Criterion:
    """A published criterion of low efficiency; its file explains each field."""

    kind: CriterionKind
    place: str
    since: date
    unit: str
    source: str
    floor: Decimal | None = None
    share_of_mean: Decimal | None = None
    years: int = 0
    by_industry: Mapping[str, Decimal] = field(default_factory=dict)
    exempt: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    inside_boundary_only: bool = False
    grades: tuple[str, ...] = ()
    grades_twice_running: tuple[str, ...] = ()


@record
class Criteria:
    """What is published, and the places whose criteria are in force here."""

    in_force: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        """Raises `ValueError` for a place of which nothing is published here, and for a criterion that
        lacks what its kind judges by: either would let everything pass."""
        if unknown := set(self.in_force) - {each.place for each in self.criteria}:
            raise ValueError(
                f"in_force names {', '.join(sorted(unknown))}; no criterion is of there."
            )
        for each in self.criteria:
            lacking = [name for name in NEEDS.get(each.kind, ()) if not getattr(each, name)]
            if lacking:
                raise ValueError(f"{each.kind} of {each.place} needs {' and '.join(lacking)}.")

    def of(self, day: date) -> tuple[Criterion, ...]:
        """The criteria in force on that day."""
        return tuple(
            each for each in self.criteria if each.place in self.in_force and each.since <= day
        )


@record
class CheckRoles:
    """The roles that may report each thing about a suspicion."""

    source: str
    verified: tuple[str, ...]
    rejected: tuple[str, ...]
    holder_heard: tuple[str, ...]
    objection_answered: tuple[str, ...]


IDLE_LAW = Rulebook(FOLDER / "idle_land", IdleLaw)
CRITERIA = Rulebook(FOLDER / "criteria", Criteria)
CHECK_ROLES = Rulebook(FOLDER / "checks", CheckRoles)
