"""Which version of its type a fact is of, as CloudEvents' `dataschema` says it."""

from __future__ import annotations

from functools import cache

from ..plain import snake


def version_of(fact: type) -> int:
    """The version of an event type, `contract_version` of its class, else 1. It grows when the fields
    change so that a listener could fail."""
    return getattr(fact, "contract_version", 1)


def dataschema_of(service: str, fact: type) -> str:
    """The name of a version of an event type: `urn:event:parcels.land_released:1`."""
    return _name_of(f"{service}.{snake(fact.__name__)}", version_of(fact))


@cache
def _name_of(type_: str, version: int) -> str:
    return f"urn:event:{type_}:{version}"
