"""The codes of a firm on a day, as known at a moment, under the rules of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from backbone.errors import Reason
from backbone.records import record

from ..firms.dated import last_begun
from .firm_codes import FirmCodes
from .kinds import CODES, Kind, first_day
from .marks import Mark, known_by, mean_of, standing
from .printed import printed_code
from .rules import judged

NO_CODE_YET = Reason("NO_CODE_YET", "Nothing was said of this code that holds on that day.")


class PastCode(TypedDict):
    """A mark that was made of a code, and what it comes to under the rules of the answer."""

    period: str
    valid_from: date
    value: str | None
    colour: str | None
    revision: int
    source: str
    known_at: datetime


@record
class CodeOn:
    """A code of a firm. Without a `value` there is none, and `reasons` say why; `figures` are those that
    led to it. It holds from `valid_from`; where another body decides, it did so on `decided_on`, which is
    later than the day asked about where a correction came later. `past` has every mark of it that was known,
    oldest first."""

    kind: str
    title: str
    printed_code: str
    confirmed: bool
    period: str | None = None
    valid_from: date | None = None
    decided_on: date | None = None
    value: str | None = None
    colour: str | None = None
    meaning: str | None = None
    level: str | None = None
    consequences: tuple[str, ...] = ()
    reasons: tuple[dict[str, str], ...] = (NO_CODE_YET.as_dict(),)
    figures: dict[str, Decimal] = field(default_factory=dict)
    source: str | None = None
    past: tuple[PastCode, ...] = ()


@record
class CodesOn:
    """`on` is the day that is asked about, `known_at` the moment up to which marks count, `rules_from` the
    day of the rulebook that reads them. `looked_up` is the kind of the printed code that led here."""

    enterprise_id: str
    on: date
    known_at: datetime
    rules_from: date
    codes: tuple[CodeOn, ...]
    looked_up: str | None = None


class CodeCard(TypedDict):
    """`content` is the SVG itself, or the PNG in base64. The QR code holds `printed_code`."""

    enterprise_id: str
    kind: str
    printed_code: str
    value: str | None
    colour: str | None
    on: date
    media_type: str
    content: str


def codes_on(firm: FirmCodes, on: date, known_at: datetime, rules_on: date) -> CodesOn:
    """Every kind that the rulebook of the day `rules_on` has, with the firm's code on the day `on`."""
    marks = known_by(firm.marks, known_at)
    return CodesOn(
        enterprise_id=firm.enterprise_id,
        on=on,
        known_at=known_at,
        rules_from=first_day(rules_on),
        codes=tuple(
            _code(firm, name, kind, [each for each in marks if each.kind == name], on, known_at)
            for name, kind in CODES.on(rules_on).items()
        ),
    )


def _code(
    firm: FirmCodes, name: str, kind: Kind, marks: list[Mark], on: date, known_at: datetime
) -> CodeOn:
    """The code of the newest period that had begun to hold on the day."""
    empty = CodeOn(
        kind=name,
        title=kind.title,
        printed_code=printed_code(firm.enterprise_id, kind.mark),
        confirmed=kind.confirmed,
        past=tuple(_past(firm, kind, marks, known_at)),
    )
    held = last_begun(standing(marks).values(), on)
    if held is None:
        return empty
    valid_from, mark = held
    judgement = judged(kind, mark, mean_of(firm.means, mark, known_at))
    valued = kind.valued(judgement.value)
    return replace(
        empty,
        period=mark.period,
        valid_from=valid_from,
        decided_on=mark.decided_on,
        value=judgement.value,
        colour=valued.colour if valued else None,
        meaning=valued.words if valued else None,
        level=judgement.level,
        consequences=valued.consequences if valued else (),
        reasons=(judgement.reason.as_dict(),),
        figures=judgement.figures,
        source=mark.source,
    )


def _past(
    firm: FirmCodes, kind: Kind, marks: Iterable[Mark], known_at: datetime
) -> Iterable[PastCode]:
    for mark in sorted(marks, key=lambda each: (each.known_at, each.order)):
        value = judged(kind, mark, mean_of(firm.means, mark, known_at)).value
        valued = kind.valued(value)
        yield PastCode(
            period=mark.period,
            valid_from=mark.valid_from,
            value=value,
            colour=valued.colour if valued else None,
            revision=mark.revision,
            source=mark.source,
            known_at=mark.known_at,
        )
