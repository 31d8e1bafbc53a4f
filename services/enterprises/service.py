"""enterprises: the firms of the park, where they work and how they stand."""

from __future__ import annotations

from backbone import Store

from .figures import entrypoints as figures
from .firms import entrypoints as firms
from .groups import entrypoints as groups
from .honours import entrypoints as honours
from .identity import entrypoints as identity
from .industry import entrypoints as industry
from .premises import entrypoints as premises
from .profile import entrypoints as profile
from .standing import entrypoints as standing


class EnterprisesService(
    firms.Firms,
    standing.Standings,
    figures.YearlyReports,
    industry.Industries,
    identity.Identities,
    profile.Profiles,
    honours.Honours,
    premises.Premises,
    groups.Groups,
):
    """Keeps the firms as townships report them, and what remediation makes of each."""

    name = "enterprises"

    store = Store(
        *firms.KEPT,
        *figures.KEPT,
        *industry.KEPT,
        *identity.KEPT,
        *profile.KEPT,
        *honours.KEPT,
        *premises.KEPT,
        *groups.KEPT,
        emits=(*firms.EMITTED, *standing.EMITTED, *figures.EMITTED, *identity.EMITTED),
    )

    def firm_concerned(self, enterprise_id: str) -> None:
        """How a firm stands follows from its premises and from the cases on them, so that it does
        not matter which was heard of first."""
        self.review_standing(enterprise_id)
        self.review_figures(enterprise_id)
        self.review_identity(enterprise_id)
