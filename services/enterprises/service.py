"""enterprises: the firms of the park, where they work and how they stand."""

from __future__ import annotations

from backbone import Store
from park.receipts import says_what_was_masked

from .codes import entrypoints as codes
from .deadlines import entrypoints as deadlines
from .evaluation.simulation import entrypoints as simulation
from .figures import entrypoints as figures
from .firms import entrypoints as firms
from .groups import entrypoints as groups
from .honours import entrypoints as honours
from .identity import entrypoints as identity
from .indicators import entrypoints as indicators
from .industry import entrypoints as industry
from .innovation import entrypoints as innovation
from .ledger import entrypoints as ledger
from .obligations import entrypoints as obligations
from .overview import entrypoints as overview
from .premises import entrypoints as premises
from .profile import entrypoints as profile
from .requests import entrypoints as requests
from .responses import entrypoints as responses
from .rounds import entrypoints as rounds
from .rounds.asked import entrypoints as rounds_asked
from .rounds.grading import entrypoints as grading
from .standing import entrypoints as standing
from .verdicts import entrypoints as verdicts
from .whereabouts import entrypoints as whereabouts
from .why import entrypoints as why


@says_what_was_masked
class EnterprisesService(
    deadlines.Deadlines,
    firms.Firms,
    standing.Standings,
    whereabouts.PremisesOfFirms,
    figures.YearlyReports,
    simulation.Simulations,
    rounds.Rounds,
    grading.Finalising,
    verdicts.Verdicts,
    rounds_asked.RoundsAsked,
    codes.FirmCodesDesk,
    overview.Overviews,
    innovation.Innovation,
    industry.Industries,
    identity.Identities,
    profile.Profiles,
    honours.Honours,
    premises.Premises,
    groups.Groups,
    requests.ServiceDesk,
    ledger.Ledger,
    responses.Responses,
    why.Explanations,
):
    """Keeps the firms as townships report them, and what remediation makes of each."""

    name = "enterprises"

    store = Store(
        *firms.KEPT,
        *figures.KEPT,
        *rounds.KEPT,
        *codes.KEPT,
        *indicators.KEPT,
        *innovation.KEPT,
        *industry.KEPT,
        *identity.KEPT,
        *profile.KEPT,
        *honours.KEPT,
        *deadlines.KEPT,
        *premises.KEPT,
        *obligations.KEPT,
        *groups.KEPT,
        *requests.KEPT,
        emits=(
            *firms.EMITTED,
            *standing.EMITTED,
            *whereabouts.EMITTED,
            *figures.EMITTED,
            *rounds.EMITTED,
            *codes.EMITTED,
            *indicators.EMITTED,
            *identity.EMITTED,
            *deadlines.EMITTED,
            *requests.EMITTED,
        ),
    )

    def firm_concerned(self, enterprise_id: str) -> None:
        """How a firm stands follows from its premises and from the cases on them, so that it does
        not matter which was heard of first."""
        self.review_standing(enterprise_id)
        self.review_premises(enterprise_id)
        self.review_figures(enterprise_id)
        self.review_identity(enterprise_id)

    def deadlines_concerned(self, enterprise_id: str) -> None:
        """What was told of a firm's honours and capital is taken back when a report makes it wrong."""
        self.lift_deadlines(enterprise_id)
