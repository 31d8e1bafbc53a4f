"""Leads: investment that looks for land."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, reads

from . import facts, schemas
from .lead import Lead, lead_id_of, register

KEPT = (
    Collection(
        Lead,
        key="lead_id",
        filters=("stage", "source", "is_looking"),
        orders=("registered_at",),
    ),
)
EMITTED = facts.EMITTED


class Leads:
    """Keeps the investment leads of the park."""

    store: Any  # within a handler, the unit of work

    get_lead, list_leads, lead_history = reads(Lead)

    @command(schemas.RegisterLead, answers=Lead)
    def register_lead(self, request: dict[str, Any]) -> Any:
        """Enter an investment lead; it is matched with the land on offer. Without a `lead_id` it
        gets one that follows from the request's."""
        lead_id = request["lead_id"] or lead_id_of(self.store.cause.id)
        lead = Lead(**request | {"lead_id": lead_id, "registered_at": self.store.now})
        return self.store.dump(
            self.store.change(Lead, lead_id, lambda known: register(known, lead))
        )
