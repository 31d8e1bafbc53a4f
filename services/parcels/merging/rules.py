"""What a merge must keep to: one function per rule, which answers with a reason or with nothing.

No boundary is asked, for many parcels have none: that they are adjacent is the land desk's word.
"""

from __future__ import annotations

from backbone.errors import Reason
from park.codes import GB_PARCEL
from park.rules import Rule
from park.units import same_area

from ..register.parcel import Parcel, ParcelState
from ..register.rules import state_of
from ..soil.stages import LAW
from .merge import AGREED, Merge


def sources_can_be_merged(merge: Merge) -> Reason | None:
    """Only parcels that were surveyed, and were not split or merged before, can be."""
    others = [state_of(each) for each in merge.sources if not _stands(each)]
    if not others:
        return None
    return Reason(
        "NOT_MERGEABLE",
        f"Only registered parcels can be merged: {', '.join(others)}.",
        field="source_ids",
    )


def sources_are_several(merge: Merge) -> Reason | None:
    """A parcel is named once."""
    if len({each.parcel_id for each in merge.sources}) == len(merge.sources):
        return None
    return Reason("SOURCE_IDS", "Name each of the parcels once.", field="source_ids")


def one_township_owns_them(merge: Merge) -> Reason | None:
    """A parcel lies in one township, and so do those that it is made of."""
    townships = sorted({each.township for each in merge.sources})
    if len(townships) == 1:
        return None
    return Reason(
        "DIFFERENT_TOWNSHIPS",
        f"The parcels belong to {', '.join(townships)}; merge those of one township.",
        field="source_ids",
        source=GB_PARCEL,
    )


def new_parcel_has_own_id(merge: Merge) -> Reason | None:
    """The new parcel has an id of the township that is none of its sources'."""
    township = merge.sources[0].township
    sources = [each.parcel_id for each in merge.sources]
    if merge.parcel_id.startswith(f"{township}-") and merge.parcel_id not in sources:
        return None
    return Reason(
        "MERGED_ID",
        f"Give the new parcel an id of its own that begins with {township}.",
        field="parcel_id",
    )


def new_parcel_is_free(merge: Merge) -> Reason | None:
    """It may be known before, from a report that came early: then with the same area."""
    if merge.known.can_become(merge.area_m2):
        return None
    return Reason(
        "MERGED_IS_KNOWN",
        "The new parcel is registered otherwise: with another area, or as made of something else.",
        field="parcel_id",
    )


def no_case_is_open(merge: Merge) -> Reason | None:
    """An open case is about the parcel as it is: it is closed before that is gone."""
    open_ids = [each.case_id for each in merge.cases if each.is_open]
    if not open_ids:
        return None
    return Reason(
        "CASE_OPEN", f"Still open on the parcels: {', '.join(open_ids)}.", field="source_ids"
    )


def no_land_was_vacated(merge: Merge) -> Reason | None:
    """Land that a case has vacated is released parcel by parcel: a listing names the parcel."""
    sources = [each.parcel_id for each in merge.sources]
    vacated = [c.case_id for c in merge.cases if any(c.holds_vacated(each) for each in sources)]
    if not vacated:
        return None
    return Reason(
        "VACATED_LAND",
        f"Land of the parcels was vacated by {', '.join(vacated)}, and goes to its release as it is.",
        field="source_ids",
    )


def soil_is_clear(merge: Merge) -> Reason | None:
    """Land on the registry is under risk control or cleanup [修复], in the bounds that the registry
    names; so is land with an open soil case. A merge would blur them."""
    under = [
        each.parcel_id
        for each in merge.sources
        if each.soil and (each.soil.on_registry or each.soil.case_open)
    ]
    if not under:
        return None
    return Reason(
        "SOIL_NOT_CLEAR",
        f"On the soil registry, or with an open soil case: {', '.join(under)}.",
        field="source_ids",
        source=f"{LAW} arts. 58, 66",
    )


def sources_agree(merge: Merge) -> Reason | None:
    """One parcel has one use and one plan, and lies in the zone or not."""
    surveyed = [each for each in merge.sources if each.registered]
    differ = [n for n in AGREED if len({getattr(each, n) for each in surveyed}) > 1]
    if not differ:
        return None
    return Reason(
        "SOURCES_DIFFER",
        f"The parcels differ in {', '.join(differ)}; a new survey of one of them can say the same.",
        field="source_ids",
    )


def one_holder_has_them(merge: Merge) -> Reason | None:
    """A parcel [宗地] is land within the bounds of one right: it has one holder, where one is known."""
    holders = [each.right_holder for each in merge.sources if each.right_holder]
    if all(each == holders[0] for each in holders):
        return None
    return Reason(
        "DIFFERENT_HOLDERS",
        "The parcels have different right holders; register the transfer first, and survey them anew.",
        field="source_ids",
        source=GB_PARCEL,
    )


def area_is_conserved(merge: Merge) -> Reason | None:
    """The new parcel has the area of its sources, within 0.01 mu."""
    unknown = any(each.area_m2 is None for each in merge.sources)
    if unknown or same_area(merge.total_m2, merge.area_m2):
        return None
    return Reason(
        "AREA_NOT_CONSERVED",
        f"The parcels have {merge.total_m2} m² together, the new one has {merge.area_m2} m².",
        field="area_m2",
        source=GB_PARCEL,
    )


RULES: tuple[Rule[Merge], ...] = (
    sources_can_be_merged,
    sources_are_several,
    one_township_owns_them,
    new_parcel_has_own_id,
    new_parcel_is_free,
    no_case_is_open,
    no_land_was_vacated,
    soil_is_clear,
    sources_agree,
    one_holder_has_them,
    area_is_conserved,
)


def _stands(parcel: Parcel) -> bool:
    return parcel.state is ParcelState.REGISTERED
