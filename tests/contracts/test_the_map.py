"""Who hears whom, and what each service's card says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backbone.host.entrypoints import bindings
from backbone.plain import snake
from services.installation import HOMES, classes

ROOT = Path(__file__).parents[2]
SERVICES = {cls.name: cls for cls in classes(HOMES)}
HEARD = [hearing for cls in SERVICES.values() for hearing in bindings(cls)]


def emitted() -> list[tuple[str, str]]:
    return [
        (name, snake(fact.__name__)) for name, cls in SERVICES.items() for fact in cls.store.emits
    ]


def test_an_event_of_a_township_is_answered_by_exactly_one_service():
    township = [h.type for h in HEARD if h.source == "township"]

    assert len(township) == len(set(township)) == 14


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
