"""How a firm stands when its case is reopened, accepted again or cancelled, in any order."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Enterprises
from .reports import FIRM, completed, firm, identified

HEARD = {
    "identified": lambda e: e.identify(identified()),
    "accepted": lambda e: e.complete(completed()),
    "reopened": lambda e: e.reopen("2023-08-02"),
    "reopened that day": lambda e: e.reopen("2023-07-20"),
    "again": lambda e: e.complete(
        completed("phase_out", completed_on="2023-08-20", reopened_on="2023-08-02")
    ),
    "again that day": lambda e: e.complete(
        completed("phase_out", completed_on="2023-08-02", reopened_on="2023-08-02")
    ),
    "cancelled early": lambda e: e.cancel("2023-05-01"),
    "cancelled between": lambda e: e.cancel("2023-07-25"),
    "cancelled late": lambda e: e.cancel("2023-08-10"),
}


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ("cancelled early", "in_operation"),
        ("accepted, reopened", "under_remediation"),
        ("accepted, reopened that day", "under_remediation"),
        ("accepted, reopened, again", "phased_out"),
        ("accepted, reopened, again that day", "phased_out"),
        ("accepted, cancelled early", "in_operation"),
        ("accepted, cancelled between", "relocated"),
        ("accepted, cancelled between, reopened", "under_remediation"),
        ("accepted, reopened, cancelled late", "in_operation"),
        ("accepted, reopened, cancelled late, again", "in_operation"),
    ],
)
def test_the_days_of_the_facts_decide_how_the_firm_stands(steps, standing):
    for order in permutations(["identified", *steps.split(", ")]):
        enterprises = Enterprises()
        enterprises.report(firm())
        for name in [*order, order[0]]:
            HEARD[name](enterprises)
        assert enterprises.standing(FIRM) == standing, order
