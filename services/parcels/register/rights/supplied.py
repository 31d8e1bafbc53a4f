"""What is heard of the supply of a parcel: that it was awarded, who holds it by contract, that it is void."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backbone.records import record

from .rights import UseRight


@record
class Supplied:
    """One supply of the parcel. `right` is by the contract fact of the highest `change_no`, none before
    the first. What is void stays void."""

    supply_id: str
    case_id: str
    change_no: int = 0
    right: UseRight | None = None
    voided: bool = False

    @property
    def stands(self) -> bool:
        """Whether the land has a holder by its contract."""
        return self.right is not None and not self.voided

    def merged(self, heard: Supplied) -> Supplied:
        """With what else was heard of it, in whatever order."""
        newer = heard if heard.change_no > self.change_no else self
        return replace(newer, voided=self.voided or heard.voided)


def with_supplied(known: Iterable[Supplied], heard: Supplied) -> tuple[Supplied, ...]:
    """All supplies, with what was heard of this one."""
    found = {each.supply_id: each for each in known}
    before = found.get(heard.supply_id)
    found[heard.supply_id] = before.merged(heard) if before else heard
    return tuple(found[supply_id] for supply_id in sorted(found))


def right_of(supplies: Iterable[Supplied]) -> UseRight | None:
    """The newest right that a contract gives, none if there is none or all are void."""
    right = None
    for each in supplies:
        right = newest_right(right, each.right if each.stands else None)
    return right


def newest_right(one: UseRight | None, other: UseRight | None) -> UseRight | None:
    """The one that was recorded for the later day."""
    if one and other:
        return other if other.recorded >= one.recorded else one
    return one or other
