"""Who works on a parcel: those who certainly do, and those of whom it is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from .enterprise import Enterprise, Premises
from .land import Land


def occupants(firms: Iterable[Enterprise], parcel_id: str, day: date, land: Land) -> dict[str, Any]:
    """The firms on the parcel on that day with role and standing, and what became of the parcel."""
    firms = list(firms)
    roles = [(firm, firm.role_on(parcel_id, [day], land)) for firm in firms]
    there = [_occupant(firm, role) for firm, role in roles if role]
    perhaps = [
        _occupant(firm, premises.role)
        | {"reported_parcel_id": premises.parcel_id, "candidate_ids": list(candidates)}
        for firm in firms
        for premises, candidates in _open(firm, day, land)
        if parcel_id in candidates
    ]
    became = land.on(parcel_id, day) - {parcel_id} if land.is_gone(parcel_id, day) else ()
    return {"firms": there, "perhaps": perhaps, "became_ids": sorted(became)}


def _open(firm: Enterprise, day: date, land: Land) -> Iterable[tuple[Premises, tuple[str, ...]]]:
    return ((each, firm.candidates(each, day, land)) for each in firm.premises)


def _occupant(firm: Enterprise, role: str) -> dict[str, Any]:
    return {"enterprise_id": firm.enterprise_id, "role": role, "standing": firm.standing}
