"""One plot and its desk: remediated, matched with a project, and then whatever acts it is given. An act is a
function of the life; what it is made of is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from demo.story import Plot
from services.projects.listings.listing import listing_id_of

if TYPE_CHECKING:
    from .desk import Desk

TOWNSHIPS = ("330604006", "330604001", "330604107", "330604003")
ACCEPTED_ON = date(2023, 7, 28)
PLAN_CONDITIONS = {"plot_ratio": {"minimum": "1"}}  # land without any is on no page
Act = Callable[["Life"], None]


class Life:
    """What one plot and its desk do, in an order that is possible."""

    def __init__(self, desk: Desk, run: str) -> None:
        self.desk = desk
        self.plot = Plot(run, TOWNSHIPS[desk.part], ACCEPTED_ON)
        self.lead_id = f"lead-{run}"
        self.listing_id = listing_id_of(self.plot.parcel_id, self.plot.case_id)
        self.contract_id = f"{self.listing_id}.1"
        self.steps = 0

    def live(self, acts: Iterable[Act]) -> None:
        """All of these, once the land may be offered and its project is known to look for it."""
        self.vacate(self.plot)
        self.write("projects", "register_lead", **self.plot.lead() | {"lead_id": self.lead_id})
        self.until(self._is_matched)
        for act in acts:
            act(self)

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

    def is_told(self, kind: str, of: str) -> bool:
        """Whether there is an alert of that kind, of such a thing."""
        found = self.ask("notify", "list_alerts", filter={"kind": kind}, limit=200)["items"]
        return any(of in f"{each['subject']} {each['data']}" for each in found)

    def next_id(self) -> str:
        self.steps += 1
        return f"{self.plot.run}/{self.steps}"

    def beside(self, name: str) -> Plot:
        """Another plot of this life, with ids of its own."""
        return Plot(f"{self.plot.run}{name}", self.plot.township, self.plot.accepted_on)

    def in_days(self, days: int) -> str:
        """So many days from today."""
        return (self.desk.today() + timedelta(days=days)).isoformat()

    def at(self, day: int, hour: int, minute: int = 0) -> str:
        return f"{self.plot.day(day)}T{hour:02}:{minute:02}:00+08:00"

    def _is_matched(self) -> bool:
        match = self.ask("projects", "get_match", listing_id=self.listing_id)
        return self.lead_id in match["lead_ids"]
