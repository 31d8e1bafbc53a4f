"""What columns of figures read: numbers, areas, amounts with their units, shares."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from park.codes import HALF_WIDTH

from ..said import Found, NeedsPerson, Refused
from . import measures
from .column import Column, Place, text_of

FEN = Decimal("0.01")


def number(value: Any, _: Column, __: Place) -> Found:
    measure = _measure(value)
    if measure.unit:
        raise Refused("A unit stands behind the number.", "The number alone.")
    return Found(measure.number, measure.mended)


def _measure(value: Any) -> measures.Measure:
    """A figure that is no bound."""
    if isinstance(value, bool | date | time | timedelta):
        raise Refused("This is no number.", "A plain decimal: 11780.5.")
    measure = measures.measure_of(text_of(value))
    if measure.bound:
        raise Refused("This is a bound, and no number.", "The number itself, without > or <.")
    return measure


def area(value: Any, column: Column, _: Place) -> Found:
    """Number and unit: `(Decimal, Unit)`, as they stand there."""
    measure = _measure(value)
    unit = measure.unit or column.unit
    if unit is None:
        raise Refused(
            "Neither the title nor the cell names a unit.", "A title such as 面积（亩）, or --unit."
        )
    if unit.kind != "area":
        raise Refused("The unit is none of an area.", "亩, ㎡, 公顷 or 万㎡.")
    mended = "the unit behind the figure counts" if measure.unit not in (None, column.unit) else ""
    return Found((measure.number, unit), measure.mended or mended)


def figure(value: Any, column: Column, _: Place) -> Found:
    """A figure, or a bound, in the unit that the field is kept in."""
    into = measures.unit_of(column.field.unit)
    measure = measures.measure_of(text_of(value))
    if into is None:
        return Found(measure.number, measure.mended)
    unit = measure.unit or column.unit
    given = measures.Measure(measure.number, unit, measure.bound)
    found = measures.converted(given, into)
    return Found(
        found, measure.mended or (f"written in {into.name}" if unit not in (None, into) else "")
    )


def percent(value: Any, column: Column, _: Place) -> Found:
    """A share in percent; a bare number of 1 or less may also be a part of 1."""
    text = text_of(value).removesuffix("%").strip()
    number, mended = measures.number_of(text)
    signed = text_of(value).endswith("%") or "%" in column.title.translate(HALF_WIDTH)
    if not signed and 0 < number <= 1:
        raise NeedsPerson("It may be a part of 1, or percent.", "28.8%.")
    if not 0 <= number <= 100:
        raise Refused("A share lies between 0 and 100 percent.", "28.8%.")
    return Found(number, mended)


def degrees(value: Any, column: Column, _: Place) -> Found:
    measure = _measure(value)
    if column.field.name == "latitude" and 90 < abs(measure.number) <= 180:
        raise Refused("Longitude and latitude have changed places.", "A latitude such as 30.0123.")
    if abs(measure.number) > 180:
        raise Refused(
            "These are metres of a projection, and no degrees.", "Degrees of CGCS2000: 120.8686."
        )
    return Found(measure.number)


def amount(value: Any, column: Column, _: Place) -> Found:
    """A figure of money, energy or area, or a bound of one, in the unit of its field. The title or the
    cell names its own unit: a figure that may be yuan or 万元 is not guessed."""
    if isinstance(value, bool | date | time | timedelta):
        raise Refused("This is no number.", "A plain decimal: 11780.5.")
    into = measures.unit_of(column.field.unit)
    measure = measures.measure_of(text_of(value))
    unit = measure.unit or column.unit
    if into is None or unit is None:
        raise Refused(
            "Neither the title nor the cell names a unit.",
            f"A title such as {column.field.names[0]}（{column.field.unit}）, or --unit.",
        )
    said = _counted(unit, into) or measure.mended
    if measure.unit not in (None, column.unit):
        said = said or "the unit behind the figure counts"
    as_energy = replace(unit, kind=into.kind) if said and unit.kind == "electricity" else unit
    found = measures.converted(measures.Measure(measure.number, as_energy, measure.bound), into)
    if into.kind == "money" and found.number != (fen := found.number.quantize(FEN, ROUND_HALF_UP)):
        return Found(replace(found, number=fen), "rounded to the fen")
    return Found(found, said)


def _counted(unit: measures.Unit, into: measures.Unit) -> str:
    """How electricity is counted as energy; nothing of other units."""
    if (unit.kind, into.kind) != ("electricity", "energy"):
        return ""
    each = measures.converted(measures.Measure(Decimal(1), replace(unit, kind="energy")), into)
    return (
        f"electricity was counted as {each.number.normalize():f} {into.name} for each {unit.name}, its "
        "equivalent value; what else was burnt is not in it"
    )


def count(value: Any, _: Column, __: Place) -> Found:
    """How many persons, or a bound of it: 60, 60人, 300以上."""
    if isinstance(value, bool | date | time | timedelta):
        raise Refused("This is no number.", "A whole number: 60.")
    measure = measures.measure_of(text_of(value).replace("人", ""))
    if measure.unit or measure.number != measure.number.to_integral_value():
        raise Refused("This is no number of persons.", "A whole number: 60.")
    return Found(measure, measure.mended)


def shares(value: Any, _: Column, __: Place) -> Found:
    """Parts of one whole, as parts of 1: 60%、40%, or 0.6、0.4."""
    parts = [each.strip() for each in re.split(r"[、,;/\n]", text_of(value)) if each.strip()]
    found = tuple(_share(each) for each in parts)
    if sum(found) > 1:
        raise Refused("The shares add up to more than the whole.", "60%、40%: 100% at most.")
    return Found(found)


def _share(text: str) -> Decimal:
    number, _ = measures.number_of(text.removesuffix("%").strip())
    if not text.endswith("%") and number > 1:
        raise NeedsPerson("It may be percent, or a mistake.", "60%, or 0.6.")
    share = number / 100 if text.endswith("%") else number
    if not 0 <= share <= 1:
        raise Refused("A share lies between nothing and the whole.", "60%, or 0.6.")
    return share
