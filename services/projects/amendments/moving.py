"""How far each later date of a notice moves, and where to.

An end that is still ahead moves by the days that are given back, and to the next working day if it falls
on a day off; two ends that were days apart stay apart. A start that is still ahead moves by the days alone.
Dates that the land desk gives take the place of those that the rule finds, and push the ends behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from backbone.errors import Reason, Refused
from backbone.records import record
from park.time import PARK_TIME, day_of

from ..listings.amendment import Move, NoticeStep
from ..listings.notice import Notice
from ..periods.counting import Counting, length
from ..periods.workdays import working_day_after
from .rulebook import AmendmentLaw

DAY = timedelta(days=1)
Given: TypeAlias = Mapping[NoticeStep, date | datetime]


@record
class Moved:
    """The notice with its new dates, and what is doubtful of them."""

    notice: Notice
    moves: tuple[Move, ...] = ()
    warnings: tuple[Reason, ...] = ()


def frozen_days(law: AmendmentLaw, suspended_at: datetime, resumed_at: datetime) -> int:
    """The days that a suspension gives back: as the rulebook counts them, and never fewer than those of 24
    hours that it began."""
    counted = length(law.suspension.counting, day_of(suspended_at), day_of(resumed_at))
    return max(counted, -((suspended_at - resumed_at) // DAY))


def days_between(counting: Counting, first: date, last: date) -> int:
    """The days that ran from one day to another; none where the other comes first."""
    return max(0, length(counting, first, last))


def ahead(notice: Notice, moment: datetime) -> dict[NoticeStep, date]:
    """The steps that are not over at that moment, nor begun, with their days, in the order in which they
    fall."""
    found = {
        step: day
        for step in NoticeStep
        if (day := step.day(notice)) and (at := step.falls_at(notice)) and at >= moment
    }
    return dict(sorted(found.items(), key=lambda each: each[1]))


def held(notice: Notice, since: datetime) -> tuple[Move, ...]:
    """The steps whose days a suspension holds; where they go is not known yet."""
    return tuple(
        Move(notice_step=step, previous_on=day, previous_at=step.moment(notice))
        for step, day in ahead(notice, since).items()
    )


def moved(notice: Notice, since: datetime, days: int, given: Given, law: AmendmentLaw) -> Moved:
    """The notice after every step that was ahead at `since` has moved. Raises `Refused`
    (`CALENDAR_MISSING`) where an end has to be found in a year without a calendar."""
    moves: list[Move] = []
    warnings: list[Reason] = []
    last: tuple[date, date] | None = None  # the last end: its day before, and now
    for step, old in ahead(notice, since).items():
        new_on, doubts = _new_day(step, old, days, given.get(step), law)
        warnings.extend(doubts)
        if last and not step.is_start and step not in given:
            new_on = _behind(new_on, old, last)
        if not step.is_start:
            last = (old, max(new_on, last[1]) if last else new_on)
        moves.append(_move(step, notice, old, new_on, given.get(step)))
    went = tuple(move for move in moves if _went(move))
    return Moved(notice=_with(notice, went), moves=went, warnings=tuple(warnings))


def working_day_from(day: date) -> date:
    """That day if it is worked, or else the next that is. Raises `Refused` (`CALENDAR_MISSING`)."""
    return working_day_after(day - DAY, 1)


def _new_day(
    step: NoticeStep, old: date, days: int, given: date | datetime | None, law: AmendmentLaw
) -> tuple[date, tuple[Reason, ...]]:
    """The day of a step, and what is doubtful of the one that was given."""
    if given is not None:
        return _given_day(step, given, law)
    plain = old + days * DAY
    return (plain if step.is_start or not days else working_day_from(plain)), ()


def _given_day(
    step: NoticeStep, given: date | datetime, law: AmendmentLaw
) -> tuple[date, tuple[Reason, ...]]:
    """An end that is given on a day off falls on the next working day; where nobody knows the working
    days of the year, it stays where it was given."""
    day, field = _day(given), step.day_field or step.moment_field
    if step.is_start:
        return day, ()
    try:
        worked = working_day_from(day)
    except Refused as missing:
        known = missing.reasons[0]
        doubt = Reason(known.code, known.sentence, f"new_dates.{field}", law.day_off.source)
        return day, (doubt,)
    if worked == day:
        return day, ()
    sentence = f"{day} is a day off; it ends on {worked}."
    return worked, (Reason("END_ON_DAY_OFF", sentence, f"new_dates.{field}", law.day_off.source),)


def _behind(new: date, old: date, last: tuple[date, date]) -> date:
    """Not before the end that came before it, and on a later day if it was on one."""
    before, after = last
    if old == before:
        return max(new, after)
    return new if new > after else working_day_after(after, 1)


def _move(
    step: NoticeStep, notice: Notice, old: date, new: date, given: date | datetime | None
) -> Move:
    hour = given if isinstance(given, datetime) else step.moment(notice)
    return Move(
        notice_step=step,
        previous_on=old,
        new_on=new,
        previous_at=step.moment(notice),
        new_at=hour and on_day(hour, new),
    )


def _went(move: Move) -> bool:
    return move.previous_on != move.new_on or move.previous_at != move.new_at


def _with(notice: Notice, moves: tuple[Move, ...]) -> Notice:
    return replace(notice, **dict(_fields(moves)))


def _fields(moves: tuple[Move, ...]) -> Iterator[tuple[str, Any]]:
    for move in moves:
        if move.notice_step.day_field:
            yield move.notice_step.day_field, move.new_on
        if move.notice_step.moment_field and move.new_at:
            yield move.notice_step.moment_field, move.new_at


def on_day(moment: datetime, day: date) -> datetime:
    """That hour of the park on another day."""
    return datetime.combine(day, moment.astimezone(PARK_TIME).timetz(), PARK_TIME)


def _day(when: date | datetime) -> date:
    return day_of(when) if isinstance(when, datetime) else when
