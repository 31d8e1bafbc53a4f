"""The contracts of simulation: a scheme, and the figures of firms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

from backbone.messages.contract import Contract
from park.fields import Amount

MOST_FIRMS = 10_000


class SchemeGiven(fields.Field[Any]):
    """A scheme in its published form, or the id of one that is kept."""

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "object"}, {"type": "string"}]}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        if isinstance(value, dict | str):
            return value
        raise ValidationError("Give a scheme as an object, or the id of one that is kept.")


class Step(Amount):
    largest, unit, most_places = Decimal(10) ** 6, "of the indicator", 6
    asked, example = "step of the indicator", "0.01"


def _figures() -> Any:
    bounds = validate.Length(1, MOST_FIRMS, error=f"Give 1 to {MOST_FIRMS:,} firms.")
    return fields.List(fields.Dict(), required=True, validate=bounds)


class ScoresSimulated(Contract):
    """`figures` are by firm: `{"firm": "f-1", "tax_per_mu": "24.1"}`."""

    scheme = SchemeGiven(required=True)
    figures = _figures()


class SchemesCompared(Contract):
    """`figures` are by firm; `against` is the scheme that takes the place of `scheme`."""

    scheme = SchemeGiven(required=True)
    against = SchemeGiven(required=True)
    figures = _figures()


class GradeForecast(Contract):
    """`grade` is the next better one, and `unit` 0.0001 of each indicator, if they are left out."""

    scheme = SchemeGiven(required=True)
    figures = _figures()
    firm = fields.String(required=True)
    grade = fields.String(load_default=None, allow_none=True)
    unit = Step(load_default=Decimal("0.0001"))


class SchemesWanted(Contract):
    """All of them, or those of a place."""

    place = fields.String(load_default=None, allow_none=True)
