"""Fields that the schemas of the services share. What they refuse says what would be right, and
never repeats what was given: it may be a code or a person's number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from backbone.errors import Reason
from backbone.messages.fields import Moment as Moment
from backbone.messages.fields import Text as AnyText
from backbone.messages.fields import WholeNumber as WholeNumber

from . import codes
from .masking import holds_identity_number, is_personal_id, mask_people
from .time import why_no_day
from .units import mu_to_m2, places, tidy

LARGEST_M2 = Decimal(10) ** 9
LARGEST_CNY = Decimal(10) ** 13
LARGEST_FIGURE = Decimal(10) ** 15
FEN = Decimal("0.01")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NO_PERSON = "Leave out the number of a person's identity card"
PLAIN = re.compile(r"-?[0-9]+([.][0-9]+)?")


class Id(fields.String):
    """A township's own id of a thing, begun with the township's code: `330604006-0231`."""

    def __init__(self, **more: Any) -> None:
        form = validate.Regexp(
            r"[0-9]{9}-[A-Za-z0-9._-]{1,40}\Z",
            error="An id is the township's 9-digit code, a dash, and 1 to 40 letters, digits, dots, "
            "underscores or dashes: 330604006-0231.",
        )
        super().__init__(validate=form, **more)


class Text(AnyText):
    """What people write. The number of an identity card or of a mobile phone in it is masked before
    anything is kept; `park/receipts.py` says so to the sender."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        return mask_people(super()._deserialize(value, attr, data, **more))


class Reference(AnyText):
    """The number of a document, or another text by which a thing is known again. Masked it would be
    another one, so the number of an identity card is refused in it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if holds_identity_number(text):
            raise ValidationError(f"{NO_PERSON}; give that of the document.")
        return text


class Word(fields.Enum[Any]):
    """One of a list of words; `also` are other words that are taken for one of them: 挂牌 for listing."""

    def __init__(self, words: type[StrEnum], also: Mapping[str, StrEnum], **more: Any) -> None:
        super().__init__(words, by_value=True, **more)
        self.also = dict(also)
        taken = ", ".join([*(each.value for each in words), *self.also])
        self.error_messages["unknown"] = f"Give one of these: {taken}."

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": [*(each.value for each in self.enum), *self.also]}

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        if isinstance(value, str) and value in self.also:
            return self.also[value]
        return super()._deserialize(value, *args, **more)


class TownshipCode(fields.String):
    def __init__(self, **more: Any) -> None:
        form = validate.Regexp(
            r"[0-9]{9}\Z", error="Give the township's 9-digit division code: 330604006."
        )
        super().__init__(validate=form, **more)


class Tuple(fields.List[Any]):
    """A list that is kept as a tuple."""

    def _deserialize(self, *args: Any, **more: Any) -> Any:
        return tuple(super()._deserialize(*args, **more))


class Day(fields.Date):
    """A day in the park, `YYYY-MM-DD` in the digits 0 to 9, and in no other form of ISO 8601. Of one that
    its month does not have the last one is said."""

    default_error_messages = {
        "invalid": "Give the day as YYYY-MM-DD: 2023-08-01.",
        "format": "Give the day as YYYY-MM-DD: 2023-08-01.",
    }

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise self.make_error("invalid", input=value)
        if why := why_no_day(value):
            raise ValidationError(why.rstrip())
        day: date = super()._deserialize(value, attr, data, **more)
        return day


class Flag(fields.Boolean):
    """true or false, and nothing that would have to be guessed."""

    default_error_messages = {"invalid": "Say true or false."}

    def __init__(self, **more: Any) -> None:
        super().__init__(truthy={True}, falsy={False}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):  # 1 is equal to true
            raise self.make_error("invalid", input=value)
        return value


class Uscc(fields.String):
    """A unified social credit code, cleaned. Of 31 numbers of identity cards one would pass for one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        code = cleaned(super()._deserialize(value, attr, data, **more), codes.uscc_problem)
        if is_personal_id(code):
            raise ValidationError(f"{NO_PERSON}; a person has no credit code.")
        return code


class ParcelCode(fields.String):
    """A parcel code [宗地代码], cleaned."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        return cleaned(text, codes.parcel_code_problem)


class IndustryCode(fields.String):
    """An industry of GB/T 4754-2017, cleaned."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        return cleaned(text, codes.industry_code_problem)


def cleaned(text: str, problem: Callable[[str], Reason | None]) -> str:
    """The code as its standard writes it, or a `ValidationError` with the sentence of the problem."""
    code = codes.clean(text)
    if found := problem(code):
        raise ValidationError(found.sentence)
    return code


class PlainDecimal(fields.Decimal):
    """A decimal, as a number, or as a text of the digits 0 to 9 with at most one point among them: no
    exponent, plus, space, comma or underscore, and no digits of other scripts."""

    unit = ""  # after a number; nothing where another field says it
    asked, example = "figure", "11780.5"  # what the sentence asks for, and one that would be right
    most_places = 6

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_nan=False, **more)

    def json_schema(self) -> dict[str, Any]:
        text = {"type": "string", "pattern": f"^-?[0-9]+{self._places()}$"}
        return {"anyOf": [{"type": "number"}, text]}

    def _named(self) -> str:
        """The unit after a number."""
        return f" {self.unit}" if self.unit else ""

    def _places(self) -> str:
        """How the places after the point read; zeros at the end do not count."""
        return rf"([.][0-9]{{1,{self.most_places}}}0*)?"

    def _validated(self, value: Any) -> Decimal:
        is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        if is_number or (isinstance(value, str) and PLAIN.fullmatch(value)):
            with suppress(ValidationError, ValueError):
                return super()._validated(value)
        raise ValidationError(
            f"Give the {self.asked} as a plain decimal, in digits 0 to 9 with at most one point: "
            f"{self.example}."
        )


