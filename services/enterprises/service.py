"""enterprises: the firms of the park, where they work and how they stand."""

from __future__ import annotations

from backbone import Store

from .evaluation.simulation import entrypoints as simulation
from .figures import entrypoints as figures
from .firms import entrypoints as firms
from .rounds import entrypoints as rounds
from .rounds.asked import entrypoints as rounds_asked
from .rounds.grading import entrypoints as grading
from .standing import entrypoints as standing


class EnterprisesService(
    firms.Firms,
    standing.Standings,
    figures.YearlyReports,
    rounds.Rounds,
    grading.Finalising,
    rounds_asked.RoundsAsked,
    simulation.Simulations,
):
    """Keeps the firms as townships report them, and what remediation makes of each."""

    name = "enterprises"

    store = Store(
        *firms.KEPT,
        *figures.KEPT,
        *rounds.KEPT,
        emits=(*firms.EMITTED, *standing.EMITTED, *figures.EMITTED, *rounds.EMITTED),
    )

    def firm_concerned(self, enterprise_id: str) -> None:
        """How a firm stands follows from its premises and from the cases on them, so that it does
        not matter which was heard of first."""
        self.review_standing(enterprise_id)
        self.review_figures(enterprise_id)
