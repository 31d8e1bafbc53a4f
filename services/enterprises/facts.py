"""The facts that enterprises announces."""

from __future__ import annotations

from dataclasses import dataclass

from .standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseRegistered:
    """`enterprises.enterprise_registered`: a township reported a firm, or reported it anew."""

    enterprise_id: str
    township: str
    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChanged:
    """`enterprises.standing_changed`: through this case the firm stands differently than before."""

    enterprise_id: str
    township: str
    parcel_id: str
    case_id: str
    standing: Standing
    previous_standing: Standing


EMITTED = (EnterpriseRegistered, StandingChanged)
