"""The kinds of files that are read, and the words in them: `templates/*.toml` and `words/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a template. `reads` names how its cells are read, `words` the list of its words,
    `unit` the one that its figures are kept in. What is `only_checked` goes into no event."""

    name: str
    reads: str
    names: tuple[str, ...]
    needed: bool = False
    only_checked: bool = False
    words: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """`becomes` is what a row is: a parcel, a firm, a case. `at_most` are pairs of fields: the first
    is never larger than the second."""

    kind: str
    title: str
    becomes: str
    fields: Mapping[str, Field]
    at_most: tuple[tuple[str, str], ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(name for name, field in self.fields.items() if field.needed)


@cache
def templates() -> Mapping[str, Template]:
    """Every template, by its kind."""
    return {path.stem: _template(path) for path in sorted((HERE / "templates").glob("*.toml"))}


@cache
def words(topic: str) -> Mapping[str, str]:
    """What each word of a topic is called in an event."""
    said: Mapping[str, list[str]] = _words()[topic]
    return {word.casefold(): value for value, many in said.items() for word in many}


@cache
def first_words(topic: str) -> Mapping[str, str]:
    """The word that we write for each value of a topic."""
    return {value: many[0] for value, many in _words()[topic].items()}


@cache
def missing() -> frozenset[str]:
    """The texts that stand for nothing."""
    return frozenset(each.casefold() for each in _words()["missing"])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((HERE / "words" / "words.toml").read_text("utf-8"))


def units() -> Iterator[tuple[str, str, str]]:
    """Kind of figure, how much one of it is in the base unit, and the name, of every unit."""
    said = tomllib.loads((HERE / "words" / "units.toml").read_text("utf-8"))
    for kind, sizes in said.items():
        for size, names in sizes.items():
            yield from ((kind, size, name) for name in names)


def _template(path: Path) -> Template:
    said = tomllib.loads(path.read_text("utf-8"))
    fields = {name: _field(name, about) for name, about in said["fields"].items()}
    pairs = tuple((each["smaller"], each["larger"]) for each in said.get("at_most", ()))
    return Template(path.stem, said["title"], said["becomes"], fields, pairs)


def _field(name: str, about: dict[str, Any]) -> Field:
    return Field(name, **about | {"names": tuple(dict.fromkeys((*about["names"], name)))})
