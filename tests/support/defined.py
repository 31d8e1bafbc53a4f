"""The services that a module defines, and what they need to run together: a test's file, say."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from backbone import Store
from backbone.amqp.topology import Feed
from backbone.host.entrypoints import announced, bindings
from backbone.host.installation import Installation
from backbone.settings import Settings


def services_of(module: ModuleType) -> dict[str, Any]:
    """The service classes of a module, by the names of the services."""
    classes = [each for each in vars(module).values() if isinstance(each, type)]
    return {cls.name: cls for cls in classes if isinstance(getattr(cls, "store", None), Store)}


def installation_of(module: ModuleType, settings: Settings) -> Installation:
    """All services and all feeds of a module."""
    services = services_of(module)
    return Installation(
        settings=settings,
        feeds=tuple(each for each in vars(module).values() if isinstance(each, Feed)),
        services=tuple(services),
        heard=tuple(hearing for cls in services.values() for hearing in bindings(cls)),
        announced={name: announced(cls) for name, cls in services.items()},
    )
