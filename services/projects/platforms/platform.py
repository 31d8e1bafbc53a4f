"""A development platform [平台]: its plan with the targets, and what landed or began there.

Nothing is written over: each plan, and each report of a piece of progress, is one more; the last one stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


class Counts(StrEnum):
    """What a target counts: projects, each once, or the yuan invested in them."""

    PROJECTS = "projects"
    INVESTMENT_CNY = "investment_cny"


class Predicate(StrEnum):
    """What is said of a project. Neither follows from the other."""

    LANDED = "landed"  # 落地
    BEGUN = "begun"  # 开工


class TargetComparison(StrEnum):
    AT_LEAST = "at_least"  # 不少于
    MORE_THAN = "more_than"  # 超过


@record
class PlatformBook:
    project_kinds: dict[str, str]


PLATFORM_BOOK = Rulebook(FOLDER / "platforms", PlatformBook)


@record
class PlatformTarget:
    """So much is to have landed or begun by the end of `due_on`; of any kind, if none is named."""

    target_name: str
    counts: Counts
    predicate: Predicate
    comparison: TargetComparison
    target_value: Decimal
    due_on: date
    project_kinds: tuple[str, ...] = ()

    def met_by(self, reached: Decimal) -> bool:
        if self.comparison is TargetComparison.MORE_THAN:
            return reached > self.target_value
        return reached >= self.target_value

    def takes(self, progress: PlatformProgress) -> bool:
        """Whether this piece of progress counts for it."""
        of_kind = not self.project_kinds or progress.project_kind in self.project_kinds
        return of_kind and progress.predicate is self.predicate and not progress.withdrawn


@record
class PlatformPlan:
    """What the platform is to be, as it was recorded at `known_at`."""

    name: str
    township: str
    place: str | None = None
    planned_area_mu: Decimal | None = None
    planned_area_is_about: bool = False
    planned_investment_cny: Decimal | None = None
    targets: tuple[PlatformTarget, ...] = ()
    document: str
    known_at: datetime


@record
class PlatformProgress:
    """A project landed or began on `happened_on`. Where only a period is known that is its last day, and
    `not_before_on` its first. `withdrawn`: it never did."""

    progress_id: str
    project_id: str
    project_kind: str
    predicate: Predicate
    happened_on: date
    not_before_on: date | None = None
    investment_cny: Decimal | None = None
    evidence_ids: tuple[str, ...]
    withdrawn: bool = False
    known_at: datetime

    @property
    def earliest_on(self) -> date:
        return self.not_before_on or self.happened_on


@record
class TargetMiss:
    """A target as it was missed: what was reached of it on its day."""

    target: PlatformTarget
    reached: Decimal


@record
class TargetTold:
    """What was announced last of a target; without a miss, that it holds no longer. `miss_no` counts."""

    target_name: str
    miss_no: int
    miss: TargetMiss | None


@record
class Platform:
    """`plans` and `progress` are all that was said, in the order in which it became known."""

    platform_id: str
    plans: tuple[PlatformPlan, ...] = ()
    progress: tuple[PlatformProgress, ...] = ()
    told: tuple[TargetTold, ...] = ()

    @property
    def township(self) -> str:
        return self.plans[-1].township

    @property
    def look_on(self) -> date:
        """The first day on which there is a miss to tell; the last day that there is, without any."""
        told = {each.target_name: each.miss for each in self.told}
        untold = [
            miss.target.due_on + timedelta(days=1)
            for name, miss in self.misses().items()
            if miss != told.get(name)
        ]
        return min(untold, default=date.max)

    def plan(self, known_at: datetime) -> PlatformPlan | None:
        """The plan as it was known at the moment."""
        return next((each for each in reversed(self.plans) if each.known_at <= known_at), None)

    def known(self, known_at: datetime | None = None) -> tuple[PlatformProgress, ...]:
        """The last report of each piece of progress, of those known at the moment, or of all."""
        said = [each for each in self.progress if known_at is None or each.known_at <= known_at]
        last = {each.progress_id: each for each in said}
        return tuple(last[key] for key in sorted(last))

    def reported(self, progress_id: str) -> PlatformProgress | None:
        return next((each for each in self.known() if each.progress_id == progress_id), None)

    def with_plan(self, plan: PlatformPlan) -> Platform:
        same = self.plans and replace(self.plans[-1], known_at=plan.known_at) == plan
        return self if same else replace(self, plans=(*self.plans, plan))

    def with_progress(self, report: PlatformProgress) -> Platform:
        before = self.reported(report.progress_id)
        same = before and replace(before, known_at=report.known_at) == report
        return self if same else replace(self, progress=(*self.progress, report))

    def misses(self) -> dict[str, TargetMiss]:
        """Each target that is missed by all that is known, once its day is over."""
        known, found = self.known(), {}
        for target in self.plans[-1].targets:
            reached = reached_by(target, known, target.due_on)
            if not target.met_by(reached):
                found[target.target_name] = TargetMiss(target=target, reached=reached)
        return found

    def misses_to_tell(self, today: date) -> Iterator[TargetTold]:
        """The misses that nobody was told of as they are."""
        told = {each.target_name: each for each in self.told}
        for name, miss in self.misses().items():
            last = told.get(name)
            if miss.target.due_on < today and (last is None or last.miss != miss):
                number = last.miss_no + 1 if last else 1
                yield TargetTold(target_name=name, miss_no=number, miss=miss)

    def misses_to_lift(self, today: date) -> Iterator[TargetTold]:
        """What was told as missed, and is not: it was met in time, has another day, or is no target."""
        missed = {name: miss for name, miss in self.misses().items() if miss.target.due_on < today}
        for each in self.told:
            if each.miss and each.target_name not in missed:
                yield replace(each, miss_no=each.miss_no + 1, miss=None)

    def with_told(self, *told: TargetTold) -> Platform:
        last = {each.target_name: each for each in (*self.told, *told)}
        return replace(self, told=tuple(last[name] for name in sorted(last)))


def reached_by(target: PlatformTarget, progress: tuple[PlatformProgress, ...], on: date) -> Decimal:
    """What had landed or begun for certain by the end of the day."""
    return amount_of(target, [each for each in progress if each.happened_on <= on])


def amount_of(target: PlatformTarget, progress: list[PlatformProgress]) -> Decimal:
    """How much of what the target counts these are; a project counts once, its investments add up."""
    taken = [each for each in progress if target.takes(each)]
    if target.counts is Counts.PROJECTS:
        return Decimal(len({each.project_id for each in taken}))
    return sum((each.investment_cny or Decimal(0) for each in taken), Decimal(0))


def target_id_of(platform_id: str, target_name: str) -> str:
    """The id by which a target of a platform is told of."""
    return f"{platform_id}.{target_name}"
