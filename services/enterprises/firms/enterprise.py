"""A firm: its codes, its premises, and how it stands.

A township reports a firm again and again; the newest report counts. The standings follow from the
premises and the cases, so that it does not matter which was heard of first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from park.time import day_of

from ..case import CaseStanding
from ..words import Role, Standing


class Scale(StrEnum):
    """规上: a yearly revenue of 20 million yuan or more; 规下: less."""

    ABOVE = "above_scale"
    BELOW = "below_scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """Where a firm works. It is there from `from_on` to `to_on`, both included; in a carrier, in the unit
    `unit_id`."""

    parcel_id: str
    role: Role
    from_on: date
    to_on: date | None = None
    unit_id: str | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Identifier:
    """A code of the firm, and the first day on which it was reported under it."""

    valid_from: date
    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class NameSeen:
    """A name of the firm, and the first day on which it was reported under it."""

    valid_from: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """`uscc` is the code of the newest report, `identifiers` every one there was, and `names_seen`
    every name. `standing` is how
    it stands in all, `standings` how it stands through each case. `reported_at` and `report_id` name
    the newest report."""

    enterprise_id: str
    township: str
    name: str
    scale: Scale
    uscc: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    names_seen: tuple[NameSeen, ...] = ()
    industry_code: str | None = None
    premises: tuple[Premises, ...] = ()
    standing: Standing = Standing.IN_OPERATION
    standings: dict[str, CaseStanding] = field(default_factory=dict)
    reported_at: datetime
    report_id: str

    @property
    def parcel_ids(self) -> tuple[str, ...]:
        return tuple(sorted({premises.parcel_id for premises in self.premises}))

    @property
    def unit_ids(self) -> tuple[str, ...]:
        return tuple(sorted({each.unit_id for each in self.premises if each.unit_id}))

    def role_on(self, parcel_id: str, days: Iterable[date]) -> Role | None:
        """What it is on the parcel on any of these days; who both holds and rents is the owner."""
        roles = {
            premises.role
            for premises in self.premises
            for day in days
            if premises.parcel_id == parcel_id and premises.covers(day)
        }
        return Role.OWNER if Role.OWNER in roles else next(iter(roles), None)


def reported(data: Mapping[str, Any], township: str, at: datetime, report_id: str) -> Enterprise:
    """A township's report as the firm that it describes. `data` has the names of the fields."""
    day = day_of(at)
    uscc = [Identifier(kind="uscc", value=data["uscc"], valid_from=day)] if data["uscc"] else []
    return Enterprise(
        **{**data, "premises": tuple(data["premises"])},
        township=township,
        identifiers=tuple(uscc),
        names_seen=(NameSeen(name=data["name"], valid_from=day),),
        reported_at=at,
        report_id=report_id,
    )


def with_report(known: Enterprise | None, report: Enterprise) -> Enterprise:
    """The firm after one more report, itself a firm. An older report adds its codes and
    its name only."""
    if known is None:
        return report
    seen: dict[str, Any] = {
        "identifiers": _first_days(*known.identifiers, *report.identifiers),
        "names_seen": _first_seen(*names_of(known), *report.names_seen),
    }
    if (report.reported_at, report.report_id) <= (known.reported_at, known.report_id):
        return replace(known, **seen)
    return replace(report, **seen, standing=known.standing, standings=known.standings)


def names_of(firm: Enterprise) -> tuple[NameSeen, ...]:
    """Every name of the firm; of one that was kept before names were dated, that of its report."""
    newest = NameSeen(name=firm.name, valid_from=day_of(firm.reported_at))
    return firm.names_seen or (newest,)


def occupants(firms: Iterable[Enterprise], parcel_id: str, day: date) -> list[dict[str, str]]:
    """Those of the firms that are on the parcel on that day, with their role and standing."""
    roles = ((firm, firm.role_on(parcel_id, [day])) for firm in firms)
    return [
        {"enterprise_id": firm.enterprise_id, "role": role, "standing": firm.standing}
        for firm, role in roles
        if role
    ]


def _first_days(*identifiers: Identifier) -> tuple[Identifier, ...]:
    """Each code once, from the first day on which it was reported."""
    first: dict[tuple[str, str], Identifier] = {}
    for each in sorted(identifiers):
        first.setdefault((each.kind, each.value), each)
    return tuple(first.values())


def _first_seen(*names: NameSeen) -> tuple[NameSeen, ...]:
    """Each name once, from the first day on which it was reported."""
    first: dict[str, NameSeen] = {}
    for each in sorted(names):
        first.setdefault(each.name, each)
    return tuple(first.values())
