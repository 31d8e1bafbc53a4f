"""What may be asked of reports, and what other services answer to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

import msgspec
from marshmallow import fields, validate, validates_schema

from backbone.errors import Reason
from backbone.messages.contract import Contract
from backbone.records import record
from park.fields import Day, Moment, Word, in_order

from .corrections import ReportCorrection
from .report import ReportKind

Shape = TypeVar("Shape")
DAYS = validate.Range(date(1900, 1, 1), date(2999, 12, 31), error="Give a day from {min} to {max}.")
IN_CHINESE = {
    "周报": ReportKind.WEEKLY,
    "月报": ReportKind.MONTHLY,
    "例会材料": ReportKind.MEETING,
}


class PeriodAsked(Contract):
    """A period, both days included, as `known_at` a moment, now if it is left out. Loads to `since`,
    `until` and `known_at`."""

    since = Day(required=True, data_key="from")
    until = Day(required=True, data_key="to")
    known_at = Moment(load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "since", "until", "to")


class DraftReport(Contract):
    """The week, the month or the meeting of the day `on`, which is today unless a day is given, as
    `known_at` a moment, now if it is left out."""

    report_kind = Word(ReportKind, IN_CHINESE, required=True)
    on = Day(load_default=None, allow_none=True, validate=DAYS)
    known_at = Moment(load_default=None, allow_none=True)


class IssueReport(Contract):
    """The week, the month or the meeting of the day `on`, as it is known now."""

    report_kind = Word(ReportKind, IN_CHINESE, required=True)
    on = Day(required=True, validate=DAYS)


class OfReport(Contract):
    zone_report_id = fields.String(required=True)


@record
class ReportCorrections:
    """What an issued report would say otherwise by what is known at `known_at`; empty if nothing was
    corrected. Figures of the services in `unreachable` were not compared."""

    zone_report_id: str
    issued_known_at: datetime
    known_at: datetime
    corrections: tuple[ReportCorrection, ...]
    unreachable: tuple[str, ...] = ()
    unreachable_reasons: tuple[Reason, ...] = ()


class Read(Generic[Shape]):
    """Reads what another service answers as a type of ours."""

    def __init__(self, shape: type[Shape]) -> None:
        self.shape = shape

    def load(self, answer: Any) -> Shape:
        return msgspec.convert(answer, self.shape)
