"""What a run has got done so far, beside the file: killed and started again, it goes on from there.

The first line says which file it is of; each other line is a row, what its receipt said, and the
reasons of a refusal. It holds no cell of the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

CHUNK = 2**20


@dataclass(slots=True)
class Journal:
    """`time` is the time of every event of the run, so that what is sent again is the same byte for
    byte. `done` are the rows with a receipt, `refused` the reasons of those that were refused."""

    path: Path
    time: datetime
    done: bytearray = field(default_factory=bytearray)
    refused: dict[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    resumed: bool = False
    _file: IO[str] | None = None

    @classmethod
    def of(cls, path: Path, fingerprint: str, now: datetime) -> Journal:
        """The journal of this file, gone on with if there is one."""
        first, lines = _read(path)
        if first.get("of") == fingerprint:
            journal = cls(path, datetime.fromisoformat(first["time"]), resumed=True)
            for line in lines:
                journal._remember(line["row"], line["outcome"], line.get("why", ""))
            journal._file = path.open("a", encoding="utf-8")
            journal._file.write("\n")  # the line before may have been cut
            return journal
        journal = cls(path, now)
        journal._file = path.open("w", encoding="utf-8")
        journal._write({"of": fingerprint, "time": now.isoformat()})
        journal.keep()
        return journal

    def __contains__(self, row: int) -> bool:
        return row < len(self.done) and bool(self.done[row])

    def note(self, row: int, outcome: str, why: str = "") -> None:
        self._remember(row, outcome, why)
        self._write({"row": row, "outcome": outcome} | ({"why": why} if why else {}))

    def keep(self) -> None:
        """Whatever was noted is in the file now."""
        if self._file:
            self._file.flush()

    def close(self, *, finished: bool) -> None:
        """Put it away; a run that is finished needs it no more."""
        if self._file:
            self._file.close()
        if finished:
            self.path.unlink(missing_ok=True)

    def _remember(self, row: int, outcome: str, why: str) -> None:
        if row >= len(self.done):
            self.done.extend(bytes(row + 1 - len(self.done)))
        self.done[row] = 1
        self.counts[outcome] = self.counts.get(outcome, 0) + 1
        if outcome == "refused":
            self.refused[row] = why

    def _write(self, line: dict[str, Any]) -> None:
        if self._file:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")


def fingerprint_of(path: Path, *how: object) -> str:
    """Which file it is, and how it is read."""
    digest = hashlib.sha256(repr(how).encode())
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _read(path: Path) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    if not path.exists():
        return {}, iter(())
    lines = _lines(path)
    return next(lines, {}), lines


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines that are whole: the last one may have been cut when the run was killed."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                said = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(said, dict):
                yield said
