"""A project of the pipeline [招商项目]: its stages, its owners, and what is done with it next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook
from park.time import day_of

from ..leads.lead import Lead, Stage
from .rulebook import PIPELINE, PipelineRules

ORDER = {stage: number for number, stage in enumerate(Stage)}


@record
class StageEvidence:
    """What shows that a stage was entered: a kind of the rulebook, and where it is found."""

    kind: str
    reference: str


@record
class StageEntry:
    """What was recorded of one stage; of one stage the last record stands. `withdrawn` says that the
    stage was not entered after all. A terminated one says why it was lost, and to whom."""

    stage: Stage
    entered_on: date
    recorded_at: datetime
    evidence: tuple[StageEvidence, ...] = ()
    unit_id: str | None = None
    lost_reason: str | None = None
    lost_to: str | None = None
    withdrawn: bool = False

    def says_as(self, other: StageEntry | None) -> bool:
        """Nothing but the moment of the record differs."""
        return other is not None and replace(self, recorded_at=other.recorded_at) == other


@record
class ProjectOwner:
    """Who has the project in hand from a day on; the person's name is masked."""

    team: str
    person: str | None
    handed_on: date
    recorded_at: datetime


@record
class Project:
    """`project_id` is that of its lead, where it began as one. `entries` and `owners` have every record
    in the order in which they were made. Money from home is in 10,000 yuan and from abroad in 10,000
    dollars, and the two are never added. `missing_no` counts how often it was told that nothing is
    planned; `missing_told` says that it was, and still holds. `stage`, `team` and `unit_id`, the unit that it
    rents, follow from the records."""

    project_id: str
    name: str
    township: str | None = None
    investor_name: str | None = None
    investor_uscc: str | None = None
    investment_wan_cny: Decimal | None = None
    investment_wan_usd: Decimal | None = None
    planned_start_year: int | None = None
    won_against: tuple[str, ...] = ()
    owners: tuple[ProjectOwner, ...] = ()
    next_step: str | None = None
    next_step_on: date | None = None
    idle_since: date
    missing_told: bool = False
    missing_no: int = 0
    entries: tuple[StageEntry, ...]
    stage: Stage = Stage.LEAD
    team: str | None = None
    unit_id: str | None = None

    def __post_init__(self) -> None:
        rented = (each.unit_id for each in reversed(self.path) if each.unit_id)
        object.__setattr__(self, "stage", self.path[-1].stage)
        object.__setattr__(self, "team", self.owner.team if self.owner else None)
        object.__setattr__(self, "unit_id", next(rented, None))

    @property
    def path(self) -> tuple[StageEntry, ...]:
        return path_of(self.entries)

    @property
    def begun_on(self) -> date:
        """The day of its first stage."""
        return self.path[0].entered_on

    @property
    def owner(self) -> ProjectOwner | None:
        """Who has it now: of the newest day, and of one day the last record."""
        return max(self.owners, key=lambda each: (each.handed_on, each.recorded_at), default=None)

    def owner_on(self, day: date, known_at: datetime) -> ProjectOwner | None:
        """Who had it on that day, by what was recorded until that moment."""
        known = (o for o in self.owners if o.handed_on <= day and o.recorded_at <= known_at)
        return max(known, key=lambda each: (each.handed_on, each.recorded_at), default=None)

    @property
    def is_open(self) -> bool:
        """Something is left to be done."""
        return self.is_open_by(PIPELINE)

    def is_open_by(self, rules: Rulebook[PipelineRules]) -> bool:
        entry = self.path[-1]
        return entry.stage not in rules.on(entry.entered_on).closed

    @property
    def investor_keys(self) -> tuple[str, ...]:
        """By what the investor is known again: its credit code, and its name without what may differ."""
        rules = PIPELINE.on(self.idle_since)
        keys = (self.investor_uscc, tidy_name(self.investor_name or "", rules.name_endings))
        return tuple(key for key in keys if key)

    @property
    def tell_missing_on(self) -> date:
        """The day on which it is told that nothing is planned; the last day there is, if it need not be."""
        return date.max if self.missing_told or not self.is_open else self.missing_on(PIPELINE)

    def missing_on(self, rules: Rulebook[PipelineRules]) -> date:
        """From which day on nothing has been planned for too long."""
        without = self.next_step_on or self.idle_since
        days = timedelta(days=rules.on(without).next_step_days)
        return without + days if without < date.max - days else date.max

    def told_by(self, today: date, rules: Rulebook[PipelineRules] = PIPELINE) -> Project:
        """Once it was told that nothing is planned; as it is, if there is nothing to tell by that day."""
        is_due = self.is_open_by(rules) and self.missing_on(rules) <= today
        if self.missing_told or not is_due:
            return self
        return replace(self, missing_told=True, missing_no=self.missing_no + 1)

    def with_entry(self, entry: StageEntry) -> Project:
        return replace(self, entries=(*self.entries, entry))

    def record_of(self, stage: Stage) -> StageEntry | None:
        """What stands of the stage, if it was entered."""
        return next((each for each in self.path if each.stage is stage), None)


def path_of(
    entries: Iterable[StageEntry], *, on: date | None = None, known_at: datetime | None = None
) -> tuple[StageEntry, ...]:
    """The stages in the order of their days (of one day, in that of the pipeline), by the last record of
    each; up to a day, and as known at a moment, where those are given."""
    known = [each for each in entries if known_at is None or each.recorded_at <= known_at]
    standing = {each.stage: each for each in known}
    entered = [each for each in standing.values() if not each.withdrawn]
    past = [each for each in entered if on is None or each.entered_on <= on]
    return tuple(sorted(past, key=lambda each: (each.entered_on, ORDER[each.stage])))


def project_of(lead: Lead) -> Project:
    """The project as its lead says, from the day on which that was registered."""
    since = day_of(lead.registered_at)
    entry = StageEntry(stage=lead.stage, entered_on=since, recorded_at=lead.registered_at)
    return Project(project_id=lead.lead_id, name=lead.name, idle_since=since, entries=(entry,))


def tidy_name(name: str, endings: Iterable[str]) -> str:
    """A firm's name without spaces, signs, width and what its form of company adds."""
    text = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))
    for ending in endings:
        if text.endswith(ending) and text != ending:
            return text.removesuffix(ending)
    return text
