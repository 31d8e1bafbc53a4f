"""Whatever is wrong with a field of a contract, the answer is a sentence that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from backbone.messages.contract import SENTENCES
from park.fields import PlainDecimal
from services.installation import HOMES, classes

classes(HOMES)  # with them every contract is there
WRONG: list[Any] = ["60%", "x" * 250, "", -1, 10**30, 0.1234567891, True, [], {}]
SENTENCE = re.compile(r"[A-Z0-9“\"`].*[.!?)]", re.S)
BROKEN = re.compile(r"\b(the|a|an|in|of) (of\b|in\b|[%,.])|  |\{[a-z_]*\}|\bNone\b")


def contracts(kind: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for each in kind.__subclasses__():
        yield from contracts(each)
        if each.__module__.startswith(("services.", "park.")):
            yield each


def fields_of(field: fields.Field[Any]) -> Iterator[fields.Field[Any]]:
    yield field
    if isinstance(field, fields.List):
        yield from fields_of(field.inner)


FIELDS = {
    f"{contract.__module__}.{contract.__qualname__}.{name}": field
    for contract in set(contracts())
    for name, field in contract().load_fields.items()
}


def said_of(field: fields.Field[Any], value: Any) -> list[str]:
    """What is said of the value itself; what stands within it has fields of its own."""
    try:
        field.deserialize(value)
    except ValidationError as problem:
        said = problem.messages if isinstance(problem.messages, list) else []
        return [SENTENCES.get(each, each) for each in said]
    return []


def test_every_field_of_every_contract_says_what_is_wrong_in_a_sentence():
    assert len(FIELDS) > 500
    wrong = {
        (name, sentence)
        for name, field in FIELDS.items()
        for each in fields_of(field)
        for value in WRONG
        for sentence in said_of(each, value)
        if not SENTENCE.fullmatch(sentence) or BROKEN.search(sentence)
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize("share", ["60%", "0,6", "1e-1", "六成"])
def test_a_share_that_is_no_decimal_is_shown_one(share):
    field = FIELDS["services.enterprises.groups.schemas.OwnerReported.share"]
    [sentence] = said_of(field, share)
    assert sentence.startswith("Give the share of the whole as a plain decimal")
    assert sentence.endswith(": 0.6.")


def test_what_a_figure_is_called_and_the_example_that_is_shown_fit_its_field():
    decimals = [f for each in FIELDS.values() for f in fields_of(each)]
    for field in {type(f): f for f in decimals if isinstance(f, PlainDecimal)}.values():
        [sentence] = said_of(field, "60%")
        noun, example = re.fullmatch(
            r"Give the (.+) as a plain decimal, .+: ([0-9.]+)\.", sentence
        ).groups()
        assert noun[0].isalpha()
        assert not noun.startswith("of ")
        assert said_of(field, example) == [], (type(field), example)
