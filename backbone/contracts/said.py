"""JSON Schema (2020-12) of what is said: facts and answers, from their types by msgspec."""

from __future__ import annotations

from typing import Any

import msgspec

from .read import Json

DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
REF = "#/$defs/"
# docstrings speak to whoever reads the code, and a default is no matter of what is said
ELSEWHERE = ("description", "default", "properties")


def schema_of_type(kind: Any) -> Json:
    """The schema of a type, with every part of it in its place, so that it can be read alone. All
    fields of a thing are always there."""
    (found,), parts = msgspec.json.schema_components([kind], ref_template=REF + "{name}")
    whole: Json = _whole(found, parts)
    return whole


def _whole(said: Any, parts: dict[str, Any]) -> Any:
    if isinstance(said, list):
        return [_whole(each, parts) for each in said]
    if not isinstance(said, dict):
        return said
    if "$ref" in said:
        return _whole(parts[said["$ref"].removeprefix(REF)], parts)
    if said.get("format") == "decimal":
        return dict(DECIMAL)
    found = {name: _whole(each, parts) for name, each in said.items() if name not in ELSEWHERE}
    if fields := said.get("properties"):
        found["properties"] = {name: _whole(each, parts) for name, each in fields.items()}
        found["required"] = list(fields)
    return found
