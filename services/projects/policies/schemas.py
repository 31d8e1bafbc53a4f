"""What may be recorded and asked of policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate, validates_schema

from backbone.errors import Reason
from backbone.messages.contract import Contract
from park.fields import (
    Amount,
    Day,
    Flag,
    Moment,
    MoneyCny,
    Reference,
    Share,
    Text,
    Tuple,
    in_order,
)

from ..clauses.schemas import LONGEST_CLAUSE, ClauseQuestion, ExceptionSaid
from ..platforms.schemas import PlainId
from .condition import Criterion, CriterionTest
from .policy import Policy, PolicyReview, ReviewConclusion

MOST_CRITERIA, MOST_WORDS = 20, 50


class FactFigure(Amount):
    """In the unit of its fact."""

    largest, most_places = Decimal(10) ** 13, 6


class CriterionSaid(Contract):
    """A figure is compared with `figure`; anything else is held against `words`."""

    fact = Text(40, required=True)
    test = fields.Enum(CriterionTest, by_value=True, required=True)
    figure = FactFigure(zero=True, load_default=None, allow_none=True)
    words = Tuple(Text(60), load_default=(), validate=validate.Length(max=MOST_WORDS))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Criterion:
        return Criterion(**data)


class ReviewSaid(Contract):
    """The fair-competition review of a policy."""

    conclusion = fields.Enum(ReviewConclusion, by_value=True, required=True)
    reviewed_on = Day(required=True)
    conclusion_reasons = Text(2000, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PolicyReview:
        return PolicyReview(**data)


class OfPolicy(Contract):
    """Loads to `policy_id` and `said`, the rest."""

    policy_id = PlainId(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        said = dict(data)
        return {"policy_id": said.pop("policy_id"), "said": said}


class RecordPolicy(OfPolicy):
    """The whole of what a policy says from its first day on; it takes the place of what was recorded of it
    before. Revisions stay."""

    title = Text(200, required=True)
    clause = Text(LONGEST_CLAUSE, required=True)
    gives_kind = Text(40, required=True)
    amount_cny = MoneyCny(load_default=None, allow_none=True)
    share = Share(zero=False, load_default=None, allow_none=True)
    share_of = Text(100, load_default=None, allow_none=True)
    condition = Tuple(
        fields.Nested(CriterionSaid), load_default=(), validate=validate.Length(max=MOST_CRITERIA)
    )
    valid_from = Day(required=True)
    valid_to = Day(load_default=None, allow_none=True)
    document = Reference(200, required=True)
    review = fields.Nested(ReviewSaid, load_default=None, allow_none=True)
    exception = fields.Nested(ExceptionSaid, load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "valid_from", "valid_to")


class RevisePolicy(OfPolicy):
    """What is otherwise from `revised_on` on; what is left out stays as it was. The same day again corrects
    it."""

    revised_on = Day(required=True)
    document = Reference(200, required=True)
    title = Text(200, load_default=None, allow_none=True)
    clause = Text(LONGEST_CLAUSE, load_default=None, allow_none=True)
    amount_cny = MoneyCny(load_default=None, allow_none=True)
    share = Share(zero=False, load_default=None, allow_none=True)
    share_of = Text(100, load_default=None, allow_none=True)
    condition = Tuple(
        fields.Nested(CriterionSaid),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=MOST_CRITERIA),
    )
    valid_to = Day(load_default=None, allow_none=True)
    review = fields.Nested(ReviewSaid, load_default=None, allow_none=True)
    exception = fields.Nested(ExceptionSaid, load_default=None, allow_none=True)


class EndPolicy(OfPolicy):
    """It was decided that `ends_on` is the last day of the policy; `withdrawn`: it is not after all."""

    ends_on = Day(required=True)
    decided_on = Day(required=True)
    end_reason = Text(500, required=True)
    document = Reference(200, required=True)
    withdrawn = Flag(load_default=False)


class ClaimPolicy(OfPolicy):
    """A project claims money; the same `policy_claim_id` again corrects it."""

    policy_claim_id = PlainId(required=True)
    project_id = PlainId(required=True)
    claimed_cny = MoneyCny(required=True)
    claimed_on = Day(required=True)
    withdrawn = Flag(load_default=False)
    evidence_ids = Tuple(
        Reference(100),
        required=True,
        validate=validate.Length(1, 50, error="Give the ids of 1 to 50 documents that prove it."),
    )


class GrantPolicyClaim(OfPolicy):
    """A claim is granted so much, nothing where it is refused; the same claim again corrects it."""

    policy_claim_id = PlainId(required=True)
    granted_cny = MoneyCny(zero=True, required=True)
    granted_on = Day(required=True)
    document = Reference(200, required=True)
    withdrawn = Flag(load_default=False)


class MarkProject(Contract):
    """A project has a mark that policies may ask for; the same `mark_id` again corrects it. Loads to
    `project_id` and `mark`, the fields of a `ProjectMark`."""

    project_id = PlainId(required=True)
    mark_id = PlainId(required=True)
    mark_kind = Text(40, required=True)
    word = Text(60, required=True)
    from_on = Day(required=True)
    to_on = Day(load_default=None, allow_none=True)
    document = Reference(200, required=True)
    withdrawn = Flag(load_default=False)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        mark = dict(data)
        return {"project_id": mark.pop("project_id"), "mark": mark}


class PolicyAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now."""

    policy_id = PlainId(required=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class PoliciesAsked(Contract):
    """All policies, on a day, as known at a moment."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class PolicyKept(TypedDict):
    """The policy, what speaks against it as it stands, and what is asked of its clause."""

    policy: Policy
    warnings: list[Reason]
    questions: list[ClauseQuestion]


class ClaimKept(TypedDict):
    """The policy, and what speaks against the claim or the grant; it refuses nothing."""

    policy: Policy
    warnings: list[Reason]


class PolicyLine(TypedDict):
    policy_id: str
    title: str
    gives_kind: str
    valid_from: date
    ends_on: date | None
    claims: int
    claimed_cny: Decimal
    granted_cny: Decimal
    warnings: list[Reason]


class PolicyOverview(TypedDict):
    """The policies in force on the day, by their ids; claims and grants are those up to it."""

    on: date
    known_at: datetime
    policies: list[PolicyLine]
    claimed_cny: Decimal
    granted_cny: Decimal
