"""JSON as it was written: every number by its own digits, every member once.

JSON's usual readers make a float of `11781.000000000000001`, which is 11781, and keep the last of two
members of one name. Either would change what was reported, without a word.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
import orjson

LARGEST_EXPONENT = 400  # a float ends at 308; of 1e999999999 a whole number would fill the memory
MEMBER = re.compile(rb'"[ \t\r\n]*:')  # behind the name of each member, perhaps elsewhere, too
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2"}
ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950


class NotJson(ValueError):
    """The bytes are no JSON that is read here; it says why."""


class Twice(ValueError):
    """A member of this name is there twice in one object."""


def loads(text: bytes) -> Any:
    """The value: numbers with a point or an exponent are `Decimal`, others `int`. Raises `NotJson`
    or `Twice`."""
    try:
        value = _decode(text)
        if len(MEMBER.findall(text)) > _members(value):
            _each.decode(text.decode())
    except Twice:
        raise
    except (msgspec.MsgspecError, UnicodeDecodeError, ArithmeticError, RecursionError) as problem:
        raise NotJson(_why(text, problem)) from problem
    return value


def compression(text: bytes) -> str | None:
    """What bytes that are no JSON are compressed with, as far as their beginning tells."""
    named = (name for magic, name in MAGIC.items() if text.startswith(magic))
    return "zlib" if text.startswith(ZLIB) else next(named, None)


def _number(digits: str) -> Decimal:
    number = Decimal(digits)
    if abs(number.adjusted()) > LARGEST_EXPONENT:
        raise InvalidOperation
    return number


_decode = msgspec.json.Decoder(float_hook=_number).decode


def _members(value: Any) -> int:
    if type(value) is dict:
        inner = value.values()
        return len(value) + sum(_members(each) for each in inner if type(each) in (dict, list))
    if type(value) is list:
        return sum(_members(each) for each in value if type(each) in (dict, list))
    return 0


def _once(members: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for name, _ in members:
        if name in seen:
            raise Twice(name)
        seen.add(name)


_each = json.JSONDecoder(object_pairs_hook=_once, parse_float=str, parse_int=str)


def _why(text: bytes, problem: Exception) -> str:
    if isinstance(problem, UnicodeDecodeError) or not _is_utf_8(text):
        return "it is not UTF-8, perhaps it is GBK"
    if isinstance(problem, ArithmeticError):
        return f"a number has more than {LARGEST_EXPONENT} digits before or behind its point"
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as found:  # it says more clearly what is wrong, and where
        return f"{found.msg} at character {found.pos}"
    return str(problem)


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
