"""A park's open land given to all its leads: 200 made-up leads and 300 plots, beside the way that makes the
best single pair first. Once where a third of the pairs fit, and once where land is scarce and wishes are
narrow, so that the order matters.

`python -m bench --only assignment`
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from services.projects.assignment.best import best_of
from services.projects.assignment.rulebook import ASSIGNMENT_LAW
from services.projects.assignment.scoring import Market, Scale, gains
from services.projects.assignment.solver import BestAssignment
from services.projects.leads.lead import Lead, LeadSource, Stage, Wish
from services.projects.listings.listing import Listing
from services.projects.listings.release import Release

LEADS, PLOTS = 200, 300
DAY = datetime(2026, 11, 28, tzinfo=UTC)
INDUSTRIES = ("C27", "C2710", "C34", "C38", "C39")


def park(plots: int, leads: int, townships: int) -> tuple[list[Lead], list[Listing]]:
    """The same whenever it is asked for. Wishes run from an area to one and a half of it."""
    chance = random.Random(2026)  # noqa: S311
    places = [f"3306040{number:02d}" for number in range(1, townships + 1)]

    def wish() -> Wish:
        least = Decimal(chance.randint(5000, 60_000))
        return Wish(
            min_area_m2=least,
            max_area_m2=least * 3 / 2,
            townships=tuple(chance.sample(places, k=2)) if chance.random() < 0.5 else (),
            industry_codes=tuple(chance.sample(INDUSTRIES, k=2)),
        )

    land = [
        Listing.unknown(f"{place}-{number}", f"{place}-C{number}", place).with_release(
            Release(
                release_no=1,
                area_m2=Decimal(chance.randint(5000, 80_000)),
                target_use="industrial",
                industry_code=chance.choice((None, *INDUSTRIES)),
                released_on=DAY.date(),
            )
        )
        for number, place in enumerate(chance.choices(places, k=plots))
    ]
    people = [
        Lead(
            lead_id=f"lead-{number:03d}",
            name="a made-up project",
            source=LeadSource.FUND_LED,
            stage=Stage.LEAD,
            wish=wish(),
            registered_at=DAY,
        )
        for number in range(leads)
    ]
    return people, land


def measure() -> dict[str, Any]:
    """Fails unless the assignment is worth at least as much as the greedy one."""
    law = ASSIGNMENT_LAW.on(DAY.date())
    scale = Scale(weights=law.weights, points=law.points)
    wide, narrow = park(PLOTS, LEADS, townships=4), park(PLOTS // 3, LEADS, townships=12)
    whole_s, answer = _timed(lambda: best_of(*wide, scale))
    rows = gains(wide[0], Market.of(wide[1]), scale)
    solved_s, best = _timed(lambda: _solved(rows))
    scarce = best_of(*narrow, scale)
    dense_s, _ = _timed(lambda: _solved(_dense()))
    if (
        best.value != answer["value"]
        or min(answer["best_first"]["lost"], scarce["best_first"]["lost"]) < 0
    ):
        raise RuntimeError("the greedy way is worth more")
    return {
        "assignment_s": whole_s,
        "assignment_solved_s": solved_s,
        "assignment_all_pairs_fit_s": dense_s,
        "assignment_vs_greedy": _ratio(answer),
        "assignment_vs_greedy_scarce": _ratio(scarce),
        "assignment_leads_placed": {"best": len(answer["pairs"]), "greedy": _greedy(answer)},
        "assignment_leads_placed_scarce": {"best": len(scarce["pairs"]), "greedy": _greedy(scarce)},
    }


def _solved(rows: list[dict[int, int]]) -> BestAssignment:
    best = BestAssignment()
    for row in rows:
        best.add(row)
    return best


def _dense() -> list[dict[int, int]]:
    """Every lead takes every plot, with a gain of its own: the most work."""
    chance = random.Random(2026)  # noqa: S311
    return [
        {lead: 100_000 + chance.randint(0, 100_000) for lead in range(LEADS)} for _ in range(PLOTS)
    ]


def _ratio(answer: Mapping[str, Any]) -> float:
    return float(answer["value"] / answer["best_first"]["value"])


def _greedy(answer: Mapping[str, Any]) -> int:
    return len(answer["best_first"]["pairs"])


def _timed(act: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found
