"""What the rules of the pipeline make of projects, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..pipeline.facts import missing
from ..pipeline.project import Project
from ..pipeline.rulebook import PipelineRules


def by_pipeline(projects: Iterable[Project], rules: Rulebook[PipelineRules], on: date) -> Rulings:
    """Whether something is left to be done of each project, and whether its team is told by that day that
    nothing is planned."""
    found: dict[tuple[str, str], Ruling] = {}
    for each in projects:
        source = rules.on(on).source
        is_open = each.is_open_by(rules)
        found[each.project_id, "state"] = Ruling(
            says="open" if is_open else "closed", source=source
        )
        if is_open:
            told_on = each.missing_on(rules)
            says = f"missing since {told_on}" if told_on <= on else f"missing from {told_on} on"
            found[each.project_id, "next_step"] = Ruling(says=says, source=source)
    return found


def missing_told(
    projects: Iterable[Project],
    before: Rulebook[PipelineRules],
    after: Rulebook[PipelineRules],
    on: date,
) -> Iterator[Any]:
    """The facts of projects of which it would be told that nothing is planned, and is not by these rules."""
    for each in projects:
        now = each.told_by(on, before)
        then = now.told_by(on, after)
        if then != now:
            yield missing(then)
