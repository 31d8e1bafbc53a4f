"""What a township's report of a firm is held against. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date, timedelta

from backbone.errors import Reason

from .enterprise import Enterprise

WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def not_your_township(report: Enterprise) -> Reason | None:
    """A township may only report what lies in its own code; ids begin with it."""
    return not_the_firms_township(report.township, report.enterprise_id)


def not_the_firms_township(publisher: str, enterprise_id: str) -> Reason | None:
    """A township may only report firms of its own."""
    if enterprise_id.startswith(f"{publisher}-"):
        return None
    return Reason(
        "NOT_YOUR_TOWNSHIP",
        f"A township reports its own firms only: the id must begin with {publisher}-.",
        field="data.enterprise_id",
    )


def not_yet(on: date, today: date, field: str) -> Reason | None:
    """A day that has not come would outlast every true report. A day's grace is for slow clocks."""
    if on <= today + timedelta(days=1):
        return None
    return Reason("NOT_YET", f"Today is {today}; give a day that has come.", field=field)


def organisation_code_doubt(uscc: str | None) -> Reason | None:
    """GB 11714: characters 9 to 17 of a credit code have a check of their own.

    Genuine codes break it, so it is a doubt and no refusal.
    """
    if uscc is None or uscc[16] == organisation_check(uscc[8:16]):
        return None
    return Reason(
        "ORGANISATION_CODE_DOUBTFUL",
        "The organisation code within the unified social credit code (characters 9 to 17) does not "
        "fit its check character; look for a typing error.",
        field="data.uscc",
        source="GB 11714",
    )


def organisation_check(first_8: str) -> str:
    """The check character of an organisation code (GB 11714), of its first eight."""
    total = sum(CHARACTERS.index(c) * w for c, w in zip(first_8, WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
