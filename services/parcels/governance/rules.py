"""What a code must be to name one plot."""

from __future__ import annotations

from collections.abc import Sequence

from backbone.errors import DeadlineExceeded, Reason, Unavailable

from ..register.identifiers import Claim


def not_reached(service: str, missing: str, problem: Exception) -> Reason:
    """What the page lacks, and why: the service did not answer, said no, or cannot be read."""
    if isinstance(problem, (Unavailable, DeadlineExceeded)):
        return Reason(
            "NO_ANSWER",
            f"{service} could not be reached in time; only it knows the {missing}. Ask again later.",
            field=missing,
        )
    return Reason(
        "NO_USABLE_ANSWER",
        f"{service} could not be reached for a usable answer; only it knows the {missing}. Tell whoever "
        "looks after it.",
        field=missing,
    )


def several_parcels(claims: Sequence[Claim]) -> Reason | None:
    """A code that two parcels claim names neither of them (ours)."""
    parcel_ids = sorted({claim.parcel_id for claim in claims})
    if len(parcel_ids) < 2:
        return None
    return Reason(
        "CODE_OF_SEVERAL_PARCELS",
        f"On that day the code is that of {', '.join(parcel_ids)}; give the id of the one that is meant.",
        field="code",
    )
