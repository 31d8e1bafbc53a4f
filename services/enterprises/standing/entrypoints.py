"""Standings: what remediation makes of the firms on the land."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backbone import hears
from backbone.messages.envelope import Event

from ..case import Case
from ..firms.enterprise import Enterprise
from ..firms.entrypoints import Sites
from . import facts, schemas
from .standing import with_standings

EMITTED = facts.EMITTED


class Standings(Sites):
    """Follows the remediation cases, and lets each firm stand as they leave it."""

    @hears("parcels", "remediation_identified", schemas.RemediationIdentified)
    def note_identification(self, event: Event) -> None:
        """Land was found to be low-efficiency: the firms on it are under remediation."""
        day, at = event.data["identified_on"], self._time(event)
        self._change_case(event, lambda case: case.identified(day, at))

    @hears("parcels", "remediation_completed", schemas.RemediationCompleted)
    def note_completion(self, event: Event) -> None:
        """A remediation is complete: the firms on the land stand as its way and their role have it."""
        completion, at = event.data["completion"], self._time(event)
        self._change_case(event, lambda case: case.completed(completion, at))

    @hears("parcels", "remediation_reopened", schemas.RemediationReopened)
    def note_reopening(self, event: Event) -> None:
        """The trouble came back: the firms are under remediation until the case is accepted again."""
        day = event.data["reopened_on"]
        self._change_case(event, lambda case: case.reopened(day))

    @hears("parcels", "remediation_cancelled", schemas.RemediationCancelled)
    def note_cancellation(self, event: Event) -> None:
        """The case is closed without an acceptance: the firms are in operation through it."""
        day = event.data["cancelled_on"]
        self._change_case(event, lambda case: case.cancelled(day))

    def review_standing(self, enterprise_id: str) -> None:
        """Let the firm stand as the cases of all its land leave it."""
        land = self._land(*self.store.require(Enterprise, enterprise_id).parcel_ids)

        def decide(before: Enterprise) -> tuple[Any, ...]:
            after = with_standings(before, land)
            return after, *facts.facts_of(before, after)

        self.store.change(Enterprise, enterprise_id, decide)

    def _change_case(self, event: Event, decide: Callable[[Case], Case]) -> None:
        """Keep what a case came to, and let every firm on the land stand accordingly."""
        case_id, parcel_id = event.data["case_id"], event.data["parcel_id"]
        self._change_site(parcel_id, lambda site: site.with_case(decide(site.case(case_id))))
        self._land_concerned(parcel_id)
