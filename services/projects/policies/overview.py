"""The policies of a day, as they were known at a moment, with what was claimed and granted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from park.rules import broken

from .policy import Policy
from .rules import POLICY_WARNINGS, PolicySeen, lacking_in


def warnings_of(policy: Policy) -> tuple[Reason, ...]:
    """What speaks against a policy as it stands, by the rules of its day; it refuses nothing."""
    terms = policy.terms()
    if terms is None:
        return ()
    seen = PolicySeen(terms=terms, judged_on=policy.judged_on())
    return (*broken(POLICY_WARNINGS, seen), *lacking_in(seen))


def overview(policies: Iterable[Policy], on: date, known_at: datetime) -> dict[str, Any]:
    there = sorted(
        (each for each in policies if each.in_force(on, known_at)),
        key=lambda each: each.policy_id,
    )
    lines = [_line(each, on, known_at) for each in there]
    return {
        "on": on,
        "known_at": known_at,
        "policies": lines,
        "claimed_cny": sum((each["claimed_cny"] for each in lines), Decimal(0)),
        "granted_cny": sum((each["granted_cny"] for each in lines), Decimal(0)),
    }


def _line(policy: Policy, on: date, known_at: datetime) -> dict[str, Any]:
    terms = policy.terms(on, known_at) or policy.records[-1]
    claims = policy.claimed(on, known_at)
    granted = policy.granted(on, known_at)
    return {
        "policy_id": policy.policy_id,
        "title": terms.title,
        "gives_kind": terms.gives_kind,
        "valid_from": terms.valid_from,
        "ends_on": policy.ends_on(known_at),
        "claims": len(claims),
        "claimed_cny": sum((each.claimed_cny for each in claims), Decimal(0)),
        "granted_cny": sum((each.granted_cny for each in granted), Decimal(0)),
        "warnings": warnings_of(policy),
    }
