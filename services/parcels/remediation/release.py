"""The release of a case's land: granted, barred, taken back, granted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from ..words import LandUse


class ReleaseState(StrEnum):
    NONE = "none"  # nothing was vacated, or not yet
    BLOCKED = "blocked"
    RELEASED = "released"
    REVOKED = "revoked"


@record
class Terms:
    """What may be offered: a change of the terms is a new release."""

    parcel_id: str
    area_m2: Decimal
    target_use: LandUse
    industry_code: str | None = None


@record
class Release:
    """`release_no` grows by one with each change that is announced. `terms`, `evidence_ids` and
    `released_on` are those of the last release; `reasons` bar it now."""

    state: ReleaseState = ReleaseState.NONE
    release_no: int = 0
    reasons: tuple[Reason, ...] = ()
    terms: Terms | None = None
    evidence_ids: tuple[str, ...] = ()
    released_on: date | None = None

    def barred(self, reasons: tuple[Reason, ...]) -> Release:
        """Blocked, or revoked if it was released; unchanged if the same rules barred it before."""
        barred_before = self.state in (ReleaseState.BLOCKED, ReleaseState.REVOKED)
        if barred_before and _codes(reasons) == _codes(self.reasons):
            return self
        was_released = self.state in (ReleaseState.RELEASED, ReleaseState.REVOKED)
        state = ReleaseState.REVOKED if was_released else ReleaseState.BLOCKED
        return replace(self, state=state, release_no=self.release_no + 1, reasons=reasons)

    def is_revoked_for(self, codes: frozenset[str]) -> bool:
        """It was taken back, and for nothing but these reasons."""
        return self.state is ReleaseState.REVOKED and _codes(self.reasons) <= codes

    def granted(self, terms: Terms, evidence_ids: tuple[str, ...], today: date) -> Release:
        """Released on these terms. If it is, only the evidence is brought up to date."""
        if self.state is ReleaseState.RELEASED and self.terms == terms:
            return replace(self, evidence_ids=evidence_ids)
        return Release(
            state=ReleaseState.RELEASED,
            release_no=self.release_no + 1,
            terms=terms,
            evidence_ids=evidence_ids,
            released_on=today,
        )


def _codes(reasons: tuple[Reason, ...]) -> set[str]:
    return {reason.code for reason in reasons}
