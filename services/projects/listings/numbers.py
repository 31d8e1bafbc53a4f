"""Numbers of notices and contracts: of one document, however it is spelt."""

from __future__ import annotations

import unicodedata

BRACKETS = str.maketrans("〔〕【】()", "[][][]")


def key_of(number: str) -> str:
    """The number in one spelling: 虞土工告〔2023〕12号 and 虞土工告[2023]12号 are the same."""
    return "".join(unicodedata.normalize("NFKC", number).split()).translate(BRACKETS)
