"""What a correction of a split must keep to: one function per rule."""

from __future__ import annotations

from backbone.errors import Reason
from park.rules import Rule
from park.units import same_area

from ..register.parcel import ParcelState
from ..register.rules import state_of
from ..remediation.release import ReleaseState
from .correction import Correction
from .rules import area_not_conserved


def parcel_was_split(correction: Correction) -> Reason | None:
    """There is a split to correct, and it was not undone."""
    if correction.parcel.state is ParcelState.SPLIT:
        return None
    return Reason(
        "NOT_SPLIT",
        f"The parcel is {correction.parcel.state}; name the parcel that was split.",
        field="parcel_id",
    )


def correction_follows_split(correction: Correction) -> Reason | None:
    """What was wrong is corrected after it was done."""
    said = correction.split.said if correction.split else None
    if said is None or said.on <= correction.said.on:
        return None
    return Reason(
        "BEFORE_SPLIT",
        f"The parcel was split on {said.on}; it cannot be corrected before.",
        field="corrected_on",
    )


def all_parts_are_named(correction: Correction) -> Reason | None:
    """The areas of the parts depend on each other: each of them is told, and told once."""
    children = sorted(child.parcel_id for child in correction.children)
    if correction.undoes or sorted(part.parcel_id for part in correction.parts) == children:
        return None
    return Reason(
        "ALL_PARTS", f"Name each of the parts once: {', '.join(children)}.", field="children"
    )


def undone_split_has_no_parts(correction: Correction) -> Reason | None:
    """Parts that are right and parts that are none cannot both be meant."""
    if not correction.undoes or not correction.parts:
        return None
    return Reason(
        "UNDONE_WITH_PARTS",
        "Give either the parts as they are right, or undo=true without parts.",
        field="children",
    )


def parts_stand(correction: Correction) -> Reason | None:
    """A part that was split or merged itself is no more; its own successors would be wrong, too."""
    gone = [state_of(each) for each in correction.children if each.is_gone]
    if not gone:
        return None
    return Reason(
        "PART_IS_GONE",
        f"A part was split or merged meanwhile: {'; '.join(gone)}.",
        field="parcel_id",
    )


def parts_were_not_surveyed(correction: Correction) -> Reason | None:
    """A survey of the part itself is better than what the desk wrote down at the split."""
    areas = {
        each.parcel_id: each.area_m2 for each in map(correction.corrected, correction.children)
    }
    surveyed = [
        each.parcel_id
        for each in correction.children
        if correction.has_own_survey(each)
        and (correction.undoes or areas[each.parcel_id] != each.area_m2)
    ]
    if not surveyed:
        return None
    return Reason(
        "PART_SURVEYED",
        f"Surveyed by itself meanwhile: {', '.join(surveyed)}; another survey corrects it.",
        field="children",
    )


def corrected_area_is_conserved(correction: Correction) -> Reason | None:
    """The parts have the area of the whole, within 0.01 mu, as in every split."""
    if correction.undoes:
        return None
    return area_not_conserved(correction.parcel, [part.area_m2 for part in correction.parts])


def vacated_part_stays_as_large(correction: Correction) -> Reason | None:
    """The part that a case has vacated has the area that the case reported, as in every split."""
    case = correction.case
    part = correction.right.get(case.vacated_parcel_id) if case else None
    reported = case.vacated if case else None
    if not part or not reported or same_area(part.area_m2, reported.vacated_area_m2):
        return None
    return Reason(
        "VACATED_PART",
        f"The case vacated {reported.vacated_area_m2} m², and {part.parcel_id} is that part.",
        field="children",
    )


def nothing_happened_on_the_parts(correction: Correction) -> Reason | None:
    """A split is undone while its parts are but lines on paper: no case, no record of soil."""
    own = {correction.case.case_id} if correction.case else set()
    touched = [
        each.parcel_id
        for each in correction.children
        if {*each.case_ids} - own or each.soil != correction.parcel.soil
    ]
    if not correction.undoes or not touched:
        return None
    return Reason(
        "PART_IS_USED",
        f"There is a case or a record of the soil of {', '.join(touched)}; correct the areas instead.",
        field="parcel_id",
    )


def part_is_not_released(correction: Correction) -> Reason | None:
    """Land that is on offer is known by the id of its part."""
    case = correction.case
    if not correction.undoes or not case or case.release.state is not ReleaseState.RELEASED:
        return None
    return Reason(
        "PART_RELEASED",
        f"The land of {case.vacated_parcel_id} is released; it cannot be taken back by undoing a split.",
        field="parcel_id",
    )


CORRECTION_RULES: tuple[Rule[Correction], ...] = (
    parcel_was_split,
    correction_follows_split,
    all_parts_are_named,
    undone_split_has_no_parts,
    parts_stand,
    parts_were_not_surveyed,
    corrected_area_is_conserved,
    vacated_part_stays_as_large,
    nothing_happened_on_the_parts,
    part_is_not_released,
)
