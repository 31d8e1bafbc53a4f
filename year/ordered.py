"""What came of many things, in the order of its coming, in bounded memory: sorted by the piece into files
without a name, and merged from there."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO

import msgspec

from .coming import Coming

PIECE = 20_000  # lines that are sorted in memory
MOST_FILES = 64  # of one size, before they are merged into one
Line = tuple[str, int, str]  # its moment, its number and itself, in the order in which they sort


def in_order(comings: Iterable[Coming], piece: int = PIECE) -> Iterator[str]:
    """Their lines, by their moments; those of one moment as they were given. They have no line's end."""
    numbered = (
        (each.at.isoformat(), number, msgspec.json.encode(each.as_dict()).decode())
        for number, each in enumerate(comings)
    )
    sizes: list[list[IO[str]]] = []
    held = sorted(islice(numbered, piece))
    while len(held) == piece:
        _keep(sizes, _written(held))
        held = sorted(islice(numbered, piece))
    for _, _, line in heapq.merge(*map(_read, chain.from_iterable(sizes)), held):
        yield line


def _keep(sizes: list[list[IO[str]]], file: IO[str]) -> None:
    """Put the file beside those of its size. When there are many of them they are merged into one of the next
    size, so that a line is written once more for each size, and not for each merging."""
    for files in sizes:
        files.append(file)
        if len(files) < MOST_FILES:
            return
        file = _written(heapq.merge(*map(_read, files)))
        files.clear()
    sizes.append([file])


def _written(lines: Iterable[Line]) -> IO[str]:
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - its reader closes it
    file.writelines(f"{at}\t{number}\t{line}\n" for at, number, line in lines)
    file.seek(0)
    return file


def _read(file: IO[str]) -> Iterator[Line]:
    with file:
        for each in file:
            at, number, line = each.rstrip("\n").split("\t", 2)
            yield at, int(number), line
