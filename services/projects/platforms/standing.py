"""How the targets of a platform stand on a day, as it was known at a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.time import day_of

from .platform import (
    Counts,
    Platform,
    PlatformPlan,
    PlatformProgress,
    PlatformTarget,
    Predicate,
    TargetComparison,
    amount_of,
    target_id_of,
)


class TargetState(StrEnum):
    """A target is missed once its day is over without it, and met from the day on which it is reached."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"


@record
class TargetStanding:
    """`reached` is what landed or began by the day, `reached_when_due` what did by the target's own, once
    that has come. `met_on` is the first day on which it held, `in_time` whether its day was not over then.
    `undecided`: a day that is known by its period only decides the state. `begun_not_landed` are projects
    that a target of landed ones does not count, though they have begun."""

    platform_target_id: str
    target_name: str
    counts: Counts
    predicate: Predicate
    comparison: TargetComparison
    target_value: Decimal
    due_on: date
    target_state: TargetState
    reached: Decimal
    reached_when_due: Decimal | None
    lacking: Decimal
    met_on: date | None
    in_time: bool | None
    undecided: bool
    progress_ids: tuple[str, ...]
    begun_not_landed: tuple[str, ...]


@record
class PlatformStanding:
    platform_id: str
    on: date
    known_at: datetime
    name: str
    township: str
    place: str | None
    planned_area_mu: Decimal | None
    planned_area_is_about: bool
    planned_investment_cny: Decimal | None
    standings: tuple[TargetStanding, ...]


def standing(
    platform: Platform, plan: PlatformPlan, on: date, known_at: datetime
) -> PlatformStanding:
    """Every target of the plan, by what was known of the platform."""
    known = platform.known(known_at)
    asked = Asked(platform.platform_id, known, on, day_of(known_at))
    return PlatformStanding(
        platform_id=platform.platform_id,
        on=on,
        known_at=known_at,
        name=plan.name,
        township=plan.township,
        place=plan.place,
        planned_area_mu=plan.planned_area_mu,
        planned_area_is_about=plan.planned_area_is_about,
        planned_investment_cny=plan.planned_investment_cny,
        standings=tuple(asked.standing_of(target) for target in plan.targets),
    )


def _for_certain(progress: PlatformProgress) -> date:
    return progress.happened_on


def _perhaps(progress: PlatformProgress) -> date:
    return progress.earliest_on


@dataclass(frozen=True, slots=True)
class Asked:
    """What was known of a platform, the day that is asked for, and the day of the knowledge."""

    platform_id: str
    known: tuple[PlatformProgress, ...]
    on: date
    known_on: date

    def standing_of(self, target: PlatformTarget) -> TargetStanding:
        taken = [each for each in self.known if target.takes(each) and each.happened_on <= self.on]
        reached = amount_of(target, taken)
        met_on = self._met_on(target, _for_certain)
        state = self._state(target, met_on)
        earliest = self._met_on(target, _perhaps)
        return TargetStanding(
            platform_target_id=target_id_of(self.platform_id, target.target_name),
            target_name=target.target_name,
            counts=target.counts,
            predicate=target.predicate,
            comparison=target.comparison,
            target_value=target.target_value,
            due_on=target.due_on,
            target_state=state,
            reached=reached,
            reached_when_due=self._when_due(target),
            lacking=max(target.target_value - reached, Decimal(0)),
            met_on=met_on,
            in_time=_in_time(target, met_on),
            undecided=(state, _in_time(target, met_on))
            != (self._state(target, earliest), _in_time(target, earliest)),
            progress_ids=tuple(each.progress_id for each in taken),
            begun_not_landed=self._begun_not_landed(target),
        )

    def _state(self, target: PlatformTarget, met_on: date | None) -> TargetState:
        """The day of a target is over when the next one has come, also for whoever asks for that day."""
        if met_on:
            return TargetState.MET
        over = target.due_on <= self.on and target.due_on < self.known_on
        return TargetState.MISSED if over else TargetState.OPEN

    def _met_on(
        self, target: PlatformTarget, happened: Callable[[PlatformProgress], date]
    ) -> date | None:
        """The first day, up to the day asked for, on which the target held."""
        days = sorted({happened(each) for each in self.known if happened(each) <= self.on})
        for day in days:
            until = [each for each in self.known if happened(each) <= day]
            if target.met_by(amount_of(target, until)):
                return day
        return None

    def _when_due(self, target: PlatformTarget) -> Decimal | None:
        if self.on < target.due_on:
            return None
        return amount_of(target, [each for each in self.known if each.happened_on <= target.due_on])

    def _begun_not_landed(self, target: PlatformTarget) -> tuple[str, ...]:
        if target.predicate is not Predicate.LANDED:
            return ()
        there = [each for each in self.known if each.happened_on <= self.on]
        landed = {each.project_id for each in there if target.takes(each)}
        as_begun = replace(target, predicate=Predicate.BEGUN)
        begun = {each.project_id for each in there if as_begun.takes(each)}
        return tuple(sorted(begun - landed))


def _in_time(target: PlatformTarget, met_on: date | None) -> bool | None:
    return None if met_on is None else met_on <= target.due_on
