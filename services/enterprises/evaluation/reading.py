"""Reading figures as people write them: exactly, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from park.codes import HALF_WIDTH

LARGEST = Decimal(10) ** 15
NOTHING = Decimal(0)
EMPTY = frozenset(("", "/", "-", "--", "—", "——", "–"))
GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?")
PLAIN = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")
TEN_PLACES = Decimal("1e-10")
WIDE = Context(prec=100, rounding=ROUND_HALF_UP)


def figure(value: Any) -> Decimal | None:
    """The figure, or none for an empty one (`None`, an empty text, `/`, `-`). Full-width digits and
    thousands in groups of three are read. Raises `ValueError` with what would be right."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ValueError("Give a number, or a text of one: 24.097.")
    found = _written(value) if isinstance(value, str) else Decimal(str(value))
    if found is None or (found.is_finite() and abs(found) < LARGEST):
        return found
    raise ValueError("Give a figure of 15 digits at most; check the unit.")


def _written(text: str) -> Decimal | None:
    text = text.translate(HALF_WIDTH).replace("−", "-").strip()
    if text in EMPTY:
        return None
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not PLAIN.fullmatch(text):
        raise ValueError("Give a plain decimal without unit, bound or percent sign: 24.097.")
    return Decimal(text)


def mean(numbers: Sequence[Decimal]) -> Decimal:
    """To ten places, and the same in whatever order they come."""
    with localcontext(WIDE):
        return rounded(sum(numbers, NOTHING) / len(numbers))


def rounded(number: Decimal) -> Decimal:
    """To ten places, half up: sums that are equal but for the last digit of a division are a tie."""
    return number.quantize(TEN_PLACES, context=WIDE)
