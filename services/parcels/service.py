"""parcels: the land register, and the remediation of land up to its release."""

from __future__ import annotations

from backbone import Store

from .governance import entrypoints as governance
from .register import entrypoints as register
from .release import entrypoints as release
from .remediation import entrypoints as remediation
from .splitting import entrypoints as splitting


class ParcelsService(
    register.Register,
    remediation.Remediation,
    splitting.Splitting,
    release.Releases,
    governance.Governance,
):
    """Keeps every parcel and its remediation cases, and releases the land that they vacate."""

    name = "parcels"

    store = Store(
        *register.KEPT,
        *remediation.KEPT,
        emits=(
            *register.EMITTED,
            *remediation.EMITTED,
            *release.EMITTED,
            *splitting.EMITTED,
        ),
    )

    def parcel_changed(self, parcel_id: str) -> None:
        """Its codes are held against those of others, and what had waited for it moves on; then the
        release of its land is looked at. The parcel and its cases are read as one: if any of them
        changes before the commit, everything is decided again."""
        self.follow_codes(parcel_id)
        self.follow_encumbrances(parcel_id)
        self.advance_cases(parcel_id)
        self.review_releases(parcel_id)
