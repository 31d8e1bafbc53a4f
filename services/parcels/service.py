"""parcels: the land register, and the remediation of land up to its release."""

from __future__ import annotations

from backbone import Store

from .campaign import entrypoints as campaign
from .paths import entrypoints as paths
from .register import entrypoints as register
from .release import entrypoints as release
from .remediation import entrypoints as remediation
from .splitting import entrypoints as splitting


class ParcelsService(
    register.Register,
    remediation.Remediation,
    splitting.Splitting,
    release.Releases,
    paths.Paths,
    campaign.Campaign,
):
    """Keeps every parcel and its remediation cases, and releases the land that they vacate."""

    name = "parcels"

    store = Store(
        *register.KEPT,
        *remediation.KEPT,
        *paths.KEPT,
        *campaign.KEPT,
        emits=(
            *register.EMITTED,
            *remediation.EMITTED,
            *release.EMITTED,
            *splitting.EMITTED,
            *paths.EMITTED,
        ),
    )

    def parcel_changed(self, parcel_id: str) -> None:
        """What had waited for the parcel moves on; then the release of its land is looked at. The
        parcel and its cases are read as one: if any of them changes before the commit, everything
        is decided again."""
        self.advance_cases(parcel_id)
        self.review_releases(parcel_id)
        self.chart_cases(parcel_id)
        self.count_cases(parcel_id)
