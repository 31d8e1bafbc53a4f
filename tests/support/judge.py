"""A JSON Schema's verdict, as a validator of another language would give it; but 1.0 is no whole number
here, as it is none to the contracts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from backbone.contracts.said import schema_of_type
from backbone.rpc.call import Call
from backbone.testing.rehearsal import Rehearsal


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


def closed(schema: Any) -> Any:
    """The schema, with no field let through that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(each) for name, each in schema.items()}
    shut = {"additionalProperties": False} if "properties" in schema and "type" in schema else {}
    return found | shut


@cache
def _judge_of(call: Call) -> Callable[[Any], bool]:
    return judge(closed(schema_of_type(call.answers)))


def as_promised(call: Call, reply: Any) -> Any:
    """The reply of a call, which is as its contract says."""
    assert _judge_of(call)(reply), reply
    return reply


def judge_rehearsals() -> None:
    """From now on every answer that a rehearsed service gives in a test must be as its contract says."""
    read = Rehearsal.read

    def judged(self: Rehearsal, method: str, **arguments: Any) -> Any:
        reply = read(self, method, **arguments)
        call = getattr(getattr(self.service_cls, method), "call", None)
        return as_promised(call, reply) if call else reply

    Rehearsal.read = judged  # type: ignore[method-assign]
