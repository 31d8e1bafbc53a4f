"""A firm: its codes, its premises, and how it stands.

A township reports a firm again and again; the newest report counts. The standings follow from the
premises and the cases, so that it does not matter which was heard of first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record
from park.time import day_of

from ..case import CaseStanding
from ..words import Role, Standing
from .land import Land


class Scale(StrEnum):
    """规上: a yearly revenue of 20 million yuan or more; 规下: less."""

    ABOVE = "above_scale"
    BELOW = "below_scale"


@record
class Premises:
    """Where a firm works. It is there from `from_on` to `to_on`, both included. `land_share` is the part
    of the parcel that it declares as its own, 0 to 1; none if nobody said. `unit_id` is its unit of a
    carrier there."""

    parcel_id: str
    role: Role
    from_on: date
    to_on: date | None = None
    land_share: Decimal | None = None
    unit_id: str | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@record
class OpenPremises:
    """Premises of which nobody said where they are since a split or a merge: the firm was reported on
    `parcel_id`, and is on one or more of `candidate_ids`. How it stands through `case_ids` depends on
    it."""

    parcel_id: str
    role: Role
    candidate_ids: tuple[str, ...]
    since_on: date
    case_ids: tuple[str, ...] = ()


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


@record
class Enterprise:
    """`uscc` is the code of the newest report; `identifiers` and `names_seen` are every code and name there
    was. `standing` is how it stands in all, `standings` how it stands through each case, `open_premises`
    what a township has to say before more is known. `reported_at` and `report_id` name the newest report."""

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
    open_premises: tuple[OpenPremises, ...] = ()
    reported_at: datetime
    report_id: str

    @property
    def parcel_ids(self) -> tuple[str, ...]:
        return tuple(sorted({premises.parcel_id for premises in self.premises}))

    @property
    def unit_ids(self) -> tuple[str, ...]:
        return tuple(sorted({each.unit_id for each in self.premises if each.unit_id}))

    @property
    def is_unplaced(self) -> bool:
        """Whether it is open where it works."""
        return bool(self.open_premises)

    def role_on(self, parcel_id: str, days: Iterable[date], land: Land) -> Role | None:
        """What it certainly is on the parcel on any of these days; who both holds and rents is the
        owner."""
        roles = {
            premises.role
            for premises in self.premises
            for day in days
            if premises.covers(day) and land.is_one(premises.parcel_id, parcel_id, day)
        }
        return Role.OWNER if Role.OWNER in roles else next(iter(roles), None)

    def candidates(self, premises: Premises, day: date, land: Land) -> tuple[str, ...]:
        """The parcels on which these premises perhaps are on that day; none if that is known."""
        found = land.on(premises.parcel_id, day) if premises.covers(day) else frozenset()
        if len(found) < 2 or any(self.role_on(each, [day], land) for each in found):
            return ()
        return tuple(sorted(found))


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
    return replace(
        report,
        **seen,
        standing=known.standing,
        standings=known.standings,
        open_premises=known.open_premises,
    )


def names_of(firm: Enterprise) -> tuple[NameSeen, ...]:
    """Every name of the firm; of one that was kept before names were dated, that of its report."""
    newest = NameSeen(name=firm.name, valid_from=day_of(firm.reported_at))
    return firm.names_seen or (newest,)


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
