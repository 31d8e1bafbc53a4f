"""What a contract says to values that do not fit: its own sentences, found by trying."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow

from ..errors import Invalid
from ..messages.contract import load

WRONG: tuple[Any, ...] = ("?", "", {}, [[]], -1)  # the first that a field refuses tells the most


def refusals(schema: marshmallow.Schema) -> Iterator[tuple[str, str]]:
    """Of each field that refuses anything, its name and the sentence that it is refused with."""
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if sentence := next((said for each in WRONG if (said := _said(schema, key, each))), None):
            yield key, sentence


def _said(schema: marshmallow.Schema, key: str, value: Any) -> str | None:
    try:
        load(schema, {key: value}, path="")
    except Invalid as refused:
        about = (each for each in refused.reasons if _is_about(each.field, key))
        return next((each.sentence for each in about), None)
    return None


def _is_about(field: str | None, key: str) -> bool:
    return field is not None and (field == key or field.startswith(f"{key}."))
