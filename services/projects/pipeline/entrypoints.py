"""The pipeline: projects go from stage to stage, and nobody forgets one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from backbone import Collection, command, every, query, reads
from backbone.errors import Invalid, Reason, Refused
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..contracts.contract import Contract
from ..leads.lead import Lead
from ..supply.supply import Supply
from . import facts, schemas
from .counts import Span, curve_of, duplicates_of, pairs_of, stage_counts
from .land import said_by
from .project import Project, ProjectOwner, StageEntry, project_of
from .rules import (
    STAGE_RULES,
    Entering,
    before_it_began,
    is_over,
    known_already,
    path_holds,
    skipped,
)
from .visit import Visit

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
MOST = 100_000  # projects: far more than a park has
KEPT = (
    Collection(
        Project,
        key="project_id",
        filters=(
            "stage",
            "township",
            "team",
            "is_open",
            "missing_told",
            "planned_start_year",
            "investor_keys",
        ),
        orders=("tell_missing_on", "next_step_on"),
    ),
    Collection(Visit, key="visit_id", filters=("project_id", "visit_kind"), orders=("visited_on",)),
)
EMITTED = facts.EMITTED


class ProjectKeeping:
    """What the handlers of the pipeline need: a project that is known, and how one is kept."""

    store: Any  # within a handler, the unit of work

    def _project(self, request: dict[str, Any]) -> Project:
        project: Project = self.store.require(Project, request["project_id"], "project_id")
        return project

    def _known_project(self, project_id: str) -> Project | None:
        """The project of that id, or the one that its lead is."""
        lead = self.store.get(Lead, project_id)
        return self.store.get(Project, project_id) or (project_of(lead) if lead else None)

    def _past(self, day: date, field: str) -> None:
        if day > self.store.today:
            sentence = f"Today is {self.store.today}; give a day that has come."
            raise Refused([Reason("NOT_YET", sentence, field=field)])

    def _keep_project(self, project: Project, *, planned: bool = False) -> Project:
        """Keep it; whoever heard that nothing was planned hears when that is over, and its lead goes
        along."""
        if project.missing_told and (planned or not project.is_open):
            self.store.announce(facts.lifted(project))
            project = replace(project, missing_told=False)
        self.store.save(project)
        lead = self.store.get(Lead, project.project_id)
        if lead and lead.stage is not project.stage:
            self.store.save(replace(lead, stage=project.stage))
        return project

    def _tell_duplicates(self, before: Project | None, project: Project) -> None:
        """Name the other teams that, as it now turns out, seem to have the same investor in hand; nothing
        is merged."""
        alike = (
            each
            for key in project.investor_keys
            for each in self.store.find(Project, MOST, investor_keys=key, is_open=True)
        )
        found = {each.project_id: each for each in pairs_of(project, alike)}
        for known in [*pairs_of(before, found.values())] if before else ():
            del found[known.project_id]
        self.store.announce(*(facts.duplicate(project, found[key]) for key in sorted(found)))


class Stages(ProjectKeeping):
    """Keeps the stages of projects: each has its day, what shows it, and the stage that it follows."""

    get_project, list_projects, project_history = reads(Project)

    @command(schemas.EnterProject, answers=schemas.ProjectEntered)
    def enter_project(self, request: dict[str, Any]) -> Any:
        """Enter a project, or what is newly known of one, with a warning that it was known. A lead of that
        id is where it began."""
        project_id = request["project_id"]
        stage, opened_on = request.pop("stage"), request.pop("opened_on") or self.store.today
        self._past(opened_on, "opened_on")
        known = self._known_project(project_id)
        given = {name: value for name, value in request.items() if value not in (None, ())}
        if known:
            project = replace(known, **given)
        elif "name" not in given:
            raise Invalid([Reason("INVALID", "Name the project that is new.", field="name")])
        else:
            entry = StageEntry(stage=stage, entered_on=opened_on, recorded_at=self.store.now)
            project = Project(**given, idle_since=opened_on, entries=(entry,))
            self.store.announce(facts.entered(project, entry))
        self._tell_duplicates(known, project)
        warnings = [known_already(known, project).as_dict()] if known else []
        return self.store.dump(self._keep_project(project)) | {"warnings": warnings}

    @command(schemas.EnterStage, answers=schemas.Entered)
    def enter_stage(self, request: dict[str, Any]) -> Any:
        """A project entered a stage on a day, or that was not as it was recorded. What comes late takes
        its place among the others by its day."""
        project = self._project(request)
        about = {name: value for name, value in request.items() if name != "project_id"}
        entry = StageEntry(**about, recorded_at=self.store.now)
        entering = Entering(project=project, entry=entry, today=self.store.today)
        refuse(*broken(STAGE_RULES, entering))
        if not entry.says_as(project.record_of(entry.stage)):
            project = self._recorded(project, entry)
        warnings = [each.as_dict() for each in skipped(project.path, entry.stage)]
        return self.store.dump({"project": project, "warnings": warnings})

    @command(schemas.WithdrawStage, answers=Project)
    def withdraw_stage(self, request: dict[str, Any]) -> Any:
        """A stage was not entered after all; the record of it stays in the history."""
        project = self._project(request)
        known = project.record_of(request["stage"])
        if known is None or len(project.path) == 1:
            sentence = "Name a stage that the project entered, and not the only one."
            raise Refused([Reason("STAGE_NOT_ENTERED", sentence, field="stage")])
        entry = replace(known, withdrawn=True, recorded_at=self.store.now)
        refuse(path_holds(Entering(project=project, entry=entry, today=self.store.today)))
        return self.store.dump(self._recorded(project, entry))

    def follow_lead(self, lead: Lead) -> None:
        """A lead is a project at its first stage, and goes along with one that is known."""
        self._keep_project(self.store.get(Project, lead.lead_id) or project_of(lead))

    def follow_land(self, contract: Contract) -> None:
        """A project that gets land by a contract has it, begins to build and completes as that says, and
        has it no longer when the contract is void."""
        lead = self.store.get(Lead, contract.lead_id) if contract.lead_id else None
        if lead:
            project = self.store.get(Project, lead.lead_id) or project_of(lead)
            for entry in said_by(contract, project, self.store.now):
                project = self._recorded(project, entry)

    def owner_team(self, project_id: str, on: date, known_at: datetime) -> str | None:
        """The team that had the project in hand on a day, as known at a moment."""
        project = self.store.get(Project, project_id)
        owner = project.owner_on(on, known_at) if project else None
        return owner.team if owner else None

    def follow_contest(self, supply: Supply) -> None:
        """The team of a project hears what stands against the land that it was awarded."""
        lead_id = supply.winner.lead_id if supply.winner else None
        project = self.store.get(Project, lead_id) if lead_id else None
        if project:
            self.store.announce(facts.land_of(project, supply))

    def _recorded(self, project: Project, entry: StageEntry) -> Project:
        after = project.with_entry(entry)
        self.store.announce(facts.entered(after, entry))
        return self._keep_project(after)


class Pipeline(Stages):
    """Keeps who has a project in hand and what is done next, and counts the projects."""

    get_visit, list_visits, visit_history = reads(Visit)

    @command(schemas.HandOverProject, answers=Project)
    def hand_over_project(self, request: dict[str, Any]) -> Any:
        """A team, or another person of it, has the project in hand from a day on."""
        project = self._project(request)
        self._past(request["handed_on"], "handed_on")
        refuse(before_it_began(project, request["handed_on"], "handed_on"))
        about = {name: value for name, value in request.items() if name != "project_id"}
        owner = ProjectOwner(**about, recorded_at=self.store.now)
        after = replace(project, owners=(*project.owners, owner))
        self.store.announce(facts.handed_over(after, owner, project.team))
        self._tell_duplicates(project, after)
        return self.store.dump(self._keep_project(after))

    @command(schemas.SetNextStep, answers=Project)
    def set_next_step(self, request: dict[str, Any]) -> Any:
        """What is done next with the project, and on which day."""
        project = self._project(request)
        refuse(is_over(project))
        if request["next_step_on"] < self.store.today:
            sentence = f"Today is {self.store.today}; give a day from today on."
            raise Refused([Reason("NEXT_STEP_PAST", sentence, field="next_step_on")])
        return self.store.dump(self._keep_project(replace(project, **request), planned=True))

    @command(schemas.RecordVisit, answers=Visit)
    def record_visit(self, request: dict[str, Any]) -> Any:
        """There was a visit or a meeting, and this came of it."""
        self._project(request)
        self._past(request["visited_on"], "visited_on")
        visit = Visit(**request, recorded_at=self.store.now)
        self.store.save(visit)
        return self.store.dump(visit)

    @every(LOOK_EVERY_S)
    def remind_of_next_steps(self, _: Event) -> None:
        """Tell once of each project for which nothing has been planned for too long."""
        for project in self.store.find(Project, TOLD_AT_ONCE, "tell_missing_on", is_open=True):
            if project.tell_missing_on > self.store.today:
                return
            told = project.told_by(self.store.today)
            self.store.save(told)
            self.store.announce(facts.missing(told))

    @query(schemas.AskCounts, answers=schemas.PipelineCounts)
    def pipeline_counts(self, request: dict[str, Any]) -> Any:
        """How many projects are at each stage on a day, and how many entered it."""
        on = request.pop("on") or self.store.today
        if request["from_on"] and request["from_on"] > on:
            sentence = f"The counts are of {on}; give a day up to then."
            raise Invalid([Reason("INVALID", sentence, field="from_on")])
        found = stage_counts(self.store.find(Project, MOST), Span(on=on, **request))
        return self.store.dump({"on": on, "stages": found})

    @query(schemas.AskCurve, answers=schemas.StartCurve)
    def start_curve(self, request: dict[str, Any]) -> Any:
        """How many of a year's projects have begun, held against the curve of that year."""
        year, on = request["year"], request["on"] or self.store.today
        planned = self.store.find(Project, MOST, planned_start_year=year)
        return self.store.dump(curve_of(planned, year, on, request["known_at"]))

    @query(schemas.AskDuplicates, answers=schemas.PossibleDuplicates)
    def possible_duplicates(self, request: dict[str, Any]) -> Any:
        """The investors that two teams seem to have in hand, or one team and any other."""
        team, found = request["team"], duplicates_of(self.store.find(Project, MOST, is_open=True))
        return {"duplicates": [each for each in found if team in (None, *each["teams"])]}
