"""What may be asked of clauses, and answered to their questions."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate

from backbone.errors import Reason
from backbone.messages.contract import Contract
from park.fields import Day, Flag, Reference, Text, Tuple

from ..platforms.schemas import PlainId
from .answer import ClauseAnswer, ClauseConclusion
from .check import Clause, ClauseException
from .law import CLAUSE_KINDS, DocumentKind

MOST_CLAUSES = 200
LONGEST_CLAUSE = 2000
ONE_OF_KINDS = validate.OneOf(CLAUSE_KINDS, error=f"Give one of these: {', '.join(CLAUSE_KINDS)}.")


class ExceptionSaid(Contract):
    """What is said for an exception; what is left out is asked for. Loads to a `ClauseException`."""

    ground = Text(40, load_default=None, allow_none=True)
    no_milder_way = Flag(load_default=False)
    ends_on = Day(load_default=None, allow_none=True)
    end_condition = Text(500, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ClauseException:
        return ClauseException(**data)


class ClauseSaid(Contract):
    """A clause by its text, and by its kind where that is known. `clause_id` is that under which its answers
    are kept. Loads to a `Clause`."""

    text = Text(LONGEST_CLAUSE, required=True)
    clause_id = PlainId(load_default=None, allow_none=True)
    clause_kind = fields.String(load_default=None, allow_none=True, validate=ONE_OF_KINDS)
    exception = fields.Nested(ExceptionSaid, load_default=None, allow_none=True)
    conclusion_reasons = Text(2000, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Clause:
        return Clause(**data)


class CheckClauses(Contract):
    """The clauses of a document, under the rules of `on`, or of today. `reviewed_on` is the day of its
    review, if it had one by then."""

    document_kind = fields.Enum(DocumentKind, by_value=True, load_default=DocumentKind.NOTICE)
    clauses = Tuple(
        fields.Nested(ClauseSaid),
        required=True,
        validate=validate.Length(1, MOST_CLAUSES, error="Give 1 to 200 clauses."),
    )
    reviewed_on = Day(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class RecordClauseAnswer(Contract):
    """What a person answered to one question of a clause. Loads to `clause_id` and `answer`, the fields of a
    `ClauseAnswer`."""

    clause_id = PlainId(required=True)
    code = Text(60, required=True)
    conclusion = fields.Enum(ClauseConclusion, by_value=True, required=True)
    conclusion_reasons = Text(2000, required=True)
    decided_by = Text(100, required=True)
    decided_on = Day(required=True)
    document = Reference(200, required=True)
    exception = fields.Nested(ExceptionSaid, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        answer = dict(data)
        return {"clause_id": answer.pop("clause_id"), "answer": answer}


class ClauseQuestion(TypedDict):
    """`answer` is what was recorded and stands on the day; none where a person has yet to answer."""

    code: str
    clause_kind: str
    asks: str
    article: str
    allowed_by: str
    matched: str | None
    answer: ClauseAnswer | None


class CheckedClause(TypedDict):
    clause_id: str | None
    text: str
    questions: list[ClauseQuestion]
    exception_questions: list[Reason]


class CheckedClauses(TypedDict):
    """`open_questions` counts those that nobody has answered."""

    rules_of: date
    document_kind: str
    clauses: list[CheckedClause]
    document_questions: list[Reason]
    open_questions: int
