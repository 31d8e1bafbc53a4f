"""No field of any report of a township keeps the number of an identity card, nor does free text keep
that of a mobile phone."""

from __future__ import annotations

import inspect
from contextlib import suppress

import pytest
from marshmallow import ValidationError, fields

from park.fields import Reference, Text
from park.receipts import note_of
from services.installation import HOMES, classes

PERSON, MOBILE = "330604198001010093", "13800001111"  # made up; the check fits


def inside(schema, path=""):
    """Every field that takes a text, with its place."""
    for name, field in schema.load_fields.items():
        yield from _of(field, f"{path}.{field.data_key or name}".lstrip("."))


def _of(field, path):
    if isinstance(field, fields.List):
        yield from _of(field.inner, path)
    elif isinstance(field, fields.Nested):
        yield from inside(field.schema, path)
    elif isinstance(field, fields.String):
        yield path, field


TEXTS = {
    f"{entrypoint.type} {path}": field
    for cls in classes(HOMES)
    for _, method in inspect.getmembers(cls, inspect.isfunction)
    for entrypoint in getattr(method, "nameko_entrypoints", ())
    if getattr(entrypoint, "source", "") == "township"
    for path, field in inside(entrypoint.schema())
}


def kept(field, text):
    with suppress(ValidationError):
        return field.deserialize(text)
    return ""


def test_the_texts_of_all_reports_are_looked_at():
    free = [name for name, field in TEXTS.items() if isinstance(field, Text)]

    assert len(TEXTS) > 100
    assert len(free) > 20
    assert "soil.suspected suspicion" in free
    assert "construction.reported government_reasons.reason" in free


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_of_a_report_keeps_the_number_of_an_identity_card(name):
    for text in (PERSON, f"张三 {PERSON} 不同意", "330604 19800101 0093"):
        assert PERSON not in kept(TEXTS[name], text).replace(" ", "")


@pytest.mark.parametrize("name", [each for each, field in TEXTS.items() if isinstance(field, Text)])
def test_no_free_text_of_a_report_keeps_a_mobile_number(name):
    assert kept(TEXTS[name], f"tel. {MOBILE}")[-8:] == "****1111"


def test_what_a_thing_is_known_by_is_refused_and_not_masked_into_another():
    assert Reference().deserialize(MOBILE) == MOBILE
    with pytest.raises(ValidationError, match="Leave out the number of a person"):
        Reference().deserialize(f"YS-{PERSON}")


def test_the_note_names_the_fields_in_which_something_was_masked():
    data = {"report": {"note": "****0093", "findings": ("a", "**** 1", "x ****111X")}, "on": "****"}

    assert note_of(data) == (
        "The number of an identity card or a mobile phone is kept masked in note, findings, but for its "
        "last 4 characters."
    )
    assert note_of({"name": "****", "on": None, "n": 3}) is None
