"""What enterprises promises on the wire, and what it must be able to read."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from backbone.inbox import load
from backbone.service import Hears
from backbone.store import dump, snake
from services.enterprises.facts import EMITTED
from services.enterprises.service import EnterprisesService

SAMPLES = Path(__file__).parents[1] / "contracts" / "samples"
CARD = Path("services/enterprises/README.md")
HEARD = [
    (entrypoint.source, entrypoint.type, entrypoint.schema)
    for method in vars(EnterprisesService).values()
    for entrypoint in getattr(method, "nameko_entrypoints", ())
    if isinstance(entrypoint, Hears)
]


def sample(source: str, name: str) -> object:
    return json.loads((SAMPLES / source / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("fact", EMITTED, ids=lambda fact: snake(fact.__name__))
def test_each_fact_is_dumped_as_its_sample_promises(fact):
    promised = sample("enterprises", snake(fact.__name__))
    assert json.loads(json.dumps(dump(msgspec.convert(promised, fact, strict=False)))) == promised


@pytest.mark.parametrize(("source", "name", "schema"), HEARD)
def test_each_fact_that_is_heard_can_be_read_from_its_sample(source, name, schema):
    assert load(schema(), sample(source, name))


def test_the_card_names_every_fact_that_is_emitted_or_heard():
    card = (Path(__file__).parents[2] / CARD).read_text("utf-8")
    heard = {f"`{source}.{name}`" for source, name, _ in HEARD}
    emitted = {f"`{snake(fact.__name__)}`" for fact in EMITTED}
    assert [name for name in sorted(heard | emitted) if name not in card] == []
