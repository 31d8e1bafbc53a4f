"""Indicators of standard land [标准地] in one form: one name, one unit, one side for each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.rules import refuse

from ..listings.notice import CheckStage, Comparison, Indicator, Indicators
from ..rulebook import FOLDER

SHOWN = Decimal("0.0001")
TURNED = {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.EQUAL: Comparison.EQUAL,
}


@record
class Unit:
    """A unit as notices print it: `value x multiply / divide` of `unit`; with `inverse`, one by that."""

    unit: str
    multiply: int = 1
    divide: int = 1
    inverse: bool = False


@record
class IndicatorForms:
    """`names` are the one name of each printed one, `turned` the name of what is one by another."""

    source: str
    names: dict[str, str]
    turned: dict[str, str]
    units: dict[str, Unit]


FORMS = Rulebook(FOLDER / "indicators", IndicatorForms)


@record
class Canonical:
    """An indicator in one form. `value` is shown to four decimals; `numerator` and `denominator` hold it
    exactly, so that no promise is missed by a rounding."""

    code: str
    op: Comparison
    value: Decimal
    unit: str
    check_stage: CheckStage
    years_running: int
    numerator: int
    denominator: int

    @property
    def exactly(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    def met_by(self, actual: Fraction) -> bool:
        if self.op is Comparison.AT_LEAST:
            return actual >= self.exactly
        return actual <= self.exactly if self.op is Comparison.AT_MOST else actual == self.exactly


def nought(indicator: Indicator, forms: IndicatorForms, field: str) -> Reason | None:
    """Why a figure is none: no one is so many of a unit that is counted one by another, 0 吨标煤/万元."""
    form = forms.units.get(tidy_unit(indicator.unit))
    if form is None or not form.inverse or indicator.value:
        return None
    sentence = f"One by 0 {indicator.unit} is no figure in {form.unit}; give more than 0."
    return Reason("INDICATOR_OF_NOUGHT", sentence, field=f"{field}.value")


def noughts(indicators: Indicators, forms: IndicatorForms, field: str) -> Iterator[Reason]:
    """The figures among them that are none, each by its place in the field."""
    for number, each in enumerate(indicators):
        if reason := nought(each, forms, f"{field}.{number}"):
            yield reason


def in_one_form(indicator: Indicator, forms: IndicatorForms) -> Canonical:
    """The indicator by its one name, in its one unit. 6568 万元/公顷 are 437.8667 万元/亩, and at most 0.52
    tce/万元 is at least 1.9231 万元/tce. A name or unit that the rulebook lacks stays as it was printed.
    Raises `Refused` for an inverse of nought."""
    refuse(nought(indicator, forms, "indicators"))
    exact, unit, turned = converted(indicator.value, indicator.unit, forms)
    name = tidy_name(indicator.code, forms)
    return Canonical(
        code=forms.turned.get(name, name) if turned else name,
        op=TURNED[indicator.op] if turned else indicator.op,
        value=shown(exact),
        unit=unit,
        check_stage=indicator.check_stage,
        years_running=indicator.years_running,
        numerator=exact.numerator,
        denominator=exact.denominator,
    )


def converted(value: Decimal, unit: str, forms: IndicatorForms) -> tuple[Fraction, str, bool]:
    """The value in the one unit of its kind, that unit, and whether it was turned upside down."""
    form = forms.units.get(tidy_unit(unit))
    if form is None:
        return Fraction(value), unit, False
    exact = Fraction(value) * form.multiply / form.divide
    return (1 / exact if form.inverse else exact), form.unit, form.inverse


def tidy_name(name: str, forms: IndicatorForms) -> str:
    plain = name.strip()
    return forms.names.get(plain, plain)


def tidy_unit(unit: str) -> str:
    """The unit as the rulebook writes it: without spaces, 标准煤 and tce as 标煤, ㎡ and m² as 平方米."""
    text = "".join(unit.split()).replace("／", "/")
    for other, word in SPELLINGS:
        text = text.replace(other, word)
    return text


SPELLINGS = (
    ("吨标准煤", "吨标煤"),
    ("tce", "吨标煤"),
    ("㎡", "平方米"),
    ("m²", "平方米"),
    ("m2", "平方米"),
    ("hm²", "公顷"),
    ("％", "%"),
)


def shown(exact: Fraction) -> Decimal:
    """To four decimals, half up, without zeros at the end."""
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(SHOWN, ROUND_HALF_UP)
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
