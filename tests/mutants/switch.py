"""Switches off what the variable `MUTANT` names: as a pytest plug-in (`-p tests.mutants.switch`),
and in the processes that the tests start.

    MUTANT=parcels.gate.registered_land pytest -p tests.mutants.switch tests/parcels
"""

from __future__ import annotations

import os

import pytest

SWITCHED_OFF: set[str] = set()  # in this process, which may run pytest for several folders
REAL = {
    "real",
    "rabbitmq",
    "redis",
    "rabbitmq_server",
    "redis_server",
    "amqp_uri",
    "redis_url",
    "guarded",
}


def switch_off(name: str) -> None:
    """Give the function of this mutant its other code, unless it has it. Raises `LookupError` for an unknown
    name."""
    if name in SWITCHED_OFF:
        return
    from .finding import mutants  # late: it imports every service

    mutant = next((each for each in mutants() if each.name == name), None)
    if mutant is None:
        raise LookupError(f"MUTANT={name} is no mutant; `make mutants` lists them.")
    mutant.function.__code__ = mutant.code
    SWITCHED_OFF.add(name)


def from_environment() -> None:
    if name := os.environ.get("MUTANT"):
        switch_off(name)


def pytest_configure() -> None:
    from_environment()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the tests that need real servers; those that try many examples come last."""
    real = [item for item in items if _needs_servers(item)]
    config.hook.pytest_deselected(items=real)
    items[:] = [item for item in items if item not in real]
    items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))


def _needs_servers(item: pytest.Item) -> bool:
    params = getattr(getattr(item, "callspec", None), "params", {})
    chosen = {each for each in params.values() if isinstance(each, str)}
    return bool(REAL & (chosen | set(getattr(item, "fixturenames", ()))))
