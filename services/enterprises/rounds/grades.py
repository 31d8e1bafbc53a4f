"""The final grades of a firm, year by year, with every revision of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from backbone.errors import Reason
from backbone.records import record
from park.time import day_of

from ..firms.dated import last_begun
from .law import Grade


@record
class YearGrade:
    """What a round made final of a firm's year; `grade` is none where that was withdrawn.
    `previous_grade` is that of the year before, as it was known then. `revision` grows with what the
    firm is told; a version of the round that leaves the grade as it is has the one before.

    A revision corrects the grade of the year, so that holds from `since`, the day on which the first
    was final. `decided_on` and `decided_by` are the day and the round that decided this grade, `round_id`
    is the round in force, `known_at` the moment at which it was entered."""

    data_year: int
    revision: int
    grade: Grade | None
    previous_grade: Grade | None
    final_on: date
    round_id: str
    scheme: str
    parcels: tuple[str, ...]
    since: date | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    known_at: datetime | None = None

    @property
    def first_day(self) -> date:
        return self.since or self.final_on

    def known_by(self, moment: datetime | None) -> bool:
        """Whether it was known by that moment. What was kept without one was known when it was final."""
        if moment is None:
            return True
        return self.known_at <= moment if self.known_at else self.final_on <= day_of(moment)

    def after(self, held: YearGrade | None) -> YearGrade:
        """This one as the next of its year: since when, and decided by which round."""
        if held is None:
            return replace(
                self, since=self.final_on, decided_on=self.final_on, decided_by=self.round_id
            )
        stays = held.grade is self.grade
        return replace(
            self,
            revision=held.revision + (_said(held) != _said(self)),
            since=min(held.first_day, self.final_on),
            decided_on=(held.decided_on or held.final_on) if stays else self.final_on,
            decided_by=(held.decided_by or held.round_id) if stays else self.round_id,
        )


@record
class FirmGrades:
    """`revisions` are all that was ever final, in the order in which it became so, those also that left
    a grade as it was."""

    enterprise_id: str
    township: str
    revisions: tuple[YearGrade, ...] = ()

    @property
    def years(self) -> tuple[YearGrade, ...]:
        """What stands of each year: its newest revision."""
        return tuple(_newest(self.revisions))

    def of(self, data_year: int) -> YearGrade | None:
        return next((each for each in self.years if each.data_year == data_year), None)

    def grade_of(self, data_year: int) -> Grade | None:
        found = self.of(data_year)
        return found.grade if found else None

    def on(self, day: date, known_at: datetime | None = None) -> YearGrade | None:
        """The grade of that day as known at the moment, now without one: what stands of the newest data
        year that had a final grade by then. A revision corrects its year, also of days before it."""
        known = [each for each in self.revisions if each.known_by(known_at)]
        found = last_begun(((each.first_day, each) for each in _newest(known)), day)
        return found[1] if found else None

    def decided_by(self, day: date) -> YearGrade | None:
        """The grade that had been decided by that day, whatever corrected it later."""
        decided = [each for each in self.revisions if each.final_on <= day]
        return next(reversed(_newest(decided)), None)

    def with_final(self, new: YearGrade) -> FirmGrades:
        """After a round made a grade final. The year after it has another grade before it now, which is
        a revision of that year, too."""
        after = self._revised(new)
        following = after.of(new.data_year + 1)
        if following is None or following.previous_grade is new.grade:
            return after
        return after._revised(
            replace(
                following,
                previous_grade=new.grade,
                final_on=max(following.final_on, new.final_on),
                known_at=new.known_at,
            )
        )

    def _revised(self, new: YearGrade) -> FirmGrades:
        """With what came next, unless that is nothing new: the same grade by the same round."""
        held = self.of(new.data_year)
        if held is None and new.grade is None:
            return self
        if held and (_said(held), held.round_id) == (_said(new), new.round_id):
            return self
        return replace(self, revisions=(*self.revisions, new.after(held)))


def decided_later(by: YearGrade | None, then: YearGrade | None, on: date) -> Reason | None:
    """A warning: the grade of the day was decided after it, and another one stood decided then (ours)."""
    decided_on = (by.decided_on or by.final_on) if by else None
    if by is None or decided_on is None or decided_on <= on:
        return None
    stood = f"grade {then.grade} by {then.round_id}" if then and then.grade else "no grade"
    return Reason(
        "GRADE_DECIDED_LATER",
        f"Grade {by.grade or 'none'} of {by.data_year} was decided on {decided_on}; on {on} {stood} stood "
        "decided. Charge nothing for days before a decision.",
        field="on",
    )


def _newest(revisions: Iterable[YearGrade]) -> list[YearGrade]:
    """What stands of each year, the oldest year first."""
    standing = {each.data_year: each for each in revisions}
    return [standing[year] for year in sorted(standing)]


def _said(grade: YearGrade) -> tuple[object, ...]:
    return grade.grade, grade.previous_grade, grade.parcels
