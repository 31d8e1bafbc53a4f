"""What reading a cell leads to, and what the row that it stands in comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """Of a row; of a remark `fine` is a note on a cell that is not handed in."""

    FINE = "fine"
    MENDED = "mended"
    NEEDS_PERSON = "needs_person"
    REFUSED = "refused"


RANK = {outcome: number for number, outcome in enumerate(Outcome)}


class Unfit(Exception):
    """A cell or a row does not give what its column wants. `why` never repeats a code."""

    outcome = Outcome.REFUSED

    def __init__(self, why: str, right: str = "") -> None:
        super().__init__(why)
        self.why, self.right = why, right


class Refused(Unfit):
    """Nobody could read it so that it is right."""


class NeedsPerson(Unfit):
    """It may be read in two ways, or it is right only if somebody says so."""

    outcome = Outcome.NEEDS_PERSON


class FileRefused(Exception):
    """The file as a whole cannot be read; one sentence says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula, and the value that its program left there; it is never worked out."""

    value: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that is merged over several rows, from the first to the last, and what stands in it."""

    value: Any
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says. `mended` tells what was done to read it so."""

    value: Any
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of one cell. `was` and `now` are masked."""

    outcome: Outcome
    field: str
    why: str
    right: str = ""
    column: str = ""
    was: str = ""
    now: str = ""

    @property
    def holds_back(self) -> bool:
        return self.outcome in (Outcome.NEEDS_PERSON, Outcome.REFUSED)

    def as_dict(self) -> dict[str, str]:
        names = ("field", "column", "why", "right", "was", "now")
        said = {name: getattr(self, name) for name in names if getattr(self, name)}
        return {"outcome": self.outcome.value} | said


def worst(remarks: Iterable[Remark]) -> Outcome:
    return max((each.outcome for each in remarks), key=RANK.__getitem__, default=Outcome.FINE)
