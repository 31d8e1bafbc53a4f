"""What may be entered of the course of a notice, and asked of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Flag, Moment, MoneyCny, Reference, Text, Tuple, WholeNumber
from park.time import day_of

from ..listings import notice
from ..listings.amendment import Amendment, AmendmentKind, NoticeStep
from ..listings.notice import Notice
from ..listings.schemas import ContractTerms, Indicator
from ..supply.schemas import Applicant
from .amending import Change


class NewDay(Day):
    """A day on which a notice can stand, if it is given at all."""

    def __init__(self) -> None:
        days = validate.Range(
            date(2000, 1, 1), date(2199, 12, 31), error="Give a day from {min} to {max}."
        )
        super().__init__(validate=days, load_default=None, allow_none=True)


class NewDates(Contract):
    """Dates that take the place of those that the rule finds; a moment says its day as well. Loads to the
    steps that were given, with their days or moments."""

    notice_end_on = NewDay()
    application_start_on = NewDay()
    application_end_on = NewDay()
    application_ends_at = Moment(load_default=None, allow_none=True)
    bond_deadline_on = NewDay()
    bond_due_at = Moment(load_default=None, allow_none=True)
    listing_start_on = NewDay()
    listing_end_on = NewDay()
    listing_ends_at = Moment(load_default=None, allow_none=True)
    timed_bidding_starts_at = Moment(load_default=None, allow_none=True)

    @validates_schema
    def moments_are_of_their_days(self, data: dict[str, Any], **_: Any) -> None:
        for step in NoticeStep:
            day, moment = _given(data, step)
            if day and moment and day_of(moment) != day:
                told = f"Give the moment as one of {step.day_field} in Asia/Shanghai."
                raise ValidationError(told, step.moment_field or "")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[NoticeStep, date | datetime]:
        given = {step: _given(data, step) for step in NoticeStep}
        return {step: moment or day for step, (day, moment) in given.items() if moment or day}


def _given(data: dict[str, Any], step: NoticeStep) -> tuple[Any, Any]:
    return data.get(step.day_field or ""), data.get(step.moment_field or "")


class NewTerms(Contract):
    """Conditions that a supplement changes; what is left out stays. Loads to the fields that were given."""

    use_term_years = WholeNumber(validate=validate.Range(1, error="Give 1 or more."))
    price_basis = fields.Enum(notice.PriceBasis, by_value=True)
    start_price_cny = MoneyCny()
    bid_step_cny = MoneyCny()
    bond_cny = MoneyCny()
    indicators = Tuple(fields.Nested(Indicator), validate=validate.Length(max=60))
    bids_in_steps = Flag()
    contract_terms = fields.Nested(ContractTerms)


class AmendNotice(Contract):
    """`document` is the number of the paper that says it. Loads to `listing_id` and `change`, a `Change`
    without the moment if none is given: then it holds from now on."""

    listing_id = fields.Str(required=True)
    document = Reference(120, required=True)
    reason = Text(1000, required=True)


class SupplementNotice(AmendNotice):
    """`terms` are the conditions that change. Without them the notice is explained or put off, and no time is
    given back by itself."""

    supplemented_at = Moment(load_default=None, allow_none=True)
    terms = fields.Nested(NewTerms, load_default=dict)
    new_dates = fields.Nested(NewDates, load_default=dict)


class SuspendNotice(AmendNotice):
    suspended_at = Moment(load_default=None, allow_none=True)


class ResumeNotice(AmendNotice):
    """Dates that are not given are found: each end moves by the days of the suspension."""

    resumed_at = Moment(load_default=None, allow_none=True)
    new_dates = fields.Nested(NewDates, load_default=dict)


def change_of(kind: AmendmentKind, moment: str, request: dict[str, Any], now: datetime) -> Change:
    """The change that a request enters."""
    return Change(
        kind=kind,
        amended_at=request[moment] or now,
        document=request["document"],
        reason=request["reason"],
        new_dates=request.get("new_dates", {}),
        terms=request.get("terms", {}),
    )


class AskCourse(Contract):
    """What held at a moment, now if it is left out, by what was known at another. Of the newest notice,
    unless its version is given."""

    listing_id = fields.Str(required=True)
    notice_version = WholeNumber(
        load_default=None, allow_none=True, validate=validate.Range(1, error="Give 1 or more.")
    )
    at = Moment(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class StepDate(TypedDict):
    """`first_on` is the day in the notice as it was published; while it `stands_still`, its day is not
    known."""

    notice_step: NoticeStep
    due_on: date | None
    due_at: datetime | None
    first_on: date | None
    stands_still: bool


class Course(TypedDict):
    """`notice` is what was in force; `amendments` those that held."""

    supply_id: str
    at: datetime
    known_at: datetime
    suspended_since: datetime | None
    dates: list[StepDate]
    notice: Notice
    amendments: list[Amendment]


class AskDeadlines(Contract):
    """Of the newest notice, unless its version is given."""

    listing_id = fields.Str(required=True)
    notice_version = WholeNumber(
        load_default=None, allow_none=True, validate=validate.Range(1, error="Give 1 or more.")
    )


class DeadlineState(TypedDict):
    """`moved` says that another came in its place, or that it stands still; `applicants` are those of that
    moment by what is known now, `known_then` the applications that were on record at it."""

    notice_step: NoticeStep
    at: datetime
    moved: bool
    applicants: list[Applicant]
    known_then: list[str]
