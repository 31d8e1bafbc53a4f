"""What a code must be to name one plot."""

from __future__ import annotations

from collections.abc import Sequence

from backbone.errors import Reason

from ..register.identifiers import Claim


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
