"""What a plan and a report of progress must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park import townships
from park.rulebook import Rulebook
from park.rules import Rule

from .platform import PLATFORM_BOOK, Counts, PlatformBook, PlatformPlan, PlatformProgress


@record
class Planning:
    """A plan that is recorded, and the day in the park."""

    plan: PlatformPlan
    today: date
    book: Rulebook[PlatformBook] = PLATFORM_BOOK


@record
class Reporting:
    """A report of progress, what was said of it before, and the day in the park."""

    report: PlatformProgress
    known: PlatformProgress | None
    today: date
    book: Rulebook[PlatformBook] = PLATFORM_BOOK


def township_exists(planning: Planning) -> Reason | None:
    """A platform lies in a township of today, or nobody would hear of it."""
    if townships.find(planning.plan.township, planning.today):
        return None
    said = "No township has this code; give its 9-digit division code: 330604001."
    return Reason("NO_SUCH_TOWNSHIP", said, "township")


def targets_have_names_of_their_own(planning: Planning) -> Reason | None:
    """A target is known again by its name."""
    names = [each.target_name for each in planning.plan.targets]
    if len(set(names)) == len(names):
        return None
    return Reason("TARGET_TWICE", "Give each target a name of its own.", "targets")


def projects_are_whole(planning: Planning) -> Reason | None:
    """There is no half of a project."""
    for number, target in enumerate(planning.plan.targets):
        if target.counts is Counts.PROJECTS and target.target_value % 1:
            said = f"Give a whole number of projects, not {target.target_value}."
            return Reason("TARGET_NOT_WHOLE", said, f"targets.{number}.target_value")
    return None


def target_kinds_are_known(planning: Planning) -> Reason | None:
    """A target of a kind that no project has would never be met."""
    known = planning.book.on(planning.today)
    for number, target in enumerate(planning.plan.targets):
        if found := _kinds(target.project_kinds, known, f"targets.{number}.project_kinds"):
            return found
    return None


def has_happened(reporting: Reporting) -> Reason | None:
    """What will land is a plan."""
    if reporting.report.happened_on <= reporting.today:
        return None
    said = f"Today is {reporting.today}; give a day that has come."
    return Reason("NOT_YET", said, "happened_on")


def kind_is_known(reporting: Reporting) -> Reason | None:
    """A project of another kind would count for no target that names kinds."""
    known = reporting.book.on(reporting.today)
    return _kinds([reporting.report.project_kind], known, "project_kind")


def project_stays(reporting: Reporting) -> Reason | None:
    """A correction is of the same project; what was another's was entered wrongly, and is withdrawn."""
    known = reporting.known
    if known is None or known.project_id == reporting.report.project_id:
        return None
    said = (
        f"It was recorded for {known.project_id}; withdraw it, and give the other one its own id."
    )
    return Reason("PROGRESS_OF_OTHER_PROJECT", said, "project_id")


def _kinds(given: Iterable[str], book: PlatformBook, field: str) -> Reason | None:
    known = book.project_kinds
    if all(each in known for each in given):
        return None
    return Reason("PROJECT_KIND_UNKNOWN", f"Give one of these kinds: {', '.join(known)}.", field)


PLAN_RULES: tuple[Rule[Planning], ...] = (
    township_exists,
    targets_have_names_of_their_own,
    projects_are_whole,
    target_kinds_are_known,
)
PROGRESS_RULES: tuple[Rule[Reporting], ...] = (has_happened, kind_is_known, project_stays)
