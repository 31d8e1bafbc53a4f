"""The fact of an answered question. Who decided is an office; no fact names a person."""

from __future__ import annotations

from datetime import date

from backbone.records import record

from .answer import ClauseAnswer, ClauseConclusion, ClauseRecord


@record
class ClauseAnswered:
    """`projects.clause_answered`: a person answered a question of a clause; the answer of a later day stands.
    `answer_no` counts those of the clause. `ends_on` is the last day of an exception."""

    clause_id: str
    answer_no: int
    code: str
    conclusion: ClauseConclusion
    decided_on: date
    ends_on: date | None


EMITTED = (ClauseAnswered,)


def answered_of(record: ClauseRecord, answer: ClauseAnswer) -> ClauseAnswered:
    return ClauseAnswered(
        clause_id=record.clause_id,
        answer_no=len(record.answers),
        code=answer.code,
        conclusion=answer.conclusion,
        decided_on=answer.decided_on,
        ends_on=answer.exception.ends_on if answer.exception else None,
    )
