"""The clock of idle land [闲置土地]: when the law calls a plot idle, and what follows then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.time import months_later
from park.units import tidy

from .construction import Construction, Pause
from .law import IDLE_LAW, IdleLaw

DAY = timedelta(days=1)


class IdleStanding(StrEnum):
    NOT_IDLE = "idle_no"
    ONE_YEAR = "idle_1y"  # not begun for more than a year: a fee
    TWO_YEARS = "idle_2y"  # not begun for more than two: it may be taken back
    STOPPED = "idle_stopped"  # begun, too little done, and stopped for more than a year


@record
class Step:
    """The plot stands like this from that day on, after a period of so many years."""

    standing: IdleStanding
    since_on: date
    years: int


def idle_standing(facts: Construction, as_of: date) -> IdleStanding:
    """How the plot stands on that day, by the law of that day (城市房地产管理法 art. 26, 闲置土地处置办法
    art. 2)."""
    step = step_on(facts, as_of)
    return step.standing if step else IdleStanding.NOT_IDLE


def step_on(facts: Construction, as_of: date, rules: Rulebook[IdleLaw] = IDLE_LAW) -> Step | None:
    """The last step that the clock has made by that day, or none."""
    past = [step for step in steps(facts, as_of, rules) if step.since_on <= as_of]
    return past[-1] if past else None


def next_on(facts: Construction, as_of: date, rules: Rulebook[IdleLaw] = IDLE_LAW) -> date | None:
    """The day of the next step of the clock, if it runs."""
    ahead = (step.since_on for step in steps(facts, as_of, rules))
    return next((since_on for since_on in ahead if since_on > as_of), None)


def steps(facts: Construction, as_of: date, rules: Rulebook[IdleLaw] = IDLE_LAW) -> list[Step]:
    """Each step of the clock as it runs on that day, in order."""
    law = rules.on(as_of)
    return [
        Step(standing=standing, since_on=last + DAY, years=years)
        for standing, start, years in _periods(facts.as_of(as_of), law)
        if (last := last_day(start, years, facts.government_reasons))
    ]


def _periods(facts: Construction, law: IdleLaw) -> Iterator[tuple[IdleStanding, date, int]]:
    """The periods that run, each with the day after which it began."""
    if facts.completed_on:
        return
    if facts.started_on is None and facts.agreed_start_on:
        yield IdleStanding.ONE_YEAR, facts.agreed_start_on, law.not_begun.years
        yield IdleStanding.TWO_YEARS, facts.agreed_start_on, law.take_back.years
    if facts.started_on and facts.stopped_on and little_was_done(facts, law):
        yield IdleStanding.STOPPED, facts.stopped_on, law.stopped.years


def little_was_done(facts: Construction, law: IdleLaw) -> bool:
    """Less than a third of the area *or* less than a quarter of the investment (art. 2)."""
    area, paid, bars = facts.area_begun, facts.investment_paid, law.stopped
    little_area = area is not None and area.is_below(bars.area_below)
    return little_area or (paid is not None and paid.is_below(bars.investment_below))


def last_day(start: date, years: int, pauses: Iterable[Pause]) -> date | None:
    """The last day of a period of years after `start`, made longer by each day of a pause within it;
    none while a pause is not over. A day in two pauses counts once."""
    last, counted = months_later(start, 12 * years), start
    for pause in sorted(pauses, key=lambda each: each.from_on):
        first = max(pause.from_on, counted + DAY)
        if first > last:
            continue
        if pause.to_on is None:
            return None
        if first <= pause.to_on:
            last, counted = last + (pause.to_on - first + DAY), pause.to_on
    return last


def consequences(
    facts: Construction, as_of: date, rules: Rulebook[IdleLaw] = IDLE_LAW
) -> tuple[Reason, ...]:
    """What follows of the standing on that day, each with its source."""
    law, step = rules.on(as_of), step_on(facts, as_of, rules)
    standing = step.standing if step else IdleStanding.NOT_IDLE
    if standing is IdleStanding.NOT_IDLE:
        return ()
    investigation = Reason(
        "IDLE_INVESTIGATION",
        f"The land desk investigates within {law.investigation.days} days of finding the land idle.",
        source=law.investigation.source,
    )
    return (investigation, CONSEQUENCE_OF[standing](facts, law))


def _fee(facts: Construction, law: IdleLaw) -> Reason:
    share = law.not_begun.fee_share_of_land_price
    fee_cny = idle_fee_cny(facts, law)
    amount = f", here {fee_cny:f} yuan" if fee_cny is not None else ""
    return Reason(
        "IDLE_FEE",
        f"A fee of {share * 100:.0f} % of the land price is due{amount}.",
        source=law.not_begun.source,
    )


def idle_fee_cny(facts: Construction, law: IdleLaw) -> Decimal | None:
    """The fee in yuan, if the price of the land was reported."""
    if facts.land_price_cny is None:
        return None
    return tidy(facts.land_price_cny * law.not_begun.fee_share_of_land_price)


def _take_back(_: Construction, law: IdleLaw) -> Reason:
    return Reason(
        "IDLE_TAKE_BACK",
        "The use right may be taken back without pay.",
        source=law.take_back.source,
    )


def _dispose(_: Construction, law: IdleLaw) -> Reason:
    return Reason(
        "IDLE_STOPPED",
        "The land is idle and is dealt with; fee and taking back are for land that was not begun.",
        source=law.stopped.source,
    )


CONSEQUENCE_OF = {
    IdleStanding.ONE_YEAR: _fee,
    IdleStanding.TWO_YEARS: _take_back,
    IdleStanding.STOPPED: _dispose,
}
