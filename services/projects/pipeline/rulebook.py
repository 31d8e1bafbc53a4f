"""The stages of a project and the start curve, as dated data."""

from __future__ import annotations

from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..leads.lead import Stage
from ..rulebook import FOLDER


@record
class StageRule:
    """What a stage follows, what it needs, and what shows that it was entered. The file of the stages
    explains each field."""

    follows: tuple[Stage, ...]
    skips: tuple[Stage, ...] = ()
    needs: tuple[Stage, ...] = ()
    evidence: tuple[str, ...] = ()
    evidence_in_premises: tuple[str, ...] | None = None

    def evidence_for(self, *, in_premises: bool) -> tuple[str, ...]:
        """The kinds of evidence of which one is given."""
        found = self.evidence_in_premises if in_premises else None
        return self.evidence if found is None else found


@record
class PipelineRules:
    source: str
    next_step_days: int
    closed: tuple[Stage, ...]
    lost_reasons: tuple[str, ...]
    name_endings: tuple[str, ...]
    stages: dict[Stage, StageRule]

    def __post_init__(self) -> None:
        hold_within(0, 3660, next_step_days=self.next_step_days)


@record
class CurveMark:
    """By the end of this month so large a share of the year's projects has begun."""

    month: int
    share: Decimal


@record
class StartCurve:
    source: str
    begun: tuple[Stage, ...]
    counts_terminated: bool
    marks: tuple[CurveMark, ...]


PIPELINE = Rulebook(FOLDER / "pipeline", PipelineRules)
START_CURVES = Rulebook(FOLDER / "start_curve", StartCurve)
