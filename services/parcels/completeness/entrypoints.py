"""What a township still owes the register."""

from __future__ import annotations

from typing import Any

from backbone import query

from ..register.parcel import Parcel
from . import schemas
from .gaps import ASKED, Completeness, completeness

MOST_PARCELS = 100_000


class Completing:
    """Tells each township which of its parcels and fields are missing."""

    store: Any  # within a handler, the unit of work

    @query(schemas.OfTownship, answers=Completeness)
    def township_completeness(self, request: dict[str, Any]) -> Any:
        """Which parcels of the township were never surveyed, and which fields are empty."""
        township = request["township"]
        parcels = self.store.find(Parcel, MOST_PARCELS, township=township)
        asked = ASKED.on(self.store.today).asked
        return self.store.dump(completeness(township, parcels, asked))
