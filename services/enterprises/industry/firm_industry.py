"""In which industry a firm is: what was stated, in either edition, and what that is in that of 2017."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from backbone.records import record

from ..firms.dated import Said, in_force, with_later
from ..firms.enterprise import Enterprise
from .standard import Edition, Mapped, Mapping, mapped


@record
class IndustryStated:
    """The firm is in this industry from that day on. `code` is of the edition, with its letter."""

    edition: Edition
    code: str
    valid_from: date
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return self.valid_from, self.edition


@record
class FirmIndustry:
    enterprise_id: str
    township: str
    stated: tuple[IndustryStated, ...] = ()

    def with_statement(self, statement: IndustryStated) -> FirmIndustry:
        return replace(self, stated=with_later(self.stated, statement))


@record
class Industry:
    """The industry of a firm on a day. `code_2017` is none while it is a question, or unknown. `by` says
    what it follows from: the statement of that day, or the newest report of the firm."""

    kind: Mapping
    code_2017: str | None = None
    stated_code: str | None = None
    stated_edition: Edition | None = None
    candidates: tuple[str, ...] = ()
    by: str


def industry_on(held: FirmIndustry | None, firm: Enterprise | None, day: date) -> Industry:
    """What stands on that day. Of a day the statement in the edition of 2017 goes before that of 2011;
    a question is answered by the firm's own code of 2017 if that is one of the candidates."""
    stated = _in_force(held, day)
    code = firm.industry_code if firm else None
    if stated is None:
        kind = Mapping.MAPPED if code else Mapping.UNLISTED
        return Industry(kind=kind, code_2017=code, by="report_of_the_firm")
    found = _read(stated)
    answered = code if found.kind is Mapping.QUESTION and code in found.candidates else None
    return Industry(
        kind=Mapping.MAPPED if answered else found.kind,
        code_2017=answered or found.code,
        stated_code=stated.code,
        stated_edition=stated.edition,
        candidates=found.candidates,
        by="report_of_the_firm" if answered else "statement",
    )


def _in_force(held: FirmIndustry | None, day: date) -> IndustryStated | None:
    stated = held.stated if held else ()
    newest = in_force(stated, day)
    if newest is None:
        return None
    return max(
        (each for each in stated if each.valid_from == newest.valid_from),
        key=lambda each: each.edition,
    )


def _read(stated: IndustryStated) -> Mapped:
    """A code of 2017 stands as it was stated, also one that the list lacks."""
    if stated.edition is Edition.OF_2017:
        return Mapped(kind=Mapping.MAPPED, code=stated.code)
    return mapped(stated.code, Edition.OF_2011, Edition.OF_2017)
