"""The facts of carriers. Areas in m², days in the park, both ends of a term included."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..words import Why
from .park import Merger, Operator, Park
from .unit import Lease, LeaseState, PremisesUse, Unit


@record
class UnitLet:
    """`parcels.unit_let`: a lease of (a part of) a unit is in force, newly or with other terms.
    `enterprise_id` is none for a lessee that the township named in words only."""

    unit_id: str
    lease_id: str
    building_id: str | None
    township: str
    enterprise_id: str | None
    area_m2: Decimal
    starts_on: date
    ends_on: date
    use: PremisesUse
    renews: str | None


@record
class UnitVacated:
    """`parcels.unit_vacated`: a lease was ended before its term; its area is free from `free_from`."""

    unit_id: str
    lease_id: str
    building_id: str | None
    township: str
    enterprise_id: str | None
    area_m2: Decimal
    starts_on: date
    ended_on: date
    free_from: date


@record
class LeaseSetAside:
    """`parcels.lease_set_aside`: a lease finds no room beside those signed before it. It is in force
    no more, or never was; a `unit_let` of it says when that changes."""

    unit_id: str
    lease_id: str
    building_id: str | None
    township: str
    enterprise_id: str | None
    reasons: tuple[Why, ...]


@record
class Moved:
    """What was in one of the parks that were merged; every id stays as it is."""

    park_id: str
    building_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    lease_ids: tuple[str, ...]


@record
class ParkMerged:
    """`parcels.park_merged`: from `merged_on` what was in the `moved` parks is in this one, under its
    operator."""

    park_id: str
    township: str
    merged_on: date
    operator: str
    document_number: str
    moved: tuple[Moved, ...]


EMITTED = (UnitLet, UnitVacated, LeaseSetAside, ParkMerged)


def facts_of(before: Unit, after: Unit) -> tuple[Any, ...]:
    """The facts of the step from `before` to `after`: each once, when a lease comes into force, is
    corrected, ended or set aside."""
    known = _standing_facts(before)
    return tuple(fact for fact in _standing_facts(after) if fact not in known)


def _standing_facts(unit: Unit) -> tuple[Any, ...]:
    """Every fact that the unit stands for as it is."""
    return tuple(fact for lease in unit.leases for fact in _facts_of_lease(unit, lease))


def _facts_of_lease(unit: Unit, lease: Lease) -> tuple[Any, ...]:
    about: dict[str, Any] = {
        "unit_id": unit.unit_id,
        "lease_id": lease.lease_id,
        "building_id": unit.building_id,
        "township": unit.township,
        "enterprise_id": lease.enterprise_id,
    }
    if lease.state is LeaseState.SET_ASIDE:
        reasons = tuple(reason.as_dict() for reason in lease.reasons)
        return (LeaseSetAside(**about, reasons=reasons),)
    if not lease.in_force:
        return ()
    about |= {"area_m2": lease.area_m2, "starts_on": lease.starts_on}
    let = UnitLet(**about, ends_on=lease.ends_on, use=lease.use, renews=lease.renews)
    if not lease.ended:
        return (let,)
    ended_on = lease.ended.last_day
    return let, UnitVacated(**about, ended_on=ended_on, free_from=lease.free_from)


def park_merged_of(
    into: Park, merger: Merger, operator: Operator, moved: tuple[Moved, ...]
) -> ParkMerged:
    """The fact of a merger that was carried out."""
    return ParkMerged(
        park_id=into.park_id,
        township=into.township,
        merged_on=merger.merged_on,
        operator=operator.name,
        document_number=merger.document_number,
        moved=moved,
    )
