"""How a firm stands: it follows from its premises and from the cases of their land."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..case import CaseStanding
from ..firms.enterprise import Enterprise
from ..firms.land import Land
from ..words import Standing


def with_standings(firm: Enterprise, land: Land) -> Enterprise:
    """The firm as all the cases of its land leave it, by whichever ids that has or had."""
    roles = {case: firm.role_on(case.parcel_id, case.days, land) for case in land.cases}
    found = {case.case_id: case.leaves(role) for case, role in roles.items() if role}
    standings = {each: _as_told(firm, each, found[each]) for each in sorted(found)}
    return replace(firm, standings=standings, standing=in_all(standings.values()))


def _as_told(firm: Enterprise, case_id: str, now: CaseStanding) -> CaseStanding:
    """With the id of the change by which the firm came to stand so; one that changes nothing has none."""
    was = firm.standings.get(case_id)
    if was and was.standing is now.standing:
        return replace(now, change_id=was.change_id)
    new = f"{firm.enterprise_id}:{case_id}:{now.standing}:{now.since}"
    return replace(now, change_id=new)


def in_all(standings: Iterable[CaseStanding]) -> Standing:
    """Under remediation while any case is open, else as the latest case left it."""
    latest = sorted(standings, key=lambda each: (each.since, each.standing.value))
    if any(each.standing is Standing.UNDER_REMEDIATION for each in latest):
        return Standing.UNDER_REMEDIATION
    return latest[-1].standing if latest else Standing.IN_OPERATION
