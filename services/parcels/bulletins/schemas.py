"""The contracts of bulletins and of the regular meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marshmallow import fields

from backbone.messages.contract import Contract
from park.fields import Day, Text, TownshipCode

from .bulletin import Correction
from .meeting import LateCase


class OfBulletin(Contract):
    bulletin_id = fields.String(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What a bulletin would say otherwise today; empty if nothing was corrected."""

    bulletin_id: str
    corrections: tuple[Correction, ...]


class OfMeeting(Contract):
    """Without `on` it is today; without a `township` all of them."""

    on = Day(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingList:
    """The late cases of a day, the latest first, and when the next meeting is."""

    on: date
    next_meeting_on: date
    cases: tuple[LateCase, ...]


class Decide(Contract):
    case_id = fields.String(required=True)
    met_on = Day(required=True)
    decision = Text(500, lines=True, required=True)
    due_on = Day(load_default=None, allow_none=True)
