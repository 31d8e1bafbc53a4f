"""What holds of a review; each rule answers with a reason, or with nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from ..contracts.contract import Contract
from ..listings.notice import CheckStage
from .commitment import Commitment, LandCommitments, Review
from .due import breach_counts_from, is_before_its_day, review_due_on


@record
class Reviewed:
    """One figure of a review, by its one name and in its one unit, beside what was promised. `given` is its
    name as the caller wrote it, and `names` are the one name of each that is taken."""

    land: LandCommitments
    check_stage: CheckStage
    code: str
    given: str
    names: dict[str, str]
    unit: str
    field: str
    data_year: int | None
    signed_on: date
    reviewed_on: date
    today: date


def contract_holds(reviewed: Reviewed) -> Reason | None:
    """A void contract promises nothing."""
    if not reviewed.land.ended:
        return None
    return Reason("CONTRACT_VOID", "The award and its contract are void.", field="contract_id")


def figure_was_promised(reviewed: Reviewed) -> Reason | None:
    """A review looks at what the contract promises for its stage."""
    land, stage = reviewed.land, reviewed.check_stage
    if any(land.promised_at(stage, reviewed.code)):
        return None
    promised = {
        _printed_with_names(each, reviewed.names)
        for each in land.commitments
        if each.promised.check_stage is stage
    }
    return Reason(
        "FIGURE_NOT_PROMISED",
        f"It is {reviewed.given!r}; for {stage} the contract promises: "
        f"{'; '.join(sorted(promised)) or 'nothing'}.",
        field=reviewed.field,
    )


def _printed_with_names(commitment: Commitment, names: dict[str, str]) -> str:
    """The indicator by its Chinese name, or else as it is printed, and the other names that are taken."""
    code, printed = commitment.promised.code, commitment.printed.code.strip()
    taken = [name for name, one in names.items() if one == code]
    first = printed if not printed.isascii() else next(filter(_is_chinese, taken), printed)
    others = sorted({code, printed, *taken} - {first})
    return f"{first} (or {', '.join(others)})" if others else first


def _is_chinese(name: str) -> bool:
    return not name.isascii()


def figure_has_the_unit(reviewed: Reviewed) -> Reason | None:
    """A figure is held against a promise of the same unit, after both were brought into one form."""
    promised = list(reviewed.land.promised_at(reviewed.check_stage, reviewed.code))
    other = [each.promised.unit for each in promised if each.promised.unit != reviewed.unit]
    if not other:
        return None
    return Reason("UNIT_DIFFERS", f"Give it in {other[0]}.", field=reviewed.field)


def yearly_figure_has_a_year(reviewed: Reviewed) -> Reason | None:
    """What is looked at every year, or in years running, is a figure of one year."""
    if reviewed.data_year or not _is_yearly(reviewed):
        return None
    return Reason("YEAR_MISSING", "Give the year of the figures.", field="data_year")


def yearly_figure_is_of_a_year_that_is_over(reviewed: Reviewed) -> Reason | None:
    """The figure of a year is known when the year is over, and nothing was promised of a year before that of
    the contract (ours)."""
    first, last = reviewed.signed_on.year, reviewed.reviewed_on.year - 1
    year = reviewed.data_year
    if year is None or not _is_yearly(reviewed) or first <= year <= last:
        return None
    there_are = (
        f"give a year from {first} to {last}"
        if first <= last
        else f"the first is {first}, to be reviewed from {first + 1}-01-01 on"
    )
    return Reason(
        "YEAR_NOT_REVIEWABLE",
        f"The contract is of {reviewed.signed_on}, the review of {reviewed.reviewed_on}, "
        f"and {year} is {'not over by then' if year > last else 'before the contract'}: {there_are}.",
        field="data_year",
    )


def _is_yearly(reviewed: Reviewed) -> bool:
    promised = reviewed.land.promised_at(reviewed.check_stage, reviewed.code)
    return reviewed.check_stage is CheckStage.ANNUAL or any(
        each.promised.years_running > 1 for each in promised
    )


def review_has_happened(reviewed: Reviewed) -> Reason | None:
    """What has not happened yet is not entered."""
    if reviewed.reviewed_on <= reviewed.today:
        return None
    return Reason("NOT_YET", f"Today is {reviewed.today}; give a day that has come.", "reviewed_on")


def review_follows_the_contract(reviewed: Reviewed) -> Reason | None:
    """Nobody had promised anything before the contract."""
    if reviewed.signed_on <= reviewed.reviewed_on:
        return None
    sentence = f"The contract is of {reviewed.signed_on}; give that day or a later one."
    return Reason("BEFORE_CONTRACT", sentence, field="reviewed_on")


REVIEW_RULES: tuple[Rule[Reviewed], ...] = (
    contract_holds,
    figure_was_promised,
    figure_has_the_unit,
    yearly_figure_has_a_year,
    yearly_figure_is_of_a_year_that_is_over,
    review_has_happened,
    review_follows_the_contract,
)


def early_look(commitment: Commitment, contract: Contract, review: Review) -> Reason | None:
    """A review that is held before its day is taken, and whoever enters it is told when it is due (ours)."""
    if not is_before_its_day(commitment, contract, review):
        return None
    stage = commitment.promised.check_stage
    due_on = review_due_on(commitment, contract, review.year)
    counts_from = breach_counts_from(commitment, contract, review)
    outcome = (
        "it is noted and decides nothing, and the review is still to be done"
        if review.early
        else "what it found met stays met"
    )
    return Reason(
        "REVIEW_EARLY",
        f"The review of {stage} is due by {due_on} and counts from {counts_from} on; "
        f"of {review.reviewed_on}, {outcome}.",
        field="reviewed_on",
    )
