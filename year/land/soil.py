"""The survey of the soil of a plot, before its case is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ..coming import Coming, reported
from ..plan import Plan, shares
from .cases import accepted_on
from .sites import Fate, Site


def soil_of(plan: Plan, site: Site) -> Iterator[Coming]:
    """All that was surveyed met its limits: what is granted was always surveyed, of others some were."""
    chance = plan.draw("soil", site.number)
    granted = site.fate is Fate.GRANTED
    if site.fate is not Fate.ACCEPTED and not granted:
        return
    if granted or chance.random() < shares()["cases"]["surveyed"]:
        concluded = accepted_on(plan, site) - timedelta(days=chance.randint(60, 90))
        days = {
            "concluded_on": 0,
            "surveyed_from": -50,
            "surveyed_to": -12,
            "publicity_from": 4,
            "publicity_to": 18,
            "reviewed_on": 19,
            "filed_on": 22,
        }
        on = {name: concluded + timedelta(days=each) for name, each in days.items()}
        said = {
            "parcel_id": site.parcel_id,
            **{name: day.isoformat() for name, day in on.items()},
            "soil_report_id": f"SOIL-{site.number}",
            "phase": "preliminary",
            "conclusion": "met",
            "evidence_ids": [f"SOIL-{site.number}-PS"],
        }
        filed = on["filed_on"]
        own = site.parcel_id
        yield from reported(plan, "soil.surveyed", filed, said, own, in_time=granted)
