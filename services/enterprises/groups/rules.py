"""What is wrong or doubtful about owners. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from backbone.errors import Reason
from park.time import PARK_TIME

WHOLE = Decimal(1)


def owns_itself(enterprise_id: str, owner_id: str) -> Reason | None:
    """A firm that holds shares of itself has no owner by that."""
    if enterprise_id != owner_id:
        return None
    return Reason("OWNS_ITSELF", "Name an owner other than the firm itself.", field="data.owner_id")


def shares_exceed_the_whole(shares: Decimal, field: str = "data.share") -> Reason | None:
    """Reports come one by one and late, so it may be right again after the next one."""
    if shares <= WHOLE:
        return None
    return Reason(
        "SHARES_EXCEED_THE_WHOLE",
        f"The owners hold {shares.normalize():f} of the firm together; report the day on which one of "
        "them ended, or which one was mistyped.",
        field=field,
    )


def nothing_to_take_back(is_known: bool) -> Reason | None:
    """What is taken back may still be on its way, or the owner or the day is another one."""
    if is_known:
        return None
    return Reason(
        "NOTHING_TO_TAKE_BACK",
        "Nothing was reported of this owner from this first day on; compare both with the report that "
        "was wrong. If that one comes later it does not hold.",
        field="data.from",
    )


def not_known_yet(moment: datetime, first: datetime) -> Reason:
    """Before the first report of a group nothing was known of it, which is not that it had nothing."""
    then, since = (each.astimezone(PARK_TIME).isoformat() for each in (moment, first))
    return Reason(
        "NOT_KNOWN_YET",
        f"Nothing was known of this group at {then}: its first report came at {since}; give that moment "
        "or a later one, or leave known_at out for what is known now.",
        field="known_at",
    )
