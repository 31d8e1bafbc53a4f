"""Fields for whatever comes from outside: one form for each thing, and a sentence that names it.
What they refuse they never repeat: it may be a person's name or a code."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from .moments import no_such_day

WHOLE = re.compile(r"-?[0-9]{1,12}")
MOMENT_FORM = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
FIRST_YEAR, LAST_YEAR = 1900, 2999
# the same for a JSON Schema, which cannot count further than this
MOMENT_PATTERN = (
    r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that show nothing
JOINERS = "\u200c\u200d"  # which some scripts need within a word
NO_CHARACTERS = (
    range(0x2065, 0x2066),
    range(0xFDD0, 0xFDF0),
    range(0xFFF0, 0xFFF9),
    range(0xE0000, 0xE0100),
    range(0xE01F0, 0xE1000),
)
LINE_BREAKS = "\t\n\r"


class WholeNumber(fields.Integer):
    """A whole number, as a number or as a text of the digits 0 to 9; nothing is rounded to one."""

    default_error_messages = {"invalid": "Give a whole number: 60."}

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{WHOLE.pattern}$"}]}

    def _validated(self, value: Any) -> int:
        if isinstance(value, str) and not WHOLE.fullmatch(value):
            raise self.make_error("invalid")
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise self.make_error("invalid")
        return int(value)


class Moment(fields.AwareDateTime):
    """A moment with its offset, of a year from 1900 to 2999, so that every zone has a day for it."""

    default_error_messages = dict.fromkeys(
        ("invalid", "invalid_awareness", "format"),
        "Give the moment with its offset: 2023-08-31T15:00:00+08:00.",
    )

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": MOMENT_PATTERN}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> datetime:
        if not isinstance(value, str) or not MOMENT_FORM.fullmatch(value):
            raise self.make_error("invalid")
        if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            raise ValidationError(f"Give a moment of a year from {FIRST_YEAR} to {LAST_YEAR}.")
        if why := no_such_day(*map(int, value[:10].split("-"))):
            raise ValidationError(why)
        moment: datetime = super()._deserialize(value, attr, data, **more)
        return moment


class Text(fields.String):
    """What people write and read: 1 to `longest` characters, of which one at least can be seen, and
    none is a control or an invisible one. Space around it is taken away; `lines` may break."""

    def __init__(self, longest: int = 200, *, lines: bool = False, **more: Any) -> None:
        self.lines = lines
        length = validate.Length(1, longest, error="Write {min} to {max} characters.")
        super().__init__(validate=length, **more)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"\S"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more).strip(f" {LINE_BREAKS}\u3000")
        if problem := unreadable(text, LINE_BREAKS if self.lines else ""):
            raise ValidationError(problem)
        return text.strip()


def unreadable(text: str, allowed: str = "") -> str | None:
    """What nobody could read of a text, as a sentence; none for an empty one, or a good one."""
    for at, character in enumerate(text):
        if character not in allowed and _is_hidden(text, at):
            return (
                f"Character {at + 1} is U+{ord(character):04X}, a control or an invisible one; "
                "leave it out."
            )
    if text.strip() and not any(is_seen(character) for character in text):
        return "Write something that can be read; nothing of this can be seen."
    return None


def is_seen(character: str) -> bool:
    """A letter, digit, mark of punctuation or symbol that shows something by itself."""
    return unicodedata.category(character)[0] in "LNPSC" and character not in BLANK


def _is_hidden(text: str, at: int) -> bool:
    character = text[at]
    if character in JOINERS:
        return not (0 < at < len(text) - 1 and text[at - 1].isprintable() and is_seen(text[at + 1]))
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or _is_no_character(ord(character))


def _is_no_character(point: int) -> bool:
    """Of the code points without a character, those that stay so, or are kept for invisible ones."""
    return point & 0xFFFE == 0xFFFE or any(point in some for some in NO_CHARACTERS)
