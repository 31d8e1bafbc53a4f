"""What is wrong or doubtful about owners. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from decimal import Decimal

from backbone.errors import Reason

WHOLE = Decimal(1)


def owns_itself(enterprise_id: str, owner_id: str) -> Reason | None:
    """A firm that holds shares of itself has no owner by that."""
    if enterprise_id != owner_id:
        return None
    return Reason("OWNS_ITSELF", "Name an owner other than the firm itself.", field="data.owner_id")


def shares_exceed_the_whole(shares: Decimal) -> Reason | None:
    """Reports come one by one and late, so it may be right again after the next one."""
    if shares <= WHOLE:
        return None
    return Reason(
        "SHARES_EXCEED_THE_WHOLE",
        f"The owners hold {shares.normalize():f} of the firm together; report the day on which one of "
        "them ended.",
        field="data.share",
    )
