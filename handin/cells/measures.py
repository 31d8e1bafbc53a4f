"""Figures and their units: areas, money, energy, and ratios of them.

A unit is exact: 亩 is 2000/3 m². What is converted into another unit of the same kind and cannot be
written exactly is rounded to four places, half up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from park.codes import HALF_WIDTH

from ..said import NeedsPerson, Refused
from ..template import units

NUMBER = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?|[+-]?\.[0-9]+"
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
BOUNDS = {
    "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=",
    "≤": "<=", "<=": "<=", "不高于": "<=", "不超过": "<=", "不大于": "<=", "至多": "<=",
    ">": ">", "大于": ">", "<": "<", "小于": "<",
}  # fmt: skip
BEHIND = {"及以上": ">=", "以上": ">=", "及以下": "<=", "以下": "<=", "以内": "<="}
REVERSED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "": ""}
BOUND = "|".join(sorted(map(re.escape, BOUNDS), key=len, reverse=True))
MEASURE = re.compile(
    rf"(?P<bound>{BOUND})?(?P<number>{NUMBER})(?P<unit>[^0-9.,<>≤≥].*?)??(?P<behind>{'|'.join(BEHIND)})?"
)
SEVERAL = re.compile(rf"(?:{NUMBER})\s*[/、;；~～至]\s*(?:{NUMBER})")
APART = re.compile(r"[0-9.,]\s+[0-9.,]")  # 96 70 may be one figure or two
LETTER = re.compile(r"[OIlZ](?![A-Za-z])", re.IGNORECASE)  # 1O.5, not 1 lx
TWICE = re.compile(r"[亩顷㎡米m²][^0-9]*[0-9]")  # 17.67亩(1.178公顷), 17亩6分
FLOORS = re.compile(r"层|楼|floors?", re.IGNORECASE)
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` is area, money or energy, or a ratio of two: `money/area`."""

    name: str
    kind: str
    size: Fraction

    @property
    def upside_down(self) -> str:
        return "/".join(reversed(self.kind.split("/")))


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, its unit if it says one, and `>=` or the like if it is a bound."""

    number: Decimal
    unit: Unit | None = None
    bound: str = ""
    mended: str = ""

    def __str__(self) -> str:
        unit = f" {self.unit.name}" if self.unit else ""
        return f"{self.bound} {self.number:f}{unit}".strip()


@cache
def simple_units() -> dict[str, Unit]:
    return {name.casefold(): Unit(name, kind, Fraction(size)) for kind, size, name in units()}


@cache
def unit_of(text: str) -> Unit | None:
    """The unit that a text names, alone or as a ratio: 亩, 万元/公顷, 吨标煤每万元."""
    name = re.sub(r"\s", "", text.translate(HALF_WIDTH)).casefold()
    if name in simple_units():
        return simple_units()[name]
    above, _, below = name.replace("每", "/").partition("/")
    one, other = simple_units().get(above), simple_units().get(below)
    if not one or not other:
        return None
    return Unit(f"{one.name}/{other.name}", f"{one.kind}/{other.kind}", one.size / other.size)


def number_of(text: str) -> tuple[Decimal, str]:
    """The number that a half-width text writes, and what was done to read it."""
    if re.fullmatch(NUMBER, text) is None:
        raise Refused("This is no number.", "A plain decimal: 11780.5.")
    if "," not in text:
        return Decimal(text), ""
    if GROUPED.fullmatch(text) is None:
        raise Refused(
            "The commas are no thousands marks.", "Three digits after each comma, or no comma."
        )
    return Decimal(text.replace(",", "")), "thousands marks were taken out"


def measure_of(text: str) -> Measure:
    """The figure of a half-width text. Raises `NeedsPerson` for two figures in one cell."""
    apart = APART.search(text)
    text = re.sub(r"\s", "", text)
    if apart or SEVERAL.fullmatch(text):
        raise NeedsPerson(
            "Two figures stand in one cell.", "One figure; the other in its own column."
        )
    found = MEASURE.fullmatch(text)
    if found is None:
        raise Refused("This is no number.", "A plain decimal: 11780.5.")
    number, mended = number_of(found["number"])
    unit = unit_of(found["unit"]) if found["unit"] else None
    if found["unit"] and unit is None and LETTER.match(found["unit"]):
        raise Refused("A letter stands where a digit belongs (O, I, l or Z).", "Digits: 10.5.")
    if found["unit"] and unit is None and TWICE.search(found["unit"]):
        raise NeedsPerson("The area stands there twice, or in two parts.", "One figure, one unit.")
    if found["unit"] and unit is None and FLOORS.search(found["unit"]):
        raise Refused("This counts floors, and measures nothing.", "The figure in its unit: 800㎡.")
    if found["unit"] in ("万", "亿"):
        raise Refused(
            f"{found['unit']} stands there without what it counts.", "3.2万㎡, or 3.2万元."
        )
    if found["unit"] and unit is None:
        raise Refused(
            "Behind the figure stands no unit that is known.", "The figure alone, or with its unit."
        )
    return Measure(number, unit, _bound(found), mended)


def _bound(found: re.Match[str]) -> str:
    """What stands before the figure as a bound, or behind it: 不低于300, 300以上."""
    if found["bound"] and found["behind"]:
        raise NeedsPerson("Two bounds stand in one cell.", "One of them.")
    return BOUNDS.get(found["bound"] or "") or BEHIND.get(found["behind"] or "", "")


def converted(measure: Measure, into: Unit) -> Measure:
    """The same in another unit; a ratio may be turned upside down, and a bound with it."""
    unit = measure.unit
    if unit is None or unit.kind == into.kind:
        size = unit.size if unit else into.size
        return Measure(as_decimal(Fraction(measure.number) * size / into.size), into, measure.bound)
    if unit.kind != into.upside_down or measure.number == 0:
        raise Refused(f"The figure is no {into.name}.", f"A figure in {into.name}.")
    turned = 1 / (Fraction(measure.number) * unit.size) / into.size
    return Measure(as_decimal(turned), into, REVERSED[measure.bound])


def exactly(amount: tuple[Decimal, Unit]) -> Fraction:
    """An amount in the base unit of its kind, exactly: an area in m²."""
    number, unit = amount
    return Fraction(number) * unit.size


def in_m2(area: tuple[Decimal, Unit]) -> Decimal:
    return as_decimal(exactly(area))


def as_decimal(exact: Fraction) -> Decimal:
    """The number exactly, or rounded to four places where it cannot be written."""
    wide = Decimal(exact.numerator) / Decimal(exact.denominator)
    return wide if Fraction(wide) == exact else wide.quantize(PLACES, ROUND_HALF_UP)
