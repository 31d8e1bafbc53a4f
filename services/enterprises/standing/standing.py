"""How a firm stands: it follows from its premises and from the cases of their parcels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..case import Case, CaseStanding
from ..firms.enterprise import Enterprise
from ..words import Standing


def with_standings(firm: Enterprise, cases: Iterable[Case]) -> Enterprise:
    """The firm as all the cases of its parcels leave it."""
    roles = {case: firm.role_on(case.parcel_id, case.days) for case in cases}
    found = {case.case_id: case.leaves(role) for case, role in roles.items() if role}
    standings = dict(sorted(found.items()))
    return replace(firm, standings=standings, standing=in_all(standings.values()))


def in_all(standings: Iterable[CaseStanding]) -> Standing:
    """Under remediation while any case is open, else as the latest case left it."""
    latest = sorted(standings, key=lambda each: (each.since, each.standing.value))
    if any(each.standing is Standing.UNDER_REMEDIATION for each in latest):
        return Standing.UNDER_REMEDIATION
    return latest[-1].standing if latest else Standing.IN_OPERATION
