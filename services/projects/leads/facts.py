"""The facts of leads."""

from __future__ import annotations

from backbone.records import record


@record
class LeadRegistered:
    """`projects.lead_registered`: an investor looks for land. Heard by projects itself."""

    lead_id: str


EMITTED = (LeadRegistered,)
