"""A township's report of a parcel: what it says beside the survey, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backbone.errors import Reason
from park.rules import broken, refuse

from ..words import Said
from .parcel import Survey
from .plan.plan import USE_CODES, Buildings, CodedUses, PlanConditions, ReportedUses
from .plan.rules import USE_DOUBTS
from .rights.rights import RIGHTS_LAW, Encumbrance, Encumbrances, UseRight
from .rights.rules import RIGHT_DOUBTS, RIGHT_RULES, ReportedRight

PARTS = {
    "use_right": UseRight,
    "buildings": Buildings,
    "coded_uses": CodedUses,
    "plan_conditions": PlanConditions,
}


def parts_of(data: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """The parts that a report speaks of, by their names. `data` is what the contract loads."""
    told = {name: kind for name, kind in PARTS.items() if data[name] is not None}
    parts = {name: kind(**data[name], recorded=said) for name, kind in told.items()}
    return parts | {"encumbrances": encumbrances_of(data["encumbrances"], said)}


def encumbrances_of(entries: tuple[Encumbrance, ...] | None, said: Said) -> Encumbrances | None:
    """What lies on land, as it was recorded; none if nothing was said of it."""
    return None if entries is None else Encumbrances(entries=entries, recorded=said)


def doubts(survey: Survey, parts: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What is doubtful about the report and accepted all the same. Raises `Refused` if it cannot be."""
    return (*_right_doubts(survey, parts), *_use_doubts(survey, parts))


def _right_doubts(survey: Survey, parts: Mapping[str, Any]) -> Iterator[Reason]:
    if right := parts.get("use_right"):
        law = RIGHTS_LAW.on(right.starts_on or survey.surveyed.on)
        reported = ReportedRight(right=right, land_use=survey.land_use, law=law)
        refuse(*broken(RIGHT_RULES, reported))
        yield from broken(RIGHT_DOUBTS, reported)


def _use_doubts(survey: Survey, parts: Mapping[str, Any]) -> Iterator[Reason]:
    if uses := parts.get("coded_uses"):
        reported = ReportedUses(
            uses=uses,
            land_use=survey.land_use,
            planned_use=survey.planned_use,
            known=USE_CODES.on(survey.surveyed.on)[uses.classification],
        )
        yield from broken(USE_DOUBTS, reported)
