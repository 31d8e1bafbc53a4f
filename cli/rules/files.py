"""The rulebooks of all services, as their files have them: which editions there are, and what each says."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typer

import services

from ..given import meant

FOLDER = Path(services.__file__).parent
FIRST_SENTENCE = re.compile(r"(.+?\.)(?= [A-Z]|$)")


@dataclass(frozen=True, slots=True)
class Book:
    """A rulebook of a service; `editions` are its files by their first day, the oldest first."""

    topic: str
    service: str
    editions: dict[date, Path]

    @property
    def about(self) -> str:
        """The first sentence of the first edition, which explains it."""
        first = next(iter(self.editions.values())).read_text("utf-8")
        comment = (line for line in first.partition("\n\n")[0].splitlines() if line.startswith("#"))
        text = " ".join(line.removeprefix("#").strip() for line in comment)
        found = FIRST_SENTENCE.match(text)
        return found.group(1) if found else text

    def first_day(self, on: date) -> date:
        """The first day of the edition that is in force on a day; before the first one, the first one."""
        return max((day for day in self.editions if day <= on), default=min(self.editions))

    def last_day(self, first: date) -> date | None:
        """The last day of an edition; none of the newest."""
        later = [day for day in self.editions if day > first]
        return min(later) - timedelta(days=1) if later else None

    def text(self, first: date) -> str:
        """An edition with the comments of its file, which explain it and name sources."""
        return self.editions[first].read_text("utf-8")

    def entries(self, first: date) -> Any:
        """An edition as it is read; days as texts, and fractions as they are written."""
        return json.loads(json.dumps(tomllib.loads(self.text(first), parse_float=str), default=str))


def books() -> list[Book]:
    """All of them, by their names."""
    folders = FOLDER.glob("*/rulebook/*/")
    found = [Book(each.name, each.parent.parent.name, _editions(each)) for each in folders]
    return sorted((each for each in found if each.editions), key=lambda e: (e.topic, e.service))


def book_of(name: str) -> Book:
    """The rulebook of that name; a sentence, and the end, if there is none, or several services have one."""
    service, _, topic = name.rpartition(".")
    alike = [each for each in books() if each.topic == topic]
    found = [each for each in alike if service in ("", each.service)]
    if len(found) == 1:
        return found[0]
    if alike:
        which = " or ".join(f"{each.service}.{topic}" for each in alike)
        raise typer.BadParameter(f"{topic} is a rulebook of {len(alike)} services; say {which}")
    names = (each.topic for each in books())
    raise typer.BadParameter(f"there is no rulebook {name}; {meant(topic, names)}")


def _editions(folder: Path) -> dict[date, Path]:
    return {date.fromisoformat(each.stem): each for each in sorted(folder.glob("*.toml"))}
