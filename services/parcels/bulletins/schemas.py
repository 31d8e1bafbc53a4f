"""The contracts of bulletins and of the regular meeting."""

from __future__ import annotations

from datetime import date, datetime

from marshmallow import fields

from backbone.messages.contract import Contract
from backbone.records import record
from park.fields import Day, Moment, Text, TownshipCode

from .bulletin import Correction
from .meeting import LateCase


class OfBulletin(Contract):
    bulletin_id = fields.String(required=True)


@record
class Corrections:
    """What a bulletin would say otherwise today; empty if nothing was corrected."""

    bulletin_id: str
    corrections: tuple[Correction, ...]


class OfMeeting(Contract):
    """Without `on` it is today; without a `township` all of them. `as_of` is the moment of which the
    record is read: without it the end of the day `on`, or now."""

    on = Day(load_default=None, allow_none=True)
    as_of = Moment(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)


@record
class MeetingList:
    """The late cases of a day, the latest first, as they were on record at the moment `as_of`, and when
    the next meeting is. `entered_later` are those of them of which nothing was on record then: they are
    shown by what is known now."""

    on: date
    as_of: datetime
    next_meeting_on: date
    cases: tuple[LateCase, ...]
    entered_later: tuple[str, ...]


class Decide(Contract):
    case_id = fields.String(required=True)
    met_on = Day(required=True)
    decision = Text(500, lines=True, required=True)
    due_on = Day(load_default=None, allow_none=True)
