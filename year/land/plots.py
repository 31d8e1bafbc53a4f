"""A plot as its township surveys it, before the year begins: its area, its codes, its outline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from services.parcels.words import LandUse

from ..codes import firm_name, parcel_code, uscc
from ..coming import Coming, between, corrected, reported
from ..plan import Plan, shares
from .outlines import outline
from .sites import Fate, Site

SURVEYED = (date(2022, 3, 1), date(2022, 6, 30))
REPORTED = (date(2022, 7, 1), date(2022, 8, 19))
MU_OF_M2 = Decimal("0.0015")


def surveys(plan: Plan, site: Site) -> Iterator[Coming]:
    """Its survey and its outline. Some of those to which nothing happens are measured wrong at first."""
    chance = plan.draw("survey", site.number)
    day, surveyed_on = between(*REPORTED, chance), between(*SURVEYED, chance).isoformat()
    data = _parcel(plan, site) | {"surveyed_on": surveyed_on}
    if site.fate is Fate.PLAIN:
        [area] = data.keys() & {"area_m2", "area_mu"}
        yield from corrected(
            plan, "parcel.registered", day, data, {area: str(Decimal(data[area]) * 10)}
        )
    else:
        yield from reported(plan, "parcel.registered", day, data)
    where = {"parcel_id": site.parcel_id, "crs": "CGCS2000", "surveyed_on": surveyed_on}
    where |= outline(plan, site, day)
    yield from reported(plan, "parcel.boundary_surveyed", between(day, REPORTED[1], chance), where)


def _parcel(plan: Plan, site: Site) -> dict[str, Any]:
    chance, share = plan.draw("parcel", site.number), shares()["plots"]
    code = parcel_code(plan, site.township, site.number)
    data: dict[str, Any] = {
        "parcel_id": site.parcel_id,
        "identifiers": [{"kind": "parcel_code", "value": code, "valid_from": "2013-01-01"}],
        "land_use": LandUse.INDUSTRIAL.value,
        "planned_use": LandUse.INDUSTRIAL.value,
        "in_zone": chance.random() < share["zone"],
        "plan_conditions": {"plot_ratio": {"minimum": "1.2"}},
        **_area(site.area_m2, in_mu=chance.random() < share["by_mu"]),
    }
    if site.owner_no is None:
        return data
    holder = {"name": firm_name(plan, site.owner_no), "uscc": uscc(plan, site.owner_no)}
    data |= {"right_holder": holder, "use_right": _right(holder, chance.randint(2004, 2016))}
    if site.fate is Fate.PLAIN and chance.random() < share["mortgaged"]:
        since = between(date(2019, 1, 1), date(2022, 2, 28), chance).isoformat()
        mortgage = {"kind": "mortgage", "from_on": since, "creditor_kind": "bank"}
        data |= {"encumbrances": [mortgage]}
    return data


def _right(holder: dict[str, str], year: int) -> dict[str, Any]:
    """Granted for fifty years."""
    days = {"starts_on": f"{year}-06-01", "ends_on": f"{year + 50}-05-31"}
    return {"right_type": "grant", "term_years": 50, "holders": [holder], **days}


def _area(m2: int, *, in_mu: bool) -> dict[str, str]:
    """In mu it has the decimals that give the same m² again."""
    if in_mu:
        return {"area_mu": f"{(m2 * MU_OF_M2).normalize():f}"}
    return {"area_m2": str(m2)}
