"""An edition of a rulebook as an operator types it: a day, a file, or `path=value`."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import typer

from ..given import text_of

HOW = "a day on which it is in force, @2026-01-01.toml (or .json), or path=value"


def edition_of(words: list[str], first_day: str = "") -> dict[str, Any]:
    """What a service is asked by: an edition that is kept, a whole other one, or one with changes. A file
    that is named for a day begins on that day, if no other is given."""
    kept: dict[str, Any] = {"first_day": first_day} if first_day else {}
    if len(words) == 1 and words[0].startswith("@"):
        return {"edition": _file(words[0]), **_day_of(words[0]), **kept}
    if len(words) == 1 and _is_day(words[0]):
        return {"first_day": words[0]}
    return kept | {"changes": dict(_change(each) for each in words)}


def _change(given: str) -> tuple[str, Any]:
    path, equals, value = given.partition("=")
    if not equals or not path:
        raise typer.BadParameter(f"{given!r} is no edition; give {HOW}")
    try:
        return path, json.loads(value, parse_float=str)
    except json.JSONDecodeError:
        return path, value


def _file(given: str) -> dict[str, Any]:
    text = text_of(given)
    try:
        found = (
            tomllib.loads(text, parse_float=str)
            if given.endswith(".toml")
            else json.loads(text, parse_float=str)
        )
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as problem:
        raise typer.BadParameter(f"{given[1:]} cannot be read: {problem}") from problem
    if not isinstance(found, dict):
        raise typer.BadParameter(f"{given[1:]} is no edition: it must be a table")
    plain: dict[str, Any] = json.loads(json.dumps(found, default=str))  # days as texts
    return plain


def _day_of(given: str) -> dict[str, str]:
    name = Path(given[1:]).stem
    return {"first_day": name} if _is_day(name) else {}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
