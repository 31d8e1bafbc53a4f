"""The map of events in services/README.md is what the code does."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from backbone.host.entrypoints import bindings
from backbone.plain import snake
from services.installation import HOMES, classes

ROOT = Path(__file__).parents[2]
MAP = (ROOT / "services" / "README.md").read_text()
SERVICES = {cls.name: cls for cls in classes(HOMES)}
HEARD = [hearing for cls in SERVICES.values() for hearing in bindings(cls)]


def emitted() -> list[tuple[str, str]]:
    return [
        (name, snake(fact.__name__)) for name, cls in SERVICES.items() for fact in cls.store.emits
    ]


def listeners(source: str, type_: str) -> set[str]:
    return {h.service for h in HEARD if h.source == source and h.type in (type_, "#")}


def rows() -> dict[str, set[str]]:
    """Event → who hears it, as the map's tables say."""
    found = re.findall(r"^\| `([a-z_.]+)` \|[^|]*\| ([a-z, –]+) \|$", MAP, re.MULTILINE)
    return {event: set(re.findall(r"[a-z]+", heard)) for event, heard in found}


def test_the_map_has_every_fact_with_those_who_hear_it_and_no_other():
    facts = {f"{source}.{name}": listeners(source, name) for source, name in emitted()}
    township = {h.type: listeners("township", h.type) for h in HEARD if h.source == "township"}

    assert rows() == facts | township


def test_an_event_of_a_township_is_answered_by_exactly_one_service():
    township = [h.type for h in HEARD if h.source == "township"]

    assert len(township) == len(set(township)) == 7


def test_nobody_hears_a_fact_that_nobody_announces():
    known = {(source, name) for source, name in emitted()}

    for hearing in HEARD:
        if hearing.source in SERVICES and hearing.type != "#":
            assert (hearing.source, hearing.type) in known, hearing


@pytest.mark.parametrize("name", list(HOMES))
def test_the_card_of_a_service_names_all_that_it_emits_hears_and_answers(name):
    card = (ROOT / "services" / name / "README.md").read_text()
    cls = SERVICES[name]
    said = set(re.findall(r"`([a-z_.#]+)", card))
    methods = [m for m in dir(cls) if getattr(getattr(cls, m), "nameko_entrypoints", None)]
    calls = {
        m for m in methods if type(next(iter(getattr(cls, m).nameko_entrypoints))).__name__ == "Rpc"
    }

    assert {snake(fact.__name__) for fact in cls.store.emits} <= said
    assert calls <= said, calls - said
    for hearing in bindings(cls):
        wanted = (
            hearing.type if hearing.source == "township" else f"{hearing.source}.{hearing.type}"
        )
        assert wanted in said, wanted


def lists_of(cls: type) -> set[str]:
    """The methods of a service that list things, inherited ones as well."""
    return {
        name for name, _ in inspect.getmembers(cls, inspect.isfunction) if name.startswith("list_")
    }


def list_of(kind: str, methods: set[str]) -> str | None:
    """The method that lists things of this kind: `match` is listed by `list_matches`."""
    plurals = (f"{kind}s", f"{kind}es", f"{kind.removesuffix('y')}ies")
    return next((name for name in methods if name.removeprefix("list_") in plurals), None)


@pytest.mark.parametrize("name", list(HOMES))
def test_the_map_has_every_list_with_its_filters_and_orders(name):
    methods = lists_of(SERVICES[name])
    lists = {list_of(kept.name, methods): kept for kept in SERVICES[name].store.kept}
    lists.pop(None, None)  # kinds that nobody lists

    assert methods
    assert lists.keys() == methods
    for method, kept in lists.items():
        filters = ", ".join(f"`{each}`" for each in kept.filters) or "–"
        orders = ", ".join(f"`{each}`" for each in kept.ordered_by)
        assert f"| `{name}.{method}` | {filters} | {orders} |" in MAP
