"""What a decision of the regular meeting must keep to."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason


def has_met(met_on: date, today: date) -> Reason | None:
    """A decision is entered after the meeting."""
    if met_on <= today:
        return None
    return Reason("NOT_YET", f"Today is {today}; give a day that has come.", field="met_on")


def due_after_meeting(met_on: date, due_on: date | None) -> Reason | None:
    """What is decided is due on the day of the meeting or later."""
    if due_on is None or due_on >= met_on:
        return None
    return Reason(
        "DUE_BEFORE_MEETING",
        f"The meeting was on {met_on}; give that day or a later one.",
        "due_on",
    )
