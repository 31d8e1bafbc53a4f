"""The facts of development platforms. Money in yuan, areas in mu, days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record

from .platform import (
    Counts,
    Platform,
    PlatformProgress,
    PlatformTarget,
    Predicate,
    TargetComparison,
    TargetTold,
    target_id_of,
)


@record
class PlatformPlanned:
    """`projects.platform_planned`: a platform has this plan, the `plan_no`-th of it, with these targets."""

    platform_id: str
    township: str
    plan_no: int
    planned_area_mu: Decimal | None
    planned_area_is_about: bool
    planned_investment_cny: Decimal | None
    targets: tuple[PlatformTarget, ...]


@record
class PlatformProgressRecorded:
    """`projects.platform_progress_recorded`: a project landed or began at a platform; a later one of the
    same `progress_id` corrects it. `report_no` counts the reports of the platform."""

    platform_id: str
    township: str
    progress_id: str
    report_no: int
    project_id: str
    project_kind: str
    predicate: Predicate
    happened_on: date
    not_before_on: date | None
    investment_cny: Decimal | None
    withdrawn: bool


@record
class PlatformTargetMissed:
    """`projects.platform_target_missed`: the day of a target is over, and `reached` is not enough. Told anew,
    with the next `miss_no`, when target or figure are corrected and it is still missed."""

    platform_target_id: str
    platform_id: str
    township: str
    miss_no: int
    counts: Counts
    predicate: Predicate
    comparison: TargetComparison
    target_value: Decimal
    reached: Decimal
    due_on: date


@record
class PlatformTargetMissLifted:
    """`projects.platform_target_miss_lifted`: what was told as missed is not, by what is known now."""

    platform_target_id: str
    platform_id: str
    township: str
    miss_no: int


EMITTED = (
    PlatformPlanned,
    PlatformProgressRecorded,
    PlatformTargetMissed,
    PlatformTargetMissLifted,
)


def planned_of(platform: Platform) -> PlatformPlanned:
    plan = platform.plans[-1]
    return PlatformPlanned(
        platform_id=platform.platform_id,
        township=plan.township,
        plan_no=len(platform.plans),
        planned_area_mu=plan.planned_area_mu,
        planned_area_is_about=plan.planned_area_is_about,
        planned_investment_cny=plan.planned_investment_cny,
        targets=plan.targets,
    )


def progress_of(platform: Platform, report: PlatformProgress) -> PlatformProgressRecorded:
    return PlatformProgressRecorded(
        platform_id=platform.platform_id,
        township=platform.township,
        progress_id=report.progress_id,
        report_no=len(platform.progress),
        project_id=report.project_id,
        project_kind=report.project_kind,
        predicate=report.predicate,
        happened_on=report.happened_on,
        not_before_on=report.not_before_on,
        investment_cny=report.investment_cny,
        withdrawn=report.withdrawn,
    )


def told_of(
    platform: Platform, told: TargetTold
) -> PlatformTargetMissed | PlatformTargetMissLifted:
    """The fact of a miss, or of one that holds no longer."""
    target_id = target_id_of(platform.platform_id, told.target_name)
    if told.miss is None:
        return PlatformTargetMissLifted(
            platform_target_id=target_id,
            platform_id=platform.platform_id,
            township=platform.township,
            miss_no=told.miss_no,
        )
    target = told.miss.target
    return PlatformTargetMissed(
        platform_target_id=target_id,
        platform_id=platform.platform_id,
        township=platform.township,
        miss_no=told.miss_no,
        counts=target.counts,
        predicate=target.predicate,
        comparison=target.comparison,
        target_value=target.target_value,
        reached=told.miss.reached,
        due_on=target.due_on,
    )
