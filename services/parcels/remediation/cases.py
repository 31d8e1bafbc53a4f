"""The cases of a parcel, and what they come to together."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..register.parcel import Parcel
from ..words import DisposalWay
from .case import Case

RECOVERS = (DisposalWay.LAND_RESERVE,)


def cases_on(parcel: Parcel, store: Any) -> list[Case]:
    """Every case that concerns the parcel, as the unit of work has them."""
    return [store.require(Case, case_id) for case_id in parcel.case_ids]


def recovered_on(parcel: Parcel, store: Any) -> date | None:
    """The day on which the right to use the parcel was recovered [收储], by the last such case."""
    cases = [each for each in cases_on(parcel, store) if each.disposal_way in RECOVERS]
    return max((each.vacated.said.on for each in cases if each.vacated), default=None)


def cases_of_land(parcel: Parcel, store: Any) -> list[Case]:
    """The cases that concern the parcel, or those whose place it has taken: one of these that is
    reopened is open on its land, too."""
    found = {case.case_id: case for case in cases_on(parcel, store)}
    for parent_id in parcel.parents:
        parent = store.require(Parcel, parent_id)
        found |= {case.case_id: case for case in cases_of_land(parent, store)}
    return list(found.values())
