"""Who may send a heartbeat."""

from __future__ import annotations

from backbone.errors import Reason
from park.townships import HEARTBEAT


def not_the_platform(publisher: str) -> Reason | None:
    """A heartbeat tells how old the newest one is that came through: one sender, one age."""
    if publisher == HEARTBEAT:
        return None
    return Reason(
        "NOT_THE_PLATFORM",
        "The platform sends this of itself; a township need not, and its receipts tell it the same.",
        field="routing_key",
        source="docs/decisions/0024-heartbeat.md",
    )
