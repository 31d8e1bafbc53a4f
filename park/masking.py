"""Masking what may name a person, a firm or a plot in a text that leaves the services."""

from __future__ import annotations

import re
from datetime import date

from .codes import HALF_WIDTH, PARCEL_FORM, USCC_FORM

SHOWN = 4
# A long hexadecimal id may hold what looks like a credit code, so that one must stand alone. The
# others are found glued to letters too: a personal id [身份证号] has 17 digits and a digit or X.
SENSITIVE = re.compile(
    rf"(?<![0-9]){PARCEL_FORM}(?:[WFLQ][0-9]{{8}})?(?![0-9])"
    rf"|(?<![0-9])[0-9]{{17}}[0-9X](?![0-9])"
    rf"|(?<![0-9A-Z]){USCC_FORM}(?![0-9A-Z])",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text with credit codes, parcel codes and personal ids reduced to their last 4 characters.

    Full-width characters are looked through; the rest of the text stays as it is.
    """
    pieces, end = [], 0
    for found in SENSITIVE.finditer(text.translate(HALF_WIDTH)):
        pieces += [text[end : found.start()], "****", found.group()[-SHOWN:]]
        end = found.end()
    return "".join([*pieces, text[end:]])


# The numbers of identity cards [居民身份证号], GB 11643: 6 digits of the division, the day of birth, 3
# digits and a check; those of before 1999 have two digits of the year and no check.
PROVINCES = r"(?:[1-6][0-9]|7[01]|8[1-3])"
PERSONAL_ID = re.compile(
    rf"(?<![0-9]){PROVINCES}[0-9]{{4}}"
    r"(?:(?P<day>(?:18|19|20)[0-9]{6})[0-9]{3}[0-9X]|(?P<short>[0-9]{6})[0-9]{3})(?![0-9])",
    re.IGNORECASE,
)


def is_personal_id(text: str) -> bool:
    """Whether the text is the number of an identity card of 18 characters whose check fits."""
    found = PERSONAL_ID.fullmatch(text)
    if not found or not found["day"] or not _born(found):
        return False
    total = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17].upper()


def holds_personal_id(text: str) -> bool:
    """Whether what could be the number of an identity card stands in the text, whether or not its check
    fits: a person's number with a typing error in it is still a person's."""
    return any(map(_born, PERSONAL_ID.finditer(text.translate(HALF_WIDTH))))


def mask_persons(text: str) -> str:
    """The text with the numbers of identity cards reduced to their last 4 characters, and its other
    codes as they are: what a township gets back of its own."""
    pieces, end = [], 0
    for found in filter(_born, PERSONAL_ID.finditer(text.translate(HALF_WIDTH))):
        pieces += [text[end : found.start()], "****", found.group()[-SHOWN:]]
        end = found.end()
    return "".join([*pieces, text[end:]])


# In what people write: the number of an identity card whose check fits, and a mobile number, which has
# 11 digits and begins with 13 to 19. Spaces or dashes may stand between their groups.
WRITTEN_ID = re.compile(
    r"(?<![0-9])[0-9]{6}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9X](?![0-9])", re.IGNORECASE
)
MOBILE = re.compile(
    r"(?<![0-9A-Z.,-])(?:[+]?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Z]|[.,][0-9])",
    re.IGNORECASE,
)
BETWEEN = re.compile("[ -]")
MASKED = re.compile(r"\*{4}[0-9]{3}[0-9X]", re.IGNORECASE)


def holds_identity_number(text: str) -> bool:
    """Whether the number of an identity card, with a check that fits, stands in the text."""
    return any(map(_is_identity, WRITTEN_ID.finditer(text.translate(HALF_WIDTH))))


def mask_people(text: str) -> str:
    """What people wrote, with the numbers of identity cards (those with a check that fits) and of mobile
    phones reduced to their last 4 characters."""
    if not any(map(str.isdigit, text)):
        return text
    for form, is_one in ((WRITTEN_ID, _is_identity), (MOBILE, bool)):
        pieces, end = [], 0
        for found in filter(is_one, form.finditer(text.translate(HALF_WIDTH))):
            pieces += [text[end : found.start()], "****", found.group()[-SHOWN:]]
            end = found.end()
        text = "".join([*pieces, text[end:]])
    return text


def _is_identity(found: re.Match[str]) -> bool:
    return is_personal_id(BETWEEN.sub("", found.group()).upper())


def _born(found: re.Match[str]) -> bool:
    """Whether the number names a day on which somebody may have been born."""
    day = found["day"] or f"19{found['short']}"
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return True
