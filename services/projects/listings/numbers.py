"""Numbers of notices and contracts: of one document, however it is spelt."""

from __future__ import annotations

import unicodedata

SIGNS = str.maketrans("〔〕【】()‐‑‒–−", "[][][]-----")


def key_of(number: str) -> str:
    """The number in one spelling: 虞土工告〔2023〕12号 and 虞土工告[2023]12号 are the same, whichever of the
    hyphens they are written with."""
    return "".join(unicodedata.normalize("NFKC", number).split()).translate(SIGNS)
