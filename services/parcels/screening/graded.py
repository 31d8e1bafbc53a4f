"""The final grades of a firm [亩均评价], as `enterprises` announces them, and what they say of a plot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalGrade:
    """The grade of a firm's year; none when it was withdrawn. A greater `revision` is newer."""

    data_year: int
    grade: str | None
    previous_grade: str | None
    revision: int
    parcels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotGrade:
    """The grade of a firm's year on one of its plots, and that of the year before, if there is any."""

    data_year: int
    enterprise_id: str
    grade: str
    grade_before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedFirm:
    """A firm by its id, and of each year the newest revision. `parcel_ids` are all plots that any of
    them named: one that is named no more must hear that, in whatever order the revisions come."""

    graded_firm_id: str
    years: tuple[FinalGrade, ...] = ()
    parcel_ids: tuple[str, ...] = ()

    def with_grade(self, new: FinalGrade) -> GradedFirm:
        held = {each.data_year: each for each in self.years}
        known = held.get(new.data_year)
        if known is None or known.revision < new.revision:
            held[new.data_year] = new
        return replace(
            self,
            years=tuple(each for _, each in sorted(held.items())),
            parcel_ids=tuple(sorted({*self.parcel_ids, *new.parcels})),
        )

    def on_plot(self, parcel_id: str) -> tuple[PlotGrade, ...]:
        """Its grades of the years in which the plot is one of its own. The year before is the one that
        is known of itself; else what the fact of this year says of it."""
        known = {each.data_year: each.grade for each in self.years}
        return tuple(
            PlotGrade(
                data_year=each.data_year,
                enterprise_id=self.graded_firm_id,
                grade=each.grade,
                grade_before=known.get(each.data_year - 1, each.previous_grade),
            )
            for each in self.years
            if each.grade is not None and parcel_id in each.parcels
        )


def with_firm(
    held: Iterable[PlotGrade], enterprise_id: str, new: Iterable[PlotGrade]
) -> tuple[PlotGrade, ...]:
    """The grades on a plot after one of its firms has others."""
    others = [each for each in held if each.enterprise_id != enterprise_id]
    return tuple(sorted([*others, *new], key=lambda each: (each.data_year, each.enterprise_id)))
