"""What must hold before a report is frozen."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason


def period_is_over(ends_on: date, today: date, *, of_a_day: bool) -> Reason | None:
    """A week or a month is issued after its last day, and the papers of a meeting on their day or later, so
    that the day of the figures has come (ours)."""
    if ends_on < today or (of_a_day and ends_on == today):
        return None
    until = "come" if of_a_day else "ended"
    return Reason(
        "PERIOD_NOT_OVER",
        f"It is issued once {ends_on} has {until}; today is {today}. `draft_report` shows it before.",
        field="on",
    )


def issued_once(issued_on: date | None) -> Reason | None:
    """What was issued stays as it is; what changed since is listed beside it (ours)."""
    if issued_on is None:
        return None
    return Reason(
        "ALREADY_ISSUED",
        f"It was issued on {issued_on}, and stays as it is; `report_corrections` lists what was corrected "
        "since.",
        field="on",
    )
