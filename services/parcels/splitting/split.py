"""A split: what the land desk asks for, beside what is known of the parcel, its parts and its cases."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from backbone.records import record

from ..register.parcel import Parcel
from ..remediation.case import Case
from ..words import Said


@record
class Part:
    parcel_id: str
    area_m2: Decimal
    vacated: bool
    parcel_code: str | None = None


@record
class Split:
    """A parcel that is to be split, for a case or for none. `known` are those of the parts that are
    known already; `others` the other cases that concern the parcel; `said.on` is the day of the split."""

    parcel: Parcel
    case: Case | None
    parts: tuple[Part, ...]
    known: Mapping[str, Parcel]
    others: tuple[Case, ...]
    said: Said

    @property
    def vacated_part(self) -> Part | None:
        return next((part for part in self.parts if part.vacated), None)
