"""Whose groups firms belong to, by the controlling share of any rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.verdicts.words import listed

from ..groups.ownership import Control, FirmOwners, heads_of


@record
class OwnedFirm:
    """A firm, and how its owners, and theirs, are found."""

    enterprise_id: str
    owners_of: Callable[[str], FirmOwners | None]


def known_owners(store: Any, firms: Sequence[FirmOwners]) -> list[OwnedFirm]:
    """The firms of a page; owners up the chain are read once for all of them."""
    known: dict[str, FirmOwners | None] = {each.enterprise_id: each for each in firms}

    def owners_of(enterprise_id: str) -> FirmOwners | None:
        if enterprise_id not in known:
            known[enterprise_id] = store.get(FirmOwners, enterprise_id)
        return known[enterprise_id]

    return [OwnedFirm(enterprise_id=e.enterprise_id, owners_of=owners_of) for e in firms]


def by_control(firms: Iterable[OwnedFirm], rules: Rulebook[Control], on: date) -> Rulings:
    """Who heads the group that each firm belongs to; several, where each of them controls it."""
    law, found = rules.on(on), dict[tuple[str, str], Ruling]()
    for firm in firms:
        heads, in_a_ring = heads_of(firm.enterprise_id, firm.owners_of, on, law.more_than)
        none = "owners run in a ring" if in_a_ring else "nobody"
        ruling = Ruling(says=listed(heads, none=none), source=law.source)
        found[firm.enterprise_id, "head"] = ruling
    return found
