"""The law of a listing as numbers: read from `policy/<first day>.toml`, each with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from park import dated

FOLDER = Path(__file__).parent / "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that the law sets, and where it does."""

    value: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LongestTerms:
    """Years for which land may be granted, by its use."""

    years: dict[str, int]
    source: str

    def of(self, use: str) -> int:
        return self.years[use]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Days are calendar days; `bond_share` is a share of the whole start price."""

    notice_days: Limit
    listing_days: Limit
    timed_bidding_minutes: Limit
    bond_share: Limit
    term_years: LongestTerms


def read(text: str) -> Policy:
    """A policy file. Raises `msgspec.ValidationError` naming the entry that cannot be read."""
    return msgspec.convert(tomllib.loads(text), Policy)


POLICIES = dated.load(FOLDER, read)


def in_force(day: date) -> Policy:
    """The policy of that day in the park; before the first one, the first one."""
    return dated.in_force(POLICIES, day)


USES = sorted({use for policy in POLICIES.values() for use in policy.term_years.years})
