"""The questions of a clause, of an exception that it claims, and of the document as a whole. No verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from backbone.errors import Reason
from backbone.records import record

from ..findings import Finding, Outcome
from .law import CLAUSE_LAW, WORDINGS, ClauseLaw, DocumentKind, Question
from .reading import found_in


@record
class ClauseException:
    """What is said for an exception of art. 12; what is not said is none. `ends_on` is its last day."""

    ground: str | None = None
    no_milder_way: bool = False
    ends_on: date | None = None
    end_condition: str | None = None


@record
class Clause:
    """A clause by its text, or by a kind that is known. `clause_id` is given where answers are kept."""

    text: str
    clause_id: str | None = None
    clause_kind: str | None = None
    exception: ClauseException | None = None
    conclusion_reasons: str | None = None


@record
class AskedOfClause:
    """A question, and the words that raised it; none where the kind was given."""

    question: Question
    matched: str | None


def asked_of(clause: Clause, document: DocumentKind, on: date) -> tuple[AskedOfClause, ...]:
    """The questions that the law of a day asks of a clause, in the order of its articles' data."""
    wordings = WORDINGS.on(on)
    asked = []
    for question in CLAUSE_LAW.on(on).of(document):
        matched = found_in(clause.text, question.clause_kind, wordings)
        if matched or clause.clause_kind == question.clause_kind:
            asked.append(AskedOfClause(question=question, matched=matched))
    return tuple(asked)


def ground_is_named(exception: ClauseException, law: ClauseLaw) -> Reason | None:
    """条例 art. 12: an exception rests on one of four grounds."""
    if law.exception is None or exception.ground in law.exception.grounds:
        return None
    named = f"{law.exception.ground_asks} Give one of: {', '.join(law.exception.grounds)}."
    return Reason("EXCEPTION_GROUND", named, "ground", law.exception.article)


def no_milder_way_is_left(exception: ClauseException, law: ClauseLaw) -> Reason | None:
    """条例 art. 12: there is no way that harms competition less."""
    if law.exception is None or exception.no_milder_way:
        return None
    return Reason(
        "EXCEPTION_MILDER_WAY",
        law.exception.milder_way_asks,
        "no_milder_way",
        law.exception.article,
    )


def exception_ends(exception: ClauseException, law: ClauseLaw) -> Reason | None:
    """条例 art. 12: it has a term, or a condition that ends it."""
    if law.exception is None or exception.ends_on or exception.end_condition:
        return None
    return Reason("EXCEPTION_TERM", law.exception.term_asks, "ends_on", law.exception.article)


EXCEPTION_RULES = (ground_is_named, no_milder_way_is_left, exception_ends)


def lacking_of(exception: ClauseException, on: date) -> tuple[Reason, ...]:
    """What an exception lacks under the law of a day."""
    law = CLAUSE_LAW.on(on)
    found = (rule(exception, law) for rule in EXCEPTION_RULES)
    return tuple(each for each in found if each)


def asked_of_exception(clause: Clause, on: date) -> tuple[Reason, ...]:
    """What is asked of the exception that a clause claims: what it lacks (art. 12), and whether the
    conclusion says why (art. 17)."""
    if clause.exception is None:
        return ()
    law = CLAUSE_LAW.on(on)
    lacking = lacking_of(clause.exception, on)
    if law.conclusion is None or clause.conclusion_reasons:
        return lacking
    why = law.conclusion
    reason = Reason("CONCLUSION_REASONS", why.asks, "conclusion_reasons", why.article)
    return (*lacking, reason)


def asked_of_document(document: DocumentKind, reviewed: bool, on: date) -> tuple[Reason, ...]:
    """条例 art. 18: no policy goes out without a review."""
    review = CLAUSE_LAW.on(on).review
    if document is not DocumentKind.POLICY or reviewed or review is None:
        return ()
    return (Reason("REVIEW_MISSING", review.asks, "reviewed_on", review.article),)


def findings_of(conditions: Iterable[str], on: date) -> Iterator[Finding]:
    """The questions of a notice's conditions, as warnings beside the answers of its other rules."""
    for text in conditions:
        for each in asked_of(Clause(text=text), DocumentKind.NOTICE, on):
            yield Finding(
                code=each.question.code,
                outcome=Outcome.WARNED,
                sentence=f"{each.question.asks} It says: {each.matched}",
                field="conditions",
                source=each.question.article,
            )
