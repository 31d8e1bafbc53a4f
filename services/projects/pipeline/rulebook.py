"""The stages of a project and the start curve, as dated data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from park.rulebook import Rulebook

from ..leads.lead import Stage
from ..rulebook import FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineRules:
    next_step_days: int
    closed: tuple[Stage, ...]
    lost_reasons: tuple[str, ...]
    name_endings: tuple[str, ...]
    stages: dict[Stage, StageRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveMark:
    """By the end of this month so large a share of the year's projects has begun."""

    month: int
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCurve:
    source: str
    begun: tuple[Stage, ...]
    counts_terminated: bool
    marks: tuple[CurveMark, ...]


PIPELINE = Rulebook(FOLDER / "pipeline", PipelineRules)
START_CURVES = Rulebook(FOLDER / "start_curve", StartCurve)
