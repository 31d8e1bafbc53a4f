"""The words of enterprises: how a firm stands, and what it is on a parcel."""

from __future__ import annotations

from enum import StrEnum


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
