"""JSON as it was written: every number by its own digits, every member once.

JSON's usual readers make a float of `11781.000000000000001`, which is 11781, and keep the last of two
members of one name. Either would change what was reported, without a word.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
import orjson

LARGEST_EXPONENT = 400  # a float ends at 308; of 1e999999999 a whole number would fill the memory
BEFORE_COLON = (b'":', b" :", b"\n:", b"\t:", b"\r:")  # each member has one of them, a text perhaps
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2"}
ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950
NESTED = (dict, list)
DEEPEST = 32  # objects and lists within each other; a boundary of several parts has 7
TOO_DEEP = f"objects and lists lie more than {DEEPEST} deep within each other; say it flatter"


class NotJson(ValueError):
    """The bytes are no JSON that is read here; it says why."""


class Twice(ValueError):
    """Members of these names are there twice in one object. `value` has the last of each."""

    def __init__(self, names: list[str], value: Any) -> None:
        super().__init__(", ".join(names))
        self.names, self.value = names, value


class TooDeep(ValueError):
    """Objects and lists lie more than `DEEPEST` deep within each other. `value` is what was read, if it
    could be."""

    def __init__(self, value: Any = None) -> None:
        super().__init__(TOO_DEEP)
        self.value = value


def loads(text: bytes) -> Any:
    """The value: numbers with a point or an exponent are `Decimal`, others `int`. Raises `NotJson`,
    `TooDeep` or `Twice`."""
    value = None
    try:
        value = _decode(text)
        if sum(map(text.count, BEFORE_COLON)) > _members(value, DEEPEST):
            _each_once(text, value)
    except Twice:
        raise
    except RecursionError as problem:
        raise TooDeep(value) from problem
    except (msgspec.MsgspecError, UnicodeDecodeError, ArithmeticError) as problem:
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


def _members(value: Any, deepest: int) -> int:
    """How many members there are in all. Raises `RecursionError` beyond `deepest` levels."""
    if type(value) not in NESTED:
        return 0
    if not deepest:
        raise RecursionError
    is_object = type(value) is dict
    found = len(value) if is_object else 0
    for each in value.values() if is_object else value:
        if type(each) in NESTED:
            found += _members(each, deepest - 1)
    return found


def _each_once(text: bytes, value: Any) -> None:
    twice: list[str] = []

    def look(members: list[tuple[str, Any]]) -> None:
        counted = Counter(name for name, _ in members)
        twice.extend(name for name, count in counted.items() if count > 1)

    json.loads(text.decode(), object_pairs_hook=look, parse_float=str, parse_int=str)
    if twice:
        raise Twice(twice, value)


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
