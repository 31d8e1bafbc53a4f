"""An application to a talent plan [申报]: who applied for what, and how far it has come.

A person is an id that the talent office gave; no name is kept. Each report and each step is one more, and
the last of its kind stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from backbone.records import record
from park.time import day_of, last_of_term

from .plan import TalentState

ORDER = {state: number for number, state in enumerate(TalentState)}


@record
class TalentStep:
    """A state, and what shows that it was entered. `entered_at` is the moment, where it is known.
    `revoked`: it was not entered after all."""

    talent_state: TalentState
    entered_on: date
    entered_at: datetime | None = None
    evidence_kind: str
    evidence_ids: tuple[str, ...]
    revoked: bool = False
    known_at: datetime

    def by(self, moment: datetime) -> bool:
        """It had been entered then; one of which only the day is known, on that whole day."""
        if self.entered_at:
            return self.entered_at <= moment
        return self.entered_on <= day_of(moment)

    def says_as(self, other: TalentStep | None) -> bool:
        """Nothing but the moment of the record differs."""
        return other is not None and replace(self, known_at=other.known_at) == other


@record
class ApplicationReport:
    """Who applied for what, and when. `enterprise_id` is the employer, `project_id` the project that the
    person leads."""

    talent_plan_id: str
    talent_batch: str
    talent_category: str
    person_id: str
    enterprise_id: str | None = None
    project_id: str | None = None
    township: str | None = None
    submitted_at: datetime
    evidence_ids: tuple[str, ...]
    known_at: datetime

    @property
    def step(self) -> TalentStep:
        """The first step of its course."""
        return TalentStep(
            talent_state=TalentState.SUBMITTED,
            entered_on=day_of(self.submitted_at),
            entered_at=self.submitted_at,
            evidence_kind="application_form",
            evidence_ids=self.evidence_ids,
            known_at=self.known_at,
        )


@record
class TalentApplication:
    """`application_reports` and `talent_steps` are all that was said, as it became known; `talent_state`
    follows from them."""

    talent_application_id: str
    application_reports: tuple[ApplicationReport, ...]
    talent_steps: tuple[TalentStep, ...] = ()
    talent_state: TalentState = TalentState.SUBMITTED

    def __post_init__(self) -> None:
        object.__setattr__(self, "talent_state", self.path()[-1].talent_state)

    @property
    def last(self) -> ApplicationReport:
        return self.application_reports[-1]

    @property
    def talent_plan_id(self) -> str:
        return self.last.talent_plan_id

    @property
    def talent_batch(self) -> str:
        return self.last.talent_batch

    @property
    def person_id(self) -> str:
        return self.last.person_id

    @property
    def project_id(self) -> str | None:
        return self.last.project_id

    @property
    def township(self) -> str | None:
        return self.last.township

    @property
    def step_no(self) -> int:
        """How many records there are of it."""
        return len(self.application_reports) + len(self.talent_steps)

    def known(self, known_at: datetime) -> ApplicationReport | None:
        said = (each for each in reversed(self.application_reports) if each.known_at <= known_at)
        return next(said, None)

    def path(
        self, *, by: datetime | None = None, known_at: datetime | None = None
    ) -> tuple[TalentStep, ...]:
        """Its steps in the order of their days, by the last record of each state; those entered by a moment,
        and as known at a moment, where those are given."""
        report = self.last if known_at is None else self.known(known_at)
        steps = (*((report.step,) if report else ()), *self.talent_steps)
        return path_of(steps, by=by, known_at=known_at) if report else ()

    def step(self, state: TalentState) -> TalentStep | None:
        """What stands of a state, if it was entered."""
        return next((each for each in self.path() if each.talent_state is state), None)

    def with_report(self, report: ApplicationReport) -> TalentApplication:
        if replace(self.last, known_at=report.known_at) == report:
            return self
        return replace(self, application_reports=(*self.application_reports, report))

    def with_step(self, step: TalentStep) -> TalentApplication:
        return replace(self, talent_steps=(*self.talent_steps, step))


def path_of(
    steps: Iterable[TalentStep], *, by: datetime | None = None, known_at: datetime | None = None
) -> tuple[TalentStep, ...]:
    said = [each for each in steps if known_at is None or each.known_at <= known_at]
    standing = {each.talent_state: each for each in said}
    entered = [each for each in standing.values() if not each.revoked]
    there = [each for each in entered if by is None or each.by(by)]
    return tuple(sorted(there, key=lambda each: (each.entered_on, ORDER[each.talent_state])))


def holds_on(path: tuple[TalentStep, ...], term_months: int | None, on: date) -> bool:
    """Whether somebody is a talent of the plan on the day: approved by then, and neither ended nor over."""
    approved = [each for each in path if each.talent_state is TalentState.APPROVED]
    if not approved or path[-1].talent_state is TalentState.ENDED or approved[0].entered_on > on:
        return False
    return term_months is None or on <= last_of_term(approved[0].entered_on, term_months)
