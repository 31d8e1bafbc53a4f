"""Why a case of the period adds nothing to a figure: a reason for each way in which it may not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from backbone.errors import Reason

from .counting import Counting
from .outcome import Outcome


def does_not_stand(outcome: Outcome, rule: Counting) -> Reason | None:
    """It does not stand so that it counts by the rule of the day."""
    if rule.stands(outcome):
        return None
    if not outcome.is_valid:
        return Reason("ACCEPTANCE_VOID", "The acceptance turned out to have no effect.")
    return Reason(
        "STAGE_DOES_NOT_COUNT",
        f"The case is {outcome.stage} today; what counts is in the rule.",
        field="stage",
        source=rule.source,
    )


def no_area(
    outcome: Outcome, rule: Counting, area_m2: Decimal | None, adding: Iterable[Outcome]
) -> Reason:
    """Why it adds no area, beside the cases that do."""
    if reason := does_not_stand(outcome, rule):
        return reason
    if area_m2 is None:
        said = "The acceptance does not say how much; the same acceptance sent again adds it."
        return Reason("AREA_NOT_SAID", said, field="area_m2")
    if not area_m2:
        return Reason("NOTHING_THERE", "By the acceptance the area is 0.", field="area_m2")
    others = [each.case_id for each in adding if _share_land(each, outcome)]
    return Reason(
        "PLOT_COUNTED_BY_ANOTHER",
        f"A plot counts once, by the largest area on it: this one by {', '.join(others)}.",
        field="parcel_id",
    )


def no_firm(outcome: Outcome, rule: Counting) -> Reason:
    """Why it adds no firm."""
    if reason := does_not_stand(outcome, rule):
        return reason
    if not outcome.enterprise_ids:
        said = "Neither its finding nor its acceptance names a firm."
        return Reason("NO_FIRM_NAMED", said, field="enterprise_ids")
    said = "A firm counts once, by its last case; each firm of this one has a later case."
    return Reason("FIRM_COUNTED_BY_ANOTHER", said, field="enterprise_ids")


def _share_land(one: Outcome, other: Outcome) -> bool:
    """Whether one of the two plots is the other, or a part of it."""
    both = min(len(one.lineage), len(other.lineage))
    return one.lineage[:both] == other.lineage[:both]
