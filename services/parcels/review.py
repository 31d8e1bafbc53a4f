"""Looking at a parcel after something changed: what had waited moves on, what is vacated is released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from .case import Case
from .facts import LandReleased, ReleaseBlocked, ReleaseRevoked
from .gate import Vacancy, barring
from .parcel import UNKNOWN_SOIL, Parcel
from .policy import Policy, in_force
from .release import Release, ReleaseState
from .remediation import advance

BARRED: dict[ReleaseState, type[ReleaseBlocked | ReleaseRevoked]] = {
    ReleaseState.BLOCKED: ReleaseBlocked,
    ReleaseState.REVOKED: ReleaseRevoked,
}


def settle(
    parcel: Parcel, cases: Iterable[Case], today: date
) -> tuple[tuple[Case, ...], tuple[Any, ...]]:
    """The cases that concern the parcel as they stand now, and the facts that follow. `cases` are all
    of them, for each is looked at beside the others."""
    policy = in_force(today)
    moved = [
        advance(case, parcel) if case.parcel_id == parcel.parcel_id else (case,) for case in cases
    ]
    beside = tuple(case for case, *_ in moved)
    reviewed = [review(case, parcel, beside, policy, today) for case in beside]
    facts = (fact for _, *facts in (*moved, *reviewed) for fact in facts)
    return tuple(case for case, *_ in reviewed), tuple(facts)


def review(
    case: Case, parcel: Parcel, cases: tuple[Case, ...], policy: Policy, today: date
) -> tuple[Any, ...]:
    """The case with its release as the gates say now, and the fact of it if that changed."""
    land = vacancy(case, parcel, cases)
    if land is None:
        return (case,)
    release = decided(land, policy, today)
    after = replace(case, release=release)
    if release.release_no == case.release.release_no:
        return (after,)
    return after, announcement(land, release, today)


def vacancy(case: Case, parcel: Parcel, cases: tuple[Case, ...]) -> Vacancy | None:
    """The land that the case has vacated on this parcel, or none."""
    completed, planned = case.vacated, case.planned
    use = (planned and planned.target_use) or parcel.planned_use
    here = case.vacated_parcel_id == parcel.parcel_id
    if not here or completed is None or parcel.area_m2 is None or use is None:
        return None
    return Vacancy(
        case=case,
        completed=completed,
        parcel=parcel,
        parcel_area_m2=parcel.area_m2,
        soil=parcel.soil or UNKNOWN_SOIL,
        target_use=use,
        others=tuple(other for other in cases if other.case_id != case.case_id),
    )


def decided(land: Vacancy, policy: Policy, today: date) -> Release:
    """The release after the gates. A pass keeps the ids of the evidence that there was."""
    reasons = barring(land, policy)
    if reasons:
        return land.case.release.barred(reasons)
    return land.case.release.granted(land.terms, land.soil.evidence_ids, today)


def announcement(
    land: Vacancy, release: Release, today: date
) -> LandReleased | ReleaseBlocked | ReleaseRevoked:
    """The fact that tells the release as it is from now on."""
    ids = {
        "parcel_id": land.parcel.parcel_id,
        "case_id": land.case.case_id,
        "township": land.case.township,
    }
    if release.state in BARRED:
        reasons = tuple(reason.as_dict() for reason in release.reasons)
        return BARRED[release.state](**ids, release_no=release.release_no, reasons=reasons)
    return LandReleased(
        **ids,
        area_m2=land.terms.area_m2,
        target_use=land.terms.target_use,
        industry_code=land.terms.industry_code,
        release_no=release.release_no,
        evidence_ids=release.evidence_ids,
        vacated_on=land.completed.said.on,
        released_on=today,
    )


def standing(case: Case, parcel_id: str) -> dict[str, Any]:
    """How the release of this parcel stands: state, release_no, reasons."""
    if case.vacated_parcel_id != parcel_id:
        return {"state": ReleaseState.NONE.value, "release_no": None, "reasons": []}
    return {
        "state": case.release.state.value,
        "release_no": case.release.release_no,
        "reasons": [reason.as_dict() for reason in case.release.reasons],
    }
