"""A round: the yearly evaluation of one place, data year and group, by one scheme, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import wraps
from typing import Any
from unicodedata import normalize

from backbone.errors import NotFound, Reason
from backbone.records import record

from .law import PROCEDURE, Grade, Group, Procedure, Publicity

MOST_NAMED = 5  # rounds, in the answer for an id that is none


class RoundState(StrEnum):
    COLLECTING = "collecting"
    AREAS_PUBLICISED = "areas_publicised"
    SCORED = "scored"
    PUBLICISED = "publicised"
    FINAL = "final"
    SUPERSEDED = "superseded"  # by a later version that became final
    WITHDRAWN = "withdrawn"


@record
class Taken:
    """A step that was taken, the day it is about, by which role, and when that was entered."""

    step: str
    on: date
    operator_role: str
    entered_at: datetime


@record
class Period:
    """How long something is published, both days included, by the counting rule of `place`."""

    first: date
    last: date
    place: str
    source: str

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@record
class GradeCut:
    """Where a grade ends: `<=` percent of the ranked firms, cumulative; the `last` percent; a `count`
    of firms; or `>=` points."""

    grade: Grade
    by: str
    value: Decimal


@record
class Round:
    """`cuts` are those of the round, where its scheme publishes none. `version` 2 and more come of a
    correction: each supersedes the one before when it is final, and `why` says what was wrong. Its firms
    are things of their own, `RoundFirm`."""

    round_id: str
    place: str
    data_year: int
    group: str
    scheme: str
    cuts: tuple[GradeCut, ...] = ()
    townships: tuple[str, ...]
    version: int = 1
    state: RoundState = RoundState.COLLECTING
    steps: tuple[Taken, ...] = ()
    areas_published: Period | None = None
    grades_published: Period | None = None
    final_on: date | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    why: str | None = None

    @property
    def last_step_on(self) -> date | None:
        return max((taken.on for taken in self.steps), default=None)

    @property
    def opened_on(self) -> date:
        return min((taken.on for taken in self.steps), default=date.min)

    @property
    def published(self) -> Period | None:
        """The publicity in which objections are heard now."""
        of_state = {
            RoundState.AREAS_PUBLICISED: self.areas_published,
            RoundState.PUBLICISED: self.grades_published,
        }
        return of_state.get(self.state)

    @property
    def year_end(self) -> date:
        return date(self.data_year, 12, 31)

    @property
    def procedure(self) -> Procedure:
        """That of its first day, so that it does not change under the round."""
        return PROCEDURE.on(self.opened_on)

    def group_on(self, day: date) -> Group:
        return PROCEDURE.on(day).groups[self.group]

    def after(self, taken: Taken, state: RoundState) -> Round:
        return replace(self, steps=(*self.steps, taken), state=state)


def round_id_of(place: str, data_year: int, group: str, version: int) -> str:
    return f"{place}:{data_year}:{group}:{version}"


def no_such_round(round_id: str, opened: Iterable[str]) -> Reason:
    """With a hint at the rounds that there are."""
    [reason] = NotFound.of("round", "round_id").reasons
    return with_hint(reason, round_id, opened)


def with_hint(reason: Reason, round_id: str, opened: Iterable[str]) -> Reason:
    """With the rounds that share most with what was asked for, or, if none shares anything, with how ids
    look. Full-width colons and digits are read as plain ones; a round that is asked for by its id, or for
    a moment before it was opened, needs no hint."""
    asked = _parts(normalize("NFKC", round_id))
    shared = {each: len(asked & _parts(each)) for each in opened}
    most = max(shared.values(), default=0)
    near = sorted(each for each, count in shared.items() if count == most > 0)[:MOST_NAMED]
    if round_id in shared:
        return reason
    hint = (
        f"There is {_listed(near)}."
        if near
        else "An id is place:data_year:group:version, as 上虞区:2023:below_scale:1; list_rounds shows all."
    )
    return replace(reason, sentence=f"{reason.sentence} {hint}")


def hinting(key: str, *methods: Any) -> Iterable[Any]:
    """The reads of a kind; where one finds nothing by an id, it says which rounds there are. The
    service has them as `_opened`."""

    def hinted(method: Any) -> Any:
        @wraps(method)
        def answer(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except NotFound as nothing:
                round_id, opened = str(kwargs.get(key)).partition("/")[0], self._opened()
                hinted = [with_hint(each, round_id, opened) for each in nothing.reasons]
                raise NotFound(hinted) from nothing

        return answer

    return map(hinted, methods)


def _parts(round_id: str) -> set[str]:
    """Place, data year and group."""
    return set(round_id.split(":")[:3])


def _listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def period(publicity: Publicity, first: date, days: int | None) -> Period:
    """The publicity that begins on that day: as long as the rule in force has it, or as the desk says."""
    rule = publicity.rule
    return Period(first=first, last=rule.last(first, days), place=rule.place, source=rule.source)
