"""The contracts of codes: the grade that is heard of, what desks enter, and what may be asked."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from backbone.messages.contract import Contract, Fact
from park.fields import Day, Figure, Id, IndustryCode, Moment, Text, WholeNumber

from ..figures.firm_figures import SourceClass

YEARS = validate.Range(2000, 2100, error="Give a whole number from {min} to {max}.")

MOST_FIGURES = 20


class Form(StrEnum):
    SVG = "svg"
    PNG = "png"


class Mean(Figure):
    """A mean of an industry, above 0."""

    def json_schema(self) -> dict[str, Any]:
        number, text = super().json_schema()["anyOf"]
        above = {"pattern": text["pattern"].replace("^-?", "^(?=.*[1-9])")}
        return {"anyOf": [number | {"exclusiveMinimum": 0}, text | above]}

    def _validated(self, value: Any) -> Any:
        mean = super()._validated(value)
        if mean <= 0:
            raise ValidationError("Give a mean above 0.")
        return mean


class Figures(fields.Dict):
    """Figures by their names."""

    def __init__(self, **more: Any) -> None:
        most = validate.Length(max=MOST_FIGURES)
        super().__init__(keys=fields.Str(), values=Figure(), validate=most, **more)

    def json_schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "maxProperties": MOST_FIGURES,
            "additionalProperties": Figure().json_schema(),
        }


class GradeFinal(Fact):
    """`enterprises.grade_final`, as far as the grade code reads it. Without a grade it is withdrawn."""

    enterprise_id = fields.Str(required=True)
    data_year = WholeNumber(required=True)
    grade = fields.Str(load_default=None, allow_none=True)
    previous_grade = fields.Str(load_default=None, allow_none=True)
    revision = WholeNumber(load_default=0)
    final_on = Day(required=True)
    decided_on = Day(load_default=None, allow_none=True)
    round_id = fields.Str(load_default=None, allow_none=True)
    scheme = fields.Str(load_default=None, allow_none=True)


class RecordCodeFigures(Contract):
    """The figures of a code that holds from `valid_from`; figures of the same period that were entered
    before are corrected, and no figures take them back. `industry_code` and `data_year` where the kind has
    them. Loads to `enterprise_id`, `document` and `entry`, the fields of an `Entry`."""

    enterprise_id = Id(required=True)
    kind = Text(40, required=True)
    data_year = WholeNumber(load_default=None, allow_none=True, validate=YEARS)
    valid_from = Day(required=True)
    figures = Figures(required=True)
    industry_code = IndustryCode(load_default=None, allow_none=True)
    source_class = fields.Enum(SourceClass, by_value=True, required=True)
    document = Text(100, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        entry = dict(data)
        about = {name: entry.pop(name) for name in ("enterprise_id", "document")}
        return about | {"entry": entry}


class RecordCarbonMean(Contract):
    """The mean of an industry in a year, in tonnes of CO₂ per 10,000 yuan of value added. A later one
    corrects it, and with it the carbon code of every firm that it measures. Loads to the fields of an
    `IndustryMean`."""

    industry_code = IndustryCode(required=True)
    data_year = WholeNumber(required=True, validate=YEARS)
    mean_tco2_per_wan = Mean(required=True)
    source = Text(100, required=True, data_key="document")


class GetCodes(Contract):
    """`on` is today unless a day is given; `known_at` is now; `rules_of` is the day `on`."""

    enterprise_id = Id(required=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    rules_of = Day(load_default=None, allow_none=True)


class LookUpCode(Contract):
    """`text` is a printed code: 330604006-E9/G72."""

    text = Text(100, required=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    rules_of = Day(load_default=None, allow_none=True)


class DrawCard(Contract):
    enterprise_id = Id(required=True)
    kind = Text(40, required=True)
    form = fields.Enum(Form, by_value=True, load_default=Form.SVG)
    on = Day(load_default=None, allow_none=True)
