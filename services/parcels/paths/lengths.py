"""How long each step of a case usually takes, who holds the case meanwhile, and when it is late."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from ..words import DisposalWay


class PathStep(StrEnum):
    PLANNING = "planning"
    APPROVAL = "approval"
    WORK = "work"
    ACCEPTANCE = "acceptance"
    FOLLOW_UP = "follow_up"


class Level(StrEnum):
    """How urgently a late case is told of, the mildest first."""

    REMINDER = "reminder"  # 催办
    SUPERVISED = "supervised"  # 督办


@record
class Usual:
    """How many calendar days a step usually takes, and the role that holds the case."""

    days: int
    holder: str


@record
class StepLength(Usual):
    by_way: dict[DisposalWay, Usual] = field(default_factory=dict)
    days_after_return: int | None = None
    days_after_reopening: int | None = None
    reminds: bool = True

    def usual(self, way: DisposalWay | None) -> Usual:
        return self.by_way.get(way, self) if way else self


@record
class Lengths:
    """`levels` says how many days after its planned day a step is late enough for each."""

    source: str
    levels: dict[Level, int]
    steps: dict[PathStep, StepLength]


PATHS = Rulebook(FOLDER / "paths", Lengths)
