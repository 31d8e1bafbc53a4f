"""What notify hears of the other services."""

from __future__ import annotations

from typing import Any

from backbone import hears
from backbone.messages.envelope import Event

from . import schemas
from .dispatch import dispatch


class Dispatch:
    """The part of notify that turns facts into alerts, and alerts into deliveries."""

    store: Any

    @hears("parcels", "#", schemas.AnyFact)
    def hear_parcels(self, event: Event) -> None:
        """Land was reported, remediated, released, blocked or revoked."""
        dispatch(self.store, event)

    @hears("enterprises", "#", schemas.AnyFact)
    def hear_enterprises(self, event: Event) -> None:
        """A firm was registered, or its standing changed."""
        dispatch(self.store, event)

    @hears("projects", "#", schemas.AnyFact)
    def hear_projects(self, event: Event) -> None:
        """A lead was registered; a listing was drafted, matched, published or withdrawn."""
        dispatch(self.store, event)
