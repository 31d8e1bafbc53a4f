"""Who may move a case, which ways vacate land, what bars a release: `policy/<first day>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from park import dated

from .terms import DisposalWay, LandUse

FOLDER = Path(__file__).parent / "policy"


class Vacates(StrEnum):
    """Whether a way can vacate land; `part` vacates often less than the parcel."""

    YES = "yes"
    PART = "part"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    vacates: Vacates
    approved_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBy:
    """The roles that may send each report; an approval depends on the way."""

    identified: tuple[str, ...]
    planned: tuple[str, ...]
    progressed: tuple[str, ...]
    completed: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    sensitive_uses: tuple[LandUse, ...]
    registered_soil_bars_release: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    moved_by: MovedBy
    ways: dict[DisposalWay, Way]
    gate: GatePolicy


def read(text: str) -> Policy:
    """A policy file. Raises `msgspec.ValidationError` naming the entry that cannot be read."""
    return msgspec.convert(tomllib.loads(text), Policy)


POLICIES = dated.load(FOLDER, read)


def in_force(day: date) -> Policy:
    """The policy of that day in the park; before the first one, the first one."""
    return dated.in_force(POLICIES, day)
