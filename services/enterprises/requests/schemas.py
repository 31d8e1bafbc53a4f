"""The contracts of the service desk: what townships and the desk report, and what may be asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from backbone.records import record
from park.fields import Day, Flag, Id, Moment, Reference, Text, TownshipCode, Tuple, WholeNumber

from .contact import masked_name, masked_phone, without_persons
from .entries import Receipt
from .pains import RepeatedPainPoint
from .request import ServiceRequest
from .words import RequestKind, Satisfaction

MOST_OFFICES = 10
LONGEST_TEXT = 1000
MOST_DAYS = 3660


def _between(least: int, most: int) -> validate.Range:
    return validate.Range(least, most, error="Give a whole number from {min} to {max}.")


class Remark(Text):
    """Free text, without the phone numbers and identity numbers that stand in it."""

    def _deserialize(self, *args: Any, **more: Any) -> Any:
        return without_persons(super()._deserialize(*args, **more))


class Phone(fields.String):
    """A number to call, kept apart from the request; 15 digits at most (ITU-T E.164)."""

    def __init__(self, **more: Any) -> None:
        form = validate.Regexp(
            r"\+?[0-9]([ -]?[0-9]){4,14}\Z", error="Give the number in digits: 0575-82000000."
        )
        super().__init__(validate=form, **more)


class OfRequest(Contract):
    """`at` is when it happened; without it, when it is reported."""

    service_request_id = Id(required=True)
    at = Moment(load_default=None, allow_none=True)


class RequestReceived(OfRequest):
    """A firm asks for something. A later report of one request takes the place of the one before.
    `counted_from` is the day from which its clock counts (formal acceptance, delivery), if that is
    another than the day of the request. Loads to a `Receipt` and the contact, which it holds masked."""

    enterprise_id = Id(required=True)
    kind = fields.Enum(RequestKind, by_value=True, load_default=RequestKind.PAIN_POINT)
    topic = Text(50, required=True)
    summary = Remark(LONGEST_TEXT, required=True, lines=True)
    clock = Text(50, load_default="service")
    counted_from = Day(load_default=None, allow_none=True)
    contact_name = Text(50, load_default=None, allow_none=True)
    contact_phone = Phone(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        about = {name: data.pop(name) for name in ("service_request_id", "at")}
        name, phone = data.pop("contact_name"), data.pop("contact_phone")
        receipt = Receipt(
            **data,
            contact_name=name and masked_name(name),
            contact_phone=phone and masked_phone(phone),
        )
        return about | {"receipt": receipt, "contact": (name or "", phone or "")}


class ReceiveRequest(RequestReceived):
    """As a township reports it; without an id, the desk's request gets one."""

    service_request_id = Id(load_default=None, allow_none=True)


class RequestHandedOver(OfRequest):
    """To these departments, or townships by code; `lead` answers for all of them. The only one leads."""

    departments = Tuple(
        Reference(50),
        required=True,
        validate=validate.Length(1, MOST_OFFICES, error="Name {min} to {max} departments."),
    )
    lead = Reference(50, load_default=None, allow_none=True)
    text = Remark(LONGEST_TEXT, load_default=None, allow_none=True, lines=True)

    @validates_schema
    def hold_lead(self, data: dict[str, Any], **_: Any) -> None:
        departments = data["departments"]
        if len(set(departments)) < len(departments):
            raise ValidationError("Give the departments of a request once each.", "departments")
        if data["lead"] is None and len(departments) > 1:
            raise ValidationError(
                "Give the lead of a request that several departments hold.", "lead"
            )
        if data["lead"] is not None and data["lead"] not in departments:
            raise ValidationError("Give the lead of a request out of its departments.", "lead")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"lead": data["lead"] or data["departments"][0]}


class RequestExtended(OfRequest):
    """The step that runs may take until this day. `approved`: the head of the office approved it."""

    until_on = Day(required=True)
    text = Remark(LONGEST_TEXT, required=True, lines=True)
    approved = Flag(load_default=False)


class RequestAnswered(OfRequest):
    """The answer of a department. That of the one that leads is the answer; others give their part."""

    department = Reference(50, required=True)
    text = Remark(LONGEST_TEXT, required=True, lines=True)


class RequestRated(OfRequest):
    """How satisfied the firm is with the answer."""

    satisfaction = fields.Enum(Satisfaction, by_value=True, required=True)
    text = Remark(LONGEST_TEXT, load_default=None, allow_none=True, lines=True)


class RequestTurned(OfRequest):
    """A request is taken up again, or withdrawn, with the reason."""

    text = Remark(LONGEST_TEXT, required=True, lines=True)


# --- questions and their answers


class RequestsDue(Contract):
    """What is due by so many days from today on; also what is late already. Of a `holder`, if one is
    named, or a township."""

    within_days = WholeNumber(load_default=5, validate=_between(0, MOST_DAYS))
    holder = fields.String(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)


@record
class DueRequest:
    """`days_left` is below 0 for one that is late. One that waits for the calendar of a year has
    neither last day."""

    service_request_id: str
    township: str
    enterprise_id: str | None
    topic: str | None
    holder: str
    step: str | None
    round: int
    due_on: date | None
    days_left: int | None
    waits_for_year: int | None


@record
class DueRequests:
    on: date
    until: date
    requests: tuple[DueRequest, ...]


class RequestAt(Contract):
    """A request as it stood at a moment; without one, when the offices closed on its last day. With
    `known_at`, as far as was known then."""

    service_request_id = Id(required=True)
    at = Moment(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


@record
class RequestThen:
    at: datetime
    known_at: datetime
    request: ServiceRequest


class RepeatedPainPoints(Contract):
    """Pain points among the requests received from one day to another; the last days, as many as the
    rule has, unless they are given. `least_firms` and `within_days` stand in for the rule's."""

    from_on = Day(load_default=None, allow_none=True)
    to_on = Day(load_default=None, allow_none=True)
    least_firms = WholeNumber(load_default=None, allow_none=True, validate=_between(2, 1000))
    within_days = WholeNumber(load_default=None, allow_none=True, validate=_between(1, MOST_DAYS))


@record
class PainPoints:
    """`least_firms` within `within_days` days is the rule that was counted by."""

    from_on: date
    to_on: date
    least_firms: int
    within_days: int
    pain_points: tuple[RepeatedPainPoint, ...]


class WorkingDays(Contract):
    """So many working days, counted from the day after `from_on`."""

    from_on = Day(required=True)
    days = WholeNumber(required=True, validate=_between(0, MOST_DAYS))


@record
class WorkingDaysCounted:
    """The last of them, and the years whose working days are known."""

    from_on: date
    days: int
    last_on: date
    years: tuple[int, ...]


class ReadRequestContact(Contract):
    """Whom to call. Who reads it, and what for, is kept."""

    service_request_id = Id(required=True)
    reader = Text(100, required=True)
    purpose = Text(200, required=True)


@record
class RequestContact:
    service_request_id: str
    contact_name: str
    contact_phone: str


def due_request_of(request: ServiceRequest, today: date) -> DueRequest:
    return DueRequest(
        service_request_id=request.service_request_id,
        township=request.township,
        enterprise_id=request.enterprise_id,
        topic=request.topic,
        holder=request.holder,
        step=request.step,
        round=request.round,
        due_on=request.due_on,
        days_left=(request.due_on - today).days if request.due_on else None,
        waits_for_year=request.waits_for_year,
    )
