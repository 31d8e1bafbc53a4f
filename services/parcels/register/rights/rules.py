"""What holds of a reported use right: each rule answers with a reason, or with nothing. A reason of
`RIGHT_RULES` refuses the report; one of `RIGHT_DOUBTS` is noted on its receipt."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from ...words import LandUse
from .rights import RightsLaw, RightType, UseRight

TERMS = "城镇国有土地使用权出让和转让暂行条例 (1990) art. 12"


@record
class ReportedRight:
    """A use right, the use of its land, and the law of the day on which it begins."""

    right: UseRight
    land_use: LandUse
    law: RightsLaw

    @property
    def longest_years(self) -> int:
        return self.law.longest_years[self.land_use]

    @property
    def is_bound(self) -> bool:
        return self.right.right_type in self.law.longest_years_bind.right_types

    @property
    def is_too_long(self) -> bool:
        right, longest = self.right, self.longest_years
        if right.term_years is not None and right.term_years > longest:
            return True
        ends = right.starts_on and right.ends_on
        return bool(ends and right.starts_on and ends >= day_after_term(right.starts_on, longest))


def day_after_term(first: date, years: int) -> date:
    """The first day that is no more within a term of so many years: 50 years from 2005-06-01 end
    with 2055-05-31."""
    if first.year + years > date.max.year:
        return date.max
    try:
        return first.replace(year=first.year + years)
    except ValueError:  # 29 February
        return first.replace(year=first.year + years, month=3, day=1)


def term_is_too_long(reported: ReportedRight) -> Reason | None:
    """暂行条例 art. 12: a grant for industry lasts 50 years at most."""
    return _too_long(reported) if reported.is_bound else None


def term_is_unusually_long(reported: ReportedRight) -> Reason | None:
    """Art. 12 is about grants; what is longer under another right is worth a second look."""
    return None if reported.is_bound else _too_long(reported)


def _too_long(reported: ReportedRight) -> Reason | None:
    if not reported.is_too_long:
        return None
    return Reason(
        "TERM_TOO_LONG",
        f"A use right for {reported.land_use} lasts {reported.longest_years} years at most.",
        field="data.use_right",
        source=TERMS,
    )


def term_does_not_fit_its_days(reported: ReportedRight) -> Reason | None:
    """The term in years and its two days are reported apart, and one of them may be mistyped. A year
    is left for the days before the land was handed over."""
    right = reported.right
    if not (right.term_years and right.starts_on and right.ends_on):
        return None
    years = right.ends_on.year - right.starts_on.year
    if abs(years - right.term_years) <= 1:
        return None
    return Reason(
        "TERM_DOES_NOT_FIT",
        f"From {right.starts_on} to {right.ends_on} are not {right.term_years} years; look at all three.",
        field="data.use_right",
    )


def allocated_land_has_no_term(reported: ReportedRight) -> Reason | None:
    """城市房地产管理法 art. 23: allocated land has no term, unless a law says otherwise."""
    right = reported.right
    if right.right_type is not RightType.ALLOCATION or not (right.term_years or right.ends_on):
        return None
    return Reason(
        "ALLOCATION_WITH_TERM",
        "Allocated land has no term, unless a law says otherwise; look at the type of the right.",
        field="data.use_right",
        source="城市房地产管理法 art. 23",
    )


RIGHT_RULES: tuple[Rule[ReportedRight], ...] = (term_is_too_long,)
RIGHT_DOUBTS: tuple[Rule[ReportedRight], ...] = (
    term_is_unusually_long,
    term_does_not_fit_its_days,
    allocated_land_has_no_term,
)
