"""A policy [政策]: its terms, its revisions, its end, and what was claimed and granted under it.

Nothing is written over: what is said again of the same thing is one more, and the last of them stands. A
revision holds from its own day on, so that they may come in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from backbone.records import record

from ..clauses.check import ClauseException
from .condition import Criterion
from .endings import EndTold, WhatEnds, next_news_on

Said = TypeVar("Said", bound="Known")


@record
class Known:
    """What became known at a moment."""

    known_at: datetime


class ReviewConclusion(StrEnum):
    """What the fair-competition review [公平竞争审查] of a policy came to."""

    KEEPS_THE_RULES = "keeps_the_rules"  # 不违反
    EXCEPTION = "exception"  # 适用例外
    BREAKS_THE_RULES = "breaks_the_rules"  # 违反


@record
class PolicyReview:
    conclusion: ReviewConclusion
    reviewed_on: date
    conclusion_reasons: str | None = None


@record
class PolicyTerms(Known):
    """What a policy says. It gives at most `amount_cny` to one project, or the part `share` of `share_of`; it
    holds from `valid_from` to the end of `valid_to`, without one until it is ended."""

    title: str
    clause: str
    gives_kind: str
    amount_cny: Decimal | None = None
    share: Decimal | None = None
    share_of: str | None = None
    condition: tuple[Criterion, ...] = ()
    valid_from: date
    valid_to: date | None = None
    document: str
    review: PolicyReview | None = None
    exception: ClauseException | None = None


@record
class PolicyRevision(Known):
    """What is otherwise from `revised_on` on; what is none stays as it was."""

    revised_on: date
    document: str
    title: str | None = None
    clause: str | None = None
    amount_cny: Decimal | None = None
    share: Decimal | None = None
    share_of: str | None = None
    condition: tuple[Criterion, ...] | None = None
    valid_to: date | None = None
    review: PolicyReview | None = None
    exception: ClauseException | None = None


@record
class PolicyEnd(Known):
    """It was decided on a day that `ends_on` is its last; the decision of the latest day stands. `withdrawn`:
    it is not ended by it after all."""

    ends_on: date
    decided_on: date
    end_reason: str
    document: str
    withdrawn: bool = False


@record
class PolicyClaim(Known):
    """A project claims so much. `withdrawn`: it claims it no longer, or never did."""

    policy_claim_id: str
    project_id: str
    claimed_cny: Decimal
    claimed_on: date
    evidence_ids: tuple[str, ...]
    withdrawn: bool = False


@record
class PolicyGrant(Known):
    """A claim is granted so much; nothing, where it was refused."""

    policy_claim_id: str
    granted_cny: Decimal
    granted_on: date
    document: str
    withdrawn: bool = False


@record
class Policy:
    """All that was said, in the order in which it became known. `told` is what was told last of each end,
    `warned_of` are the codes of the warnings that were told last, and `warning_no` counts those."""

    policy_id: str
    records: tuple[PolicyTerms, ...] = ()
    revisions: tuple[PolicyRevision, ...] = ()
    ends: tuple[PolicyEnd, ...] = ()
    claims: tuple[PolicyClaim, ...] = ()
    grants: tuple[PolicyGrant, ...] = ()
    told: tuple[EndTold, ...] = ()
    warned_of: tuple[str, ...] = ()
    warning_no: int = 0

    @property
    def gives_kind(self) -> str:
        return self.records[-1].gives_kind

    @property
    def look_on(self) -> date:
        """The first day on which there is an end to tell of; the last day that there is, without any."""
        return next_news_on(self.endings(), self.told)

    def revised(
        self, on: date | None = None, known_at: datetime | None = None
    ) -> tuple[PolicyRevision, ...]:
        """The last revision of each day up to `on`, in the order of their days."""
        last = {each.revised_on: each for each in known(self.revisions, known_at)}
        return tuple(last[day] for day in sorted(last) if on is None or day <= on)

    def terms(self, on: date | None = None, known_at: datetime | None = None) -> PolicyTerms | None:
        """What it says on a day, or with everything that is known of days to come."""
        said = known(self.records, known_at)
        if not said:
            return None
        terms = said[-1]
        for each in self.revised(on, known_at):
            terms = replace(terms, **_changes(each))
        return terms

    def ends_on(self, known_at: datetime | None = None) -> date | None:
        """The last day on which it holds; none while no end is known."""
        return self._last_day(self.terms(known_at=known_at), known_at)

    def _last_day(self, terms: PolicyTerms | None, known_at: datetime | None) -> date | None:
        """The last day by these terms, or by what was decided."""
        decided = max(
            reversed(known(self.ends, known_at)), key=lambda each: each.decided_on, default=None
        )
        ended = decided.ends_on if decided and not decided.withdrawn else None
        days = [day for day in (terms and terms.valid_to, ended) if day]
        return min(days, default=None)

    def endings(self) -> dict[WhatEnds, date | None]:
        """The last days that are known; an exception ends for itself where the policy goes on after it."""
        terms, ends_on = self.terms(), self.ends_on()
        of_exception = terms.exception.ends_on if terms and terms.exception else None
        alone = of_exception is not None and (ends_on is None or of_exception < ends_on)
        return {WhatEnds.POLICY: ends_on, WhatEnds.EXCEPTION: of_exception if alone else None}

    def in_force(self, day: date, known_at: datetime | None = None) -> bool:
        """Whether it holds on the day by its terms of that day: a revision to come changes nothing before."""
        terms = self.terms(day, known_at)
        ends_on = self._last_day(terms, known_at)
        return bool(terms and terms.valid_from <= day and (ends_on is None or day <= ends_on))

    def judged_on(self) -> date:
        """The day whose rules of review hold: its first, or that of its last revision."""
        first = self.records[-1].valid_from
        return max((first, *(each.revised_on for each in self.revisions)))

    def claim(self, claim_id: str) -> PolicyClaim | None:
        said = [each for each in self.claims if each.policy_claim_id == claim_id]
        return said[-1] if said else None

    def claimed(
        self, on: date | None = None, known_at: datetime | None = None
    ) -> tuple[PolicyClaim, ...]:
        """The claims that stand on a day."""
        last = {each.policy_claim_id: each for each in known(self.claims, known_at)}
        stand = [each for _, each in sorted(last.items()) if not each.withdrawn]
        return tuple(each for each in stand if on is None or each.claimed_on <= on)

    def granted(self, on: date, known_at: datetime | None = None) -> tuple[PolicyGrant, ...]:
        """What is granted by a day to claims that stand."""
        claims = {each.policy_claim_id for each in self.claimed(on, known_at)}
        last = {each.policy_claim_id: each for each in known(self.grants, known_at)}
        stand = [last[key] for key in sorted(last) if key in claims and not last[key].withdrawn]
        return tuple(each for each in stand if each.granted_on <= on)

    def with_told(self, *told: EndTold) -> Policy:
        last = {each.what_ends: each for each in (*self.told, *told)}
        return replace(self, told=tuple(last[what] for what in sorted(last)))

    def with_warnings(self, codes: tuple[str, ...]) -> Policy:
        """After these were told, if they are not those that were told last."""
        if codes == self.warned_of:
            return self
        return replace(self, warned_of=codes, warning_no=self.warning_no + 1)


def known(said: Iterable[Said], known_at: datetime | None) -> list[Said]:
    return [each for each in said if known_at is None or each.known_at <= known_at]


def added(said: tuple[Said, ...], new: Said, *same: str) -> tuple[Said, ...]:
    """With what is new, unless the last thing said of the same (by these fields) says just that."""
    alike = [each for each in said if all(getattr(each, n) == getattr(new, n) for n in same)]
    is_known = alike and replace(alike[-1], known_at=new.known_at) == new
    return said if is_known else (*said, new)


def _changes(revision: PolicyRevision) -> dict[str, Any]:
    given = {each.name: getattr(revision, each.name) for each in fields(revision)}
    del given["revised_on"]
    return {name: value for name, value in given.items() if value is not None}
