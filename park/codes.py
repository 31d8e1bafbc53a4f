"""Codes that the state gives to firms, land and industries: what is wrong with one, or nothing.

Each function takes a text that went through `clean`. The sentences never repeat the code.
"""

from __future__ import annotations

import re

from backbone.errors import Reason

from .table import rows

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_FORM = rf"[{USCC_ALPHABET}]{{2}}[0-9]{{6}}[{USCC_ALPHABET}]{{10}}"
PARCEL_FORM = r"[0-9]{12}[GJZ][A-HSXWY][0-9]{5}"
PROPERTY_UNIT_FORM = PARCEL_FORM + r"[WFLQ][0-9]{8}"
INDUSTRY_FORM = r"([A-T])(?:([0-9]{2})[0-9]{0,2})?"

GB_USCC = "GB 32100-2015"
GB_PARCEL = "GB/T 37346-2019"
GB_INDUSTRY = "GB/T 4754-2017"

DIVISIONS = {row["section"]: (row["first"], row["last"]) for row in rows("industries.csv")}


def clean(text: str) -> str:
    """The code as its standard writes it: half-width, upper case, no space around it."""
    return text.translate(HALF_WIDTH).strip().upper()


def uscc_problem(text: str) -> Reason | None:
    """A unified social credit code [统一社会信用代码]: 18 characters, the last one a check.

    Our own check and not python-stdnum's: that one wants eight digits first, and so refuses the
    genuine codes of rural collectives, which begin with N1 to N3. The ninth to seventeenth
    characters have a check of their own (GB 11714); older codes break it, so it is not asked for.
    """
    if not re.fullmatch(USCC_FORM, text):
        return Reason(
            "USCC_FORM",
            "A unified social credit code has 18 digits and capital letters, without I, O, S, V and Z.",
            source=GB_USCC,
        )
    if text[17] != uscc_check(text[:17]):
        return Reason(
            "USCC_CHECK",
            "The last character of the unified social credit code does not fit the others; look for a "
            "typing error.",
            source=GB_USCC,
        )
    return None


def uscc_check(first_17: str) -> str:
    """The 18th character that belongs to the first 17. The weights are powers of 3 modulo 31."""
    total = sum(USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first_17))
    return USCC_ALPHABET[-total % 31]


def parcel_code_problem(text: str) -> Reason | None:
    """A parcel code [宗地代码]: 19 characters, without a check, so a typing error passes."""
    if re.fullmatch(PARCEL_FORM, text):
        return None
    return Reason(
        "PARCEL_CODE_FORM",
        "A parcel code has 12 digits, two letters (G, J or Z; then A to H, S, W, X or Y) and 5 digits: "
        "330604001002GB00017.",
        source=GB_PARCEL,
    )


def property_unit_code_problem(text: str) -> Reason | None:
    """A property unit code [不动产单元代码]: a parcel code, then W, F, L or Q and 8 digits."""
    if re.fullmatch(PROPERTY_UNIT_FORM, text):
        return None
    return Reason(
        "PROPERTY_UNIT_CODE_FORM",
        "A property unit code is a parcel code followed by W, F, L or Q and 8 digits: "
        "330604001002GB00017W00000000.",
        source=GB_PARCEL,
    )


def industry_code_problem(text: str) -> Reason | None:
    """An industry: the section's letter, alone or with 2 to 4 digits that belong to it."""
    found = re.fullmatch(INDUSTRY_FORM, text)
    if not found:
        return Reason(
            "INDUSTRY_CODE_FORM",
            "An industry code is a letter from A to T, alone or with 2 to 4 digits: C, C38 or C3841.",
            source=GB_INDUSTRY,
        )
    section, division = found.groups()
    first, last = DIVISIONS[section]
    if division and not first <= division <= last:
        return Reason(
            "INDUSTRY_CODE_SECTION",
            f"Section {section} holds the divisions {first} to {last}; {division} is not one of them.",
            source=GB_INDUSTRY,
        )
    return None
