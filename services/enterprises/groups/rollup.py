"""What the firms of a group come to together: plots, cases, standings. Each thing counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from ..firms.enterprise import Enterprise
from ..firms.land import Land
from ..words import Role, Standing

AreaOf = Callable[[str], Decimal | None]


def plots(
    firms: Iterable[Enterprise], day: date, area_of: AreaOf, land: Land
) -> list[dict[str, Any]]:
    """The parcels on which the firms certainly are on that day, each once, as an owner's if any owns it."""
    found: dict[str, list[tuple[str, Role]]] = {}
    for firm in firms:
        for parcel_id in land.sites:
            if role := firm.role_on(parcel_id, [day], land):
                found.setdefault(parcel_id, []).append((firm.enterprise_id, role))
    return [
        {
            "parcel_id": parcel_id,
            "role": Role.OWNER if any(role is Role.OWNER for _, role in there) else Role.TENANT,
            "enterprise_ids": tuple(sorted(each for each, _ in there)),
            "area_m2": area_of(parcel_id),
        }
        for parcel_id, there in sorted(found.items())
    ]


def area(found: Iterable[dict[str, Any]], role: Role) -> Decimal:
    """The known area of the parcels in that role."""
    areas = (each["area_m2"] for each in found if each["role"] is role)
    return sum((each for each in areas if each is not None), Decimal(0))


def cases(firms: Iterable[Enterprise]) -> list[dict[str, Any]]:
    """The remediation cases that concern the firms, each once with the firms that it concerns."""
    found: dict[str, dict[str, Any]] = {}
    for firm in firms:
        for case_id, standing in firm.standings.items():
            is_open = standing.standing is Standing.UNDER_REMEDIATION
            about = {"case_id": case_id, "parcel_id": standing.parcel_id, "is_open": is_open}
            each = found.setdefault(case_id, about | {"enterprise_ids": ()})
            each["enterprise_ids"] = (*each["enterprise_ids"], firm.enterprise_id)
            each["is_open"] = each["is_open"] or is_open
    return [found[key] for key in sorted(found)]


def standings(firms: Iterable[Enterprise]) -> list[dict[str, Any]]:
    """How many of the firms stand how."""
    counts = Counter(firm.standing for firm in firms)
    return [{"standing": each, "firms": counts[each]} for each in Standing if counts[each]]
