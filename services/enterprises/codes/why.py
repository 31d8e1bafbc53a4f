"""Why a firm has its codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from backbone.errors import Reason
from park.why.said import OURS, RuleOutcome, RuleSaid, said

from .answers import NO_CODE_YET, codes_on
from .firm_codes import FirmCodes


def rules_of(firm: FirmCodes, today: date, now: datetime) -> Iterator[RuleSaid]:
    """Each code of the day with the reason for its value, and what follows it."""
    of = ("firm_codes", firm.enterprise_id)
    for code in codes_on(firm, today, now, today).codes:
        for given in code.reasons:
            if given["code"] == NO_CODE_YET.code:
                continue
            reason = Reason(**given)
            value = f"{code.title} {code.value or 'none'} since {code.valid_from}"
            then = f" What follows: {'; '.join(code.consequences)}." if code.consequences else ""
            told = Reason(
                reason.code, f"{value}. {reason.sentence}{then}", code.kind, reason.source
            )
            yield said(told, RuleOutcome.FOLLOWS, OURS, of=of)
