"""What a split must keep to: one function per rule, which answers with a reason or with nothing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from backbone.errors import Reason
from park.codes import GB_PARCEL
from park.rules import Rule
from park.units import same_area

from ..register.parcel import Parcel, ParcelState
from ..register.rules import state_of
from .split import Part, Split


def parcel_can_be_split(split: Split) -> Reason | None:
    """Only a parcel that was surveyed, and was not split before, can be."""
    if split.parcel.state is ParcelState.REGISTERED:
        return None
    return Reason(
        "NOT_SPLITTABLE",
        f"{state_of(split.parcel)}; only a registered parcel can be split.",
        field="parcel_id",
    )


def case_vacated_a_part(split: Split) -> Reason | None:
    """When a parcel is split for a case, that is a completed one that has vacated some of it."""
    if split.case is None:
        return None
    vacated, area = split.case.vacated, split.parcel.area_m2
    here = split.case.vacated_parcel_id == split.parcel.parcel_id
    if here and vacated and area and not same_area(vacated.vacated_area_m2, area):
        return None
    return Reason(
        "NO_PART_VACATED",
        "Name a completed case that has vacated a part of this parcel.",
        field="case_id",
    )


def vacated_land_is_split_for_its_case(split: Split) -> Reason | None:
    """Without its case a split would take vacated land from the case that it is released for."""
    here = split.parcel.parcel_id
    vacated = [each.case_id for each in split.others if each.holds_vacated(here)]
    if split.case or not vacated:
        return None
    return Reason(
        "VACATED_LAND",
        f"Land of this parcel was vacated by {', '.join(vacated)}: a part of it is split off for that "
        "case, with case_id, and land that was vacated whole goes to its release undivided.",
        field="case_id",
    )


def no_other_case_is_open(split: Split) -> Reason | None:
    """An open case is about the whole parcel: it is closed before that is gone."""
    open_ids = [other.case_id for other in split.others if other.is_open]
    if not open_ids:
        return None
    return Reason(
        "OTHER_CASE_OPEN", f"Still open on the parcel: {', '.join(open_ids)}.", field="parcel_id"
    )


def parts_have_own_ids(split: Split) -> Reason | None:
    """Each part gets an id of the township that is not the parcel's, nor another part's."""
    ids = [part.parcel_id for part in split.parts]
    ours = all(each.startswith(f"{split.parcel.township}-") for each in ids)
    if ours and len({split.parcel.parcel_id, *ids}) == len(ids) + 1:
        return None
    return Reason(
        "PART_IDS",
        f"Give each part an id of its own that begins with {split.parcel.township}.",
        field="children",
    )


def known_parts_fit(split: Split) -> Reason | None:
    """A part may be known before, from a report that came early: then with the same area."""
    if all(_fits(split.known.get(part.parcel_id), part) for part in split.parts):
        return None
    return Reason(
        "PART_IS_KNOWN",
        "One of the parts is registered otherwise: with another area, or as a part of something else.",
        field="children",
    )


def area_is_conserved(split: Split) -> Reason | None:
    """The parts have the area of the whole, within 0.01 mu."""
    return area_not_conserved(split.parcel, [part.area_m2 for part in split.parts])


def one_part_is_vacated(split: Split) -> Reason | None:
    """Exactly one part is the vacated one, with the area that the case reported; without a case none
    is."""
    vacated = [part.area_m2 for part in split.parts if part.vacated]
    if split.case is None:
        return _no_part_is_vacated() if vacated else None
    reported = split.case.vacated
    if len(vacated) == 1 and (not reported or same_area(vacated[0], reported.vacated_area_m2)):
        return None
    wanted = f" of {reported.vacated_area_m2} m²" if reported else ""
    return Reason(
        "ONE_PART_VACATED", f"Exactly one part{wanted} is the vacated one.", field="children"
    )


RULES: tuple[Rule[Split], ...] = (
    parcel_can_be_split,
    case_vacated_a_part,
    vacated_land_is_split_for_its_case,
    no_other_case_is_open,
    parts_have_own_ids,
    known_parts_fit,
    area_is_conserved,
    one_part_is_vacated,
)


def _no_part_is_vacated() -> Reason:
    return Reason(
        "NO_CASE_VACATED_IT",
        "Without case_id no part is the vacated one; name the case that vacated it.",
        field="children",
    )


def area_not_conserved(whole: Parcel, parts_m2: Iterable[Decimal]) -> Reason | None:
    """The reason if the areas of the parts sum to another than that of the whole, by more than 0.01 mu
    (GB/T 37346-2019)."""
    area, total = whole.area_m2, sum(parts_m2, Decimal(0))
    if area is None or same_area(area, total):
        return None
    return Reason(
        "AREA_NOT_CONSERVED",
        f"The parts have {total} m² together, the parcel has {area} m².",
        field="children",
        source=GB_PARCEL,
    )


def _fits(known: Parcel | None, part: Part) -> bool:
    return known is None or known.can_become(part.area_m2)
