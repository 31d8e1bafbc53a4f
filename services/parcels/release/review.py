"""Looking at the release of what a parcel's cases have vacated, after something changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.rules import broken

from ..register.parcel import UNKNOWN_SOIL, Parcel
from ..register.rights.rights import RIGHTS_LAW, RightsLaw
from ..remediation.case import Case
from ..remediation.release import Release, ReleaseState
from ..rulebook import SOIL_LAW, SoilLaw
from .facts import fact_of
from .gates import GATES, REGISTRY_CODES, REGISTRY_GATES, Vacancy


@record
class ReleaseLaw:
    """The rulebooks that the gates ask."""

    soil: Rulebook[SoilLaw] = SOIL_LAW
    rights: Rulebook[RightsLaw] = RIGHTS_LAW


IN_FORCE = ReleaseLaw()


def reviewed(
    case: Case, parcel: Parcel, cases: Sequence[Case], today: date, law: ReleaseLaw = IN_FORCE
) -> tuple[Any, ...]:
    """The case with its release as the gates say now, and the fact of it if that changed. `cases` are
    all that concern the parcel, for each is looked at beside the others."""
    land = vacancy(case, parcel, cases, today, law)
    if land is None:
        return (case,)
    release = decided(land, today)
    after = replace(case, release=release)
    if release.release_no == case.release.release_no:
        return (after,)
    return after, fact_of(land, release, today)


def reviewed_with_holder(
    case: Case, parcel: Parcel, cases: Sequence[Case], today: date, law: ReleaseLaw = IN_FORCE
) -> tuple[Any, ...]:
    """The case of land that has a holder by its contract. What the holder does with the land revokes
    nothing; that the province puts it on the soil registry does, and its removal grants it again."""
    land, release = vacancy(case, parcel, cases, today, law), case.release
    if land is None:
        return (case,)
    reasons = broken(REGISTRY_GATES, land)
    if reasons and release.state is ReleaseState.RELEASED:
        after = release.barred(reasons)
    elif not reasons and release.is_revoked_for(REGISTRY_CODES):
        after = release.granted(land.terms, land.soil.evidence_ids, today)
    else:
        return (case,)
    return replace(case, release=after), fact_of(land, after, today)


def vacancy(
    case: Case, parcel: Parcel, cases: Sequence[Case], today: date, law: ReleaseLaw = IN_FORCE
) -> Vacancy | None:
    """The land that the case has vacated on this parcel, or none."""
    completed, planned = case.to_release, case.planned
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
        soil_law=law.soil.on(today),
        encumbrances=parcel.encumbered_on(today),
        rights_law=law.rights.on(today),
    )


def decided(land: Vacancy, today: date) -> Release:
    """The release after the gates. A pass keeps the ids of the evidence that there was."""
    reasons = broken(GATES, land)
    if reasons:
        return land.case.release.barred(reasons)
    return land.case.release.granted(land.terms, land.soil.evidence_ids, today)


def standing(case: Case, parcel_id: str) -> dict[str, Any]:
    """How the release of this parcel stands: state, release_no, reasons."""
    if case.vacated_parcel_id != parcel_id:
        return {"state": ReleaseState.NONE.value, "release_no": None, "reasons": []}
    return {
        "state": case.release.state.value,
        "release_no": case.release.release_no,
        "reasons": [reason.as_dict() for reason in case.release.reasons],
    }
