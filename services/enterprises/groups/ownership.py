"""Who owns a firm, with share and days, and the group of firms that one owner controls.

A group is its head and every firm of which the group holds more than the controlling share, counting
all that its firms hold together. Rings of owners and firms with several owners do not break it: each
firm is in the group once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook

from ..firms.dated import Said, with_later
from ..rulebook import FOLDER
from .rules import shares_exceed_the_whole

NOTHING = Decimal(0)


@record
class Control:
    """From which share on, not included, owners control a firm."""

    more_than: Decimal
    source: str


CONTROL = Rulebook(FOLDER / "control", Control)


@record
class Ownership:
    """That the owner holds this share of the firm on these days, both included; none if nobody said how
    much. One that was `mistyped` never held."""

    owner_id: str
    share: Decimal | None = None
    from_on: date
    to_on: date | None = None
    mistyped: bool = False
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return self.owner_id, self.from_on

    def covers(self, day: date) -> bool:
        return not self.mistyped and self.from_on <= day <= (self.to_on or date.max)


@record
class FirmOwners:
    """Every ownership of a firm that was ever reported, those that were mistyped among them."""

    enterprise_id: str
    township: str
    owners: tuple[Ownership, ...] = ()

    def names(self, ownership: Ownership) -> bool:
        """Whether something was reported of that owner from that first day on."""
        return any(each.key == ownership.key for each in self.owners)

    @property
    def owner_ids(self) -> tuple[str, ...]:
        return tuple(sorted({each.owner_id for each in self.owners}))

    def with_owner(self, ownership: Ownership) -> FirmOwners:
        return replace(self, owners=with_later(self.owners, ownership))

    def owners_on(self, day: date) -> tuple[Ownership, ...]:
        """Who owns it on that day, each once: of two reports of one owner that of the later first day."""
        there = {each.owner_id: each for each in self.owners if each.covers(day)}
        return tuple(there.values())

    def known_share(self, day: date) -> Decimal:
        """How much of it its owners are known to hold together on that day."""
        return sum((each.share or NOTHING for each in self.owners_on(day)), NOTHING)

    def held_by(self, owner_ids: Iterable[str], day: date) -> Holding:
        """What these owners hold of it together on that day."""
        wanted = set(owner_ids)
        held = [each for each in self.owners_on(day) if each.owner_id in wanted]
        return Holding(
            enterprise_id=self.enterprise_id,
            through=tuple(sorted(each.owner_id for each in held)),
            share=sum((each.share or NOTHING for each in held), NOTHING),
            share_unknown=any(each.share is None for each in held),
            owners_doubt=shares_exceed_the_whole(self.known_share(day), "enterprise_id"),
        )


@record
class Holding:
    """What a group holds of a firm, `through` these of its firms. `share` is what is known of it. With
    `owners_doubt` all owners of the firm hold more than the whole, so one of them may not hold its share."""

    enterprise_id: str
    through: tuple[str, ...] = ()
    share: Decimal = NOTHING
    share_unknown: bool = False
    owners_doubt: Reason | None = None

    def controls(self, more_than: Decimal) -> bool:
        """Whether it makes the firm one of the group. A share that nobody said may be any, and so the
        firm is taken for one of it, with a mark."""
        return self.share > more_than or self.share_unknown


@record
class Group:
    """The firms of a group by how many steps they are from its head, and what it holds of others."""

    head: str
    depths: dict[str, int] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)

    @property
    def minority(self) -> tuple[Holding, ...]:
        """What it holds of firms that it does not control."""
        return tuple(each for key, each in self.holdings.items() if key not in self.depths)


OwnedBy = Callable[[str], Iterable[FirmOwners]]


def group_of(head: str, owned_by: OwnedBy, day: date, more_than: Decimal) -> Group:
    """The group of a head on that day. `owned_by` answers the firms that an owner has or had a share of."""
    depths, holdings, newest, known = {head: 0}, dict[str, Holding](), [head], dict[str, Any]()
    while newest:
        known |= {firm.enterprise_id: firm for owner in newest for firm in owned_by(owner)}
        found = [firm.held_by(depths, day) for key, firm in sorted(known.items()) if key != head]
        holdings = {each.enterprise_id: each for each in found if each.through}
        newest = [
            key for key, each in holdings.items() if key not in depths and each.controls(more_than)
        ]
        step = max(depths.values()) + 1
        depths |= dict.fromkeys(newest, step)
    return Group(head=head, depths=depths, holdings=holdings)


def heads_of(
    enterprise_id: str, owners_of: Callable[[str], FirmOwners | None], day: date, more_than: Decimal
) -> tuple[tuple[str, ...], bool]:
    """The last owners up the chain that control the firm, and whether the owners run in a ring: those
    that have it in their group, and are in the group of nobody themselves."""
    above = _above(enterprise_id, owners_of, day)

    def owned_by(owner_id: str) -> list[FirmOwners]:
        return [each for each in above.values() if each and owner_id in each.owner_ids]

    groups = {each: group_of(each, owned_by, day, more_than).depths for each in above}
    controllers = [e for e in groups if e != enterprise_id and enterprise_id in groups[e]]
    controlled = {firm for head, depths in groups.items() for firm in depths if firm != head}
    in_a_ring = any(each in groups[enterprise_id] for each in controllers)
    return tuple(sorted(set(controllers) - controlled)), in_a_ring


def _above(
    enterprise_id: str, owners_of: Callable[[str], FirmOwners | None], day: date
) -> dict[str, FirmOwners | None]:
    """The firm and all that own a part of it on that day, through whatever firms, with their owners."""
    found: dict[str, FirmOwners | None] = {}
    waiting = [enterprise_id]
    while waiting:
        each = waiting.pop()
        if each not in found:
            firm = found[each] = owners_of(each)
            waiting += [owner.owner_id for owner in firm.owners_on(day)] if firm else []
    return found
