"""Persons of a firm, masked before anything is kept: a full name or number never enters the store."""

from __future__ import annotations

import re

from park.codes import clean
from park.masking import MASKED, SHOWN

LEAST_DIGITS = 7  # of fewer, four would be most of the number


def masked_name(name: str) -> str:
    """The first character of the name: 王** of 王小明."""
    return f"{name.strip()[:1]}**"


def masked_phone(phone: str) -> str:
    """The last four digits: ****5678, also of a number that was masked when it was read."""
    digits = re.sub(r"[^0-9]", "", clean(phone))
    is_masked = MASKED.fullmatch(phone.strip())
    return f"****{digits[-SHOWN:]}" if is_masked or len(digits) >= LEAST_DIGITS else "****"
