"""Masking what may name a person, a firm or a plot in a text that leaves the services."""

from __future__ import annotations

import re

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
