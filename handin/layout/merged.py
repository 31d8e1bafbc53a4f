"""Cells that were merged over several rows: what stands in the first counts for each of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..said import Merged

MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\"")
CHUNK = 2**20
TAIL = 200
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Area:
    """The first column of a merged area, counted from 0, and its rows."""

    column: int
    first: int
    last: int


def areas_of(path: Path, part: str) -> tuple[Area, ...]:
    """The areas of a sheet that reach over several rows, from the part of the workbook that holds it."""
    found: dict[Area, None] = {}
    tail = b""
    with zipfile.ZipFile(path) as parts, parts.open(part) as file:
        while (chunk := file.read(CHUNK)) and len(found) < MOST:
            for left, top, _, bottom in MERGE.findall(tail + chunk):
                if top != bottom:
                    found[Area(_number(left), int(top), int(bottom))] = None
            tail = chunk[-TAIL:]
    return tuple(sorted(found, key=lambda area: area.first))


def spread(
    rows: Iterable[tuple[int, tuple[Any, ...]]], areas: Iterable[Area], header: int
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows, with a `Merged` in each row of an area below the header."""
    waiting = iter([area for area in areas if area.first > header])
    following = next(waiting, None)
    standing: dict[Area, Any] = {}
    for number, cells in rows:
        while following and following.first <= number:
            if following.last >= number:
                standing[following] = None
            following = next(waiting, None)
        standing = {area: value for area, value in standing.items() if area.last >= number}
        if not standing:
            yield number, cells
            continue
        there = list(cells)
        for area in standing:
            there += [None] * (area.column + 1 - len(there))
            if number == area.first:
                standing[area] = there[area.column]
            there[area.column] = Merged(standing[area], area.first, area.last)
        yield number, tuple(there)


def _number(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number - 1
