"""The types of one service of the client, each with a name of its own."""

from __future__ import annotations

import json
import keyword

from .kinds import (
    PLAIN,
    UNIONS,
    Json,
    answered_text,
    bare,
    given_text,
    is_moment,
    literal,
    parts,
    union,
)

# names that every module has otherwise
TAKEN = {
    "Any",
    "Day",
    "Decimal",
    "Figure",
    "Iterator",
    "Literal",
    "Moment",
    "NotRequired",
    "Service",
}


class Names:
    """Gives each titled part of the schemas a name, and writes it down once as a class."""

    def __init__(self, methods: Json, taken: str = "") -> None:
        """`taken` is the name of the service's own class."""
        self.written: dict[str, str] = {}
        self._taken = {*TAKEN, taken}
        self._methods = methods
        self._names: dict[str, str] = {}
        shapes: dict[str, dict[str, str]] = {}
        for method, said in methods.items():
            for key, title in self._titled(said):
                shapes.setdefault(title, {}).setdefault(key, method)
        for title, keys in shapes.items():
            self._name(title, keys)

    def _titled(self, said: Json) -> list[tuple[str, str]]:
        """The shapes of a method with their titles; what it takes itself becomes its arguments."""
        given = [part for part in parts(said["request"]) if part is not said["request"]]
        found = [(True, part) for part in given] + [(False, part) for part in parts(said["reply"])]
        return [(_key(part, is_given), part["title"]) for is_given, part in found if _named(part)]

    def _name(self, title: str, keys: dict[str, str]) -> None:
        """By its title alone where one shape has it, else with the first method that has the shape."""
        alone = len(keys) == 1 and title not in self._taken
        for key, method in keys.items():
            name = title if alone else f"{_camel(method)}{title}"
            while name in self._names.values():
                name += "Too"
            self._names[key] = name

    def kind(self, schema: Json, *, given: bool, moment: bool = False) -> str:
        """The type of a part, as it is written. Its own class is written down on the way."""
        moment = moment or is_moment(schema)
        if _named(schema):
            return self._class(schema, given)
        if "enum" in schema:
            return literal(schema["enum"])
        for name in UNIONS:
            if kinds := [
                self.kind(each, given=given, moment=moment) for each in schema.get(name, ())
            ]:
                return union(kinds, given=given)
        match schema.get("type"):
            case "array":
                return f"list[{self.kind(schema.get('items', {}), given=given, moment=moment)}]"
            case "object":
                return f"dict[str, {self.kind(_values(schema), given=given, moment=moment)}]"
            case "string":
                return given_text(schema) if given else answered_text(schema, moment)
            case str(plain):
                return PLAIN[plain]
            case list(several):
                return union(self.kind({"type": each}, given=given) for each in several)
        return "Any"

    def _class(self, schema: Json, given: bool) -> str:
        name = self._names[_key(schema, given)]
        if name not in self.written:
            self.written[name] = ""  # its place, for one that holds itself
            text = (
                self._things(name, schema, given) if _fields(schema) else self._values(name, schema)
            )
            del self.written[name]
            self.written[name] = text  # after those that it is made of
        return name

    def _values(self, name: str, schema: Json) -> str:
        return f"{name} = {literal(schema['enum']).replace(' | None', '')}\n"

    def _things(self, name: str, schema: Json, given: bool) -> str:
        must = schema.get("required", ())
        kinds = {
            field: _required(self.kind(said, given=given), field in must or not given)
            for field, said in schema["properties"].items()
        }
        if any(keyword.iskeyword(field) or not field.isidentifier() for field in kinds):
            said = ", ".join(f'"{field}": {kind}' for field, kind in kinds.items())
            return f'{name} = TypedDict("{name}", {{{said}}})\n'
        lines = [
            f"    {field}: {kind}{_comment(schema['properties'][field])}\n"
            for field, kind in kinds.items()
        ]
        return f"class {name}(TypedDict):\n" + ("".join(lines) or "    pass\n")


def _fields(schema: Json) -> bool:
    return "properties" in schema


def _named(schema: Json) -> bool:
    return "title" in schema and (
        _fields(schema) or ("enum" in schema and None not in schema["enum"])
    )


def _key(schema: Json, given: bool) -> str:
    """What makes a type another one; a word of a list is the same in both directions."""
    return json.dumps([_fields(schema) and given, bare(schema)], sort_keys=True)


def _camel(method: str) -> str:
    return "".join(word.capitalize() for word in method.split("_"))


def _values(schema: Json) -> Json:
    found = schema.get("additionalProperties")
    return found if isinstance(found, dict) else {}


def _required(kind: str, is_required: bool) -> str:
    return kind if is_required else f"NotRequired[{kind}]"


def _comment(schema: Json) -> str:
    """What the dictionary says of a field, with its unit."""
    unit = f" ({schema['x-unit']})" if "x-unit" in schema else ""
    return f"  # {' '.join(schema['description'].split())}{unit}" if "description" in schema else ""
