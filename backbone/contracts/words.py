"""The words of the dictionary, put where the fields stand."""

from __future__ import annotations

from typing import Any

from ..plain import snake
from .dictionary import Dictionary, Entry
from .read import Json


class Words:
    """Puts meanings, units, examples and words of one service into schemas, and remembers which
    entries it used, where, and which fields have none."""

    def __init__(self, dictionary: Dictionary, service: str) -> None:
        self.dictionary, self.service = dictionary, service
        self.used: dict[str, list[Json]] = {}
        self.lacking: list[str] = []

    def into(self, schema: Json, owner: str = "") -> Json:
        """The schema with its words. `owner` is the thing whose fields these are, where the schema
        has no title."""
        owner = snake(schema.get("title", "")) or owner
        found: Json = {}
        for name, part in schema.items():
            if name == "properties":
                found[name] = {each: self._field(owner, each, said) for each, said in part.items()}
            elif isinstance(part, dict) and name in ("items", "additionalProperties"):
                found[name] = self.into(part, owner)
            elif name == "anyOf":
                found[name] = [self.into(each, owner) for each in part]
            else:
                found[name] = part
        return found

    def _field(self, owner: str, name: str, schema: Json) -> Json:
        found = self.into(schema, owner)
        key = self.dictionary.key(self.service, owner, name)
        if key is None:
            self.lacking.append(f"{self.service}.{owner}.{name}")
            return found
        self.used.setdefault(key, []).append(found)
        return found | self._said(self.dictionary.entries[key])

    def _said(self, entry: Entry) -> Json:
        said: Json = {"description": entry.meaning}
        if entry.unit:
            said["x-unit"] = entry.unit
        if words := self.dictionary.words(entry):
            said["x-words"] = words
        if entry.example is not None:
            said["examples"] = [entry.example]
        return said


def values_of(schema: Any) -> list[Any]:
    """Each value that an enumeration in a schema has, wherever it stands, without none."""
    if isinstance(schema, list):
        return [value for each in schema for value in values_of(each)]
    if not isinstance(schema, dict):
        return []
    own = [value for value in schema.get("enum", ()) if value is not None]
    return own + values_of(schema.get("anyOf")) + values_of(schema.get("items"))
