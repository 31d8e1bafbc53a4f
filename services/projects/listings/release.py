"""The land of a listing as `parcels` speaks of it: released, and perhaps taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record


@record
class Release:
    """What may be offered. `release_no` grows with each change of the case's release;
    `industry_code` limits who may use the land; `evidence_ids` say why it was allowed. `vacated_on` is
    the day of the acceptance, none if the fact is of before it was told; `released_on` is the day on
    which the land register learnt enough to say yes, which may be much later."""

    release_no: int
    area_m2: Decimal
    target_use: str
    industry_code: str | None = None
    evidence_ids: tuple[str, ...] = ()
    vacated_on: date | None = None
    released_on: date

    @property
    def free_on(self) -> date:
        """The day from which a notice may rest on it."""
        return self.vacated_on or self.released_on


@record
class Revocation:
    """Every release up to `release_no` was taken back, because of `reasons`."""

    release_no: int
    reasons: tuple[Reason, ...]


@record
class Standing:
    """What `parcels` answers when asked whether a release still stands."""

    state: str
    release_no: int | None = None
    reasons: tuple[Reason, ...] = ()

    def against(self, release: Release | None) -> tuple[Reason, ...]:
        """Why the land must not be offered under this release; nothing when it may be."""
        if release and self.state == "released" and self.release_no == release.release_no:
            return ()
        sentence = (
            f"The release of this land does not stand: in the land register it is {self.state}, "
            f"release {self.release_no}."
        )
        return (Reason("RELEASE_NOT_STANDING", sentence, field="listing_id"), *self.reasons)
