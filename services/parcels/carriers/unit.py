"""A unit of a building and its leases: the smallest thing of which no more may be let than it has.

Which leases stand follows from the leases and areas that are here, not from the order in which they
came: of two that do not fit beside each other the one signed first stands. So a township's report is
never lost; one that finds no room is set aside, and stands when room appears (an earlier end, say).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.errors import Reason
from backbone.records import record

from ..words import Said, township_of
from .dated import on_day, with_entry
from .park import CarrierState

# The article is not confirmed against the text.
FIRST_SIGNED = (
    "最高人民法院关于审理城镇房屋租赁合同纠纷案件的解释 (法释〔2020〕17号) art. 5: first signed"
)
NOTHING = Decimal(0)


class FitOut(StrEnum):
    SHELL = "shell"  # 毛坯
    BASIC = "basic"  # 简装
    FULL = "full"  # 精装
    UNDER_WAY = "under_way"  # 装修中


class PremisesUse(StrEnum):
    PRODUCTION = "production"
    RESEARCH = "research"
    WAREHOUSE = "warehouse"
    OFFICE = "office"
    SERVICES = "services"  # 配套


class LeaseState(StrEnum):
    WAITING = "waiting"  # its unit was not reported yet
    IN_FORCE = "in_force"
    SET_ASIDE = "set_aside"  # it finds no room beside those signed before it


@record
class UnitArea:
    """The rentable area as reported, from the day of the report on."""

    since: date
    area_m2: Decimal
    said: Said


@record
class End:
    """The lessee leaves before the term is over; `last_day` is the last day of the lease."""

    last_day: date
    said: Said


@record
class Lease:
    """A lease of (a part of) a unit, both days included; `signed.on` is the day of the contract.
    `renews` names the lease that it carries on."""

    lease_id: str
    enterprise_id: str | None = None
    lessee_name: str | None = None
    area_m2: Decimal
    starts_on: date
    ends_on: date
    rent_cny_per_m2_month: Decimal
    deposit_cny: Decimal
    rent_free_days: int = 0
    use: PremisesUse
    signed: Said
    renews: str | None = None
    ended: End | None = None
    state: LeaseState = LeaseState.WAITING
    reasons: tuple[Reason, ...] = ()

    @property
    def last_day(self) -> date:
        return self.ended.last_day if self.ended else self.ends_on

    @property
    def free_from(self) -> date:
        """The first day on which somebody else can have the area."""
        return self.last_day + timedelta(days=1)

    @property
    def in_force(self) -> bool:
        return self.state is LeaseState.IN_FORCE

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.last_day


@record
class Unit:
    """A unit [单元] as its newest report says, its areas with their days, and every lease of it.
    `findings` are what is doubtful about it."""

    unit_id: str
    township: str
    state: CarrierState = CarrierState.ANNOUNCED
    building_id: str | None = None
    floor: int | None = None
    rentable_area_m2: Decimal | None = None
    fit_out: FitOut | None = None
    asking_rent_cny_per_m2_month: Decimal | None = None
    deposit_cny: Decimal | None = None
    available_from: date | None = None
    areas: tuple[UnitArea, ...] = ()
    leases: tuple[Lease, ...] = ()
    findings: tuple[Reason, ...] = ()
    reported: Said | None = None

    @classmethod
    def unknown(cls, unit_id: str) -> Unit:
        """A unit of which nothing was reported but its id."""
        return cls(unit_id=unit_id, township=township_of(unit_id))

    @property
    def finding(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.findings)

    @property
    def enterprise_ids(self) -> tuple[str, ...]:
        """The firms that ever leased here."""
        return tuple(sorted({each.enterprise_id for each in self.leases if each.enterprise_id}))

    @property
    def standing(self) -> tuple[Lease, ...]:
        return tuple(each for each in self.leases if each.in_force)

    def lease(self, lease_id: str) -> Lease | None:
        return next((each for each in self.leases if each.lease_id == lease_id), None)

    def renewals_of(self, lease: Lease) -> tuple[str, ...]:
        """The leases in force that carry this one on."""
        return tuple(each.lease_id for each in self.standing if each.renews == lease.lease_id)

    def area_on(self, day: date) -> Decimal:
        """The rentable area on that day; 0 while the unit was not reported."""
        found = on_day(self.areas, day)
        return found.area_m2 if found else NOTHING

    def leased_on(self, day: date) -> Decimal:
        return _leased(self.standing, day)

    def free_on(self, day: date) -> Decimal:
        """What nobody has on that day, whether or not the unit can be had yet; never below 0."""
        return max(NOTHING, self.area_on(day) - self.leased_on(day))

    def with_report(self, report: dict[str, Any], said: Said) -> Unit:
        """The unit as its newest report says. Of an older one that arrives late the area is kept: the
        leases signed under it are measured by it."""
        area = UnitArea(since=said.on, area_m2=report["rentable_area_m2"], said=said)
        after = replace(self, areas=with_entry(self.areas, area))
        if self.reported is None or self.reported <= said:
            after = replace(after, state=CarrierState.REPORTED, reported=said, **report)
        return after.settled()

    def with_lease(self, lease: Lease) -> Unit:
        """The unit with this lease, or with its newer terms. What was said of its end stays."""
        held = self.lease(lease.lease_id)
        if held and held.signed > lease.signed:
            return self
        kept = replace(lease, ended=held.ended, renews=held.renews) if held else lease
        others = [each for each in self.leases if each.lease_id != lease.lease_id]
        return replace(self, leases=(*others, kept)).settled()

    def with_end(self, lease: Lease, end: End) -> Unit:
        others = [each for each in self.leases if each.lease_id != lease.lease_id]
        return replace(self, leases=(*others, replace(lease, ended=end))).settled()

    def settled(self) -> Unit:
        """Each lease with its state, in the order of their contracts, and what is doubtful."""
        settled: list[Lease] = []
        for lease in sorted(self.leases, key=lambda each: (each.signed.on, each.lease_id)):
            settled.append(self._settled(lease, settled))
        after = replace(self, leases=tuple(settled))
        return replace(after, findings=tuple(after._doubts()))

    def _settled(self, lease: Lease, before: list[Lease]) -> Lease:
        if self.state is CarrierState.ANNOUNCED:
            return replace(lease, state=LeaseState.WAITING, reasons=())
        reason = self.no_room_for(lease, [each for each in before if each.in_force])
        state = LeaseState.SET_ASIDE if reason else LeaseState.IN_FORCE
        return replace(lease, state=state, reasons=(reason,) if reason else ())

    def no_room_for(self, lease: Lease, standing: list[Lease]) -> Reason | None:
        """On any day no more is leased than can be rented, by the area that was known when the lease
        was signed."""
        for day in self._turns(standing, lease.starts_on, lease.last_day):
            free = self.area_on(min(day, lease.signed.on)) - _leased(standing, day)
            if lease.area_m2 > free:
                return Reason(
                    "OVERLET",
                    f"On {day} only {max(NOTHING, free)} m² of the unit are free for the lease "
                    f"{lease.lease_id} of {lease.area_m2} m²; lease what is free, or end another first.",
                    field="area_m2",
                    source=FIRST_SIGNED,
                )
        return None

    def _doubts(self) -> Iterable[Reason]:
        """A smaller area was reported after leases were signed: they stand, and somebody must look."""
        if self.standing:
            last = max(each.last_day for each in self.standing)
            for day in self._turns(self.standing, date.min, last):
                if self.leased_on(day) > self.area_on(day):
                    yield Reason(
                        "RENTABLE_BELOW_LEASED",
                        f"On {day} leases of {self.leased_on(day)} m² stand on {self.area_on(day)} m²; "
                        "correct the area of the unit, or the leases.",
                        field="rentable_area_m2",
                    )
                    return

    def _turns(self, leases: Iterable[Lease], first: date, last: date) -> list[date]:
        """The days of a term on which there may be less room than on the day before."""
        days = {first, *(each.starts_on for each in leases), *(each.since for each in self.areas)}
        return sorted(day for day in days if first <= day <= last)


def _leased(leases: Iterable[Lease], day: date) -> Decimal:
    return sum((each.area_m2 for each in leases if each.covers(day)), NOTHING)
