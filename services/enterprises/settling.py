"""How a firm stands: it follows from its premises and from the cases of their parcels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .enterprise import Enterprise
from .facts import StandingChanged
from .site import Case, CaseStanding
from .standing import Standing


def settled(firm: Enterprise, cases: Iterable[Case]) -> tuple[Any, ...]:
    """The firm as all the cases of its parcels leave it, and a fact for each change."""
    roles = {case: firm.role_on(case.parcel_id, case.days) for case in cases}
    found = {case.case_id: case.leaves(role) for case, role in roles.items() if role}
    standings = dict(sorted(found.items()))
    after = replace(firm, standings=standings, standing=in_all(standings.values()))
    return after, *_changes(firm, after)


def in_all(standings: Iterable[CaseStanding]) -> Standing:
    """Under remediation while any case is open, else as the latest case left it."""
    latest = sorted(standings, key=lambda each: (each.since, each.standing.value))
    if any(each.standing is Standing.UNDER_REMEDIATION for each in latest):
        return Standing.UNDER_REMEDIATION
    return latest[-1].standing if latest else Standing.IN_OPERATION


def _changes(before: Enterprise, after: Enterprise) -> Iterable[StandingChanged]:
    """A firm that a case does not concern, or no longer, is in operation through it."""
    for case_id, about in sorted((before.standings | after.standings).items()):
        was, now = _through(before, case_id), _through(after, case_id)
        if was is not now:
            yield StandingChanged(
                enterprise_id=after.enterprise_id,
                township=after.township,
                parcel_id=about.parcel_id,
                case_id=case_id,
                standing=now,
                previous_standing=was,
            )


def _through(firm: Enterprise, case_id: str) -> Standing:
    found = firm.standings.get(case_id)
    return found.standing if found else Standing.IN_OPERATION
