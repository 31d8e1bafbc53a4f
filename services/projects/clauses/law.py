"""Dated data: what is asked of the clauses of a notice or a policy, and by which wordings one is known."""

from __future__ import annotations

from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


class DocumentKind(StrEnum):
    """What the clause stands in: the notice of a sale of land, or a policy."""

    NOTICE = "notice"  # 公告
    POLICY = "policy"  # 政策


@record
class Wording:
    """All parts stand in one sentence within so many characters, none of `unless` beside them, and none of
    `not_with` in the sentence."""

    all: tuple[str, ...]
    unless: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    within: int = 40


@record
class Wordings:
    """`pieces` are words that parts share, `neutral` what is cut out of a text before it is read."""

    neutral: tuple[str, ...]
    pieces: dict[str, str]
    kinds: dict[str, tuple[Wording, ...]]


@record
class Question:
    """What is asked of a kind of clause, by which article, and what would make the clause stand."""

    code: str
    clause_kind: str
    asks: str
    article: str
    allowed_by: str
    documents: tuple[DocumentKind, ...]


@record
class ExceptionLaw:
    """What an exception must have [例外]."""

    ground_asks: str
    milder_way_asks: str
    term_asks: str
    article: str
    grounds: dict[str, str]


@record
class Asked:
    asks: str
    article: str


@record
class ClauseLaw:
    questions: tuple[Question, ...]
    exception: ExceptionLaw | None = None
    conclusion: Asked | None = None
    review: Asked | None = None

    def of(self, document: DocumentKind) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if document in each.documents)


CLAUSE_LAW = Rulebook(FOLDER / "clauses", ClauseLaw)
WORDINGS = Rulebook(FOLDER / "clause_wordings", Wordings)
CLAUSE_KINDS = sorted({kind for each in WORDINGS.editions.values() for kind in each.kinds})
