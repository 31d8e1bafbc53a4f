"""An edition of a rulebook that might be: written as a file of it is, or as a few changed entries of one that
is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec

from backbone.errors import Invalid, Reason
from backbone.records import record

from ..rulebook import Rulebook

Shape = TypeVar("Shape")
WHERE = re.compile(r"(.*) - at `\$\.?(.*)`", re.DOTALL)
MOST_NAMED = 20


@record
class EditionAsked:
    """Without an `edition`, the one that is in force on `first_day`, with its `changes`: what is to stand at
    a path, `criteria.output_per_mu_below.floor`. An entry of a list is named by its number from 0, or by a
    text that it alone has."""

    first_day: date | None = None
    edition: Mapping[str, Any] | None = None
    changes: Mapping[str, Any]


def edition_of(
    rulebook: Rulebook[Shape], asked: EditionAsked, today: date, field: str
) -> tuple[date, Shape]:
    """The first day of the edition, and the edition. Raises `Invalid`, naming the entry, for one that cannot
    be read, and for an entry that nobody would look at."""
    kept_since = rulebook.first_day(asked.first_day or today)
    if asked.edition is None:
        if not asked.changes:
            return kept_since, rulebook.editions[kept_since]
        written, first_day = rulebook.written(kept_since), kept_since
        field = f"{field}.changes"
    else:
        written, first_day = deepcopy(dict(asked.edition)), asked.first_day or kept_since
        field = f"{field}.edition"
    for path, value in asked.changes.items():
        _put(written, path, value, f"{field}.{path}")
    try:
        edition = rulebook.read(written)
    except msgspec.ValidationError as problem:
        held = rulebook.written(kept_since)
        raise _unreadable(str(problem), written, held, field) from None
    if unknown := [*_unknown(written, edition, field)]:
        raise Invalid(unknown)
    return first_day, edition


def _put(written: dict[str, Any], path: str, value: Any, field: str) -> None:
    *ways, last = path.split(".")
    place: Any = written
    for name in ways:
        place = place[_key(place, name, field)]
    if isinstance(place, dict):
        place[last] = value
    else:
        place[_key(place, last, field)] = value


def _key(place: Any, name: str, field: str) -> Any:
    """Where in the table or the list the entry of that name is."""
    if isinstance(place, dict) and name in place:
        return name
    if isinstance(place, list):
        found = [int(name)] if name.isdigit() else _having(place, name)
        if len(found) == 1 and found[0] < len(place):
            return found[0]
        if len(found) > 1:
            numbers = ", ".join(map(str, found))
            raise _invalid(
                f"Several entries have the text {name}; give a number: {numbers}.", field
            )
    raise _invalid(f"There is no {name} there; {_there(place, name)}", field)


def _having(entries: list[Any], name: str) -> list[int]:
    """The places of the entries that have that text."""
    return [place for place, each in enumerate(entries) if name in _texts(each)]


def _texts(entry: Any) -> list[str]:
    if isinstance(entry, dict):
        return [each for each in entry.values() if isinstance(each, str)]
    return [each for each in entry if isinstance(each, str)] if isinstance(entry, list) else []


def _there(place: Any, name: str) -> str:
    """What could have been named."""
    if isinstance(place, dict):
        return _some(list(place), name)
    if isinstance(place, list):
        firsts = [next(iter(_texts(each)), "") for each in place]
        return _some([f"{number} {text}".strip() for number, text in enumerate(firsts)], name)
    return f"it is one value: {_shown(place)}."


def _some(names: list[str], name: str) -> str:
    if near := get_close_matches(name, names, 3):
        return f"did you mean {' or '.join(near)}?"
    return f"there are {', '.join(names[:MOST_NAMED])}." if names else "there is nothing."


def _unknown(written: Any, read: Any, field: str) -> Iterator[Reason]:
    """What is written and not read: a word that was mistyped would be lost in silence."""
    if is_dataclass(read) and isinstance(written, Mapping):
        names = [each.name for each in fields(read)]
        for name, value in written.items():
            if name in names:
                yield from _unknown(value, getattr(read, name), f"{field}.{name}")
            else:
                sentence = f"There is no {name} there; {_some(names, name)}"
                yield Reason("INVALID", sentence, f"{field}.{name}")
    elif isinstance(read, Mapping) and isinstance(written, Mapping):
        for name, value in written.items():
            yield from _unknown(value, read.get(name), f"{field}.{name}")
    elif isinstance(read, list | tuple) and isinstance(written, list):
        for place, (value, one) in enumerate(zip(written, read, strict=False)):
            yield from _unknown(value, one, f"{field}.{place}")


def _unreadable(problem: str, written: Any, held: Any, field: str) -> Invalid:
    """What msgspec says of an edition, with the entry as a path, what stands there, and what stands there in
    the edition that is kept."""
    found = WHERE.fullmatch(problem)
    said, where = found.groups() if found else (problem, "")
    path = [each for each in re.split(r"[.\[\]]+", where) if each]
    given, kept = (_at(each, path) for each in (written, held))
    if path and given is not None and not isinstance(given, dict | list):
        said = f"{said.rstrip('.')}: {_shown(given)} was given"
        said += f", where the edition that is kept has {_shown(kept)}" if kept is not None else ""
    return _invalid(f"{said.rstrip('.')}.", ".".join([field, *path]))


def _at(written: Any, path: list[str]) -> Any:
    """What stands at that path; none if nothing does."""
    for name in path:
        if isinstance(written, dict):
            written = written.get(name)
        elif isinstance(written, list) and name.isdigit() and int(name) < len(written):
            written = written[int(name)]
        else:
            return None
    return written


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _invalid(sentence: str, field: str) -> Invalid:
    return Invalid([Reason("INVALID", sentence, field)])
