"""Firms: townships report them, each with the parcels on which it works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from backbone import Collection, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import refuse

from . import facts, schemas
from .dated import Said
from .enterprise import Enterprise, reported, with_report
from .land import Land, land_around
from .occupants import occupants
from .rules import not_the_firms_township, not_yet, not_your_township, organisation_code_doubt
from .site import Site

KEPT = (
    Collection(
        Enterprise,
        key="enterprise_id",
        filters=(
            "township",
            "standing",
            "scale",
            "industry_code",
            "uscc",
            "parcel_ids",
            "is_unplaced",
            "unit_ids",
        ),
        orders=("name", "reported_at"),
    ),
    Collection(Site, key="parcel_id"),
)
EMITTED = facts.EMITTED
LATER_STANDS = "a later report stands: the one of the later reported_on, of one day the later event"


class Sites:
    """What the handlers of every thing need: the time of a report, the site, and what follows."""

    store: Any  # within a handler, the unit of work

    def firm_concerned(self, enterprise_id: str) -> None:
        """A firm or a case on its land has changed. The service says what follows."""
        raise NotImplementedError

    def _time(self, event: Event) -> datetime:
        return event.time or self.store.now

    def _change_site(self, parcel_id: str, decide: Callable[[Site], Site]) -> Site:
        return self.store.change(  # type: ignore[no-any-return]  # nameko's attributes have no types
            Site, parcel_id, lambda known: (decide(known or Site.unknown(parcel_id)),)
        )

    def _site(self, parcel_id: str) -> Site:
        return self.store.get(Site, parcel_id) or Site.unknown(parcel_id)

    def _land(self, *parcel_ids: str) -> Land:
        return land_around(parcel_ids, self._site)

    def _land_concerned(self, *parcel_ids: str) -> None:
        """Something has happened on this land: so it may have for every firm that was ever on it,
        also under the ids that it had before a split or a merge, or has had since."""
        for enterprise_id in self._land(*parcel_ids).enterprise_ids:
            self.firm_concerned(enterprise_id)


class Reporting(Sites):
    """What the handlers of dated reports need: that the firm is the township's, and when it was said."""

    def deadlines_concerned(self, enterprise_id: str) -> None:
        """What is due of the firm may be due otherwise. The service says what follows."""
        raise NotImplementedError

    def _said_of_firm(self, event: Event) -> Said:
        """The moment of a report with `reported_on`. Refuses a firm of another township."""
        said = Said(on=event.data["on"], at=self._time(event), event_id=event.id)
        refuse(
            not_the_firms_township(event.publisher, event.data["enterprise_id"]),
            not_yet(said.on, self.store.today, "data.reported_on"),
        )
        return said


class Firms(Sites):
    """Keeps the firms as townships report them."""

    get_enterprise, list_enterprises, enterprise_history = reads(Enterprise)

    @hears("township", "enterprise.registered", schemas.EnterpriseRegistered)
    def register_enterprise(self, event: Event) -> str | None:
        """A township reported a firm. The service enters it, and its standing follows from the cases
        of its land."""
        report = reported(event.data, event.publisher, self._time(event), event.id)
        refuse(not_your_township(report))
        firm = self._enter(report)
        for parcel_id in report.parcel_ids:
            self._change_site(parcel_id, lambda site: site.with_firm(report.enterprise_id))
        self.firm_concerned(report.enterprise_id)
        doubt = organisation_code_doubt(report.uscc)
        notes = [
            "a later report stands" if firm.report_id != report.report_id else None,
            doubt.sentence if doubt else None,
            *self._open_premises(report.enterprise_id),
        ]
        return "; ".join(filter(None, notes)) or None

    @query(schemas.FirmsOnParcel, answers=schemas.Occupants)
    def firms_on_parcel(self, request: dict[str, Any]) -> Any:
        """The firms that work on a parcel on a day, each with its role and standing; those that perhaps
        do, as it was split or merged; and what took its place."""
        day, parcel_id = request["on"] or self.store.today, request["parcel_id"]
        land = self._land(parcel_id)
        firms = [self.store.require(Enterprise, each) for each in land.enterprise_ids]
        return {"on": day.isoformat()} | occupants(firms, parcel_id, day, land)

    def _open_premises(self, enterprise_id: str) -> list[str]:
        """What a receipt asks about the premises: the township is the one who knows."""
        firm = self.store.require(Enterprise, enterprise_id)
        return [
            f"since {each.since_on} it is open on which of {', '.join(each.candidate_ids)} the firm "
            f"works, as it was reported on {each.parcel_id}: name the one in its premises"
            for each in firm.open_premises
        ]

    def _enter(self, report: Enterprise) -> Enterprise:
        def decide(known: Enterprise | None) -> tuple[Any, ...]:
            after = with_report(known, report)
            return after, *facts.facts_of(known, after)

        return self.store.change(Enterprise, report.enterprise_id, decide)  # type: ignore[no-any-return]
