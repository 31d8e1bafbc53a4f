"""parcels: the land register, and the remediation of land up to its release."""

from __future__ import annotations

from datetime import date

from backbone import Store

from .register import entrypoints as register
from .register.parcel import Parcel
from .release import entrypoints as release
from .remediation import entrypoints as remediation
from .soil import entrypoints as soil
from .splitting import entrypoints as splitting


class ParcelsService(
    register.Register,
    soil.SoilRecords,
    remediation.Remediation,
    splitting.Splitting,
    release.Releases,
):
    """Keeps every parcel and its remediation cases, and releases the land that they vacate."""

    name = "parcels"

    store = Store(
        *register.KEPT,
        *soil.KEPT,
        *remediation.KEPT,
        emits=(
            *register.EMITTED,
            *soil.EMITTED,
            *remediation.EMITTED,
            *release.EMITTED,
            *splitting.EMITTED,
        ),
    )

    def parcel_changed(self, parcel_id: str) -> None:
        """What had waited for the parcel moves on; then the release of its land is looked at. The
        parcel and its cases are read as one: if any of them changes before the commit, everything
        is decided again."""
        self.inherit_soil(parcel_id)
        self.advance_cases(parcel_id)
        self.review_releases(parcel_id)

    def recovered_on(self, parcel: Parcel) -> date | None:
        """By the last case that took the land into the reserve."""
        return remediation.recovered_on(parcel, self.store)
