"""The final grades of a firm, year by year, with every revision of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from .law import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGrade:
    """What a round made final of a firm's year; `grade` is none where that was withdrawn.
    `previous_grade` is that of the year before, as it was known then."""

    data_year: int
    revision: int
    grade: Grade | None
    previous_grade: Grade | None
    final_on: date
    round_id: str
    scheme: str
    parcels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmGrades:
    """`revisions` are all that was ever final, in the order in which it became so."""

    enterprise_id: str
    township: str
    revisions: tuple[YearGrade, ...] = ()

    @property
    def years(self) -> tuple[YearGrade, ...]:
        """What stands of each year: its newest revision."""
        return tuple(grade for _, grade in sorted(self._standing().items()))

    def of(self, data_year: int) -> YearGrade | None:
        return self._standing().get(data_year)

    def grade_of(self, data_year: int) -> Grade | None:
        found = self.of(data_year)
        return found.grade if found else None

    def on(self, day: date) -> YearGrade | None:
        """The grade by which the firm is treated on that day: of those that had become final, that of
        the newest data year; none where that was withdrawn by then."""
        final = [each for each in self.revisions if each.final_on <= day]
        return max(final, key=lambda each: (each.data_year, each.revision), default=None)

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
            )
        )

    def _revised(self, new: YearGrade) -> FirmGrades:
        """With the next revision, unless the firm is told nothing new."""
        held = self.of(new.data_year)
        if (held is None and new.grade is None) or (held and _said(held) == _said(new)):
            return self
        revised = replace(new, revision=held.revision + 1 if held else 1)
        return replace(self, revisions=(*self.revisions, revised))

    def _standing(self) -> dict[int, YearGrade]:
        return {each.data_year: each for each in self.revisions}


def _said(grade: YearGrade) -> tuple[object, ...]:
    return grade.grade, grade.previous_grade, grade.parcels
