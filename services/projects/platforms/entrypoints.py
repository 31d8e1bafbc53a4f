"""Development platforms: their targets, what landed or began there, and what was missed."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, every, query, reads
from backbone.errors import NotFound
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from . import facts, schemas
from .platform import Platform, PlatformPlan, PlatformProgress
from .rules import PLAN_RULES, PROGRESS_RULES, Planning, Reporting
from .standing import PlatformStanding, standing

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
KEPT = (
    Collection(
        Platform,
        key="platform_id",
        filters=("township",),
        orders=("look_on",),
    ),
)
EMITTED = facts.EMITTED


class Platforms:
    """Keeps the plans of platforms and what is proved of them, and tells which targets were missed."""

    store: Any  # within a handler, the unit of work

    get_platform, list_platforms, platform_history = reads(Platform)

    @command(schemas.RecordPlatform, answers=Platform)
    def record_platform(self, request: dict[str, Any]) -> Any:
        """Record the plan of a platform and its targets, or correct it."""
        plan = PlatformPlan(**request["plan"], known_at=self.store.now)
        refuse(*broken(PLAN_RULES, Planning(plan=plan, today=self.store.today)))
        platform_id = request["platform_id"]
        before = self.store.get(Platform, platform_id) or Platform(platform_id=platform_id)
        after = before.with_plan(plan)
        if after != before:
            self.store.announce(facts.planned_of(after))
        return self._keep_platform(after)

    @command(schemas.RecordPlatformProgress, answers=Platform)
    def record_platform_progress(self, request: dict[str, Any]) -> Any:
        """Record on which day a project landed or began at a platform, with its evidence, or correct it."""
        before = self.store.require(Platform, request["platform_id"], "platform_id")
        report = PlatformProgress(**request["report"], known_at=self.store.now)
        known = before.reported(report.progress_id)
        situation = Reporting(report=report, known=known, today=self.store.today)
        refuse(*broken(PROGRESS_RULES, situation))
        after = before.with_progress(report)
        if after != before:
            self.store.announce(facts.progress_of(after, report))
        return self._keep_platform(after)

    @query(schemas.StandingAsked, answers=PlatformStanding)
    def platform_standing(self, request: dict[str, Any]) -> Any:
        """Whether each target of a platform is met, missed or open on a day, as known at a moment."""
        now = self.store.now
        known_at = min(request["known_at"] or now, now)
        platform = self.store.require(Platform, request["platform_id"], "platform_id")
        plan = platform.plan(known_at)
        if plan is None:
            raise NotFound.of("platform", "known_at")
        on = request["on"] or self.store.today
        return self.store.dump(standing(platform, plan, on, known_at))

    @every(LOOK_EVERY_S)
    def look_for_missed_targets(self, _: Event) -> None:
        """Announce each target whose day is over and that was not met by then, once."""
        today = self.store.today
        for platform in self.store.find(Platform, TOLD_AT_ONCE, "look_on"):
            if platform.look_on > today:
                return
            told = tuple(platform.misses_to_tell(today))
            self.store.save(platform.with_told(*told))
            self.store.announce(*(facts.told_of(platform, each) for each in told))

    def _keep_platform(self, platform: Platform) -> Any:
        """Save it; a miss that was told and holds no longer is taken back."""
        lifted = tuple(platform.misses_to_lift(self.store.today))
        after = platform.with_told(*lifted)
        self.store.save(after)
        self.store.announce(*(facts.told_of(after, each) for each in lifted))
        return self.store.dump(after)
