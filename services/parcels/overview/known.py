"""What parcels knew at a moment: each kind of thing is read once for all figures of an overview."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from typing import Any

from park.overview import Clocks, known

from ..benefit.benefit import Benefit, benefit_of, figures_of_land
from ..campaign.outcome import Outcome
from ..lineage.succession import Succession
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.reports import Completed
from ..screening.figures import FirmYear
from ..screening.plot import Plot
from .cases import case_on, outcome_on
from .plots import PlotOn, plot_on


class Known:
    """The register and the cases, by the clocks. `store` is the unit of work."""

    def __init__(self, store: Any, clocks: Clocks) -> None:
        self.clocks = clocks
        self._read = partial(known, store, moment=clocks.known_at)

    @cached_property
    def plots(self) -> list[PlotOn]:
        """The plots that were there on the day."""
        on = self.clocks.on
        found = (
            plot_on(parcel, self._successions[parcel.parcel_id], on)
            for parcel in self._read(cls=Parcel)
        )
        return [plot for plot in found if plot]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What each case that was accepted by the day had added by then."""
        on = self.clocks.on
        found = (
            outcome_on(self._cases[kept.case_id], kept, on) for kept in self._read(cls=Outcome)
        )
        return sorted((each for each in found if each), key=lambda each: each.case_id)

    @cached_property
    def benefits(self) -> list[Benefit]:
        """What each of them was worth by the figures of the years that were over on the day."""
        cases = (case_on(self._cases[each.case_id], self.clocks.on) for each in self.outcomes)
        return [benefit_of(case, self._figures) for case in cases]

    def acceptance(self, case_id: str) -> Completed | None:
        """The last acceptance of a case by the day."""
        return case_on(self._cases[case_id], self.clocks.on).course.acceptance

    @cached_property
    def _cases(self) -> dict[str, Case]:
        return {case.case_id: case for case in self._read(cls=Case)}

    @cached_property
    def _successions(self) -> dict[str, list[Succession]]:
        found = defaultdict[str, list[Succession]](list)
        for succession in self._read(cls=Succession):
            for parcel_id in dict.fromkeys(succession.parcel_ids):
                found[parcel_id].append(succession)
        return found

    def _standing(self, parcel_id: str) -> list[Succession]:
        """The splits and merges of the plot that had happened by the day, as corrected by then."""
        found = (each.as_on(self.clocks.on) for each in self._successions[parcel_id])
        return [each for each in found if each]

    @cached_property
    def _firms(self) -> dict[str, Plot]:
        return {plot.parcel_id: plot for plot in self._read(cls=Plot)}

    def _figures(
        self, parcel_id: str, before: int, done: int
    ) -> tuple[Any, tuple[FirmYear, ...], int | None]:
        until = self.clocks.last_year()
        plots = self._firms.get
        return figures_of_land(parcel_id, before, done, until, plots, self._standing)
