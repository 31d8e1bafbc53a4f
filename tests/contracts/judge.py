"""A JSON Schema's verdict, as a validator of another language would give it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend


def _pattern(_: Any, pattern: str, given: Any, __: Any) -> Any:
    """`$` is the very end, as ECMA 262 has it; Python would let a line break follow."""
    if isinstance(given, str) and not re.search(pattern.replace("$", r"\Z"), given):
        yield ValidationError(f"{given!r} does not match {pattern!r}")


def _is_whole(_: Any, given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


Judge = extend(
    Draft202012Validator,
    {"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole),
)


def judge(schema: dict[str, Any]) -> Callable[[Any], bool]:
    """Whether the schema takes some data; its `format`s count."""
    return Judge(schema, format_checker=FormatChecker()).is_valid


def takes(schema: dict[str, Any], data: Any) -> bool:
    return judge(schema)(data)
