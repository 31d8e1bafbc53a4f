"""What plans, applications and their steps must keep to. Each rule answers with a reason, or nothing.

The jumps, their evidence and the days of publicity are dated data (`rulebook/talents/`), practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule
from park.time import day_of

from ..periods.counting import PERIODS
from .application import ApplicationReport, TalentApplication, TalentStep
from .figure import FigureReport, TalentFigureKind
from .plan import TALENT_BOOK, PlanReport, StateRule, TalentBatch, TalentState

STATES = TalentState


@record
class Applying:
    """A report of an application, the plan, what was known of it before, and the moment."""

    report: ApplicationReport
    plan: PlanReport
    known: TalentApplication | None
    now: datetime

    @property
    def batch(self) -> TalentBatch | None:
        return self.plan.batch(self.report.talent_batch)

    @property
    def after(self) -> TalentApplication:
        if self.known:
            return self.known.with_report(self.report)
        return TalentApplication(talent_application_id="", application_reports=(self.report,))


@record
class Stepping:
    """A step of an application, the application before it, its plan, and the moment."""

    step: TalentStep
    application: TalentApplication
    plan: PlanReport
    now: datetime

    @property
    def rule(self) -> StateRule:
        return _rule(self.step)

    @property
    def path(self) -> tuple[TalentStep, ...]:
        return self.application.with_step(self.step).path()


# --- a plan


def categories_are_their_own(plan: PlanReport) -> Reason | None:
    """A category is known again by its word."""
    if _differ(each.talent_category for each in plan.talent_categories):
        return None
    sentence = "Give each category a word of its own."
    return Reason("TALENT_CATEGORY_TWICE", sentence, "talent_categories")


def batches_are_their_own(plan: PlanReport) -> Reason | None:
    """A batch is known again by its name."""
    if _differ(each.talent_batch for each in plan.talent_batches):
        return None
    return Reason("TALENT_BATCH_TWICE", "Give each batch a name of its own.", "talent_batches")


def batches_open_first(plan: PlanReport) -> Reason | None:
    """A batch that closes before it opens takes nobody."""
    for number, each in enumerate(plan.talent_batches):
        if each.opens_on and day_of(each.closes_at) < each.opens_on:
            field = f"talent_batches.{number}.closes_at"
            return Reason("BATCH_CLOSES_FIRST", f"Give a moment from {each.opens_on} on.", field)
    return None


PLAN_RULES: tuple[Rule[PlanReport], ...] = (
    categories_are_their_own,
    batches_are_their_own,
    batches_open_first,
)


# --- an application


def batch_is_of_the_plan(applying: Applying) -> Reason | None:
    """Without a batch nobody would know the deadline."""
    if applying.batch:
        return None
    known = ", ".join(each.talent_batch for each in applying.plan.talent_batches) or "none"
    sentence = f"Give a batch of the plan: {known}."
    return Reason("TALENT_BATCH_UNKNOWN", sentence, "talent_batch")


def category_is_of_the_plan(applying: Applying) -> Reason | None:
    """Somebody of another category would be counted by nobody."""
    if applying.plan.category(applying.report.talent_category):
        return None
    known = ", ".join(each.talent_category for each in applying.plan.talent_categories)
    sentence = f"Give a category of the plan: {known}."
    return Reason("TALENT_CATEGORY_UNKNOWN", sentence, "talent_category")


def has_applied(applying: Applying) -> Reason | None:
    """Who will apply has not applied."""
    if applying.report.submitted_at <= applying.now:
        return None
    return Reason("NOT_YET", "Give a moment that has come.", "submitted_at")


def batch_was_open(applying: Applying) -> Reason | None:
    """A batch takes applications from its first day on, by its own document."""
    batch = applying.batch
    opens_on = batch.opens_on if batch else None
    if opens_on is None or opens_on <= day_of(applying.report.submitted_at):
        return None
    sentence = f"The batch opens on {opens_on}."
    return Reason("BATCH_NOT_OPEN", sentence, "submitted_at", source=applying.plan.document)


def batch_was_not_closed(applying: Applying) -> Reason | None:
    """A batch takes applications until its deadline, by its own document; a later one is of the next."""
    batch = applying.batch
    if batch is None or applying.report.submitted_at <= batch.closes_at:
        return None
    sentence = f"The batch closed at {batch.closes_at.isoformat()}."
    return Reason("APPLIED_AFTER_DEADLINE", sentence, "submitted_at", applying.plan.document)


def somebody_employs(applying: Applying) -> Reason | None:
    """An application belongs to a firm or to a project."""
    if applying.report.enterprise_id or applying.report.project_id:
        return None
    sentence = "Give the firm that employs the person, or the project that the person leads."
    return Reason("TALENT_EMPLOYER_MISSING", sentence, "enterprise_id")


def person_stays(applying: Applying) -> Reason | None:
    """A correction is about the same person; another one applies under another id."""
    if applying.known is None or applying.known.person_id == applying.report.person_id:
        return None
    sentence = "Another person applied under this id; give this one an id of its own."
    return Reason("APPLICATION_OF_OTHER_PERSON", sentence, "talent_application_id")


def steps_still_follow(applying: Applying) -> Reason | None:
    """What was recorded since still follows the corrected submission."""
    before = applying.known.path() if applying.known else ()
    known = {*problems(before)}
    return next((each for each in problems(applying.after.path()) if each not in known), None)


APPLYING_RULES: tuple[Rule[Applying], ...] = (
    batch_is_of_the_plan,
    category_is_of_the_plan,
    has_applied,
    batch_was_open,
    batch_was_not_closed,
    somebody_employs,
    person_stays,
    steps_still_follow,
)


# --- a step


def is_no_submission(stepping: Stepping) -> Reason | None:
    """The submission has its own report, with the moment that the deadline asks for."""
    if stepping.step.talent_state is not STATES.SUBMITTED:
        return None
    sentence = "Correct the submission with apply_for_talent_plan."
    return Reason("SUBMISSION_BY_REPORT", sentence, "talent_state")


def step_has_happened(stepping: Stepping) -> Reason | None:
    """What has not happened yet is not entered."""
    step, now = stepping.step, stepping.now
    if step.entered_on <= day_of(now) and (step.entered_at is None or step.entered_at <= now):
        return None
    field = "entered_on" if step.entered_at is None else "entered_at"
    return Reason("NOT_YET", f"Today is {day_of(now)}; give a day that has come.", field)


def step_is_proved(stepping: Stepping) -> Reason | None:
    """Each state is shown by its own kind of evidence."""
    kinds = stepping.rule.evidence
    if stepping.step.evidence_kind in kinds:
        return None
    sentence = f"{stepping.step.talent_state} is shown by one of: {', '.join(kinds)}."
    return Reason("TALENT_EVIDENCE_KIND", sentence, "evidence_kind")


def step_follows(stepping: Stepping) -> Reason | None:
    """Every state still follows one that it may follow; what did not hold before does not stand against
    this step. Where the day is before the submission, the day is wrong and not the state."""
    before = {*problems(stepping.application.path())}
    found = next((each for each in problems(stepping.path) if each not in before), None)
    return found and (_before_submission(stepping) or found)


def _before_submission(stepping: Stepping) -> Reason | None:
    step, since = stepping.step, stepping.application.last.step.entered_on
    if step.entered_on >= since:
        return None
    field = "entered_on" if step.entered_at is None else "entered_at"
    sentence = f"The application was submitted on {since}; give a day from then on."
    return Reason("BEFORE_SUBMISSION", sentence, field)


def publicity_is_over(stepping: Stepping) -> Reason | None:
    """Nobody is approved while objections may still come in, where the plan says for how long."""
    return _public_until(stepping, stepping.plan.publicised_days, stepping.plan.document)


def publicity_seems_over(stepping: Stepping) -> Reason | None:
    """Where the plan says nothing, the days of the practice; a warning."""
    book = TALENT_BOOK.on(stepping.step.entered_on)
    if stepping.plan.publicised_days is not None:
        return None
    return _public_until(stepping, book.publicised_days, book.publicised_source)


def step_leaves_nothing_out(stepping: Stepping) -> Reason | None:
    """A warning: nothing is recorded of a state between two others."""
    for before, after in pairwise(stepping.path):
        if before.talent_state in _rule(after).skips:
            sentence = f"Nothing is recorded between {_said(before)} and {_said(after)}."
            return Reason("TALENT_STEP_SKIPPED", sentence, "talent_state")
    return None


STEP_RULES: tuple[Rule[Stepping], ...] = (
    is_no_submission,
    step_has_happened,
    step_is_proved,
    step_follows,
    publicity_is_over,
)
STEP_WARNINGS: tuple[Rule[Stepping], ...] = (publicity_seems_over, step_leaves_nothing_out)


def problems(path: tuple[TalentStep, ...]) -> Iterator[Reason]:
    """What is wrong with a course."""
    for before, after in pairwise(path):
        rule = _rule(after)
        if before.talent_state not in (*rule.follows, *rule.skips):
            allowed = ", ".join((*rule.follows, *rule.skips)) or "nothing: it is the first"
            sentence = f"{_said(after)} cannot follow {_said(before)}; it follows {allowed}."
            yield Reason("TALENT_STATE_NOT_REACHABLE", sentence, "talent_state")


def _public_until(stepping: Stepping, days: int | None, source: str) -> Reason | None:
    """The reason against an approval that came before so many days of publicity were full."""
    steps = {each.talent_state: each for each in stepping.path}
    public, approved = steps.get(STATES.PUBLICISED), steps.get(STATES.APPROVED)
    if days is None or public is None or approved is None:
        return None
    if approved.entered_on < public.entered_on:  # the course itself is wrong
        return None
    last = PERIODS.on(public.entered_on)["publicity"].limit(public.entered_on, days)
    if last < approved.entered_on:
        return None
    sentence = f"The publicity of {days} days lasts until {last}; approve on a later day."
    return Reason("APPROVED_IN_PUBLICITY", sentence, "entered_on", source=source)


def _rule(step: TalentStep) -> StateRule:
    return TALENT_BOOK.on(step.entered_on).states[step.talent_state]


def _said(step: TalentStep) -> str:
    return f"{step.talent_state} of {step.entered_on}"


def _differ(names: Iterable[str]) -> bool:
    given = [*names]
    return len({*given}) == len(given)


# --- a stated figure


@record
class Stating:
    """A figure that is stated, the plan that it names, and the day in the park."""

    report: FigureReport
    plan: PlanReport | None
    today: date


def level_is_of_the_plan(stating: Stating) -> Reason | None:
    """A plan has its level; two might differ."""
    if stating.plan is None or stating.report.talent_scope.plan_level is None:
        return None
    return Reason("LEVEL_OF_PLAN", "Leave the level out; the plan has one.", "plan_level")


def category_has_its_plan(stating: Stating) -> Reason | None:
    """A category is one of a plan."""
    category = stating.report.talent_scope.talent_category
    if category is None or (stating.plan and stating.plan.category(category)):
        return None
    sentence = "Give the plan and one of its categories, or leave the category out."
    return Reason("TALENT_CATEGORY_UNKNOWN", sentence, "talent_category")


def figure_day_has_come(stating: Stating) -> Reason | None:
    """What is to be is a target."""
    target = stating.report.talent_figure_kind is TalentFigureKind.TARGET
    if target or stating.report.figure_on <= stating.today:
        return None
    sentence = f"Today is {stating.today}; give a day that has come, or the kind target."
    return Reason("NOT_YET", sentence, "figure_on")


def cumulative_has_its_start(stating: Stating) -> Reason | None:
    """A cumulative figure is of a span, and no other is."""
    cumulative = stating.report.talent_figure_kind is TalentFigureKind.CUMULATIVE
    if cumulative == (stating.report.counted_since_on is not None):
        return None
    sentence = "Give the first day of a cumulative figure, and of no other."
    return Reason("FIGURE_SPAN", sentence, "counted_since_on")


STATING_RULES: tuple[Rule[Stating], ...] = (
    level_is_of_the_plan,
    category_has_its_plan,
    figure_day_has_come,
    cumulative_has_its_start,
)
