"""Deadlines: people are told ahead of what is due of a firm, once, and when it is not any more."""

from __future__ import annotations

from typing import Any

from backbone import Collection, every
from backbone.messages.envelope import Event

from ..honours.honours import FirmHonours
from ..profile.firm_profile import FirmProfile
from . import facts
from .told import DeadlinesTold

LOOK_EVERY_S = 3600
MOST = 100_000  # firms: far more than a district has
TOLD_AT_ONCE = 200  # firms; the others at the next tick
KEPT = (Collection(DeadlinesTold, key="enterprise_id", filters=("township",)),)
EMITTED = facts.EMITTED


class Deadlines:
    """Looks at the honours and the capital of every firm, and tells what is due."""

    store: Any  # within a handler, the unit of work

    @every(LOOK_EVERY_S)
    def tell_deadlines(self, _: Event) -> None:
        """Announce each deadline that has come near, once, and each that was told and does not hold."""
        honours, profiles, told = (
            {each.enterprise_id: each for each in self.store.find(kind, MOST)}
            for kind in (FirmHonours, FirmProfile, DeadlinesTold)
        )
        changed = 0
        for key in sorted(honours | profiles):
            before = told.get(key) or DeadlinesTold.nothing(key)
            changed += self._look_at(before, honours.get(key), profiles.get(key), tells=True)
            if changed == TOLD_AT_ONCE:
                return

    def lift_deadlines(self, enterprise_id: str) -> None:
        """A report changed something: what was told and does not hold any more is taken back at once."""
        if told := self.store.get(DeadlinesTold, enterprise_id):
            kinds = (FirmHonours, FirmProfile)
            honours, profile = (self.store.get(kind, enterprise_id) for kind in kinds)
            self._look_at(told, honours, profile, tells=False)

    def _look_at(
        self,
        before: DeadlinesTold,
        honours: FirmHonours | None,
        profile: FirmProfile | None,
        *,
        tells: bool,
    ) -> bool:
        today, after = self.store.today, before
        found: list[Any] = []
        if honours:
            after, of_honours = facts.honours_told(after, honours, today, tells=tells)
            found += of_honours
        if profile:
            after, of_capital = facts.capital_told(after, profile, today, tells=tells)
            found += of_capital
        self.store.announce(*found)
        if after != before:
            self.store.save(after)
        return after != before
