"""What holds of the feed of a township."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from park.townships import find


def no_such_township(code: str, today: date) -> Reason | None:
    """An alert about a township that there is not would reach nobody."""
    if find(code, today):
        return None
    return Reason(
        "UNKNOWN_TOWNSHIP",
        f"There is no township {code}; give the 9-digit division code.",
        field="township",
        source="park/townships.csv",
    )
