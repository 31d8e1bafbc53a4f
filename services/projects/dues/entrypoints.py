"""Dues: the ledger of all that is due between a notice and its full capacity, and its reminders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backbone import Collection, every, reads
from backbone.messages.envelope import Event

from . import facts
from .due_step import DueStep
from .late import list_with_late, one_with_late

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
KEPT = (
    Collection(
        DueStep,
        key="step_id",
        filters=(
            "township",
            "supply_step",
            "parcel_id",
            "listing_id",
            "is_open",
            "waits_for_calendar",
            "late",
        ),
        orders=("due_on", "tell_on"),
    ),
)
EMITTED = facts.EMITTED


class Dues:
    """Keeps what is due and until when, and reminds by itself."""

    store: Any  # within a handler, the unit of work

    get_due_step, list_due_steps, due_step_history = reads(DueStep)
    get_due_step, list_due_steps = one_with_late(get_due_step), list_with_late(list_due_steps)

    @every(LOOK_EVERY_S)
    def remind_of_due_steps(self, _: Event) -> None:
        """Announce each step whose reminder has come, once for each level."""
        today = self.store.today
        for step in self.store.find(DueStep, TOLD_AT_ONCE, waits_for_calendar=True):
            self.store.save(step.dated())
        for step in self.store.find(DueStep, TOLD_AT_ONCE, "tell_on", is_open=True):
            if step.tell_on > today:
                return
            after, reminder = step.told_by(today)
            self.store.save(after)
            if reminder:
                self.store.announce(facts.reminder_of(after, reminder, today))

    def keep_dues(self, steps: Iterable[DueStep]) -> None:
        """Bring these steps up to date; what was told of them stays told."""
        for step in steps:
            known = self.store.get(DueStep, step.step_id)
            self.store.save(step.as_known(known))
