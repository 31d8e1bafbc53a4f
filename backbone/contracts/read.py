"""JSON Schema (2020-12) of what is read: a marshmallow schema, field by field.

marshmallow's own fields stand in a table here; a field of ours says itself how it reads, in its
method `json_schema`. What no JSON Schema can say, it leaves out.
"""

from __future__ import annotations

from typing import Any

import marshmallow
from marshmallow import fields, validate

Json = dict[str, Any]
END = r"\Z"  # Python's end of a text, which JSON Schema writes as $

ALWAYS: tuple[tuple[type[fields.Field[Any]], Json], ...] = (
    (fields.Integer, {"type": "integer"}),
    (fields.Float, {"type": "number"}),
    (fields.Boolean, {"type": "boolean"}),
    (fields.String, {"type": "string"}),
    (fields.Dict, {"type": "object"}),
)


def schema_of(schema: marshmallow.Schema) -> Json:
    """The object that a schema reads. `title` is the name of its class, `description` what its
    docstring says. `either` of the class names pairs of fields of which exactly one is given."""
    known = {field.data_key or name: field for name, field in schema.load_fields.items()}
    found: Json = {"type": "object", "title": type(schema).__name__}
    if known:
        found["properties"] = {name: field_of(field) for name, field in known.items()}
    if needed := [name for name, field in known.items() if field.required]:
        found["required"] = needed
    if schema.unknown == marshmallow.RAISE:
        found["additionalProperties"] = False
    if either := getattr(schema, "either", ()):
        found["allOf"] = [{"oneOf": [{"required": [name]} for name in pair]} for pair in either]
    return found


def field_of(field: fields.Field[Any]) -> Json:
    """What one field reads. Raises `TypeError` for a kind of field that nobody described."""
    found = _kind_of(field)
    for rule in field.validators:
        found |= _rule(rule, found)
    if found.get("enum") and field.allow_none:
        return found | {"type": ["string", "null"], "enum": [*found["enum"], None]}
    return {"anyOf": [found, {"type": "null"}]} if field.allow_none else found


def _kind_of(field: fields.Field[Any]) -> Json:
    if hasattr(field, "json_schema"):
        return dict(field.json_schema())
    if isinstance(field, fields.Enum):
        return {"type": "string", "enum": [member.value for member in field.enum]}
    if isinstance(field, fields.Nested):
        return schema_of(field.schema)
    if isinstance(field, fields.List):
        return {"type": "array", "items": field_of(field.inner)}
    for kind, said in ALWAYS:
        if isinstance(field, kind):
            return dict(said)
    raise TypeError(f"{type(field).__name__} needs a method json_schema()")


def _rule(rule: Any, found: Json) -> Json:
    """What a validator adds; nothing for one that JSON Schema cannot say."""
    if isinstance(rule, validate.Length):
        unit = "Items" if found.get("type") == "array" else "Length"
        bounds = {f"min{unit}": rule.equal or rule.min, f"max{unit}": rule.equal or rule.max}
        return {name: bound for name, bound in bounds.items() if bound is not None}
    if isinstance(rule, validate.Regexp):
        pattern = str(rule.regex.pattern).removesuffix(END)
        return {"pattern": f"^{pattern}$"}
    if isinstance(rule, validate.OneOf):
        return {"enum": list(rule.choices)}
    if isinstance(rule, validate.Range) and isinstance(rule.min, int):
        return _ranged(rule, found)
    return {}


def _ranged(rule: validate.Range, found: Json) -> Json:
    """Bounds of a number; of a number or a text, those of the number."""
    said = {"minimum": rule.min, "maximum": rule.max}
    bounds = {name: bound for name, bound in said.items() if bound is not None}
    if "anyOf" not in found:
        return bounds
    number, *others = found["anyOf"]
    return {"anyOf": [number | bounds, *others]}
