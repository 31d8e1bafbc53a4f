"""What entering a stage must keep to. Each rule answers with a reason, or nothing.

The jumps and the evidence are dated data (`rulebook/pipeline/`), the practice of investment desks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from ..leads.lead import Stage
from .project import Project, StageEntry, path_of
from .rulebook import PIPELINE, StageRule

SAID_OF_PROJECT = (
    "name",
    "township",
    "investor_name",
    "investor_uscc",
    "investment_wan_cny",
    "investment_wan_usd",
    "planned_start_year",
    "won_against",
)


@record
class Entering:
    """A record of a stage, the project before it, and the day in the park."""

    project: Project
    entry: StageEntry
    today: date

    @property
    def rule(self) -> StageRule:
        return _rule(self.entry)

    @property
    def path_after(self) -> tuple[StageEntry, ...]:
        return path_of((*self.project.entries, self.entry))


def stage_has_happened(entering: Entering) -> Reason | None:
    """What has not happened yet is not entered."""
    if entering.entry.entered_on <= entering.today:
        return None
    return Reason(
        "NOT_YET", f"Today is {entering.today}; give a day that has come.", field="entered_on"
    )


def stage_is_proved(entering: Entering) -> Reason | None:
    """Each stage is shown by its own kind of evidence; fitting out is enough in rented premises."""
    before = path_of(entering.project.entries, on=entering.entry.entered_on)
    kinds = entering.rule.evidence_for(in_premises=_in_premises(before))
    if not kinds or {each.kind for each in entering.entry.evidence} & {*kinds}:
        return None
    return Reason(
        "EVIDENCE_MISSING",
        f"Stage {entering.entry.stage} is shown by one of: {', '.join(kinds)}.",
        field="evidence",
    )


def loss_is_explained(entering: Entering) -> Reason | None:
    """A project that is given up has a reason of the list, so that losses can be counted."""
    known = PIPELINE.on(entering.entry.entered_on).lost_reasons
    if entering.entry.stage is not Stage.TERMINATED or entering.entry.lost_reason in known:
        return None
    return Reason("LOST_REASON_UNKNOWN", f"Give one of: {', '.join(known)}.", field="lost_reason")


def path_holds(entering: Entering) -> Reason | None:
    """Every stage still follows one that it may follow, and has what it needs. What did not hold before
    does not stand against this record. Where the day is before the project began, the day is wrong and
    not the stage."""
    before = {*problems(entering.project.path)}
    found = next((each for each in problems(entering.path_after) if each not in before), None)
    day = entering.entry.entered_on
    return found and (before_it_began(entering.project, day, "entered_on") or found)


def is_over(project: Project) -> Reason | None:
    """Nothing is planned for a project that was given up."""
    if project.stage is not Stage.TERMINATED:
        return None
    return Reason(
        "PROJECT_OVER",
        f"The project was given up on {project.path[-1].entered_on}; withdraw that stage first, if it was "
        "not.",
        field="project_id",
    )


def before_it_began(project: Project, day: date, field: str) -> Reason | None:
    """The reason against a day before the project's first stage, which names the earliest day."""
    if day >= project.begun_on:
        return None
    first = project.path[0].stage
    return Reason(
        "BEFORE_PROJECT_BEGAN",
        f"The project began on {project.begun_on} with {first}; give a day from then on, or first enter "
        f"{first} on the day on which it really began.",
        field=field,
    )


STAGE_RULES: tuple[Rule[Entering], ...] = (
    stage_has_happened,
    stage_is_proved,
    loss_is_explained,
    path_holds,
)


def problems(path: tuple[StageEntry, ...]) -> Iterator[Reason]:
    """What is wrong with a path. With whatever stage it begins is its start."""
    for number, (before, after) in enumerate(pairwise(path), start=1):
        rule = _rule(after)
        if before.stage not in (*rule.follows, *rule.skips):
            yield _not_reachable(before, after, rule)
        elif rule.needs and not {each.stage for each in path[:number]} & {*rule.needs}:
            yield Reason(
                "STAGE_NEEDS_ANOTHER",
                f"Before {after.stage} of {after.entered_on} one of these is entered: "
                f"{', '.join(rule.needs)}.",
                field="stage",
            )


def skipped(path: tuple[StageEntry, ...], stage: Stage) -> Iterator[Reason]:
    """The jump to this stage, or from it, leaves stages out: a warning."""
    for before, after in pairwise(path):
        if stage in (before.stage, after.stage) and before.stage in _rule(after).skips:
            yield Reason(
                "STAGE_SKIPPED",
                f"Nothing is recorded between {before.stage} of {before.entered_on} and "
                f"{after.stage} of {after.entered_on}.",
                field="stage",
            )


def _not_reachable(before: StageEntry, after: StageEntry, rule: StageRule) -> Reason:
    allowed = ", ".join((*rule.follows, *rule.skips)) or "nothing: it is the first stage"
    return Reason(
        "STAGE_NOT_REACHABLE",
        f"{after.stage} of {after.entered_on} cannot follow {before.stage} of {before.entered_on}; "
        f"it follows {allowed}.",
        field="stage",
    )


def _rule(entry: StageEntry) -> StageRule:
    return PIPELINE.on(entry.entered_on).stages[entry.stage]


def _in_premises(path: tuple[StageEntry, ...]) -> bool:
    """Whether it works in rented premises, and has no land of its own."""
    stages = {each.stage for each in path}
    return Stage.PREMISES_LEASED in stages and Stage.LAND_ACQUIRED not in stages


def known_already(before: Project, after: Project) -> Reason:
    """Whoever meant another project learns whose id this is, and what the call changed: a warning."""
    changed = [each for each in SAID_OF_PROJECT if getattr(before, each) != getattr(after, each)]
    return Reason(
        "PROJECT_KNOWN",
        f"{before.project_id} is known as {before.name}, since {before.begun_on}. This call changed "
        f"{', '.join(changed) or 'nothing'}; `opened_on` and `stage` of a known project change nothing "
        "(enter_stage corrects them). Another project has an id of its own.",
        field="project_id",
    )
