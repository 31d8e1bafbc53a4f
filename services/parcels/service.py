"""parcels: the land register, and the remediation of land up to its release."""

from __future__ import annotations

from datetime import date

from backbone import Store
from park.receipts import says_what_was_masked

from .benefit import entrypoints as benefit
from .boundaries import entrypoints as boundaries
from .bulletins import entrypoints as bulletins
from .campaign import entrypoints as campaign
from .carriers import entrypoints as carriers
from .carriers.vacancy import entrypoints as vacancy
from .completeness import entrypoints as completeness
from .governance import entrypoints as governance
from .heartbeat import entrypoints as heartbeat
from .ledger import entrypoints as ledger
from .lineage import entrypoints as lineage
from .merging import entrypoints as merging
from .overview import entrypoints as overview
from .paths import entrypoints as paths
from .register import entrypoints as register
from .register.parcel import Parcel
from .release import entrypoints as release
from .remediation import entrypoints as remediation
from .reports import entrypoints as reports
from .responses import entrypoints as responses
from .screening import entrypoints as screening
from .soil import entrypoints as soil
from .splitting import entrypoints as splitting
from .totals import entrypoints as totals
from .transfers import entrypoints as transfers
from .verdicts import entrypoints as verdicts
from .why import entrypoints as why


@says_what_was_masked
class ParcelsService(
    register.Register,
    splitting.Splitting,
    merging.Merging,
    remediation.Remediation,
    release.Releases,
    paths.Paths,
    campaign.Campaign,
    boundaries.Boundaries,
    carriers.CarrierTree,
    carriers.Leases,
    carriers.Mergers,
    vacancy.Vacancies,
    completeness.Completing,
    soil.SoilRecords,
    screening.Screening,
    benefit.Benefits,
    totals.Totalling,
    transfers.Transfers,
    bulletins.Bulletins,
    reports.Reports,
    overview.Overviews,
    governance.Governance,
    ledger.Ledger,
    responses.Responses,
    verdicts.Verdicts,
    heartbeat.Heartbeats,
    why.Explanations,
):
    """Keeps every parcel and its remediation cases, and releases the land that they vacate."""

    name = "parcels"

    store = Store(
        *register.KEPT,
        *remediation.KEPT,
        *lineage.KEPT,
        *paths.KEPT,
        *campaign.KEPT,
        *boundaries.KEPT,
        *carriers.KEPT,
        *soil.KEPT,
        *screening.KEPT,
        *bulletins.KEPT,
        *reports.KEPT,
        emits=(
            *register.EMITTED,
            *splitting.EMITTED,
            *merging.EMITTED,
            *remediation.EMITTED,
            *release.EMITTED,
            *paths.EMITTED,
            *boundaries.EMITTED,
            *carriers.EMITTED,
            *soil.EMITTED,
            *screening.EMITTED,
            *bulletins.EMITTED,
            *transfers.EMITTED,
            *heartbeat.EMITTED,
        ),
    )

    def parcel_changed(self, parcel_id: str) -> None:
        """Its codes are held against those of others, and what had waited for it moves on; then all that
        follows from it is looked at: the release of its land, paths and figures of its cases, its
        boundary, the clock of idle land, what it is suspected of. The parcel and its cases are read as
        one: if any of them changes before the commit, everything is decided again."""
        self.follow_codes(parcel_id)
        self.follow_encumbrances(parcel_id)
        self.inherit_soil(parcel_id)
        self.advance_cases(parcel_id)
        self.review_releases(parcel_id)
        self.chart_cases(parcel_id)
        self.count_cases(parcel_id)
        self.review_boundary(parcel_id)
        self.review_idle(parcel_id)
        self.figures_changed(parcel_id)

    def figures_changed(self, parcel_id: str) -> None:
        """What hangs on the figures and grades of a plot is looked at again: what it is suspected of. It
        hangs on the parcel and its cases, too; nothing else of them hangs on the figures."""
        self.review_suspicions(parcel_id, self.identified_days(parcel_id))

    def recovered_on(self, parcel: Parcel) -> date | None:
        """By the last case that took the land into the reserve."""
        return remediation.recovered_on(parcel, self.store)
