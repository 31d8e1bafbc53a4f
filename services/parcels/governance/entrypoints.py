"""One code manages land [一码管地]: from the code of a plot to all that hangs on it, across services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import eventlet

from backbone import Calls, query
from backbone.logs import log
from park.rules import refuse

from ..register.entrypoints import Codes
from ..register.land_code import is_land_code, parcel_id_of, problem_of, tidied
from ..register.parcel import Parcel
from ..remediation.entrypoints import cases_on
from . import schemas
from .plot import page_of
from .rules import not_reached, several_parcels

LONGEST_S = 3.0  # that another service is waited for: the page is for somebody who looks at it now
SHARE = 0.6  # of the time that the caller still waits; the rest is for our own answer


class Governance(Codes):
    """Answers what hangs on the code of a plot. What another service knows is asked of that service,
    and a page without it says so."""

    enterprises = Calls(
        "enterprises",
        "due",
        "explain_overview",
        "firms_on_parcel",
        "overview_figures",
        "period_figures",
        "round_history",
        "service_request_history",
    )
    projects = Calls(
        "projects",
        "contract_history",
        "contracts_of_parcel",
        "due",
        "explain_overview",
        "fund_history",
        "list_listings",
        "listing_history",
        "overview_figures",
        "period_figures",
        "platform_history",
        "policy_history",
        "project_history",
        "start_figures",
        "supply_history",
        "talent_application_history",
    )

    @query(schemas.ResolveCode, answers=schemas.PlotPage)
    def resolve_code(self, request: dict[str, Any]) -> Any:
        """All that hangs on a code: the plot, its cases and releases, the firms on it, its listings and
        contracts."""
        on = request["on"] or self.store.today
        parcel = self._named(request["code"], on)
        page = page_of(parcel, cases_on(parcel, self.store), on, self._became(parcel))
        return self.store.dump(page | self._elsewhere(parcel.parcel_id, on))

    def _named(self, code: str, on: date) -> Any:
        """The parcel of a governance code, of its own id, or of a code that it has on that day."""
        text = tidied(code)
        if is_land_code(text):
            refuse(problem_of(text))
            return self.store.require(Parcel, str(parcel_id_of(text)), "code")
        if parcel := self.store.get(Parcel, text):
            return parcel
        known = [claim for _, claim in self._claims(text, on)]
        claims = [claim for claim in known if not claim.ceased] or known
        refuse(several_parcels(claims))
        return self.store.require(Parcel, claims[0].parcel_id if claims else text, "code")

    def _elsewhere(self, parcel_id: str, on: date) -> dict[str, Any]:
        """What the other services say of the plot, all asked at one time."""
        asked = {
            "occupiers": eventlet.spawn(
                self._answer,
                self.enterprises,
                schemas.Firms(),
                lambda firms: firms.firms_on_parcel(parcel_id=parcel_id, on=on.isoformat()),
            ),
            "listings": eventlet.spawn(
                self._answer,
                self.projects,
                schemas.Listings(),
                lambda offers: offers.list_listings(filter={"parcel_id": parcel_id}),
            ),
            "contracts": eventlet.spawn(
                self._answer,
                self.projects,
                schemas.Contracts(),
                lambda signed: {"items": signed.contracts_of_parcel(parcel_id=parcel_id)},
            ),
        }
        answers = {name: asking.wait() for name, asking in asked.items()}
        missing = {name: why for name, why in answers.items() if isinstance(why, Exception)}
        found = [answer for answer in answers.values() if isinstance(answer, dict)]
        reasons = [
            not_reached(KNOWN_BY[name], name, why).as_dict() for name, why in missing.items()
        ]
        told = {key: value for answer in found for key, value in answer.items()}
        unreachable = sorted({KNOWN_BY[name] for name in missing})
        return told | {"unreachable": unreachable, "unreachable_reasons": reasons}

    def _answer(
        self,
        service: Any,
        reads: Any,
        ask: Callable[[Any], Any],
        longest_s: float = LONGEST_S,
    ) -> Any:
        """What the service answers, or the problem: whatever is wrong there, the rest of the page is
        told."""
        service.deadline_s = min(service.deadline_s, longest_s, SHARE * self.store.seconds_left)
        try:
            return reads.load(ask(service))
        except Exception as problem:  # noqa: BLE001 - see above; the caller is told who is missing
            log.warning("plot_page_incomplete", problem=type(problem).__name__)
            return problem


KNOWN_BY = {"occupiers": "enterprises", "listings": "projects", "contracts": "projects"}
