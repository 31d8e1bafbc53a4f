"""How the figures of a period are reckoned from the cases: opened, accepted, released, open, late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from park.overview import Clocks, OverviewKind, OverviewPart, Reckoned
from park.units import m2_to_mu

from ..bulletins.figures import accepted_in, figures_of
from ..bulletins.period import Span
from ..remediation.case import Case
from ..remediation.release import ReleaseState
from ..remediation.reports import Identified, Planned, Report

ONE = Decimal(1)
AT_THE_END = ("open", "late")
SAID = {
    "identified": Identified,
    "open": Identified,
    "late": Planned,
}  # the report that a case counts by
Adds: TypeAlias = Callable[[Decimal], Decimal]


class PeriodReckonings:
    """The reckonings by the names that the rulebook gives them, of cases as they were known at a moment."""

    def __init__(self, cases: Iterable[Case], period: Span) -> None:
        self.cases = {each.case_id: each for each in sorted(cases, key=lambda case: case.case_id)}
        self.period = period
        self.figures = figures_of(self.cases.values(), period)
        self.by_name = {
            "cases": self.of_cases,
            "area_of_cases": self.area_of_cases,
            "released": self.released,
            "area_released": self.area_released,
        }

    def of_cases(self, of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """The cases of a figure of the bulletins."""
        found = (self.cases[case_id] for case_id in getattr(self.figures, of))
        parts = tuple(_part(each, self._said(each, of), ONE) for each in found)
        yield Reckoned(parts=parts, since_on=None if of in AT_THE_END else self.period.first)

    def area_of_cases(self, of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """What the acceptances of the period say, in mu; at least, if one does not say how much."""
        accepted = [self.cases[case_id] for case_id in self.figures.completed]
        said = [(case, accepted_in(case, self.period)) for case in accepted]
        areas = [(case, report, getattr(report, of)) for case, report in said]
        unknown = [_part(case, report) for case, report, m2 in areas if m2 is None]
        yield Reckoned(
            parts=tuple(_part(c, report, m2_to_mu(m2)) for c, report, m2 in areas if m2),
            without_amount=tuple(unknown),
            kind=OverviewKind.AT_LEAST if unknown else OverviewKind.EXACT,
            since_on=self.period.first,
        )

    def released(self, _of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """The plots whose release was granted in the period, and stands."""
        yield self._releases(lambda _: ONE)

    def area_released(self, _of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """Their area, in mu."""
        yield self._releases(m2_to_mu)

    def _releases(self, adds: Adds) -> Reckoned:
        parts = [
            _part(case, case.course.acceptance, adds(release.terms.area_m2), release.released_on)
            for case in self.cases.values()
            if (release := case.release).state is ReleaseState.RELEASED
            and release.terms
            and release.released_on
            and release.released_on in self.period
        ]
        return Reckoned(parts=tuple(parts), since_on=self.period.first)

    def _said(self, case: Case, of: str) -> Report | None:
        return accepted_in(case, self.period) if of == "completed" else case.in_force(SAID[of])


def _part(
    case: Case, said: Report | None, adds: Decimal | None = None, on: date | None = None
) -> OverviewPart:
    """A case, with the report by which it counts, and its day unless another is given."""
    return OverviewPart(
        thing="case",
        thing_id=case.case_id,
        adds=adds,
        about_on=on or (said.said.on if said else None),
        event_id=said.said.event_id if said else None,
    )
