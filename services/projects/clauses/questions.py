"""All questions of a document's clauses, as they are told, with what was answered to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .answer import ClauseRecord
from .check import Clause, asked_of, asked_of_document, asked_of_exception
from .law import DocumentKind

NOBODY_ANSWERED: Mapping[str, ClauseRecord | None] = {}


def checked_clauses(
    *,
    clauses: Iterable[Clause],
    document_kind: DocumentKind,
    reviewed_on: date | None,
    on: date,
    known: Mapping[str, ClauseRecord | None] = NOBODY_ANSWERED,
) -> dict[str, Any]:
    """What is asked of the clauses and of their document, under the rules of a day. `known` are the records
    of clauses by their ids."""
    told = [_told(each, document_kind, on, known.get(each.clause_id or "")) for each in clauses]
    reviewed = reviewed_on is not None and reviewed_on <= on
    of_document = asked_of_document(document_kind, reviewed, on)
    still_open = [
        question for each in told for question in each["questions"] if question["answer"] is None
    ]
    lacking = [reason for each in told for reason in each["exception_questions"]]
    return {
        "rules_of": on,
        "document_kind": document_kind.value,
        "clauses": told,
        "document_questions": list(of_document),
        "open_questions": len(still_open) + len(lacking) + len(of_document),
    }


def _told(
    clause: Clause, document: DocumentKind, on: date, record: ClauseRecord | None
) -> dict[str, Any]:
    return {
        "clause_id": clause.clause_id,
        "text": clause.text,
        "questions": [
            {
                "code": each.question.code,
                "clause_kind": each.question.clause_kind,
                "asks": each.question.asks,
                "article": each.question.article,
                "allowed_by": each.question.allowed_by,
                "matched": each.matched,
                "answer": _standing(record, each.question.code, on),
            }
            for each in asked_of(clause, document, on)
        ],
        "exception_questions": list(asked_of_exception(clause, on)),
    }


def _standing(record: ClauseRecord | None, code: str, on: date) -> Any:
    """The answer that stands on the day; none once its exception has ended."""
    answer = record.answer(code, on) if record else None
    return answer if answer and answer.holds_on(on) else None