class Figure(PlainDecimal):
    """A figure of any unit, that may be below 0: up to 15 digits, and `most_places` after the point."""

    def json_schema(self) -> dict[str, Any]:
        number, text = super().json_schema()["anyOf"]
        largest = int(LARGEST_FIGURE)
        bounds = {"exclusiveMinimum": -largest, "exclusiveMaximum": largest}
        return {"anyOf": [number | bounds, text]}

    def _validated(self, value: Any) -> Decimal:
        figure = super()._validated(value)
        if abs(figure) >= LARGEST_FIGURE:
            raise ValidationError("Give a figure of 15 digits at most; check the unit.")
        return exactly(figure, self.most_places)


class Amount(PlainDecimal):
    """A decimal, as a text or a number, above 0; or from 0 on with `zero`. It has at most `most_places`
    decimal places: what has more is refused, for rounding it would change what was reported."""

    largest: Decimal

    def __init__(self, *, zero: bool = False, **more: Any) -> None:
        self.zero = zero
        super().__init__(**more)

    def json_schema(self) -> dict[str, Any]:
        least, some = (
            ("minimum", "(-(?=[0.]+$))?") if self.zero else ("exclusiveMinimum", "(?=.*[1-9])")
        )
        number = {"type": "number", least: 0, "maximum": int(self.largest)}
        text = {"type": "string", "pattern": f"^{some}[0-9]+{self._places()}$"}
        return {"anyOf": [number, text]}

    def _validated(self, value: Any) -> Decimal:
        amount = super()._validated(value)
        if amount > self.largest:
            raise ValidationError(f"Give at most {self.largest:f}{self._named()}; check the unit.")
        if amount < 0 or (amount == 0 and not self.zero):
            least = "0 or more" if self.zero else "more than 0"
            raise ValidationError(f"Give {least}{self._named()}.")
        return self.written(abs(exactly(amount, self.most_places)))

    def written(self, amount: Decimal) -> Decimal:
        return amount


class AreaM2(Amount):
    """Square metres."""

    largest, unit, most_places = LARGEST_M2, "m²", 6
    asked = "area in m²"


class AreaMu(Amount):
    """Mu [亩]."""

    largest, unit, most_places = LARGEST_M2 * 3 / 2000, "mu", 6
    asked = "area in mu"


class MoneyCny(Amount):
    """Yuan, to the fen."""

    largest, unit, most_places = LARGEST_CNY, "yuan", 2
    asked = "amount in yuan"

    def written(self, amount: Decimal) -> Decimal:
        return amount.quantize(FEN)


class Share(Amount):
    """A part of a whole, from 0 to 1: 0.25 is a quarter."""

    largest, unit, most_places = Decimal(1), "of the whole", 6
    asked, example = "share of the whole", "0.6"

    def __init__(self, *, zero: bool = True, **more: Any) -> None:
        super().__init__(zero=zero, **more)


class EnergyTce(Amount):
    """Tonnes of standard coal."""

    largest, unit, most_places = LARGEST_CNY, "tce", 6
    asked = "energy in tce"


def exactly(amount: Decimal, most_places: int) -> Decimal:
    """The same amount without zeros at the end; raises if it has more places than that."""
    exact = tidy(amount)
    if exact != amount or places(exact) > most_places:
        raise ValidationError(f"Give at most {most_places} decimal places.")
    return exact


def in_order(data: dict[str, Any], first: str, last: str, told_as: str | None = None) -> None:
    """Raise if the day `last` comes before the day `first`; one that is missing does not. The sender
    knows `last` as `told_as`."""
    begins, ends = data.get(first), data.get(last)
    if begins and ends and ends < begins:
        raise ValidationError("The last day must not come before the first.", told_as or last)


def given_once(data: Any, name: str) -> None:
    """Raise unless exactly one of `<name>_m2` and `<name>_mu` was given."""
    m2, mu = f"{name}_m2", f"{name}_mu"
    if isinstance(data, dict) and (m2 in data) == (mu in data):
        raise ValidationError(f"Give either {m2} or {mu}.", m2)


def in_m2(data: dict[str, Any], name: str) -> dict[str, Any]:
    """`data` with `<name>_m2` alone, given `<name>_m2` or `<name>_mu`."""
    m2, mu = f"{name}_m2", f"{name}_mu"
    rest = {key: value for key, value in data.items() if key != mu}
    return rest if m2 in data else rest | {m2: mu_to_m2(data[mu])}


class WithArea(Schema):
    """`area_m2` or `area_mu` is given, `area_m2` is what comes of it. A schema that makes more of it
    overrides `make`."""

    either: tuple[tuple[str, ...], ...] = (("area_m2", "area_mu"),)  # for its JSON Schema

    area_m2 = AreaM2()
    area_mu = AreaMu()

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def area_is_given(self, _: Any, given: Any, **__: Any) -> None:
        given_once(given, "area")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        return in_m2(data, "area")
