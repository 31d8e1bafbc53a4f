"""Commitments [履约承诺]: what a contract promises of its land, and what each review found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record

from ..contracts.contract import Contract, Party
from ..listings.notice import CheckStage, Indicator
from .indicators import FORMS, Canonical, in_one_form


class CommitmentState(StrEnum):
    PENDING = "pending"
    KEPT = "kept"
    BREACHED = "breached"


@record
class Review:
    """What a review [达产复核] found of one indicator, in the unit of its commitment. `bearers` had the
    duty on that day: a breach stays theirs. `data_year` is that of the figure, where it is a yearly one. What
    is `early` was looked at before it was due, is noted and decides nothing."""

    review_id: str
    reviewed_on: date
    data_year: int | None = None
    actual: Decimal
    met: bool
    bearers: tuple[Party, ...]
    evidence_ids: tuple[str, ...]
    recorded_at: datetime
    early: bool = False

    @property
    def year(self) -> int:
        """The year of its figure."""
        return self.data_year or self.reviewed_on.year

    @property
    def breaks(self) -> bool:
        """Whether it finds the promise broken."""
        return not self.met and not self.early


@record
class Commitment:
    """`printed` is the indicator as the notice or the contract has it. Of one `review_id` the last
    record stands, and `state` follows from all."""

    commitment_id: str
    promised: Canonical
    printed: Indicator
    reviews: tuple[Review, ...] = ()
    state: CommitmentState = CommitmentState.PENDING

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", self._state())

    def _state(self) -> CommitmentState:
        """A figure that is to be met in years running is breached by any year, and kept when all were
        met; of any other the newest review decides."""
        newest = self._of_years()
        if not newest:
            return CommitmentState.PENDING
        running = self.promised.years_running
        if running == 1:
            last = newest[max(newest)]
            return CommitmentState.KEPT if last.met else CommitmentState.BREACHED
        if not all(each.met for each in newest.values()):
            return CommitmentState.BREACHED
        is_whole = any(all(year + n in newest for n in range(running)) for year in newest)
        return CommitmentState.KEPT if is_whole else CommitmentState.PENDING

    @property
    def breaches(self) -> tuple[Review, ...]:
        """Every review that found it broken, whoever had the duty then."""
        return tuple(each for each in self.reviews if each.breaks)

    @property
    def deciding(self) -> tuple[Review, ...]:
        """The reviews of what was due."""
        return tuple(each for each in self.reviews if not each.early)

    def review(self, review_id: str) -> Review | None:
        return next((each for each in self.reviews if each.review_id == review_id), None)

    def with_review(self, review: Review) -> Commitment:
        others = [each for each in self.reviews if each.review_id != review.review_id]
        found = sorted((*others, review), key=lambda each: (each.reviewed_on, each.review_id))
        return replace(self, reviews=tuple(found))

    def _of_years(self) -> dict[int, Review]:
        """The newest review of each year, of those that decide."""
        return {each.year: each for each in self.deciding}


@record
class LandCommitments:
    """All that one contract promises. `duty_bearers` have the duties now; `ended` says that the contract
    is void."""

    contract_id: str
    listing_id: str
    parcel_id: str
    township: str
    lead_id: str | None = None
    commitments: tuple[Commitment, ...] = ()
    duty_bearers: tuple[Party, ...] = ()
    ended: bool = False

    @property
    def has_breach(self) -> bool:
        return any(each.breaches for each in self.commitments)

    def promised_at(self, stage: CheckStage, code: str) -> Iterator[Commitment]:
        """What is promised of this indicator at that stage: two for a range."""
        for each in self.commitments:
            if (each.promised.check_stage, each.promised.code) == (stage, code):
                yield each

    def with_commitment(self, changed: Commitment) -> LandCommitments:
        same = changed.commitment_id
        found = (changed if each.commitment_id == same else each for each in self.commitments)
        return replace(self, commitments=tuple(found))

    def as_contract_says(self, contract: Contract) -> LandCommitments:
        """With those who bear the duties now."""
        return replace(
            self, duty_bearers=contract.duty_bearers, ended=contract.voided_on is not None
        )


def made_by(contract: Contract) -> LandCommitments:
    """The commitments of a contract that was signed, by the forms of its day."""
    forms = FORMS.on(contract.signed_on)
    found = []
    for number, printed in enumerate(contract.indicators, start=1):
        promised = in_one_form(printed, forms)
        found.append(
            Commitment(
                commitment_id=f"{contract.contract_id}.{number}", promised=promised, printed=printed
            )
        )
    return LandCommitments(
        contract_id=contract.contract_id,
        listing_id=contract.listing_id,
        parcel_id=contract.parcel_id,
        township=contract.township,
        lead_id=contract.lead_id,
        commitments=tuple(found),
    ).as_contract_says(contract)
