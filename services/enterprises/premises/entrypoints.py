"""Premises: where a firm is on a day, on land and in carriers, and how many firms there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone import Collection, hears, query
from backbone.messages.envelope import Event

from ..firms.enterprise import Enterprise
from ..firms.entrypoints import Sites
from ..profile.firm_profile import FirmProfile
from ..words import Role
from . import schemas
from .places import Plot, UnitLease, key_of
from .populations import COUNTING, Known

MOST = 100_000  # of each: far more than a district has
KEPT = (
    Collection(Plot, key="parcel_id", history=False),
    Collection(UnitLease, key="lease_key", filters=("enterprise_id", "unit_id")),
)


class Places(Sites):
    """Follows what parcels says of plots and of leases in carriers."""

    @hears("parcels", "parcel_registered", schemas.ParcelRegistered)
    def note_plot(self, event: Event) -> None:
        """Land was surveyed: its uses say which firms are on industrial land, and since when."""
        plot = event.data["plot"]
        known = self.store.get(Plot, plot.parcel_id)
        if known is None or known.version < plot.version:
            self.store.save(plot.with_uses(event.data["uses"], self.store.now, known))

    @hears("parcels", "unit_let", schemas.UnitLet)
    def note_lease(self, event: Event) -> None:
        """A lease of a unit is in force: its lessee has premises there."""
        terms = event.data["terms"]
        known = self._lease_of(terms.unit_id, terms.lease_id)
        self.store.save(known.let(terms, self._time(event)))

    @hears("parcels", "unit_vacated", schemas.UnitVacated)
    def note_early_end(self, event: Event) -> None:
        """A lease was ended before its term."""
        known = self._lease_of(event.data["unit_id"], event.data["lease_id"])
        self.store.save(known.vacated(event.data["ended_on"], self._time(event)))

    @hears("parcels", "lease_set_aside", schemas.LeaseSetAside)
    def note_set_aside(self, event: Event) -> None:
        """A lease is in force no more, or never was."""
        known = self._lease_of(event.data["unit_id"], event.data["lease_id"])
        self.store.save(known.aside(event.data["enterprise_id"], self._time(event)))

    def _lease_of(self, unit_id: str, lease_id: str) -> UnitLease:
        known = self.store.get(UnitLease, key_of(unit_id, lease_id))
        return known or UnitLease.unknown(unit_id, lease_id)


class Premises(Places):
    """Answers where firms are, and counts them."""

    @query(schemas.PremisesAsked, answers=schemas.PremisesOf)
    def premises_of(self, request: dict[str, Any]) -> Any:
        """Where a firm is on a day, as owner or tenant, on parcels and in units of carriers."""
        firm = self.store.require(Enterprise, request["enterprise_id"], "enterprise_id")
        on = request["on"] or self.store.today
        answer = {
            "enterprise_id": firm.enterprise_id,
            "on": on,
            "on_parcels": [self._on_parcel(each) for each in firm.premises if each.covers(on)],
            "in_units": [_in_unit(each) for each in self._leases_of(firm.enterprise_id, on)],
        }
        return self.store.dump(answer)

    @query(schemas.UnitAsked, answers=schemas.FirmsInUnit)
    def firms_in_unit(self, request: dict[str, Any]) -> Any:
        """The firms in a unit of a carrier on a day: by its leases, and by what the firms reported."""
        unit_id, on = request["unit_id"], request["on"] or self.store.today
        found = [
            {"enterprise_id": each.enterprise_id, "role": Role.TENANT, "lease_id": each.lease_id}
            for each in self.store.find(UnitLease, MOST, unit_id=unit_id)
            if each.covers(on) and each.enterprise_id is not None
        ]
        there = {each["enterprise_id"] for each in found}
        for firm in self.store.find(Enterprise, MOST, unit_ids=unit_id):
            roles = {e.role for e in firm.premises if e.unit_id == unit_id and e.covers(on)}
            if Role.OWNER in roles or (roles and firm.enterprise_id not in there):
                role = Role.OWNER if Role.OWNER in roles else Role.TENANT
                about = {"role": role, "lease_id": None}
                found.append({"enterprise_id": firm.enterprise_id, **about})
        return self.store.dump({"unit_id": unit_id, "on": on, "firms_in_unit": found})

    @query(schemas.PopulationsAsked, answers=schemas.Populations)
    def firm_populations(self, request: dict[str, Any]) -> Any:
        """How many firms are registered, and how many are on industrial land: two numbers, each with the
        rule by which it was counted."""
        on, township = request["on"] or self.store.today, request["township"]
        rule, known = COUNTING.on(on), self._known()
        registered = known.registered(on, township)
        on_land = known.on_land(on, township)
        unregistered = sorted(
            each for each in on_land.industrial if not known.is_registered(each, on)
        )
        first, last = request["new_from"] or date(on.year, 1, 1), request["new_to"] or on
        new, domestic = known.newly_registered(first, last, township)
        answer = {
            "on": on,
            "township": township,
            "registered_firms": {
                "count": len(registered),
                "establishment_unknown": sum(known.is_undated(each) for each in registered),
                "counting_rule": rule.registered_rule,
            },
            "firms_on_industrial_land": {
                "count": len(on_land.industrial),
                "use_unknown": len(on_land.use_unknown),
                "counting_rule": rule.on_land_rule,
            },
            "newly_registered": {
                "from_on": first,
                "to_on": last,
                "count": len(new),
                "domestic": len(domestic),
                "counting_rule": rule.newly_registered_rule,
            },
            "in_both": len(registered & on_land.industrial),
            "on_land_unregistered": unregistered,
            "source": rule.source,
        }
        return self.store.dump(answer)

    def _known(self) -> Known:
        return Known(
            firms={each.enterprise_id: each for each in self.store.find(Enterprise, MOST)},
            profiles={each.enterprise_id: each for each in self.store.find(FirmProfile, MOST)},
            plots={each.parcel_id: each for each in self.store.find(Plot, MOST)},
            known_at=self.store.now,
        )

    def _leases_of(self, enterprise_id: str, on: date) -> list[UnitLease]:
        leases = self.store.find(UnitLease, MOST, enterprise_id=enterprise_id)
        return [each for each in leases if each.covers(on)]

    def _on_parcel(self, premises: Any) -> dict[str, Any]:
        plot = self.store.get(Plot, premises.parcel_id)
        return {
            "parcel_id": premises.parcel_id,
            "unit_id": premises.unit_id,
            "role": premises.role,
            "from_on": premises.from_on,
            "to_on": premises.to_on,
            "area_m2": plot.area_m2 if plot else None,
            "land_use": plot.land_use if plot else None,
        }


def _in_unit(lease: UnitLease) -> dict[str, Any]:
    return {
        "unit_id": lease.unit_id,
        "building_id": lease.building_id,
        "lease_id": lease.lease_id,
        "from_on": lease.starts_on,
        "to_on": lease.last_day,
        "area_m2": lease.area_m2,
    }
