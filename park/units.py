"""Areas: kept in m², shown in mu [亩].

1 mu is exactly 2000/3 m². The common 666.67 would add 193 m² to the 58,000 mu of the park. Converted
areas are kept to a millionth, so that mu to m² and back gives the mu that were reported.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MILLIONTH = Decimal("0.000001")
HUNDREDTH = Decimal("0.01")


def mu_to_m2(mu: Decimal) -> Decimal:
    return tidy(mu * 2000 / 3)


def m2_to_mu(m2: Decimal) -> Decimal:
    return tidy(m2 * 3 / 2000)


def tidy(area: Decimal) -> Decimal:
    """To a millionth, half up, and without zeros at the end: 60000 and 666.666667."""
    rounded = area.quantize(MILLIONTH, ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()


def places(amount: Decimal) -> int:
    """How many decimal places it is written with."""
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def round_mu(mu: Decimal) -> Decimal:
    """Mu as people write them: two decimals, half up."""
    return mu.quantize(HUNDREDTH, ROUND_HALF_UP)


def show_mu(m2: Decimal) -> str:
    """The area in mu as people write it."""
    return str(round_mu(m2_to_mu(m2)))


AREA_TOLERANCE_M2 = mu_to_m2(Decimal("0.01"))


def same_area(a_m2: Decimal, b_m2: Decimal) -> bool:
    """Equal within 0.01 mu: as much as two conversions of one survey may differ."""
    return abs(a_m2 - b_m2) <= AREA_TOLERANCE_M2
