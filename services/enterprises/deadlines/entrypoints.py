"""Deadlines: people are told ahead of what is due of a firm, once, and when it is not any more."""

from __future__ import annotations

from typing import Any

from backbone import Collection, every
from backbone.messages.envelope import Event

from ..honours.honours import FirmHonours
from ..profile.firm_profile import FirmProfile
from . import facts
from .told import DeadlinesTold, capital_near, capital_of, honour_holds, honours_near

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
            before = told.get(key) or _nothing_told(key)
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
        after = self._honours(before, honours, tells) if honours else before
        after = self._capital(after, profile, tells) if profile else after
        if after != before:
            self.store.save(after)
        return after != before

    def _honours(self, before: DeadlinesTold, firm: FirmHonours, tells: bool) -> DeadlinesTold:
        today = self.store.today
        lifted = {each for each in before.honours if not honour_holds(firm, each, today)}
        new = {*honours_near(firm, today)} - {*before.honours} if tells else set()
        self.store.announce(
            *(facts.honour_lifted_of(before, each) for each in sorted(lifted)),
            *(facts.honour_due_of(before, each, today) for each in sorted(new)),
        )
        return before.with_honours(lifted, new)

    def _capital(self, before: DeadlinesTold, profile: FirmProfile, tells: bool) -> DeadlinesTold:
        standing, found = capital_of(profile, self.store.today)
        lifted = {told for told in before.capital if not any(map(told.is_of, found))}
        new = capital_near(found, self.store.today) - {*before.capital} if tells else set()
        self.store.announce(
            *(facts.capital_lifted_of(before, each) for each in sorted(lifted)),
            *(facts.capital_due_of(before, each, standing) for each in sorted(new)),
        )
        return before.with_capital(lifted, new)


def _nothing_told(enterprise_id: str) -> DeadlinesTold:
    township = enterprise_id[: enterprise_id.index("-")]
    return DeadlinesTold(enterprise_id=enterprise_id, township=township)
