"""What of a policy ends, and who has to hear of it: the policy itself, or an exception of its review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from .condition import POLICY_BOOK, PolicyBook

NEVER = date.max


class WhatEnds(StrEnum):
    POLICY = "policy"
    EXCEPTION = "exception"


class EndStage(StrEnum):
    """How near an end is: it comes soon, or its last day is over."""

    ENDING = "ending"
    ENDED = "ended"


@record
class EndTold:
    """What was told last of an end; without a stage, that it is not near after all. `ending_no` counts."""

    what_ends: WhatEnds
    ending_no: int
    end_stage: EndStage | None
    ends_on: date | None


def first_told(ends_on: date, rules: Rulebook[PolicyBook] = POLICY_BOOK) -> date:
    """The day from which an end is told, by the rules of the last day."""
    days = rules.on(ends_on).told_days_before
    return ends_on - timedelta(days=days) if ends_on > date.min + timedelta(days=days) else ends_on


def stage_on(
    ends_on: date | None, today: date, rules: Rulebook[PolicyBook] = POLICY_BOOK
) -> EndStage | None:
    if ends_on is None or today < first_told(ends_on, rules):
        return None
    return EndStage.ENDED if today > ends_on else EndStage.ENDING


def news(
    ends: Mapping[WhatEnds, date | None],
    told: tuple[EndTold, ...],
    today: date,
    rules: Rulebook[PolicyBook] = POLICY_BOOK,
) -> Iterator[EndTold]:
    """What is to be told today: an end that is near or over and was not told so, and one that was told and
    is not near any more."""
    last = {each.what_ends: each for each in told}
    for what in WhatEnds:
        ends_on, before = ends.get(what), last.get(what)
        stage = stage_on(ends_on, today, rules)
        said = (before.end_stage, before.ends_on) if before and before.end_stage else (None, None)
        now = (stage, ends_on if stage else None)
        if now != said:
            number = before.ending_no + 1 if before else 1
            yield EndTold(what_ends=what, ending_no=number, end_stage=now[0], ends_on=now[1])


def next_news_on(ends: Mapping[WhatEnds, date | None], told: tuple[EndTold, ...]) -> date:
    """The first day on which there may be something to tell, as far as is known; the last day that there
    is, without any."""
    last = {each.what_ends: each for each in told}
    return min((_next(day, last.get(what)) for what, day in ends.items() if day), default=NEVER)


def _next(ends_on: date, before: EndTold | None) -> date:
    if before is None or before.ends_on != ends_on:
        return first_told(ends_on)
    over = before.end_stage is EndStage.ENDED or ends_on == NEVER
    return NEVER if over else ends_on + timedelta(days=1)
