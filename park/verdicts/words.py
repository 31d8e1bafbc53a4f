"""Words that the verdicts of several services share."""

from __future__ import annotations

from collections.abc import Iterable


def lateness(level: str | None) -> str:
    """How late something is, by the level at which people are told of it; none while it is late for none."""
    return f"late: {level}" if level else "in time"


def listed(words: Iterable[str], none: str = "none") -> str:
    """Several words as one verdict."""
    return ", ".join(words) or none
