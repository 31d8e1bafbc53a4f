"""Knowing the kind of a clause by its wording. A sentence is read in half width, without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .law import Wording, Wordings

SENTENCE = re.compile(r"[。;!?\n]+")
NOTHING = "□"  # stands for what is cut out, so that the words beside it do not meet
MOST_PATTERNS = 500  # of all wordings; each is compiled once
DEPTH = 3  # so many times a piece may name pieces

Span = tuple[int, int]


def sentences(text: str, wordings: Wordings) -> list[str]:
    """The sentences of a text, without what says nothing of competition."""
    plain = unicodedata.normalize("NFKC", text)
    found = ("".join(each.split()) for each in SENTENCE.split(plain))
    neutral = re.compile("|".join(wordings.neutral)) if wordings.neutral else None
    return [neutral.sub(NOTHING, each) if neutral else each for each in found if each]


def found_in(text: str, kind: str, wordings: Wordings) -> str | None:
    """The words by which a clause is of the kind; none where it is not."""
    for sentence in sentences(text, wordings):
        for wording in wordings.kinds.get(kind, ()):
            if words := _worded(sentence, wording, wordings):
                return words
    return None


def _worded(sentence: str, wording: Wording, wordings: Wordings) -> str | None:
    if _any(wording.not_with, sentence, wordings):
        return None
    for start, end in _windows(sentence, wording, wordings):
        beside = sentence.rfind(",", 0, start) + 1
        if not _any(wording.unless, sentence[beside:end], wordings):
            return sentence[start:end]
    return None


def _windows(sentence: str, wording: Wording, wordings: Wordings) -> Iterator[Span]:
    """Where all parts stand together, each time as near as they can to the last of them."""
    parts = [_compiled(each, wordings) for each in wording.all]
    hits = sorted(
        (found.start(), found.end(), number)
        for number, part in enumerate(parts)
        for found in part.finditer(sentence)
    )
    last: dict[int, Span] = {}
    for start, end, number in hits:
        last[number] = (start, end)
        if len(last) == len(parts):
            first, final = min(span[0] for span in last.values()), max(s[1] for s in last.values())
            if final - first <= wording.within:
                yield first, final


def _any(parts: tuple[str, ...], text: str, wordings: Wordings) -> bool:
    return any(_compiled(each, wordings).search(text) for each in parts)


def _compiled(part: str, wordings: Wordings) -> re.Pattern[str]:
    return _pattern(_spelt(part, wordings.pieces))


def _spelt(part: str, pieces: dict[str, str]) -> str:
    for _ in range(DEPTH):
        for name, piece in pieces.items():
            part = part.replace("{" + name + "}", f"(?:{piece})")
    return part


@lru_cache(maxsize=MOST_PATTERNS)
def _pattern(spelt: str) -> re.Pattern[str]:
    return re.compile(spelt)
