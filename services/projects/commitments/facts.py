"""The facts of commitments. Values in the unit of the indicator, days in the park."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..contracts.contract import Party
from ..listings.notice import CheckStage, Comparison
from .commitment import Commitment, LandCommitments, Review


@record
class Promise:
    """One indicator that is promised, in its one form."""

    commitment_id: str
    indicator: str
    check_stage: CheckStage
    op: Comparison
    required: Decimal
    unit: str
    years_running: int


@record
class CommitmentsMade:
    """`projects.commitments_made`: a contract was signed, and so many indicators are promised with it;
    `promises` are all of them."""

    contract_id: str
    listing_id: str
    parcel_id: str
    township: str
    lead_id: str | None
    indicators: int
    promises: tuple[Promise, ...] = ()


@record
class CommitmentBreached:
    """`projects.commitment_breached`: a review found that an indicator is missed. `op` and `required` are
    what was promised; `data_year` is that of the figure, where it is a yearly one. `bearers` had the duty
    on that day."""

    breach_id: str
    contract_id: str
    listing_id: str
    parcel_id: str
    township: str
    lead_id: str | None
    indicator: str
    op: Comparison
    required: Decimal
    actual: Decimal
    unit: str
    check_stage: CheckStage
    data_year: int | None
    reviewed_on: date
    commitment_id: str | None = None
    review_id: str | None = None
    bearers: tuple[Party, ...] = ()


@record
class CommitmentVerified:
    """`projects.commitment_verified`: a review found that an indicator is met. `bearers` had the duty on
    that day."""

    contract_id: str
    listing_id: str
    parcel_id: str
    township: str
    lead_id: str | None
    indicator: str
    actual: Decimal
    unit: str
    check_stage: CheckStage
    data_year: int | None
    reviewed_on: date
    commitment_id: str | None = None
    review_id: str | None = None
    bearers: tuple[Party, ...] = ()


@record
class CommitmentBreachLifted:
    """`projects.commitment_breach_lifted`: the review was corrected, and the indicator is met by it, or the
    promise was not due on its day."""

    breach_id: str
    contract_id: str
    listing_id: str
    parcel_id: str
    township: str
    indicator: str
    actual: Decimal
    unit: str


EMITTED = (CommitmentsMade, CommitmentBreached, CommitmentVerified, CommitmentBreachLifted)


def made_of(land: LandCommitments) -> CommitmentsMade:
    promises = tuple(_promise_of(each) for each in land.commitments)
    return CommitmentsMade(
        **_ids_of(land), lead_id=land.lead_id, indicators=len(promises), promises=promises
    )


def reviewed_of(
    land: LandCommitments, commitment: Commitment, review: Review, before: Review | None
) -> Iterator[Any]:
    """The facts of a review; `before` is what it said when it was recorded first. An early one is told to
    nobody, but to those whom it told of a breach."""
    found: dict[str, Any] = {
        **_ids_of(land),
        "indicator": commitment.promised.code,
        "actual": review.actual,
        "unit": commitment.promised.unit,
    }
    breach_id = f"{commitment.commitment_id}.{review.review_id}"
    if before and before.breaks and not review.breaks:
        yield CommitmentBreachLifted(**found, breach_id=breach_id)
    if review.early:
        return
    more: dict[str, Any] = {
        "lead_id": land.lead_id,
        "check_stage": commitment.promised.check_stage,
        "data_year": review.data_year,
        "reviewed_on": review.reviewed_on,
        "commitment_id": commitment.commitment_id,
        "review_id": review.review_id,
        "bearers": review.bearers,
    }
    if review.met:
        yield CommitmentVerified(**found, **more)
    else:
        promised: dict[str, Any] = {
            "op": commitment.promised.op,
            "required": commitment.promised.value,
        }
        yield CommitmentBreached(**found, **more, **promised, breach_id=breach_id)


def judged_of(before: LandCommitments, after: LandCommitments) -> Iterator[Any]:
    """The facts of reviews that became early, or are so no more, since the days of the contract changed."""
    for old, new in zip(before.commitments, after.commitments, strict=True):
        for was, found in zip(old.reviews, new.reviews, strict=True):
            if was.early != found.early:
                yield from reviewed_of(after, new, found, was)


def _promise_of(commitment: Commitment) -> Promise:
    promised = commitment.promised
    return Promise(
        commitment_id=commitment.commitment_id,
        indicator=promised.code,
        check_stage=promised.check_stage,
        op=promised.op,
        required=promised.value,
        unit=promised.unit,
        years_running=promised.years_running,
    )


def _ids_of(land: LandCommitments) -> dict[str, Any]:
    return {
        "contract_id": land.contract_id,
        "listing_id": land.listing_id,
        "parcel_id": land.parcel_id,
        "township": land.township,
    }
