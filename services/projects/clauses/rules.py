"""What an answer to a question must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record

from .answer import ClauseAnswer, ClauseConclusion
from .check import ClauseException, lacking_of
from .law import CLAUSE_LAW

NO_EXCEPTION = ClauseException()


@record
class Answering:
    """An answer, and the day in the park."""

    answer: ClauseAnswer
    today: date


def question_is_asked(answering: Answering) -> Reason | None:
    """An answer is to a question of the law of its day."""
    answer = answering.answer
    codes = [each.code for each in CLAUSE_LAW.on(answer.decided_on).questions]
    if answer.code in codes:
        return None
    known = f"Give one of these: {', '.join(codes)}." if codes else "Nothing was asked on that day."
    return Reason("QUESTION_UNKNOWN", known, "code")


def was_decided(answering: Answering) -> Reason | None:
    """A decision is of a day that has come."""
    if answering.answer.decided_on <= answering.today:
        return None
    return Reason("NOT_YET", f"Today is {answering.today}; give a day that has come.", "decided_on")


def exception_belongs_to_its_conclusion(answering: Answering) -> Reason | None:
    """What is said for an exception is said where the clause is allowed as one."""
    answer = answering.answer
    if answer.exception is None or answer.conclusion is ClauseConclusion.EXCEPTION:
        return None
    return Reason("NO_EXCEPTION", "Conclude `exception`, or leave it out.", "exception")


ANSWER_RULES = (question_is_asked, was_decided, exception_belongs_to_its_conclusion)


def lacking_for(answer: ClauseAnswer) -> tuple[Reason, ...]:
    """条例 art. 12: a clause is no exception without ground, without a look for a milder way, or without an
    end; each thing that lacks is a reason of its own."""
    if answer.conclusion is not ClauseConclusion.EXCEPTION:
        return ()
    return lacking_of(answer.exception or NO_EXCEPTION, answer.decided_on)
