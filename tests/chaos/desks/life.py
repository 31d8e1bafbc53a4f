"""One plot: remediated, offered, awarded, promised for, reviewed, sold; with its firm's request, and in the
first life of a township all that the other desks do once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from demo.story import Plot
from services.projects.listings.listing import listing_id_of
from tests.chaos import lives

from . import firms, land, money, offices, projects

if TYPE_CHECKING:
    from .desk import Desk

LIFE = 32  # reports and commands of one life, about
TOWNSHIPS = ("330604006", "330604001", "330604107", "330604003")
ACCEPTED_ON = date(2023, 7, 28)
PLAN_CONDITIONS = {"plot_ratio": {"minimum": "1"}}  # land without any is on no page
OF_EACH = (
    projects.pipeline, projects.page, land.supply, land.contract, land.soil, land.promises,
    firms.request,
)  # fmt: skip
OF_THE_FIRST = (
    firms.evaluation, money.platform, money.fund, land.void,
)  # fmt: skip


class Life:
    """What one plot and its desk do, in an order that is possible."""

    def __init__(self, desk: Desk, run: str, *, is_first: bool) -> None:
        self.desk, self.is_first = desk, is_first
        self.plot = Plot(run, TOWNSHIPS[desk.part], ACCEPTED_ON)
        self.lead_id = f"lead-{run}"
        self.listing_id = listing_id_of(self.plot.parcel_id, self.plot.case_id)
        self.contract_id = f"{self.listing_id}.1"
        self.steps = 0

    def live(self) -> None:
        self.vacate(self.plot)
        self.write("projects", "register_lead", **self.plot.lead() | {"lead_id": self.lead_id})
        self.until(self._is_matched)
        for act in OF_EACH:
            act(self)
        if self.is_first:
            for act in OF_THE_FIRST:
                act(self)
            self._all_reports()
            for command in offices.commands(self.plot, self.lead_id, self.desk.part):
                self.write(command.service, command.method, **command.arguments)

    # --- what an act is made of

    def ask(self, service: str, method: str, **arguments: Any) -> Any:
        """The answer of a read."""
        return self.desk.caller.call(service, method, **arguments)

    def until(self, ask: Callable[[], Any]) -> Any:
        """What is so once the facts have come through."""
        return self.desk.until(ask)

    def write(self, service: str, method: str, **arguments: Any) -> Any:
        """A command, under the next request id of this life."""
        return self.desk.write(service, method, self.next_id(), **arguments)

    def report(self, type_: str, data: dict[str, Any]) -> None:
        """What the township publishes."""
        event_id = self.next_id()
        self.desk.send(
            {
                "specversion": "1.0",
                "id": event_id,
                "source": f"/townships/{self.plot.township}",
                "type": type_,
                "time": "2023-09-01T09:30:00+08:00",
                "data": data,
            }
        )
        self.desk.sent.append((type_, event_id))

    def vacate(self, plot: Plot) -> None:
        """All that is reported of a plot until its land may be offered."""
        for type_, data in plot.reports(plan_conditions=PLAN_CONDITIONS):
            self.report(type_, data)

    def next_id(self) -> str:
        self.steps += 1
        return f"{self.plot.run}/{self.steps}"

    def beside(self, name: str) -> Plot:
        """Another plot of this life, with ids of its own."""
        return Plot(f"{self.plot.run}{name}", self.plot.township, self.plot.accepted_on)

    def at(self, day: int, hour: int, minute: int = 0) -> str:
        return f"{self.plot.day(day)}T{hour:02}:{minute:02}:00+08:00"

    # ---

    def _all_reports(self) -> None:
        """Every type of report that there is, of another plot, where the samples are at home."""
        if self.plot.township in lives.TOWNSHIPS:
            for event in lives.life(f"{self.plot.run}x", self.plot.township, self.desk.chance):
                self.desk.send(event)
                self.desk.sent.append((event["type"], event["id"]))

    def _is_matched(self) -> bool:
        match = self.ask("projects", "get_match", listing_id=self.listing_id)
        return self.lead_id in match["lead_ids"]
