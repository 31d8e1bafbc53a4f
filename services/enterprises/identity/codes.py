"""The codes of a firm, each with the days on which it is its own, and who claims which code when.

A code belongs to one firm on any day. Reports come in any order, so whichever of two firms named it
first does not count: both keep their claim, and it is a question until one of them is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..firms.dated import Said
from ..firms.enterprise import Enterprise

MOST_CLAIMANTS = 10  # (ours) what more firms claim is no code but what somebody wrote in each row


class CodeKind(StrEnum):
    USCC = "uscc"  # 统一社会信用代码
    REGISTRATION_NUMBER = "registration_number"  # 工商注册号, before 2015
    ORGANISATION_CODE = "organisation_code"  # 组织机构代码, before 2015


@record
class CodeReported:
    """That the firm has a code from a day on, or that a code of it was `mistyped` and never its own."""

    kind: CodeKind
    value: str
    valid_from: date | None = None
    valid_to: date | None = None
    mistyped: bool = False
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return self.kind, self.value


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CodeHeld:
    """A code of the firm on these days, both included; without `valid_to` it still is its own. One that
    was mistyped has no days."""

    kind: CodeKind
    value: str
    valid_from: date | None = None
    valid_to: date | None = None
    mistyped: bool = False

    @property
    def code_id(self) -> str:
        return f"{self.kind.value}:{self.value}"

    def covers(self, day: date) -> bool:
        begun = self.valid_from is not None and self.valid_from <= day
        return begun and day <= (self.valid_to or date.max)


def codes_of(reported: Iterable[CodeReported], firm: Enterprise | None) -> tuple[CodeHeld, ...]:
    """Every code of the firm. What its own reports name holds from the first of them that names it,
    unless the code was reported by itself; a code ends before the next one of its kind begins."""
    by_itself = {each.key: each for each in reported}
    held = [
        CodeHeld(
            kind=each.kind,
            value=each.value,
            valid_from=None if each.mistyped else each.valid_from,
            valid_to=None if each.mistyped else each.valid_to,
            mistyped=each.mistyped,
        )
        for each in by_itself.values()
    ]
    seen = firm.identifiers if firm else ()
    held += [
        CodeHeld(kind=CodeKind(each.kind), value=each.value, valid_from=each.valid_from)
        for each in seen
        if (CodeKind(each.kind), each.value) not in by_itself
    ]
    newest = firm.uscc if firm else None
    ended = (_ended(each, held, set(by_itself), newest) for each in held)
    return tuple(sorted(ended, key=_in_time))


def _ended(
    code: CodeHeld, held: Iterable[CodeHeld], by_itself: set[tuple[Any, ...]], newest: str | None
) -> CodeHeld:
    """The code up to the day before the next one of its kind. The credit code of the newest report ends
    only by one that was reported by itself; another that only a report of the firm named, and that none
    followed, was its own on that day."""
    if code.valid_from is None or code.valid_to is not None:
        return code
    first, is_newest = code.valid_from, code.value == newest
    later = [
        each.valid_from
        for each in held
        if each.kind is code.kind and each.valid_from is not None and each.valid_from > first
        if not is_newest or (each.kind, each.value) in by_itself
    ]
    if later:
        return replace(code, valid_to=min(later) - timedelta(days=1))
    is_stray = newest is not None and not is_newest and code.kind is CodeKind.USCC
    if is_stray and (code.kind, code.value) not in by_itself:
        return replace(code, valid_to=first)
    return code


def _in_time(code: CodeHeld) -> tuple[Any, ...]:
    return code.kind, code.valid_from or date.min, code.value


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Claim:
    """That a firm has a code on these days, both included."""

    enterprise_id: str
    township: str
    valid_from: date
    valid_to: date | None = None


@record
class Dispute:
    """That another firm claims the same code on these days, both included."""

    claim: Claim
    other_enterprise_id: str
    from_on: date
    to_on: date | None = None


@record
class CodeClaims:
    """One code of one kind, and every firm that claims it for some days."""

    code_id: str
    kind: CodeKind
    claims: tuple[Claim, ...] = ()

    def with_claim(self, enterprise_id: str, claim: Claim | None) -> CodeClaims:
        """The code with this as what the firm claims of it."""
        others = [each for each in self.claims if each.enterprise_id != enterprise_id]
        return replace(self, claims=tuple(sorted([*others, *([claim] if claim else [])])))

    @property
    def of_many(self) -> bool:
        return len(self.claims) > MOST_CLAIMANTS

    def disputes(self) -> tuple[Dispute, ...]:
        """Every two firms that claim it on one day, told once for each of the two."""
        if self.of_many:
            return ()
        pairs = [(one, other) for one in self.claims for other in self.claims if one != other]
        return tuple(filter(None, (_dispute(one, other) for one, other in pairs)))


def _dispute(one: Claim, other: Claim) -> Dispute | None:
    first = max(one.valid_from, other.valid_from)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    if last < first:
        return None
    to_on = None if last == date.max else last
    return Dispute(claim=one, other_enterprise_id=other.enterprise_id, from_on=first, to_on=to_on)
