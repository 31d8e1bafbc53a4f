"""What may be entered of commitments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate

from backbone.errors import Reason
from backbone.messages.contract import Contract
from backbone.records import record
from park.fields import Day, Figure, Moment, Reference, Text, TownshipCode, Tuple, WholeNumber

from ..listings.notice import CheckStage
from .commitment import LandCommitments
from .standing import KeptShare, StandingRow


@record
class Measured:
    """A figure as it was measured, with its name and unit as they were given."""

    code: str
    value: Decimal
    unit: str


class MeasuredFigure(Contract):
    code = Text(60, required=True)
    value = Figure(required=True)
    unit = Text(30, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Measured:
        return Measured(**data)


@record
class LandReviewed(LandCommitments):
    """The commitments after a review; `warnings` say what is doubtful of it."""

    warnings: tuple[Reason, ...] = ()


class AskStanding(Contract):
    """On a day (today), as known at a moment (now), of all townships or one."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)


class StandingCounts(TypedDict):
    kept: int
    late: int
    breached: int
    open: int
    moved: int
    kept_share: KeptShare


class StandingGroup(StandingCounts):
    group: str


class CommitmentStanding(TypedDict):
    on: date
    known_at: datetime
    totals: StandingCounts
    by_sector: list[StandingGroup]
    by_team: list[StandingGroup]
    by_policy: list[StandingGroup]
    by_indicator: list[StandingGroup]
    commitments: list[StandingRow]


class ReviewCommitments(Contract):
    """The figures of one review, with the ids of what proves them. `data_year` is that of yearly figures. The
    same `review_id` again corrects it."""

    contract_id = fields.Str(required=True)
    review_id = Reference(60, required=True)
    check_stage = fields.Enum(CheckStage, by_value=True, required=True)
    reviewed_on = Day(required=True)
    data_year = WholeNumber(
        load_default=None,
        allow_none=True,
        validate=validate.Range(2000, 2199, error="Give a year from {min} to {max}."),
    )
    figures = Tuple(
        fields.Nested(MeasuredFigure),
        required=True,
        validate=validate.Length(1, 50, error="Give 1 to 50 figures."),
    )
    evidence_ids = Tuple(
        Text(100),
        required=True,
        validate=validate.Length(1, 50, error="Give the ids of 1 to 50 documents that prove them."),
    )
