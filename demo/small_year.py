"""A year of a small park, played once the story is told, and what the overview then counts."""

from __future__ import annotations

import json
from typing import Any

from eventlet import GreenPool

from cli.overview.shown import with_unit
from cli.year.playing import Played, Player
from year.plan import LEAST_PLOTS, of_size
from year.stream import year

from .gateway import Gateway
from .play import out

SEED = 2023  # not that of `tenglong year`, whose park may be played beside this one
PAGE_DAY = "2023-07-31"
AT_ONCE = 50
PATIENCE_S = 15.0


class Door:
    """Into the services by the gateway: many reports at once, each of which waits for its receipt."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self._receipts: list[dict[str, Any]] = []

    def send(self, events: list[dict[str, Any]]) -> None:
        left = events
        while left:  # the gateway knows a receipt by the bytes: a copy goes after its original
            wave: dict[str, dict[str, Any]] = {}
            for each in left:
                wave.setdefault(each["id"], each)
            receipts = GreenPool(AT_ONCE).imap(self._publish, wave.values())
            self._receipts += [each for each in receipts if each]
            left = [each for each in left if wave[each["id"]] is not each]

    def _publish(self, event: dict[str, Any]) -> dict[str, Any] | None:
        key = f"{event['source'].rpartition('/')[2]}.{event['type']}"
        body = json.dumps(event).encode()
        return self.gateway.publish(key, body, "application/cloudevents+json", {}, PATIENCE_S)

    def receipts(self, wait_s: float) -> list[dict[str, Any]]:
        arrived, self._receipts = self._receipts, []
        return arrived

    def ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        return self.gateway.call(service, method, arguments)


def play_year(gateway: Gateway) -> Played:
    """Play it, and print the figures of the page's day. To play it again changes nothing."""
    out.rule(f"A year of a small park: {LEAST_PLOTS} plots, invented")
    played = Player(Door(gateway), PATIENCE_S).play(year(of_size(SEED, LEAST_PLOTS)))
    out.print(
        f"{played.events['sent']} reports of townships and {played.calls['sent']} commands of desks in "
        f"{played.seconds:.0f} s; {'each' if played.is_whole else '[red]not each[/]'} was taken, or refused "
        "because it was mistyped on purpose"
    )
    for what, code in played.reasons:
        out.print(f"   [red]{code}[/] {what}")
    out.print(f"\n[bold]What the overview counts of it on {PAGE_DAY}[/] (parcels.overview):")
    page = gateway.call("parcels", "overview", {"on": PAGE_DAY})
    for topic in page["topics"]:
        for each in topic["figures"]:
            if each["value"] is not None:
                out.print(f"  {with_unit(each):>24}  {each['title']}", markup=False)
    return played
