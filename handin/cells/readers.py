"""What each kind of column reads out of a cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from park import townships
from park.codes import HALF_WIDTH
from park.masking import holds_personal_id

from ..said import Formula, Found, Merged, NeedsPerson, Refused
from ..template import Field, words
from . import codes, days, figures
from .column import OPENED, UNSEEN, Column, Place, is_missing, text_of

WRAPPED = re.compile(r"=\"([^\"]*)\"")  # ="0231": how a spreadsheet's CSV keeps a text of digits
SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+1[0-9]", re.IGNORECASE)  # 9.1330604E+17
BROKEN = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!")
LETTERS = {wide: half for wide, half in HALF_WIDTH.items() if chr(half).isalnum() or half == 32}
HIDDEN = re.compile(r"\*{4}[0-9]{3}[0-9X]", re.IGNORECASE)  # as our own workbook shows it
COMMON_MOST = 4096
OF_ONE = ("area", "amount", "count", "number", "measure", "shares")
COMMON = ("day", "later_day", "year", "past_year", "flag", "word", "words", "industry", "township")


def read(value: Any, column: Column, place: Place) -> Found | None:
    """What the cell gives its column, or nothing if it says nothing. Raises `Unfit`."""
    if isinstance(value, Merged):
        return _of_each(value, column, place)
    formula = isinstance(value, Formula)
    if isinstance(value, Formula):
        value = _left_by_formula(value)
    if isinstance(value, str) and not value.isalnum():
        value = _plain(value)
    if is_missing(value) and not _says_no(value, column):
        return None
    found = READERS[column.field.reads](value, column, place)
    return Found(found.value, "the value of a formula was taken") if formula else found


def _of_each(merged: Merged, column: Column, place: Place) -> Found | None:
    """A merged cell counts for each of its rows; but one figure of several rows is none of each."""
    found = read(merged.value, column, place)
    if found and column.field.reads in OF_ONE:
        raise NeedsPerson(
            f"One cell is merged over the rows {merged.first} to {merged.last}; nothing says how much "
            "of it belongs to each.",
            "A cell of its own in each row.",
        )
    return found and Found(
        found.value, found.mended or "the merged cell counts for each of its rows"
    )


def _left_by_formula(formula: Formula) -> Any:
    if formula.value is None:
        raise Refused(
            "A formula stands here, without a value; formulas are not worked out.",
            "The value itself; or open the workbook, and save it again.",
        )
    return formula.value


def _plain(text: str) -> str:
    if found := WRAPPED.fullmatch(text.strip()):
        return found[1]
    if OPENED.sub("", text.strip()).startswith("="):
        raise Refused("A formula stands here; formulas are not worked out.", "The value itself.")
    if text.strip().upper() in BROKEN:
        raise Refused("The workbook shows an error in this cell.", "The value itself.")
    return text


def _says_no(value: Any, column: Column) -> bool:
    """无 is a no in a column of yes and no."""
    return column.field.reads == "flag" and text_of(value).casefold() in words("flag")


# --- a reader for each kind of column


def _text(value: Any, _: Column, __: Place) -> Found:
    """A text in one line. The brackets of a firm's name stay as they are: （绍兴） is how it is written."""
    whole = OPENED.sub("", UNSEEN.sub("", value)) if isinstance(value, str) else text_of(value)
    text = re.sub(r"\s+", " ", whole.translate(LETTERS)).strip()
    if holds_personal_id(text) or holds_personal_id(codes.plain(text)):
        raise NeedsPerson(
            "The number of a person's identity card stands in it; it is not handed in.",
            "The text without the number.",
        )
    if HIDDEN.search(text):
        raise NeedsPerson("A number that was hidden stands in it.", "The text without the stars.")
    return Found(text)


def _name(value: Any, column: Column, place: Place) -> Found:
    if isinstance(value, int | float | datetime | date | time | timedelta):
        raise Refused("A number or a day is no name.", "The name as the licence shows it.")
    given, found = str(value).strip(), _text(value, column, place)
    if found.value != given:
        return Found(found.value, "full-width letters, digits or spaces were replaced")
    return found


def _holder(value: Any, column: Column, place: Place) -> Found:
    found = _name(value, column, place)
    if codes.several_holders(found.value):
        raise NeedsPerson(
            "Several holders stand in one cell; the register keeps one.", "The holder who answers."
        )
    return found


def _day(value: Any, _: Column, place: Place) -> Found:
    found = days.day_of(text_of(value) if isinstance(value, str) else value, place.epoch)
    if found.value > place.today.isoformat():
        raise Refused("The day lies in the future.", "The day on which it happened.")
    return found


def _later_day(value: Any, _: Column, place: Place) -> Found:
    return days.day_of(text_of(value) if isinstance(value, str) else value, place.epoch)


