"""Groups: townships report who owns whom; what the firms of one owner come to together is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backbone import Collection, hears, query
from backbone.errors import NotFound
from backbone.messages.envelope import Event
from park.masking import mask
from park.rules import refuse

from ..firms.enterprise import Enterprise
from ..firms.entrypoints import LATER_STANDS, Reporting
from ..firms.land import Land, land_around
from ..firms.site import Site
from ..obligations.entrypoints import Obligations
from ..obligations.reckoning import Asked
from ..premises.places import Plot, UnitLease
from ..standing.standing import with_standings
from ..words import Role
from . import owed, rollup, schemas
from .ownership import CONTROL, FirmOwners, Group, Ownership, group_of, heads_of
from .rules import not_known_yet, nothing_to_take_back, owns_itself, shares_exceed_the_whole

MOST = 100_000  # firms: far more than a district has
KEPT = (Collection(FirmOwners, key="enterprise_id", filters=("township", "owner_ids")),)
Get = Callable[[type, str], Any]


class Groups(Obligations, Reporting):
    """Keeps the owners of firms, and answers for whole groups."""

    @hears("township", "enterprise.owner_reported", schemas.OwnerReported)
    def report_owner(self, event: Event) -> str | None:
        """A township reported who owns a firm, with share and days, or that this was mistyped."""
        data, said = event.data, self._said_of_firm(event)
        enterprise_id, owner_id = data["enterprise_id"], data["owner_id"]
        refuse(owns_itself(enterprise_id, owner_id))
        names = ("owner_id", "share", "from_on", "to_on", "mistyped")
        ownership = Ownership(**{name: data[name] for name in names}, said=said)
        new = FirmOwners(enterprise_id=enterprise_id, township=event.publisher)
        known = self.store.get(FirmOwners, enterprise_id) or new
        after = known.with_owner(ownership)
        self.store.save(after)
        if ownership not in after.owners:
            return LATER_STANDS
        found = [
            nothing_to_take_back(known.names(ownership)) if ownership.mistyped else None,
            shares_exceed_the_whole(after.known_share(ownership.from_on)),
        ]
        return " ".join(doubt.sentence for doubt in found if doubt) or None

    @query(schemas.GroupAsked, answers=schemas.OwnersOf)
    def owners_of(self, request: dict[str, Any]) -> Any:
        """Who owns a firm on a day, and who controls it in the end."""
        on = request["on"] or self.store.today
        firm = self.store.require(FirmOwners, request["enterprise_id"], "enterprise_id")
        heads, ring = heads_of(
            firm.enterprise_id,
            lambda each: self.store.get(FirmOwners, each),
            on,
            CONTROL.on(on).more_than,
        )
        known_share = firm.known_share(on)
        doubt = shares_exceed_the_whole(known_share)
        owners = [
            {
                "owner_id": each.owner_id,
                "owner_name": self._name(each.owner_id),
                "share": each.share,
                "from_on": each.from_on,
                "to_on": each.to_on,
            }
            for each in firm.owners_on(on)
        ]
        answer = {
            "enterprise_id": firm.enterprise_id,
            "on": on,
            "owners": owners,
            "known_share": known_share,
            "heads": heads,
            "in_a_ring": ring,
            "warning": doubt.sentence if doubt else None,
        }
        return self.store.dump(answer)

    @query(schemas.GroupOverviewAsked, answers=schemas.GroupOverview)
    def group_overview(self, request: dict[str, Any]) -> Any:
        """What a firm and all that it controls come to on a day, as known at a moment: plots, units, cases,
        standings, what is late of the prices of land, and promises."""
        head, on = request["enterprise_id"], request["on"] or self.store.today
        control, known_at = CONTROL.on(on), request["known_at"] or self.store.now
        get = self._getter(request["known_at"])
        group = group_of(head, lambda each: self._owned_by(each, get), on, control.more_than)
        self._require_known(head, known_at, get)
        known = [each for key in group.depths if (each := get(Enterprise, key))]
        land = self._land_as_of(known, get)
        cases = land.with_cases_as_on(on)
        firms = {each.enterprise_id: with_standings(each, cases) for each in known}
        premises = self._premises(group, firms.values(), on, get, land)
        answer = {
            "enterprise_id": head,
            "on": on,
            "known_at": known_at,
            "control_more_than": control.more_than,
            "control_source": control.source,
            "group_firms": [_group_firm(group, key, firms.get(key)) for key in group.depths],
            "minority_holdings": group.minority,
            **premises,
            **_cases(firms.values()),
            "standing_counts": rollup.standings(firms.values()),
            **self._obligations(group, premises["group_plots"], on, known_at),
        }
        return self.store.dump(answer)

    def _require_known(self, head: str, known_at: datetime, get: Get) -> None:
        """Raises `NotFound` for a firm of which nobody has said anything, or had at that moment."""
        owned = {each.enterprise_id for each in self._owned_by(head, self.store.get)}
        reports = [(Enterprise, head), *((FirmOwners, each) for each in sorted({head, *owned}))]
        if any(get(kind, key) for kind, key in reports):
            return
        found = [each for each in reports if self.store.get(*each)]
        if not found:
            raise NotFound.of("enterprise", "enterprise_id")
        histories = (self.store.repository.history(*each) for each in found)
        first = min(datetime.fromisoformat(changes[0]["at"]) for changes in histories)
        raise NotFound([not_known_yet(known_at, first)])

    def _land_as_of(self, firms: Iterable[Enterprise], get: Get) -> Land:
        """All the land of the firms."""
        parcels = {each for firm in firms for each in firm.parcel_ids}
        return land_around(parcels, lambda each: get(Site, each) or Site.unknown(each))

    def _premises(
        self, group: Group, firms: Iterable[Enterprise], on: date, get: Get, land: Land
    ) -> dict[str, Any]:
        found = rollup.plots(firms, on, self._area, land)
        leases = [
            lease
            for key in group.depths
            for now in self.store.find(UnitLease, MOST, enterprise_id=key)
            if (lease := get(UnitLease, now.lease_key)) and lease.covers(on)
        ]
        rented = sum((each.area_m2 or Decimal(0) for each in leases), Decimal(0))
        return {
            "group_plots": found,
            "owned_area_m2": rollup.area(found, Role.OWNER),
            "rented_area_m2": rollup.area(found, Role.TENANT),
            "area_unknown": sum(each["area_m2"] is None for each in found),
            "rented_units": len(leases),
            "rented_units_area_m2": rented,
        }

    def _obligations(
        self, group: Group, plots: list[dict[str, Any]], on: date, known_at: datetime
    ) -> dict[str, Any]:
        """What the firms owe and promised, and what nobody can say of the land that they own."""
        owned = [each["parcel_id"] for each in plots if each["role"] is Role.OWNER]
        lands = self.obligations_of(group.depths, owned, known_at)
        asked = Asked(firms=group.depths, firm_of=self.firm_finder(on), on=on)
        return owed.told(lands, asked) | {"not_kept_here": ()}

    def _getter(self, known_at: datetime | None) -> Get:
        """Reads a thing as it is, or as this service held it at a moment."""
        if known_at is None:
            return self.store.get  # type: ignore[no-any-return]
        return lambda kind, identity: self.store.repository.as_of(kind, identity, known_at)

    def _owned_by(self, owner_id: str, get: Get) -> list[FirmOwners]:
        now = self.store.find(FirmOwners, MOST, owner_ids=owner_id)
        return [each for firm in now if (each := get(FirmOwners, firm.enterprise_id))]

    def _name(self, enterprise_id: str) -> str | None:
        firm = self.store.get(Enterprise, enterprise_id)
        return mask(firm.name) if firm else None

    def _area(self, parcel_id: str) -> Decimal | None:
        plot = self.store.get(Plot, parcel_id)
        return plot.area_m2 if plot else None


def _group_firm(group: Group, enterprise_id: str, firm: Enterprise | None) -> dict[str, Any]:
    held = group.holdings.get(enterprise_id)
    return {
        "enterprise_id": enterprise_id,
        "firm_name": mask(firm.name) if firm else None,
        "steps": group.depths[enterprise_id],
        "through": held.through if held else (),
        "group_share": held.share if held else None,
        "share_unknown": held.share_unknown if held else False,
        "owners_doubt": held.owners_doubt if held else None,
        "standing": firm.standing if firm else None,
    }


def _cases(firms: Iterable[Enterprise]) -> dict[str, Any]:
    found = rollup.cases(firms)
    return {"group_cases": found, "open_cases": sum(each["is_open"] for each in found)}
