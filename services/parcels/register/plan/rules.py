"""What is doubtful about coded uses: each rule answers with a reason, which is noted on the receipt."""

from __future__ import annotations

from backbone.errors import Reason
from park.rules import Rule

from ...words import LandUse
from .plan import ReportedUses


def use_code_is_not_listed(reported: ReportedUses) -> Reason | None:
    """The lists here are no whole classification, so a code beyond them is kept, and may be wrong."""
    unknown = [code for code in reported.uses.codes if code not in reported.known]
    if not unknown:
        return None
    return Reason(
        "USE_CODE_NOT_LISTED",
        f"Not among the use codes known here: {', '.join(unknown)}; look for a typing error.",
        field="data.coded_uses",
    )


def land_use_differs(reported: ReportedUses) -> Reason | None:
    """The word and the main code of the present use are two ways to say one thing."""
    word = reported.word_of(reported.uses.land_use_codes)
    return _differs(word, reported.land_use, "land_use")


def planned_use_differs(reported: ReportedUses) -> Reason | None:
    """The word and the main code of the planned use are two ways to say one thing."""
    word = reported.word_of(reported.uses.planned_use_codes)
    return _differs(word, reported.planned_use, "planned_use")


def _differs(by_code: LandUse | None, by_word: LandUse, field: str) -> Reason | None:
    if by_code in (None, by_word):
        return None
    return Reason(
        "USE_CODE_DIFFERS",
        f"The first of the {field}_codes means {by_code}, but {field} says {by_word}.",
        field=f"data.{field}",
    )


USE_DOUBTS: tuple[Rule[ReportedUses], ...] = (
    use_code_is_not_listed,
    land_use_differs,
    planned_use_differs,
)
