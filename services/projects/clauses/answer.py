"""What people answered to the questions of a clause [审查结论].

Nothing is written over: each answer is one more. Of a question that of the latest day stands, of answers of
one day the one that became known last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from backbone.records import record

from .check import ClauseException


class ClauseConclusion(StrEnum):
    """What a person found."""

    KEEPS_THE_RULES = "keeps_the_rules"  # 不违反
    EXCEPTION = "exception"  # 适用例外
    TO_BE_CHANGED = "to_be_changed"  # 修改
    STRUCK_OUT = "struck_out"  # 删除


@record
class ClauseAnswer:
    """An answer to one question, by whom, on which day, and why. An exception says what art. 12 asks for."""

    code: str
    conclusion: ClauseConclusion
    conclusion_reasons: str
    decided_by: str
    decided_on: date
    document: str
    exception: ClauseException | None = None
    known_at: datetime

    def holds_on(self, day: date) -> bool:
        """It was given by that day, and an exception that it allows has not ended."""
        ends_on = self.exception.ends_on if self.exception else None
        return self.decided_on <= day and (ends_on is None or day <= ends_on)


@record
class ClauseRecord:
    """All that was answered to the questions of one clause, as it became known."""

    clause_id: str
    answers: tuple[ClauseAnswer, ...] = ()

    def answer(self, code: str, on: date, known_at: datetime | None = None) -> ClauseAnswer | None:
        """What stands of a question on a day, as known at a moment, or now."""
        said = [
            each
            for each in self.answers
            if each.code == code
            and each.decided_on <= on
            and (known_at is None or each.known_at <= known_at)
        ]
        return max(reversed(said), key=lambda each: each.decided_on, default=None)

    def with_answer(self, answer: ClauseAnswer) -> ClauseRecord:
        of_day = [
            each
            for each in self.answers
            if (each.code, each.decided_on) == (answer.code, answer.decided_on)
        ]
        same = of_day and replace(of_day[-1], known_at=answer.known_at) == answer
        return self if same else replace(self, answers=(*self.answers, answer))
