"""Commitments: made by a contract, moved with it, and reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from backbone import Collection, command, query, reads
from backbone.errors import Invalid, Reason
from park.rules import broken, refuse

from ..contracts.contract import Contract
from ..contracts.entrypoints import Contracts
from ..listings.notice import Indicators
from . import facts, schemas
from .commitment import LandCommitments, Review, made_by
from .due import is_early, judged, steps_of
from .indicators import FORMS, converted, noughts, shown, tidy_name
from .promises import promised, promises_below_notice
from .rules import REVIEW_RULES, Reviewed, early_look
from .standing import About, StandingRow, counted, counted_by, rows_of

KEPT = (
    Collection(
        LandCommitments,
        key="contract_id",
        filters=("parcel_id", "listing_id", "township", "lead_id", "has_breach"),
    ),
)
EMITTED = facts.EMITTED
MOST = 100_000  # contracts: far more than a park has
SECTOR_LETTERS = 3  # a division of GB/T 4754: C38 of C3841


class Commitments(Contracts):
    """Keeps what was promised of supplied land, and what reviews found."""

    get_land_commitments, list_land_commitments, land_commitments_history = reads(LandCommitments)

    @command(schemas.ReviewCommitments, answers=schemas.LandReviewed)
    def review_commitments(self, request: dict[str, Any]) -> Any:
        """A review looked at what the contract promises: each figure is met, or missed. One that is held
        before it is due is noted, with a warning, and decides nothing."""
        contract_id = request["contract_id"]
        land = self.store.require(LandCommitments, contract_id, "contract_id")
        contract = self.store.require(Contract, contract_id, "contract_id")
        figures = [
            self._figure(land, contract, request, figure, f"figures.{number}")
            for number, figure in enumerate(request["figures"])
        ]
        found = (reason for _, each in figures for reason in broken(REVIEW_RULES, each))
        refuse(*dict.fromkeys(found))
        land = self._judged(land, contract)
        warnings: list[Reason] = []
        for actual, reviewed in figures:
            land, doubts = self._reviewed(land, contract, request, actual, reviewed.code)
            warnings += doubts
        self.store.save(land)
        self.keep_dues(steps_of(land, contract))
        told = self.store.dump({"warnings": tuple(dict.fromkeys(warnings))})
        return self.store.dump(land) | told

    def promised_by(self, noticed: Indicators, agreed: Indicators, on: date) -> Indicators:
        """A contract promises what its notice prints and its own figures, and no less than the notice."""
        forms = FORMS.on(on)
        refuse(*noughts(agreed, forms, "indicators"))
        refuse(*promises_below_notice(noticed, agreed, forms))
        return promised(noticed, agreed, forms)

    def follow_contract(self, contract: Contract) -> None:
        """What a contract promises is made with it, and borne by whoever it binds now."""
        before = self.store.get(LandCommitments, contract.contract_id)
        if before is None and not contract.indicators:
            return
        land = before.as_contract_says(contract) if before else made_by(contract)
        if before:
            land = self._judged(land, contract)
        self.store.save(land)
        self.keep_dues(steps_of(land, contract))
        if before is None:
            self.store.announce(facts.made_of(land))

    def team_on(self, lead_id: str | None, on: date, known_at: datetime) -> str | None:
        """Which team had the project in hand on a day. The service says."""
        raise NotImplementedError

    @query(schemas.AskStanding, answers=schemas.CommitmentStanding)
    def commitment_standing(self, request: dict[str, Any]) -> Any:
        """How each commitment stood on a day, as known at a moment, and how many were kept, late, breached,
        open or moved: by sector, team, policy and indicator."""
        on, known_at = request["on"] or self.store.today, request["known_at"] or self.store.now
        township = {"township": request["township"]} if request["township"] else {}
        rows = [
            row
            for land in self.store.find(LandCommitments, MOST, **township)
            for row in self._rows(land.contract_id, on, known_at)
        ]
        return self.store.dump(
            {
                "on": on,
                "known_at": known_at,
                "totals": counted(rows),
                "by_sector": counted_by(rows, lambda row: row.sector),
                "by_team": counted_by(rows, lambda row: row.team),
                "by_policy": counted_by(rows, lambda row: row.policy_code),
                "by_indicator": counted_by(rows, lambda row: row.indicator),
                "commitments": rows,
            }
        )

    def _rows(self, contract_id: str, on: date, known_at: datetime) -> list[StandingRow]:
        """The commitments of one contract, by what was on record at that moment."""
        look = self.store.repository.as_of
        land = look(LandCommitments, contract_id, known_at)
        contract = look(Contract, contract_id, known_at)
        if land is None or contract is None:
            return []
        code = contract.industry_code
        about = About(
            sector=code[:SECTOR_LETTERS] if code else None,
            team=self.team_on(contract.lead_id, on, known_at),
            policy_code=contract.policy_code,
        )
        return list(rows_of(land, contract, about, on))

    def _figure(
        self, land: LandCommitments, contract: Contract, request: Any, figure: Any, field: str
    ) -> tuple[Fraction, Reviewed]:
        """One figure in its one unit, and what the rules ask of it."""
        forms = FORMS.on(contract.signed_on)
        if figure.value == 0 and converted(figure.value + 1, figure.unit, forms)[2]:
            raise Invalid([Reason("INVALID", "Give more than 0.", field=f"{field}.value")])
        actual, unit, turned = converted(figure.value, figure.unit, forms)
        name = tidy_name(figure.code, forms)
        return actual, Reviewed(
            land=land,
            check_stage=request["check_stage"],
            code=forms.turned.get(name, name) if turned else name,
            given=figure.code,
            names=forms.names,
            unit=unit,
            field=field,
            data_year=request["data_year"],
            signed_on=contract.signed_on,
            reviewed_on=request["reviewed_on"],
            today=self.store.today,
        )

    def _reviewed(
        self, land: LandCommitments, contract: Contract, request: Any, actual: Fraction, code: str
    ) -> tuple[LandCommitments, list[Reason]]:
        """The land after one figure, whose facts are announced, and what is doubtful of it."""
        doubts: list[Reason] = []
        for commitment in list(land.promised_at(request["check_stage"], code)):
            review = Review(
                review_id=request["review_id"],
                reviewed_on=request["reviewed_on"],
                data_year=request["data_year"],
                actual=shown(actual),
                met=commitment.promised.met_by(actual),
                bearers=contract.bearers_on(request["reviewed_on"]),
                evidence_ids=request["evidence_ids"],
                recorded_at=self.store.now,
            )
            review = replace(review, early=is_early(commitment, contract, review))
            before = commitment.review(review.review_id)
            land = land.with_commitment(commitment.with_review(review))
            self.store.announce(*facts.reviewed_of(land, commitment, review, before))
            doubts += filter(None, [early_look(commitment, contract, review)])
        return land, doubts

    def _judged(self, land: LandCommitments, contract: Contract) -> LandCommitments:
        """The land with its reviews as early or not, and those told for whom that changed."""
        after = judged(land, contract)
        self.store.announce(*facts.judged_of(land, after))
        return after
