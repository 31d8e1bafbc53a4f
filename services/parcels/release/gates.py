"""The gates that vacated land must pass before it is released, one function per gate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.codes import GB_PARCEL
from park.rules import Rule
from park.units import AREA_TOLERANCE_M2

from ..register.parcel import Parcel, Soil
from ..register.rights.rights import Encumbrance, EncumbranceKind, RightsLaw
from ..register.rules import parcel_is_gone
from ..remediation.case import Case
from ..remediation.course import Stage
from ..remediation.release import Terms
from ..remediation.reports import Completed
from ..rulebook import SoilLaw
from ..soil.stages import LAW
from ..words import LandUse


@record
class Vacancy:
    """Land that a completed case has vacated, and what stands beside it: the other cases of its
    parcel, what lies on it today, and the law of the day."""

    case: Case
    completed: Completed
    parcel: Parcel
    parcel_area_m2: Decimal
    soil: Soil
    target_use: LandUse
    others: tuple[Case, ...]
    soil_law: SoilLaw
    encumbrances: tuple[Encumbrance, ...] = ()
    rights_law: RightsLaw | None = None

    @property
    def terms(self) -> Terms:
        return Terms(
            parcel_id=self.parcel.parcel_id,
            area_m2=self._area_m2,
            target_use=self.target_use,
            industry_code=self.parcel.industry_code,
        )

    @property
    def _area_m2(self) -> Decimal:
        """What was vacated, and no more than there is: it may be measured larger by a trifle."""
        vacated, area = self.completed.vacated_area_m2, self.parcel.area_m2
        return vacated if area is None else min(vacated, area)


def registered_land_for_sensitive_use(land: Vacancy) -> Reason | None:
    """Art. 61: registered land must not become residential or public."""
    if not land.soil.on_registry or land.target_use not in land.soil_law.sensitive_uses:
        return None
    return Reason(
        "ART61_REGISTERED_SENSITIVE",
        f"The land is on the soil registry; it cannot be used as {land.target_use}.",
        source=f"{LAW} art. 61",
    )


def registered_land(land: Vacancy) -> Reason | None:
    """Art. 66: no unrelated project starts before the land is off the registry."""
    if not land.soil.on_registry or not land.soil_law.registered_soil_bars_release:
        return None
    return Reason(
        "ART66_NOT_REMOVED",
        "The land is on the soil registry; it must be removed from it first.",
        source=f"{LAW} art. 66",
    )


def sensitive_use_without_survey(land: Vacancy) -> Reason | None:
    """Art. 59: a survey comes before a change to residential or public use."""
    if land.soil.survey_reviewed or land.target_use not in land.soil_law.sensitive_uses:
        return None
    return Reason(
        "ART59_NO_SURVEY",
        f"Before the land is used as {land.target_use} its soil survey must be reviewed.",
        source=f"{LAW} art. 59",
    )


def key_unit_without_survey(land: Vacancy) -> Reason | None:
    """Art. 67: a key regulated unit files a survey before its land is recovered or transferred."""
    if land.soil.survey_filed or not land.parcel.key_regulated_unit:
        return None
    return Reason(
        "ART67_NO_SURVEY",
        "The land is that of a key regulated unit; its soil survey must be filed first.",
        source=f"{LAW} art. 67",
    )


def soil_case_is_open(land: Vacancy) -> Reason | None:
    """While pollution is being looked into or cleaned up, land is not supplied."""
    if not land.soil.case_open:
        return None
    return Reason("SOIL_CASE_OPEN", "A soil case of the land is open.", source=LAW)


def part_is_not_split(land: Vacancy) -> Reason | None:
    """A part of a parcel cannot be offered: it needs a parcel, and codes, of its own."""
    vacated = land.completed.vacated_area_m2
    if vacated >= land.parcel_area_m2 - AREA_TOLERANCE_M2:
        return None
    return Reason(
        "PARTIAL_NOT_SPLIT",
        f"{vacated} of {land.parcel_area_m2} m² were vacated; the parcel must be split first.",
        source=GB_PARCEL,
    )


def parcel_is_smaller(land: Vacancy) -> Reason | None:
    """After a new survey the parcel may have less land than was vacated."""
    vacated = land.completed.vacated_area_m2
    if vacated <= land.parcel_area_m2 + AREA_TOLERANCE_M2:
        return None
    return Reason(
        "VACATES_MORE_THAN_PARCEL",
        f"{vacated} m² were vacated, but by its newest survey the parcel has {land.parcel_area_m2} m².",
        source="处置面积 ≤ 占地面积",
    )


def other_case_is_open(land: Vacancy) -> Reason | None:
    """Land on which something is still to be done is not free, also by a case of a parcel whose place
    it has taken."""
    open_ids = [other.case_id for other in land.others if other.is_open]
    if not open_ids:
        return None
    return Reason("OTHER_CASE_OPEN", f"Still open on the land: {', '.join(open_ids)}.")


def later_case_vacated_it(land: Vacancy) -> Reason | None:
    """Land that was vacated twice is released once, by the later case."""
    later = [
        other.case_id
        for other in land.others
        if other.vacated_parcel_id == land.parcel.parcel_id
        and other.vacated
        and (other.vacated.said.on, other.case_id) > (land.completed.said.on, land.case.case_id)
    ]
    if not later:
        return None
    return Reason("VACATED_AGAIN", f"The land was vacated again by a later case: {max(later)}.")


def parcel_is_no_more(land: Vacancy) -> Reason | None:
    """Of a parcel that was split or merged nothing is offered; a case on what has taken its place may
    be. Only a case that came late can have vacated it."""
    return parcel_is_gone(land.parcel) if land.parcel.is_gone else None


def case_is_accepted(land: Vacancy) -> Reason | None:
    """The release stands on the acceptance: while the case is open again it has no ground."""
    if land.case.stage is Stage.ACCEPTED:
        return None
    return Reason(
        "CASE_NOT_ACCEPTED",
        f"The case is {land.case.stage}; its land can be released once it is accepted again.",
    )


def land_is_seized(land: Vacancy) -> Reason | None:
    """城市房地产管理法 art. 38: what a court or an office has seized must not be transferred."""
    if not (land.rights_law and land.rights_law.seizure_bars_release):
        return None
    last = _last_day(land, EncumbranceKind.SEIZURE)
    if last is None:
        return None
    return Reason(
        "LAND_SEIZED",
        f"The land is seized{_until(last)}; the seizure must be lifted first.",
        source="城市房地产管理法 art. 38",
    )


def land_is_mortgaged(land: Vacancy) -> Reason | None:
    """A mortgage is released before the land is supplied (practice, in the rulebook)."""
    if not (land.rights_law and land.rights_law.mortgage_bars_release):
        return None
    last = _last_day(land, EncumbranceKind.MORTGAGE)
    if last is None:
        return None
    return Reason(
        "LAND_MORTGAGED",
        f"The land is mortgaged{_until(last)}; the mortgage must be released first.",
        source="practice",
    )


def _last_day(land: Vacancy, kind: EncumbranceKind) -> date | None:
    """The last day of what is of this kind; none if there is nothing, the last of all if it is open."""
    ends = [each.to_on or date.max for each in land.encumbrances if each.kind is kind]
    return max(ends, default=None)


def _until(last: date) -> str:
    return "" if last == date.max else f" until {last}"


GATES: tuple[Rule[Vacancy], ...] = (
    registered_land_for_sensitive_use,
    registered_land,
    sensitive_use_without_survey,
    key_unit_without_survey,
    soil_case_is_open,
    part_is_not_split,
    parcel_is_smaller,
    other_case_is_open,
    later_case_vacated_it,
    parcel_is_no_more,
    case_is_accepted,
    land_is_seized,
    land_is_mortgaged,
)

# What bars building on land whoever holds it, so that it is looked at after a contract as well.
REGISTRY_GATES: tuple[Rule[Vacancy], ...] = (registered_land_for_sensitive_use, registered_land)
REGISTRY_CODES = frozenset({"ART61_REGISTERED_SENSITIVE", "ART66_NOT_REMOVED"})
