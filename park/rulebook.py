"""What a county may change without a change of code: dated TOML files, one folder for each topic.

`<topic>/2023-08-01.toml` is in force from the day in its name (Asia/Shanghai) until the next file's.
A change is a new file beside the old one, so that an old report is measured by the rules of its day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

Shape = TypeVar("Shape")


class Rulebook(Generic[Shape]):
    """The editions of one topic: `WAYS = Rulebook(FOLDER / "ways", dict[DisposalWay, Way])`, and
    `WAYS.on(day)` is the edition in force. `editions` has all of them by their first day.

    Raises `ValueError`, naming the file and the entry, for a file that cannot be read as `shape`
    (any type that msgspec converts to), for one that is not named for a day, and for an empty folder.
    """

    def __init__(self, folder: Path, shape: type[Shape]) -> None:
        self.folder, self.shape = folder, shape
        self.editions: Mapping[date, Shape] = {
            _first_day(file): _edition(file, shape) for file in sorted(folder.glob("*.toml"))
        }
        if not self.editions:
            raise ValueError(
                f"{folder}: put an edition here, named for its first day: 2023-08-01.toml"
            )

    def on(self, day: date) -> Shape:
        """The edition in force on that day in the park; before the first one, the first one."""
        return self.editions[self.first_day(day)]

    def first_day(self, day: date) -> date:
        """The day in the name of the edition in force on that day."""
        begun = [first for first in self.editions if first <= day]
        return max(begun, default=min(self.editions))

    def written(self, first_day: date) -> dict[str, Any]:
        """The edition of that first day as its file has it."""
        return tomllib.loads((self.folder / f"{first_day}.toml").read_text("utf-8"))

    def read(self, written: Any) -> Shape:
        """An edition that is in no file. Raises `msgspec.ValidationError` for what cannot be one."""
        return msgspec.convert(written, self.shape)

    def with_edition(self, first_day: date, edition: Shape) -> Rulebook[Shape]:
        """This rulebook if it had that edition, in place of the one of that day or beside the others."""
        return self._having({**self.editions, first_day: edition})

    def by(self, first_day: date, edition: Shape) -> Rulebook[Shape]:
        """A rulebook of that edition alone, which is in force on every day."""
        return self._having({first_day: edition})

    def _having(self, editions: Mapping[date, Shape]) -> Rulebook[Shape]:
        other = copy(self)
        other.editions = editions
        return other


def _first_day(file: Path) -> date:
    try:
        return date.fromisoformat(file.stem)
    except ValueError:
        raise ValueError(f"{file}: name it for its first day: 2023-08-01.toml") from None


def _edition(file: Path, shape: type[Shape]) -> Shape:
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), shape)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as problem:
        raise ValueError(f"{file}: {problem}") from None


def hold_within(least: int, most: int, **figures: int | None) -> None:
    """Raise `ValueError`, naming the figure, for one of an edition that is out of this range."""
    for name, figure in figures.items():
        if figure is not None and not least <= figure <= most:
            raise ValueError(f"give {name} from {least} to {most}, not {figure}")
