"""The facts of leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRegistered:
    """`projects.lead_registered`: an investor looks for land. Heard by projects itself."""

    lead_id: str


EMITTED = (LeadRegistered,)
