"""Each fact has a sample that its producer can say and every listener can read."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from backbone.messages.contract import load
from backbone.plain import dump, snake
from services.installation import HOMES, classes

SAMPLES = Path(__file__).parent / "samples"
SERVICES = {cls.name: cls for cls in classes(HOMES)}
FACTS = [(name, fact) for name, cls in SERVICES.items() for fact in cls.store.emits]
READINGS = [
    (cls.name, entrypoint)
    for cls in SERVICES.values()
    for _, method in inspect.getmembers(cls, inspect.isfunction)
    for entrypoint in getattr(method, "nameko_entrypoints", ())
    if hasattr(entrypoint, "schema")
]


def sample(source: str, type_: str):
    return json.loads((SAMPLES / source / f"{type_}.json").read_text())


@pytest.mark.parametrize(
    ("service", "fact"), FACTS, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_producer_says_its_fact_just_as_the_sample_reads(service, fact):
    said = sample(service, snake(fact.__name__))

    assert json.loads(json.dumps(dump(msgspec.convert(said, fact)))) == said


def heard(entrypoint):
    if entrypoint.type != "#":
        return [sample(entrypoint.source, entrypoint.type)]
    return [json.loads(file.read_text()) for file in (SAMPLES / entrypoint.source).glob("*.json")]


@pytest.mark.parametrize(
    ("service", "entrypoint"), READINGS, ids=lambda each: getattr(each, "type", each)
)
def test_a_listener_reads_every_sample_of_what_it_hears(service, entrypoint):
    samples = heard(entrypoint)

    assert samples
    for data in samples:
        assert load(entrypoint.schema(), data)


@pytest.mark.parametrize(
    ("service", "entrypoint"), READINGS, ids=lambda each: getattr(each, "type", each)
)
def test_a_field_that_another_service_adds_is_no_trouble(service, entrypoint):
    if entrypoint.source in SERVICES:
        for data in heard(entrypoint):
            assert load(entrypoint.schema(), data | {"colour": "red"})


odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)


@pytest.mark.parametrize(
    ("service", "entrypoint"), READINGS, ids=lambda each: getattr(each, "type", each)
)
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_contract_says_of_whatever_it_is_given_what_marshmallow_says(service, entrypoint, data):
    given_ = dict(data.draw(st.sampled_from(heard(entrypoint))))
    for _ in range(data.draw(st.integers(0, 2))):
        name = data.draw(st.sampled_from([*given_, "colour"]))
        if data.draw(st.booleans()):
            given_.pop(name, None)
        else:
            given_[name] = data.draw(odd_values)

    assert outcome(entrypoint.schema(), given_) == outcome(plain(entrypoint.schema)(), given_)


def plain(schema):
    """The schema as marshmallow alone would load it."""
    return type(schema.__name__, (schema,), {"_deserialize": Schema._deserialize})


def outcome(schema, data):
    try:
        return repr(schema.load(data))
    except ValidationError as problem:
        return problem.normalized_messages()


def test_no_sample_is_left_of_a_fact_that_is_gone():
    known = {f"{service}/{snake(fact.__name__)}" for service, fact in FACTS}
    known |= {f"township/{entry.type}" for _, entry in READINGS if entry.source == "township"}

    kept = {f"{file.parent.name}/{file.stem}" for file in SAMPLES.glob("*/*.json")}

    assert kept == known
