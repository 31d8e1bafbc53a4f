"""Codes of parcels [地块代码], each with the days on which it is valid, and who has which code when.

A code belongs to one parcel on any day. Reports come in any order, so whichever of two parcels named
a code first does not count: both keep it, both are marked, and the dispute is announced until one of
the two townships corrects its survey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from backbone.records import record

MOST_CLAIMANTS = 10  # (ours) what more parcels claim is no code but what somebody wrote in each row


class IdentifierKind(StrEnum):
    LAND_CODE = "land_code"  # 一码管地
    PARCEL_CODE = "parcel_code"  # 宗地代码
    PROPERTY_UNIT_CODE = "property_unit_code"  # 不动产单元代码
    PRE_ASSIGNED_CODE = "pre_assigned_code"  # 预编宗地代码


@record
class Identifier:
    """A code of the parcel, which is no identity: parcels keep their id when codes change. It is valid
    from `valid_from` to `valid_to`, both included; without `valid_to` it still is."""

    kind: IdentifierKind
    value: str
    valid_from: date
    valid_to: date | None = None

    @property
    def code_id(self) -> str:
        return code_id_of(self.kind, self.value)


def code_id_of(kind: IdentifierKind, value: str) -> str:
    """The key of a code: two kinds of code may read the same."""
    return f"{kind.value}:{value}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Claim:
    """That a parcel has a code on these days, both included. A parcel that was split has `ceased`: it
    is found by its codes, and disputes none."""

    parcel_id: str
    valid_from: date
    valid_to: date | None = None
    ceased: bool = False

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_to or date.max)

    def disputes(self, other: Claim) -> bool:
        """Whether both say that the code is theirs, on one day at least."""
        apart = self.parcel_id == other.parcel_id or self.ceased or other.ceased
        first, last = self._shared(other)
        return not apart and first <= last

    def _shared(self, other: Claim) -> tuple[date, date]:
        first = max(self.valid_from, other.valid_from)
        return first, min(self.valid_to or date.max, other.valid_to or date.max)

    def conflict(self, other: Claim, kind: IdentifierKind, value: str) -> CodeConflict:
        first, last = self._shared(other)
        return CodeConflict(
            kind=kind,
            value=value,
            other_parcel_id=other.parcel_id,
            from_on=first,
            to_on=None if last == date.max else last,
        )


@record
class CodeConflict:
    """That another parcel claims the same code, from `from_on` to `to_on`, both included."""

    kind: IdentifierKind
    value: str
    other_parcel_id: str
    from_on: date
    to_on: date | None = None

    @property
    def code_id(self) -> str:
        return code_id_of(self.kind, self.value)


@record
class Code:
    """One code, and every parcel that claims it."""

    code_id: str
    kind: IdentifierKind
    value: str
    claims: tuple[Claim, ...] = ()

    def on(self, day: date) -> tuple[Claim, ...]:
        """The claims that hold on that day: one, unless the code is disputed."""
        return tuple(claim for claim in self.claims if claim.covers(day))

    def with_claims(self, parcel_id: str, claims: tuple[Claim, ...]) -> Code:
        """The code, with these as all that the parcel claims of it."""
        others = (each for each in self.claims if each.parcel_id != parcel_id)
        return replace(self, claims=tuple(sorted((*others, *claims), key=_in_time)))

    @property
    def claimants(self) -> frozenset[str]:
        """The parcels that claim it today or did, but for those that are gone."""
        return frozenset(claim.parcel_id for claim in self.claims if not claim.ceased)

    @property
    def is_placeholder(self) -> bool:
        """Whether so many parcels claim it that it names none of them: nobody disputes it then."""
        return len(self.claimants) > MOST_CLAIMANTS

    def disputants_with(self, parcel_id: str) -> frozenset[str]:
        """The parcels that have a conflict with this one about it."""
        return frozenset(other.parcel_id for _, other in self._disputes_of(parcel_id))

    def conflicts_of(self, parcel_id: str) -> tuple[CodeConflict, ...]:
        """What other parcels claim on days on which this one does."""
        found = {
            mine.conflict(other, self.kind, self.value)
            for mine, other in self._disputes_of(parcel_id)
        }
        return tuple(sorted(found, key=lambda each: (each.other_parcel_id, each.from_on)))

    def _disputes_of(self, parcel_id: str) -> Iterator[tuple[Claim, Claim]]:
        if self.is_placeholder:
            return
        for mine in (each for each in self.claims if each.parcel_id == parcel_id):
            yield from ((mine, other) for other in self.claims if mine.disputes(other))


def _in_time(claim: Claim) -> tuple[date, str, date]:
    return claim.valid_from, claim.parcel_id, claim.valid_to or date.max


@record
class HeldCodes:
    """The codes of a parcel as they stand in its `Code`s; what a newer survey leaves out is taken out
    there, too."""

    parcel_id: str
    identifiers: tuple[Identifier, ...] = ()
    ceased: bool = False

    @property
    def claims(self) -> dict[str, tuple[Claim, ...]]:
        """What the parcel claims, by the id of the code."""
        found: dict[str, tuple[Claim, ...]] = {}
        for each in self.identifiers:
            claim = Claim(
                parcel_id=self.parcel_id,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                ceased=self.ceased,
            )
            found[each.code_id] = (*found.get(each.code_id, ()), claim)
        return found


def touched(before: HeldCodes, after: HeldCodes) -> tuple[Code, ...]:
    """Every code of either, as one that nobody claims yet, in order."""
    codes = {
        each.code_id: Code(code_id=each.code_id, kind=each.kind, value=each.value)
        for each in (*before.identifiers, *after.identifiers)
    }
    return tuple(codes[code_id] for code_id in sorted(codes))
