"""Firms scored and graded by a per-mu scheme: a county's 4,043 and 100,000 made-up ones, beside a plain
way of doing it: for each firm, the mean of a missing score and the rank are looked for among all.

`python -m bench --only evaluation`
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from decimal import Decimal
from typing import Any

from services.enterprises.evaluation.kept import scheme_of
from services.enterprises.evaluation.scheme import Scheme
from services.enterprises.evaluation.scoring import Group, scored
from services.enterprises.evaluation.simulation.forecasting import forecast

from .work import ROOT

COUNTY = 4043
SCHEME = "huangyan-2022-above"
CUTS = [["A", "<=", 20], ["B", "<=", 60], ["C", "<=", 95], ["D", "last", 5]]
SPREAD = ("40", "300", "5", "9000", "40", "0.06")


def figures(scheme: Scheme, count: int) -> list[dict[str, Any]]:
    """Figures as texts; every tenth firm has no emission. The same whenever it is asked for."""
    chance = random.Random(2022)  # noqa: S311
    firms = []
    for number in range(count):
        pairs = zip(scheme.codes, SPREAD, strict=True)
        values = {code: f"{chance.random() * float(most):.4f}" for code, most in pairs}
        if number % 10 == 0:
            del values["value_added_per_emission"]
        firms.append({"firm": f"f-{number}", **values})
    return firms


def naive(scheme: Scheme, firms: list[dict[str, Any]]) -> dict[str, tuple[Decimal, int]]:
    """Total and rank of each firm, each looked for anew among all."""

    def part(of: Any, firm: dict[str, Any]) -> Decimal:
        if of.code in firm:
            return Decimal(firm[of.code]) * of.weight / of.baseline
        known = [Decimal(each[of.code]) for each in firms if of.code in each]
        return sum(x * of.weight / of.baseline for x in known) / len(known)

    totals = [sum(part(of, firm) for of in scheme.indicators) for firm in firms]
    return {
        firm["firm"]: (total, 1 + sum(1 for other in totals if other > total))
        for firm, total in zip(firms, totals, strict=True)
    }


def measure(count: int) -> dict[str, Any]:
    """`count` is that of the large group. Fails unless the plain way gives the same ranks."""
    scheme = scheme_of(SCHEME)
    county = figures(scheme, COUNTY)
    cpu_s, ours = _timed(lambda: scored(scheme, county), time.process_time)
    naive_s, plain = _timed(lambda: naive(scheme, county), time.process_time)
    if [plain[each.firm][1] for each in ours] != [each.rank for each in ours]:
        raise RuntimeError("the plain way ranks otherwise")
    county_s, _ = _timed(lambda: scored(scheme, county))
    graded = Scheme.load({"rule": "ratio", "cuts": CUTS, "indicators": _indicators(scheme)})
    group = Group.read(graded, county)
    forecast_s, _ = _timed(lambda: forecast(group, f"f-{COUNTY - 1}"))
    return {
        "scoring_vs_naive": naive_s / cpu_s,
        "county_scored_s": county_s,
        "forecast_of_a_county_s": forecast_s,
        **_alone(count),
    }


def _indicators(scheme: Scheme) -> list[dict[str, Any]]:
    return [
        {"code": of.code, "weight": of.weight, "baseline": of.baseline, "missing": "mean_score"}
        for of in scheme.indicators
    ]


def _alone(count: int) -> dict[str, float]:
    """The large group in a process of its own, which is weighed at the end."""
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.evaluation", str(count)],
        cwd=ROOT, check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    seconds, before, after = map(float, said.stdout.split())
    return {"large_group_scored_s": seconds, "large_group_mb": after - before}


def _timed(act: Any, clock: Any = time.perf_counter) -> tuple[float, Any]:
    began = clock()
    found = act()
    return clock() - began, found


def _rss_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    kept = scheme_of(SCHEME)
    given = figures(kept, int(sys.argv[1]))
    at_first = _rss_mb()
    print(_timed(lambda: scored(kept, given))[0], at_first, _rss_mb())