def _year(value: Any, _: Column, __: Place) -> Found:
    text = re.sub(r"\s*年?度?$", "", text_of(value))
    if re.fullmatch(r"(?:19|20)[0-9]{2}", text) is None:
        raise Refused("This is no year.", "2023.")
    return Found(text)


def _past_year(value: Any, column: Column, place: Place) -> Found:
    found = _year(value, column, place)
    if int(found.value) >= place.today.year:
        raise Refused(
            "The year is not over; part of it would be taken for all of it.",
            f"A year before {place.today.year}.",
        )
    return found


def _flag(value: Any, _: Column, __: Place) -> Found:
    said = words("flag").get(text_of(value).casefold())
    if said is None:
        raise NeedsPerson("This is neither a yes nor a no.", "是 or 否.")
    return Found(said == "true")


def _word(value: Any, column: Column, _: Place) -> Found:
    return Found(_known(text_of(value), column.field))


def _words(value: Any, column: Column, _: Place) -> Found:
    """Several words in one cell, each once."""
    parts = [each.strip() for each in re.split(r"[、,;/\n]", text_of(value)) if each.strip()]
    return Found(tuple(dict.fromkeys(_known(each, column.field) for each in parts)))


def _known(text: str, field: Field) -> str:
    known = words(field.words or field.name)
    said = known.get(re.sub(r"\s", "", text).casefold())
    if said is None:
        first = {value: word for word, value in reversed(list(known.items()))}
        raise NeedsPerson("The word is not known here.", f"One of {', '.join(first.values())}.")
    return said


def _coded(check: Callable[[str], Found]) -> Callable[[Any, Column, Place], Found]:
    def reader(value: Any, _: Column, __: Place) -> Found:
        lost = isinstance(value, float) and abs(value) >= 10**15
        if lost or (isinstance(value, str) and SHORTENED.fullmatch(value.strip())):
            raise Refused(
                "It was typed as a number, which lost its last digits.",
                "The cell as text, and all digits typed again.",
            )
        return check(text_of(value) if not isinstance(value, str) else OPENED.sub("", value))

    return reader


def _own_id(value: Any, _: Column, place: Place) -> Found:
    if isinstance(value, date | time | timedelta):
        raise Refused(
            "The spreadsheet made a day of it.", "The id as text: put the cell's format to text."
        )
    return codes.own_id_of(text_of(value), place.township)


def _own_ids(value: Any, _: Column, place: Place) -> Found:
    parts = [each for each in re.split(r"[、,;\s]+", text_of(value)) if each]
    found = [codes.own_id_of(each, place.township) for each in parts]
    if not found:
        raise Refused("There is no id in it.", "0231, or 0231、0240; or nothing.")
    return Found(tuple(each.value for each in found), max(each.mended for each in found))


def _codes(value: Any, _: Column, __: Place) -> Found:
    return codes.listed_codes_of(text_of(value))


def _use_codes(value: Any, _: Column, __: Place) -> Found:
    parts = re.split(r"[、,;/\s]+", text_of(value))
    return Found([each for each in parts if each])


def _township(value: Any, _: Column, place: Place) -> Found:
    return _township_of(re.sub(r"\s", "", text_of(value)), min(place.today, date(2199, 1, 1)))


@lru_cache(COMMON_MOST)
def _township_of(text: str, today: date) -> Found:
    code = text[:9] if re.fullmatch(r"[0-9]{9}000", text) else text
    if code.isascii() and code.isdecimal():
        if townships.find(code, today) is None:
            raise Refused("No township has this code.", "9 digits: 330604006.")
        return Found(code, "" if code == text else "000 at the end was left out")
    meant = townships.named(text, today)
    if meant is None:
        raise NeedsPerson("No one township has this name.", "The 9-digit code, or the whole name.")
    return Found(meant.code, "" if text == meant.name else f"the name was read as {meant.name}")


READERS: dict[str, Callable[[Any, Column, Place], Found]] = {
    "text": _text,
    "name": _name,
    "holder": _holder,
    "number": figures.number,
    "area": figures.area,
    "measure": figures.figure,
    "percent": figures.percent,
    "degrees": figures.degrees,
    "day": _day,
    "later_day": _later_day,
    "year": _year,
    "past_year": _past_year,
    "amount": figures.amount,
    "count": figures.count,
    "shares": figures.shares,
    "flag": _flag,
    "word": _word,
    "words": _words,
    "uscc": _coded(codes.uscc_of),
    "parcel_code": _coded(codes.parcel_code_of),
    "codes": _codes,
    "use_codes": _use_codes,
    "industry": _coded(codes.industry_of),
    "own_id": _own_id,
    "own_ids": _own_ids,
    "township": _township,
}
