"""enterprises: the firms of the park, where they work and how they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from backbone import Kept, Store, hears, query, reads
from backbone.envelope import Event
from backbone.errors import Refused

from . import facts, schemas
from .enterprise import Enterprise, occupants, registered, reported
from .rules import not_your_township, organisation_code_doubt
from .settling import settled
from .site import Case, Site, bare


class EnterprisesService:
    """Keeps the firms as townships report them, and what remediation makes of each."""

    name = "enterprises"

    store = Store(
        Kept(
            Enterprise,
            key="enterprise_id",
            filters=("township", "standing", "scale", "industry_code", "uscc", "parcel_ids"),
            orders=("name", "reported_at"),
        ),
        Kept(Site, key="parcel_id"),
        emits=facts.EMITTED,
    )

    get_enterprise, list_enterprises, enterprise_history = reads(Enterprise)

    @hears("township", "enterprise.registered", schemas.EnterpriseRegistered)
    def register_enterprise(self, event: Event) -> str | None:
        """A township reported a firm: enter it, and let it stand as the cases of its land have it."""
        report = reported(event.data, event.publisher, self._time(event), event.id)
        if reason := not_your_township(report.enterprise_id, event.publisher):
            raise Refused([reason])
        firm = self.store.change(
            Enterprise, report.enterprise_id, lambda known: registered(known, report)
        )
        for parcel_id in report.parcel_ids:
            self._change_site(parcel_id, lambda site: site.with_firm(report.enterprise_id))
        self._settle(report.enterprise_id)
        doubt = organisation_code_doubt(report.uscc)
        notes = [
            "a later report stands" if firm.report_id != report.report_id else None,
            doubt.sentence if doubt else None,
        ]
        return "; ".join(filter(None, notes)) or None

    @hears("parcels", "remediation_identified", schemas.RemediationIdentified)
    def note_identification(self, event: Event) -> None:
        """Land was found to be low-efficiency: the firms on it are under remediation."""
        day, at = event.data["identified_on"], self._time(event)
        self._hear(event, lambda case: case.identified(day, at))

    @hears("parcels", "remediation_completed", schemas.RemediationCompleted)
    def note_completion(self, event: Event) -> None:
        """A remediation is complete: the firms on the land stand as its way and their role have it."""
        completion, at = event.data["completion"], self._time(event)
        self._hear(event, lambda case: case.completed(completion, at))

    @query(schemas.FirmsOnParcel)
    def firms_on_parcel(self, request: dict[str, Any]) -> Any:
        """The firms that work on a parcel on a day, each with its role and standing."""
        day = request["on"] or self.store.today
        site = self.store.get(Site, request["parcel_id"]) or bare(request["parcel_id"])
        firms = [self.store.require(Enterprise, each) for each in site.enterprise_ids]
        return {"on": day.isoformat(), "firms": occupants(firms, site.parcel_id, day)}

    def _hear(self, event: Event, decide: Callable[[Case], Case]) -> None:
        """Keep what a case came to, and let every firm on the land stand accordingly."""
        case_id, parcel_id = event.data["case_id"], event.data["parcel_id"]
        site = self._change_site(parcel_id, lambda site: site.with_case(decide(site.case(case_id))))
        for enterprise_id in site.enterprise_ids:
            self._settle(enterprise_id)

    def _time(self, event: Event) -> datetime:
        return event.time or self.store.now

    def _change_site(self, parcel_id: str, decide: Callable[[Site], Site]) -> Site:
        return self.store.change(  # type: ignore[no-any-return]  # nameko's attributes have no types
            Site, parcel_id, lambda known: (decide(known or bare(parcel_id)),)
        )

    def _settle(self, enterprise_id: str) -> None:
        firm = self.store.require(Enterprise, enterprise_id)
        sites = [self.store.get(Site, parcel_id) for parcel_id in firm.parcel_ids]
        cases = [case for site in sites if site for case in site.cases.values()]
        self.store.change(Enterprise, enterprise_id, lambda firm: settled(firm, cases))
