"""The industries of GB/T 4754 in its editions of 2011 and 2017, and which code became which.

A code of 2011 that was split is a question with its candidates, never a guess. A shorter code (two or
three digits) is asked the same way: it is mapped if all that it holds went into one code of its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from backbone.records import record
from park.table import rows

FORM = re.compile(r"([A-T])?([0-9]{2,4})")
SECTIONS = {"2011": "industries_2011.csv", "2017": "industries.csv"}


class Edition(StrEnum):
    """An edition of GB/T 4754, by its year."""

    OF_2011 = "2011"
    OF_2017 = "2017"


class Mapping(StrEnum):
    """`question`: several codes are possible; `unlisted`: the list does not have the code."""

    MAPPED = "mapped"
    QUESTION = "question"
    UNLISTED = "unlisted"


@record
class Mapped:
    """What a code of one edition is in the other. `code` is none unless it is certain; `candidates`
    are all that it may be, each with its section's letter."""

    kind: Mapping
    code: str | None = None
    candidates: tuple[str, ...] = ()


@record
class Classes:
    """How many codes an edition has: divisions [大类], groups [中类], classes [小类]."""

    divisions: int
    groups: int
    classes: int


@cache
def _crosswalk() -> tuple[tuple[str, str], ...]:
    """The small classes of 2011 and of 2017 that belong together, without letters."""
    return tuple(
        (row["code_2011"], row["code_2017"]) for row in rows("industries_2011_to_2017.csv")
    )


@cache
def _sections(edition: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((row["section"], row["first"], row["last"]) for row in rows(SECTIONS[edition]))


def lettered(digits: str, edition: Edition) -> str | None:
    """The code with the letter of its section: C3411 of 3411; none if no section has the division."""
    for section, first, last in _sections(edition):
        if first <= digits[:2] <= last:
            return f"{section}{digits}"
    return None


def code_of(text: str, edition: Edition) -> str | None:
    """The code with its letter, given with or without it; none if it is none of this edition's form."""
    found = FORM.fullmatch(text)
    if not found:
        return None
    code = lettered(found[2], edition)
    return code if code and found[1] in (None, code[0]) else None


def mapped(code: str, of: Edition, to: Edition) -> Mapped:
    """What a lettered code of edition `of` is in edition `to`. An unlisted code is never mapped, also
    not within one edition."""
    digits = code[1:]
    pairs = _pairs(of, to)
    became = {after[: len(digits)] for before, after in pairs if before.startswith(digits)}
    found = tuple(sorted(filter(None, (lettered(each, to) for each in became))))
    if not found:
        return Mapped(kind=Mapping.UNLISTED)
    if len(found) == 1:
        return Mapped(kind=Mapping.MAPPED, code=found[0], candidates=found)
    return Mapped(kind=Mapping.QUESTION, candidates=found)


def _pairs(of: Edition, to: Edition) -> Iterable[tuple[str, str]]:
    if of is to:
        place = 0 if of is Edition.OF_2011 else 1
        return [(pair[place], pair[place]) for pair in _crosswalk()]
    return _crosswalk() if of is Edition.OF_2011 else [(new, old) for old, new in _crosswalk()]


def counted(edition: Edition, section: str | None = None) -> Classes:
    """How many codes the list has of the edition, or of one of its sections; counted, not recited."""
    codes = {before for before, _ in _pairs(edition, edition)}
    here = [code for code in codes if section in (None, (lettered(code, edition) or "")[:1])]
    return Classes(
        divisions=len({code[:2] for code in here}),
        groups=len({code[:3] for code in here}),
        classes=len(here),
    )


def split_and_merged() -> tuple[int, int]:
    """How many codes of 2011 became several of 2017, and how many of 2017 came of several of 2011."""
    old, new = (Counter(column) for column in zip(*_crosswalk(), strict=True))
    return sum(n > 1 for n in old.values()), sum(n > 1 for n in new.values())
