"""The earliest lawful day of each step of a notice, one line for each rule, before anything is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from backbone.errors import Refused
from backbone.records import record

from ..amendments.rulebook import AMENDMENT_LAW
from ..listings.notice import SupplyWay
from ..periods.counting import PERIODS, WORDS, Bound, Period
from .interrupted import NOTHING, Interruptions
from .printed import Printed
from .rules import PLATFORM, VACANT_LAND, day_in_park

DAY = timedelta(days=1)


@record
class Step:
    """`day` is the earliest day of the step, or its last one where `bound` is `at_most`; none, with the
    reason in `sentence`, where the calendar of working days has not come, or nobody says when the land was
    free. `planned` is what the draft
    says, and `lawful` whether that holds."""

    step: str
    bound: Bound
    day: date | None
    sentence: str
    source: str
    planned: date | None = None

    @property
    def lawful(self) -> bool | None:
        if self.planned is None or self.day is None:
            return None
        early = self.bound is Bound.AT_LEAST
        return self.planned >= self.day if early else self.planned <= self.day

    @property
    def stands(self) -> date | None:
        """The day from which what follows counts: the planned one, or the earliest where that is unlawful."""
        return self.day if self.planned is None or self.lawful is False else self.planned

    @property
    def moved(self) -> str:
        """What a line that follows says where the planned day is unlawful."""
        if self.lawful is not False:
            return ""
        return f" The {self.step} planned on {self.planned} is not lawful; this counts from {self.day}."


def earliest(plot: Printed, on: date, today: date, course: Interruptions = NOTHING) -> list[Step]:
    """The steps in their order, each counted from the day that the draft plans for the step before, or
    else from its earliest; so also where the planned day is not lawful, and then the line says it. A draft
    without a day of publication is published today, or on the later day from which the land is free. What
    interrupts it has lines of its own, and moves the days of the sale."""
    return list(_steps(plot, PERIODS.on(on), today, course))


def step_as_dict(step: Step) -> dict[str, Any]:
    return {**asdict(step), "lawful": step.lawful}


def _steps(
    plot: Printed, periods: dict[str, Period], today: date, course: Interruptions
) -> Iterator[Step]:
    notice = _notice(plot, today)
    begins = notice.stands or today
    yield notice
    for step in ("documents_from", "apply_from"):
        yield Step(
            step=step,
            bound=Bound.AT_LEAST,
            day=begins,
            sentence=f"It begins with the notice, or later.{notice.moved}",
            source=PLATFORM,
            planned=day_in_park(getattr(plot, step)),
        )
    if plot.method is SupplyWay.AGREEMENT:
        return  # nothing is sold: the days of 39号令 are those of listing, auction and tender
    shown = course.shown_since(begins)
    sale = _counted(
        "sale_from", periods["notice_before_listing"], shown, plot, course, notice.moved
    )
    yield sale
    end = sale
    if plot.method in (None, SupplyWay.LISTING):
        end = _counted(
            "sale_to", periods["listing"], sale.stands or begins, plot, course, sale.moved
        )
        yield end
    yield from _interruptions(course, begins, sale.planned or sale.day or begins)
    ends = end.stands or sale.stands or begins
    yield Step(
        step="bond_to",
        bound=Bound.AT_MOST,
        day=ends - DAY,
        sentence=f"The bond is due before the last day of the sale.{end.moved}",
        source=PLATFORM,
        planned=day_in_park(plot.bond_to),
    )
    for step in ("result_publicity", "bond_return", "contract"):
        yield _counted(step, periods[step], ends, plot, moved=end.moved)


def _notice(plot: Printed, today: date) -> Step:
    """A planned day is held to the day on which the land was free. Where nobody says when that was, a day
    that is past is not judged: it was published then, lawfully or not."""
    planned, free = day_in_park(plot.begins), plot.released_on
    words = "The notice begins when the land is free, or later"
    day = max(free or today, today) if planned is None else free or today
    unknown = free is None and planned is not None and planned < today
    return Step(
        step="published_on",
        bound=Bound.AT_LEAST,
        day=None if unknown else day,
        sentence=f"{words}; give released_on." if free is None else f"{words}; it was on {free}.",
        source=VACANT_LAND,
        planned=planned,
    )


def _interruptions(course: Interruptions, begins: date, opens: date) -> Iterator[Step]:
    """Conditions change before the sale opens, and a suspension comes after the notice has begun."""
    for when in course.supplements:
        yield Step(
            step="supplement",
            bound=Bound.AT_MOST,
            day=opens - DAY,
            sentence="A supplement comes before the sale; the time before the sale counts from it.",
            source=AMENDMENT_LAW.on(begins).supplement.source,
            planned=day_in_park(when),
        )
    for each in course.suspensions:
        yield Step(
            step="suspension",
            bound=Bound.AT_LEAST,
            day=begins,
            sentence="What stood still is given back to each later day; an end on a day off moves on.",
            source=AMENDMENT_LAW.on(each.starts_on).suspension.source,
            planned=each.starts_on,
        )


def _counted(
    step: str,
    period: Period,
    first: date,
    plot: Printed,
    course: Interruptions = NOTHING,
    moved: str = "",
) -> Step:
    planned = day_in_park(getattr(plot, step, None))
    about: dict[str, Any] = {"step": step, "bound": period.bound, "planned": planned}
    words = f"{period.days} days from {first}, {WORDS[period.strictest.counting]}"
    source = f"{period.source}; {period.strictest.source}"
    try:
        day, why = course.after(first, period.limit(first), is_end=step != "sale_from")
        return Step(**about, day=day, sentence=f"{words}{why}.{moved}", source=source)
    except Refused as problem:
        why = problem.reasons[0].sentence
        return Step(**about, day=None, sentence=f"{words}. {why}{moved}", source=source)
