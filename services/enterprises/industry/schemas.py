"""The contracts of industries: what townships state, and what may be asked."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load

from backbone.messages.contract import Contract
from park.codes import clean
from park.fields import Day, Id, Reference, TownshipCode

from .catalogues import CataloguePlace
from .firm_industry import Industry
from .rules import no_code_of_the_edition
from .standard import Classes, Edition, Mapping, code_of

LONGEST = 20


class Coded(Contract):
    """`code` is read in its edition, and loads with the letter of its section."""

    code = Reference(LONGEST, required=True)
    edition = fields.Enum(Edition, by_value=True, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        text, edition = clean(data["code"]), data["edition"]
        if problem := no_code_of_the_edition(text, edition, "code"):
            raise ValidationError(problem.sentence, "code")
        return data | {"code": code_of(text, edition)}


class IndustryReported(Coded):
    enterprise_id = Id(required=True)
    valid_from = Day(required=True)
    on = Day(required=True, data_key="reported_on")


class MapIndustry(Coded):
    """`to` is the edition of the answer."""

    to = fields.Enum(Edition, by_value=True, load_default=Edition.OF_2017)
    on = Day(load_default=None, allow_none=True)


class FirmAsked(Contract):
    enterprise_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class QuestionsAsked(Contract):
    township = TownshipCode(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class StandardAsked(Contract):
    edition = fields.Enum(Edition, by_value=True, load_default=Edition.OF_2017)


class IndustryMapped(TypedDict):
    code: str
    edition: Edition
    to: Edition
    kind: Mapping
    mapped_code: str | None
    candidates: tuple[str, ...]
    question: str | None
    on: date
    catalogue_places: tuple[CataloguePlace, ...]


class IndustryOf(TypedDict):
    enterprise_id: str
    on: date
    industry: Industry
    question: str | None
    catalogue_places: tuple[CataloguePlace, ...]


class FirmQuestion(TypedDict):
    enterprise_id: str
    stated_code: str
    candidates: tuple[str, ...]


class IndustryQuestions(TypedDict):
    on: date
    industry_questions: list[FirmQuestion]


class SectionCount(TypedDict):
    section: str
    counted: Classes


class Standard(TypedDict):
    """`split_codes` of 2011 became several codes of 2017; `merged_codes` of 2017 came of several."""

    edition: Edition
    counted: Classes
    sections: list[SectionCount]
    split_codes: int
    merged_codes: int
