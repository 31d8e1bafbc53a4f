"""Reading what an operator typed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from backbone.messages.exact import TOO_DEEP
from park import townships
from park.time import PARK_TIME, why_no_day

from .console import err

DAY_LONG = len("2023-07-31")


def text_of(given: str) -> str:
    """What was given, or what is in the file that `@file` names."""
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8")
    except OSError as problem:
        raise typer.BadParameter(f"{given[1:]} cannot be read: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise typer.BadParameter(f"{given[1:]} is not UTF-8") from problem


def argument_of(given: str) -> tuple[str, Any]:
    """Name and value of `name=value`; a value that reads as JSON is taken for it. A township's digits
    stay a text."""
    name, equals, value = given.partition("=")
    if not equals:
        raise typer.BadParameter(f"{given!r} must read name=value")
    if name == "request_id" or (name == "township" and value.isdigit()):
        return name, value
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
    except RecursionError as problem:
        raise typer.BadParameter(f"in {name} {TOO_DEEP}") from problem


def json_of(given: str) -> Any:
    """The JSON that was given, or that is in the file that `@file` names."""
    try:
        return json.loads(text_of(given))
    except json.JSONDecodeError as problem:
        raise typer.BadParameter(f"data is not JSON: {problem}") from problem
    except RecursionError as problem:
        raise typer.BadParameter(f"in data {TOO_DEEP}") from problem


def moment_of(given: str) -> datetime:
    """The moment that was given, or now."""
    try:
        return datetime.fromisoformat(given) if given else datetime.now(PARK_TIME)
    except ValueError as problem:
        said = why_no_day(given) or "--time reads like 2023-08-01T09:30:00+08:00"
        raise typer.BadParameter(said.rstrip(), param_hint="--time") from problem


def as_day(given: str, option: str) -> date:
    """The day that was given."""
    try:
        return date.fromisoformat(given)
    except ValueError as problem:
        said = why_no_day(given) or f"{given} is no day; give it as YYYY-MM-DD: 2023-08-01"
        raise typer.BadParameter(said.rstrip(), param_hint=option) from problem


def meant(name: str, known: Iterable[str], such: str = "there are {}") -> str:
    """What was perhaps meant by a name that there is not, as a question; else all that there are."""
    names = [*dict.fromkeys(known)]
    near = get_close_matches(name, names, 3)
    return f"did you mean {' or '.join(near)}?" if near else such.format(", ".join(names))


def ahead(option: typer.CallbackParam, given: str | None) -> str | None:
    """The day or the moment as it was given; that it is still to come is said beside the answer."""
    if given and _is_to_come(given):
        what = f"{option.opts[0]} {escape(given)} is still to come"
        err.print(f"{what}: this is by what is on record and in force by now.", highlight=False)
    return given


def _is_to_come(given: str) -> bool:
    """What is neither a day nor a moment with its offset is refused by whoever takes it."""
    now = datetime.now(PARK_TIME)
    try:
        if len(given) == DAY_LONG:
            return date.fromisoformat(given) > now.date()
        return datetime.fromisoformat(given) > now
    except (TypeError, ValueError):
        return False


def township_code(given: str, on: date, option: str) -> str:
    """The code of the township that was given by its code or its name, as there are on that day. One that
    there is not is refused, with the nearest ones, or all that there are."""
    meant, known = townships.named(given, on), sorted(townships.codes(on))
    code = meant.code if meant else given
    if code in known:
        return code
    near = get_close_matches(code, known, n=3, cutoff=0.8) or known
    those = (townships.find(each, on) for each in near)
    named = ", ".join(f"{each.code} {each.name}" for each in those if each)
    is_code = "has the code" if code.isdigit() else "is called"
    said = f"no township {is_code} {code}; {'near it' if near != known else 'there'} are {named}"
    raise typer.BadParameter(said, param_hint=option)
