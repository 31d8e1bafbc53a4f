"""How a firm stands, and what a completed remediation makes of it: `policy/<first day>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from park import dated

FOLDER = Path(__file__).parent / "policy"


class Standing(StrEnum):
    """`bought_out`: it sold its land; `renewed`: rebuilt; `converted`: the use of its land changed."""

    IN_OPERATION = "in_operation"
    UNDER_REMEDIATION = "under_remediation"
    UPGRADED = "upgraded"
    RESTRUCTURED = "restructured"
    RENEWED = "renewed"
    CONVERTED = "converted"
    RELOCATED = "relocated"
    BOUGHT_OUT = "bought_out"
    PHASED_OUT = "phased_out"


class Role(StrEnum):
    """What a firm is on a parcel; it holds the use right, or it rents."""

    OWNER = "owner"
    TENANT = "tenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a firm in either role."""

    owner: Standing
    tenant: Standing

    def of(self, role: Role) -> Standing:
        return self.owner if role is Role.OWNER else self.tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What a disposal way comes to when land was vacated, and when all of it was kept."""

    vacated: Outcome
    kept: Outcome


Policy = dict[str, Outcomes]


def read(text: str) -> Policy:
    """A policy file. Raises `msgspec.ValidationError` naming the entry that cannot be read."""
    return msgspec.convert(tomllib.loads(text), Policy)


POLICIES = dated.load(FOLDER, read)
WAYS = sorted({way for policy in POLICIES.values() for way in policy})


def in_force(day: date) -> Policy:
    """The policy of that day in the park; before the first one, the first one."""
    return dated.in_force(POLICIES, day)
