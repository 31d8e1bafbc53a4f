"""When each review of what a contract promises is due, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from backbone.records import record
from park.rulebook import Rulebook
from park.time import months_later

from ..contracts.contract import Contract
from ..dues.due_step import About, DueStep, StepKind
from ..listings.notice import CheckStage
from ..rulebook import FOLDER
from .commitment import Commitment, CommitmentState, LandCommitments, Review

STEPS = {
    CheckStage.START: StepKind.START_REVIEW,
    CheckStage.COMPLETION: StepKind.COMPLETION_REVIEW,
    CheckStage.FULL_CAPACITY: StepKind.FULL_CAPACITY_REVIEW,
    CheckStage.ANNUAL: StepKind.ANNUAL_REVIEW,
}


@record
class ReviewDue:
    """So many months after building begins or is complete, and again a year later, `times` in all. What is
    promised for a stage that `stays_met` holds once it is met, before its day too."""

    counted_from: Literal["start", "completion"]
    months: int
    times: int = 1
    stays_met: bool = False


@record
class ReviewDays:
    """When each review is due."""

    source: str
    due: dict[CheckStage, ReviewDue]


REVIEWS = Rulebook(FOLDER / "reviews", ReviewDays)


def days_of(commitment: Commitment, contract: Contract) -> tuple[date, ...]:
    """The days by which each review of the commitment is due; none while nobody knows when building is to
    begin, or to be complete."""
    rule = REVIEWS.on(contract.signed_on).due[commitment.promised.check_stage]
    first = _counted_from(contract, rule)
    if first is None:
        return ()
    times = max(rule.times, commitment.promised.years_running)
    return tuple(months_later(first, rule.months + 12 * n) for n in range(times))


def review_for(commitment: Commitment, due_on: date) -> Review | None:
    """The review that is due by that day, if there is one: of a yearly figure that of the year before, of
    any other the first there is. What was met in all its years running needs no more."""
    promised, found = commitment.promised, commitment.deciding
    if promised.check_stage is not CheckStage.ANNUAL and promised.years_running > 1:
        if commitment.state is CommitmentState.KEPT:
            return found[-1]
    elif promised.check_stage is not CheckStage.ANNUAL:
        return found[0] if found else None
    return next((each for each in found if each.year == due_on.year - 1), None)


def breach_counts_from(commitment: Commitment, contract: Contract, review: Review) -> date | None:
    """The day from which a miss of this review is a breach, for nothing is broken before it is due: that of
    the start or the completion itself, of full capacity the day by which it is reviewed, of a yearly figure
    the end of its year, the first of which lies before the first day of a review. None while nobody knows
    (ours)."""
    promised = commitment.promised
    days = days_of(commitment, contract)
    if not days:
        return None
    if promised.check_stage in (CheckStage.START, CheckStage.COMPLETION):
        return _counted_from(contract, REVIEWS.on(contract.signed_on).due[promised.check_stage])
    is_yearly = promised.check_stage is CheckStage.ANNUAL or promised.years_running > 1
    if is_yearly and review.year >= days[0].year - 1:
        return date(review.year + 1, 1, 1)
    return days[0]


def is_before_its_day(commitment: Commitment, contract: Contract, review: Review) -> bool:
    """Whether a review was held before the day from which it counts; not while nobody knows that day."""
    counts_from = breach_counts_from(commitment, contract, review)
    return counts_from is not None and review.reviewed_on < counts_from


def is_early(commitment: Commitment, contract: Contract, review: Review) -> bool:
    """Whether a review decides nothing, because it was held before its day: it does if it found met what
    stays met (ours)."""
    stage = commitment.promised.check_stage
    stays_met = REVIEWS.on(contract.signed_on).due[stage].stays_met
    settled = review.met and stays_met
    return not settled and is_before_its_day(commitment, contract, review)


def judged(land: LandCommitments, contract: Contract) -> LandCommitments:
    """With each review as early or not, by the days of the contract as it stands."""
    for commitment in land.commitments:
        reviews = (
            replace(each, early=is_early(commitment, contract, each)) for each in commitment.reviews
        )
        land = land.with_commitment(replace(commitment, reviews=tuple(reviews)))
    return land


def review_due_on(commitment: Commitment, contract: Contract, year: int) -> date | None:
    """The day by which a review with the figures of that year is due, else the first; none while nobody
    knows."""
    days = days_of(commitment, contract)
    return next((day for day in days if day.year - 1 == year), next(iter(days), None))


def overdue_since(commitment: Commitment, contract: Contract, on: date) -> date | None:
    """The first day by which a review was due before `on` and was not done; none if all were."""
    late = (d for d in days_of(commitment, contract) if d < on and not review_for(commitment, d))
    return next(late, None)


def steps_of(land: LandCommitments, contract: Contract) -> Iterator[DueStep]:
    """Each review as a step that is due: done when every promise that it is about was looked at."""
    about = About(contract.contract_id, contract.listing_id, contract.parcel_id, contract.township)
    by_day: dict[tuple[CheckStage, int, date], list[Review | None]] = {}
    for commitment in land.commitments:
        for number, due_on in enumerate(days_of(commitment, contract), start=1):
            key = (commitment.promised.check_stage, number, due_on)
            by_day.setdefault(key, []).append(review_for(commitment, due_on))
    for (stage, number, due_on), found in by_day.items():
        done = [each.reviewed_on for each in found if each]
        yield about.step(
            STEPS[stage],
            number=number,
            due_on=due_on,
            done_on=max(done) if len(done) == len(found) else None,
            dropped=land.ended,
        )


def _counted_from(contract: Contract, rule: ReviewDue) -> date | None:
    """The day of the start or the completion, or the last day for it; the earlier of both."""
    terms, starts = contract.terms, rule.counted_from == "start"
    months = terms.start_within_months if starts else terms.complete_within_months
    done_on = contract.started_on if starts else contract.completed_on
    last_on = None if months is None else months_later(contract.signed_on, months)
    return min((day for day in (done_on, last_on) if day), default=None)
