"""The facts of the pipeline. They name projects by their ids and teams, and no person and no investor."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone.records import record

from ..leads.lead import Stage
from ..supply.supply import Supply
from .project import Project, ProjectOwner, StageEntry


@record
class ProjectStageChanged:
    """`projects.project_stage_changed`: a project entered a stage, or the day or the evidence of it was
    corrected. `current_stage` is where the project is now; `entry_no` counts the records of a project."""

    entry_id: str
    entry_no: int
    project_id: str
    township: str | None
    team: str | None
    stage: Stage
    current_stage: Stage
    entered_on: date


@record
class ProjectTerminated:
    """`projects.project_terminated`: a project was given up or lost, and why."""

    entry_id: str
    entry_no: int
    project_id: str
    township: str | None
    team: str | None
    entered_on: date
    lost_reason: str


@record
class ProjectStageWithdrawn:
    """`projects.project_stage_withdrawn`: a stage that was told of was not entered after all."""

    entry_id: str
    entry_no: int
    project_id: str
    township: str | None
    team: str | None
    stage: Stage
    current_stage: Stage


@record
class ProjectHandedOver:
    """`projects.project_handed_over`: another team, or another person of it, has the project in hand."""

    project_id: str
    township: str | None
    team: str
    previous_team: str | None
    handed_on: date


@record
class NextStepMissing:
    """`projects.next_step_missing`: nothing has been planned for the project since that day; told once."""

    project_id: str
    missing_no: int
    township: str | None
    team: str | None
    stage: Stage
    idle_since: date


@record
class NextStepMissingLifted:
    """`projects.next_step_missing_lifted`: a next step is planned, or none is needed any more."""

    project_id: str
    missing_no: int
    township: str | None
    team: str | None
    next_step_on: date | None


@record
class PossibleDuplicateFound:
    """`projects.possible_duplicate_found`: two teams seem to have one investor in hand. The projects stay
    two."""

    pair_id: str
    project_id: str
    other_project_id: str
    township: str | None
    team: str
    other_team: str


@record
class ProjectLandContested:
    """`projects.project_land_contested`: the release of the land that the project was awarded is revoked;
    nobody has decided yet whether it keeps the land."""

    project_id: str
    supply_id: str
    parcel_id: str
    township: str
    team: str | None
    contract_signed: bool
    reasons: tuple[dict[str, str], ...]


@record
class ProjectLandContestLifted:
    """`projects.project_land_contest_lifted`: nothing stands against the land of the project any more."""

    project_id: str
    supply_id: str
    parcel_id: str
    township: str
    team: str | None


EMITTED = (
    ProjectStageChanged,
    ProjectTerminated,
    ProjectStageWithdrawn,
    ProjectHandedOver,
    NextStepMissing,
    NextStepMissingLifted,
    PossibleDuplicateFound,
    ProjectLandContested,
    ProjectLandContestLifted,
)


def entered(project: Project, entry: StageEntry) -> Any:
    """The fact of the last record of the project."""
    about = _about(project, entry)
    if entry.withdrawn:
        return ProjectStageWithdrawn(**about, stage=entry.stage, current_stage=project.stage)
    if entry.stage is Stage.TERMINATED:
        return ProjectTerminated(
            **about, entered_on=entry.entered_on, lost_reason=entry.lost_reason or "unknown"
        )
    return ProjectStageChanged(
        **about, stage=entry.stage, current_stage=project.stage, entered_on=entry.entered_on
    )


def handed_over(
    project: Project, owner: ProjectOwner, previous_team: str | None
) -> ProjectHandedOver:
    """`team` is the one that was named, also where a later day has another by now."""
    about = _of(project) | {"team": owner.team}
    return ProjectHandedOver(**about, previous_team=previous_team, handed_on=owner.handed_on)


def missing(project: Project) -> NextStepMissing:
    return NextStepMissing(
        **_of(project),
        missing_no=project.missing_no,
        stage=project.stage,
        idle_since=project.next_step_on or project.idle_since,
    )


def lifted(project: Project) -> NextStepMissingLifted:
    return NextStepMissingLifted(
        **_of(project), missing_no=project.missing_no, next_step_on=project.next_step_on
    )


def duplicate(project: Project, other: Project) -> PossibleDuplicateFound:
    """The pair has one id, whichever of the two was entered first."""
    return PossibleDuplicateFound(
        **_of(project),
        pair_id="+".join(sorted((project.project_id, other.project_id))),
        other_project_id=other.project_id,
        other_team=str(other.team),
    )


def land_of(project: Project, supply: Supply) -> ProjectLandContested | ProjectLandContestLifted:
    """What stands against the land of a project by now, or that nothing does."""
    about: dict[str, Any] = {
        "project_id": project.project_id,
        "supply_id": supply.supply_id,
        "parcel_id": supply.parcel_id,
        "township": supply.township,
        "team": project.team,
    }
    if not supply.against:
        return ProjectLandContestLifted(**about)
    signed = bool(supply.award and supply.award.contract_signed_on)
    reasons = tuple(reason.as_dict() for reason in supply.against)
    return ProjectLandContested(**about, contract_signed=signed, reasons=reasons)


def _about(project: Project, entry: StageEntry) -> dict[str, Any]:
    entry_id = f"{project.project_id}.{entry.stage}"
    return {**_of(project), "entry_id": entry_id, "entry_no": len(project.entries)}


def _of(project: Project) -> dict[str, Any]:
    return {
        "project_id": project.project_id,
        "township": project.township,
        "team": project.team,
    }
