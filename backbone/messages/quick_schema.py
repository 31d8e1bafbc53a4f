"""Buys `batch_vs_naive` in `make bench`; stands in for `marshmallow.Schema`, which loads the same data alike.

Most input has nothing wrong with it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import marshmallow
from marshmallow import fields

UNKNOWN = "Unknown field."  # marshmallow's words


class QuickSchema(marshmallow.Schema):
    """A marshmallow schema that asks its fields alone as long as nothing is wrong. marshmallow collects
    errors as it goes, which takes time; so it loads what has some, and says what they are."""

    def _deserialize(self, data: Any, *, unknown: Any, **more: Any) -> Any:  # type: ignore[override]  # its own arguments are passed on
        if type(data) is dict and unknown != marshmallow.INCLUDE and not more.get("partial"):
            with suppress(marshmallow.ValidationError):
                return self._load_quickly(data, knows_all=unknown == marshmallow.RAISE)
        return super()._deserialize(data, unknown=unknown, **more)

    def _load_quickly(self, data: dict[str, Any], *, knows_all: bool) -> dict[str, Any]:
        loaded, absent, missing = {}, 0, marshmallow.missing
        for key, name, field, is_straight in self._in_order:
            value = data.get(key, missing)
            if is_straight and value is not missing and value is not None:
                value = field._deserialize(value, key, data)
                for validate in field.validators:
                    validate(value)
            else:
                absent += value is missing
                value = field.deserialize(value, key, data)
            if value is not missing:
                loaded[name] = value
        if knows_all and len(self._in_order) - absent < len(data):
            raise marshmallow.ValidationError(UNKNOWN)
        return loaded

    def _init_fields(self) -> None:
        super()._init_fields()
        # under which key each comes, under which it is loaded, and whether it is straight
        self._in_order = [
            (field.data_key or name, field.attribute or name, field, _is_straight(field))
            for name, field in self.load_fields.items()
        ]


def _is_straight(field: Any) -> bool:
    """Whether it reads what is there as marshmallow's own fields do: it deserializes it and asks each
    validator."""
    ways = ("deserialize", "_validate", "_validate_all", "_validate_missing")
    as_all = all(getattr(type(field), way) is getattr(fields.Field, way) for way in ways)
    return as_all and not field.pre_load and not field.post_load
