"""The facts of applications to talent plans. They name no person, not even by an id, and no firm."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone.records import record

from .application import TalentApplication, TalentStep
from .plan import TalentState


@record
class TalentStepRecorded:
    """`projects.talent_step_recorded`: an application entered a state, or the day or the evidence of it was
    corrected. `current_talent_state` is where it is now; `talent_step_no` counts the records of an
    application."""

    talent_step_id: str
    talent_step_no: int
    talent_application_id: str
    talent_plan_id: str
    talent_batch: str
    talent_category: str
    township: str | None
    talent_state: TalentState
    current_talent_state: TalentState
    entered_on: date


@record
class TalentStepRevoked:
    """`projects.talent_step_revoked`: a state that was told of was not entered after all."""

    talent_step_id: str
    talent_step_no: int
    talent_application_id: str
    talent_plan_id: str
    talent_batch: str
    talent_category: str
    township: str | None
    talent_state: TalentState
    current_talent_state: TalentState


EMITTED = (TalentStepRecorded, TalentStepRevoked)


def stepped(
    application: TalentApplication, step: TalentStep
) -> TalentStepRecorded | TalentStepRevoked:
    """The fact of the last record of the application."""
    about: dict[str, Any] = {
        "talent_step_id": f"{application.talent_application_id}.{step.talent_state}",
        "talent_step_no": application.step_no,
        "talent_application_id": application.talent_application_id,
        "talent_plan_id": application.talent_plan_id,
        "talent_batch": application.talent_batch,
        "talent_category": application.last.talent_category,
        "township": application.township,
        "talent_state": step.talent_state,
        "current_talent_state": application.talent_state,
    }
    if step.revoked:
        return TalentStepRevoked(**about)
    return TalentStepRecorded(**about, entered_on=step.entered_on)
