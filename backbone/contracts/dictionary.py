"""The data dictionary: what each field of an event, a call or an answer means, once for all of them.

Beside the schemas of each thing lies a `dictionary.toml`:

    [surveyed_on]
    meaning = "The day of the survey."
    example = "2023-07-20"

A name that means something else in one place has an entry of its own there, `["parcel.state"]` for
what a `Parcel` calls `state`, or `["enterprises.identifier.kind"]` for one service alone. `unit` is
given where there is one, `words` for the values of an enumeration in the words of the trade, or the
name of the entry that has them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one field means. A thing made of other fields needs no example of its own."""

    meaning: str
    unit: str | None = None
    example: Any = None
    words: dict[str, str] | str | None = None


@dataclass(frozen=True)
class Dictionary:
    """The entries of several files as one."""

    entries: Mapping[str, Entry]

    @classmethod
    def of(cls, files: Iterable[Path]) -> Dictionary:
        """Read the files. Raises `ValueError` for a name that two of them have, or an entry that is
        none."""
        entries: dict[str, Entry] = {}
        homes: dict[str, Path] = {}
        for file in files:
            for name, entry in _entries(file).items():
                if name in homes:
                    raise ValueError(f"{name} stands in {homes[name]} and in {file}; keep one.")
                homes[name], entries[name] = file, entry
        return cls(entries)

    def key(self, service: str, owner: str, name: str) -> str | None:
        """The entry of what a thing calls `name`: its own, else that of everybody. A filter of things
        means by a name what they mean by it, unless it has an entry of its own."""
        owners = dict.fromkeys((owner, owner.removesuffix("_filter")))
        own = [key for each in owners for key in (f"{service}.{each}.{name}", f"{each}.{name}")]
        keys = (*own, name)
        return next((key for key in keys if key in self.entries), None)

    def words(self, entry: Entry) -> dict[str, str]:
        """The words for the values of an enumeration; empty for what is none."""
        if isinstance(entry.words, str):
            return self.words(self.entries[entry.words])
        return entry.words or {}


def _entries(file: Path) -> dict[str, Entry]:
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Entry])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise ValueError(f"{file}: {problem}") from problem
