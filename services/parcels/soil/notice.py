"""A notice of the province about its registry of soil [名录公告]: a batch of plots added and removed."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from backbone.records import record

from ..words import Said
from .reports import RegistryChange, RegistryEntry


class NoticeAnswer(TypedDict):
    """What a notice came to, as ids of parcels. `unknown` are plots that nobody reported yet: what is
    said of them is kept, and counts when they are registered."""

    batch: str
    added: list[str]
    removed: list[str]
    withdrawn: list[str]
    unchanged: list[str]
    unknown: list[str]


@record
class RegistryNotice:
    """The newest copy of a notice. A corrected copy takes the place of the one before."""

    batch: str
    issued_on: date
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    document: str | None = None

    def entries(self, said: Said, before: RegistryNotice | None) -> dict[str, RegistryEntry]:
        """What this copy says of each plot; a plot that only the copy before named is withdrawn."""
        named_before = (*before.added, *before.removed) if before else ()
        changes = dict.fromkeys(named_before, RegistryChange.WITHDRAWN)
        changes |= dict.fromkeys(self.removed, RegistryChange.REMOVED)
        changes |= dict.fromkeys(self.added, RegistryChange.ADDED)
        documents = (self.document,) if self.document else ()
        return {
            parcel_id: RegistryEntry(
                soil_report_id=self.batch, said=said, change=change, evidence_ids=documents
            )
            for parcel_id, change in sorted(changes.items())
        }
