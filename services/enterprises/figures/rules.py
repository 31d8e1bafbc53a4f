"""What a report of yearly figures must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from .firm_figures import YearReport


@record
class Situation:
    """A report of a firm's year, who sent it, and the day in the park."""

    enterprise_id: str
    publisher: str
    report: YearReport
    today: date


def firm_is_of_the_township(situation: Situation) -> Reason | None:
    """A township reports its own firms only."""
    if situation.enterprise_id.startswith(f"{situation.publisher}-"):
        return None
    return Reason(
        "NOT_YOUR_TOWNSHIP",
        f"A township reports its own firms only: the id must begin with {situation.publisher}-.",
        field="data.enterprise_id",
    )


def year_is_over(situation: Situation) -> Reason | None:
    """A yearly figure exists when its year is over; a part of a year would be taken for all of it."""
    return year_not_over(situation.report.data_year, situation.today)


def year_not_over(year: int, today: date) -> Reason | None:
    """A year is reported when it is over."""
    if year < today.year:
        return None
    return Reason(
        "YEAR_NOT_OVER",
        f"The year {year} is not over; report its figures afterwards.",
        field="data.data_year",
    )


def some_figure_is_given(situation: Situation) -> Reason | None:
    """Every figure may be missing, but not all of them."""
    if situation.report.figures.given:
        return None
    return Reason("NO_FIGURE", "Give at least one figure of the year.", field="data.tax_paid_cny")


def bound_is_of_a_figure(situation: Situation) -> Reason | None:
    """Only a figure that is given can be no less than that."""
    figures = situation.report.figures
    bare = [name.value for name in figures.at_least if name not in figures.given]
    if not bare:
        return None
    return Reason(
        "BOUND_WITHOUT_FIGURE",
        f"at_least names {', '.join(bare)}, which the report does not give.",
        field="data.at_least",
    )


def shares_are_of_one_whole(situation: Situation) -> Reason | None:
    """A firm's figures are shared out once: each parcel is named once with its share, no more than the
    whole in all."""
    parcels = situation.report.parcels
    shares = [each.share for each in parcels if each.share is not None]
    each_once = len({each.parcel_id for each in parcels}) == len(parcels)
    if each_once and len(shares) == len(parcels) and sum(shares) <= 1:
        return None
    return Reason(
        "SHARES_DO_NOT_ADD_UP",
        "Name each parcel once with its share of the firm's figures; the shares add up to 1 at most.",
        field="data.parcels",
    )


FIGURE_RULES: tuple[Rule[Situation], ...] = (
    firm_is_of_the_township,
    year_is_over,
    some_figure_is_given,
    bound_is_of_a_figure,
    shares_are_of_one_whole,
)
