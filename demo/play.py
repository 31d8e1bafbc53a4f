"""The story, played before the reader's eyes: what is published, and what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.markup import escape

from park.masking import mask

from . import story

out = Console(highlight=False)
LOUD = ("release_blocked", "release_revoked", "listing_withdrawn", "remediation_contradicted")


class Entrance(Protocol):
    """How the story gets into the services, and what is heard of them."""

    @property
    def facts(self) -> Sequence[dict[str, Any]]:
        """What was announced so far."""

    def call(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        """Call a service as an internal system does."""

    def report(self, type_: str, data: dict[str, Any], event_id: str) -> dict[str, Any] | None:
        """Report as the township of the story. Answers the receipt, or nothing if none comes."""


def play(entrance: Entrance) -> None:
    """Play the story of one plot, and print what comes of each step."""
    run = f"{int(time.time()):x}"
    plot = story.Plot(run)
    out.rule("The story: a plot is vacated, offered, and finds its project")
    for number, subscription in enumerate(story.subscriptions()):
        entrance.call("notify", "subscribe", subscription | {"request_id": f"subscribe-{number}"})
    entrance.call("projects", "register_lead", plot.lead() | {"request_id": f"lead-{run}"})
    shown = Shown(entrance)
    for type_, data in plot.reports(identifiers=story.IDENTIFIERS):
        _report(entrance, type_, data, f"{type_}-{run}")
        shown.show()
    listing = _eventually(lambda: _listing(entrance, plot.case_id))
    out.print("\n[bold]The land desk publishes the listing[/] (the legal clock is checked)")
    terms = plot.notice() | {"listing_id": listing["listing_id"]}
    entrance.call("projects", "publish_listing", terms | {"request_id": f"notice-{run}"})
    _eventually(lambda: _alert(entrance, "listing_published", listing["listing_id"]))
    shown.show()
    out.print("\n[bold]The listing[/]")
    out.print_json(data=_listing(entrance, plot.case_id))
    alert = _eventually(lambda: _alert(entrance, "release_ready", plot.case_id))
    out.print("[bold]Why does the alert on the released land exist?[/] notify.explain:")
    explained = entrance.call("notify", "explain", {"alert_id": alert["alert_id"]})
    for hop in explained["chain"]:
        out.print(f"  ← {escape(hop['sentence'])}", style="cyan")


class Shown:
    """Prints the facts and alerts that have come since it last looked."""

    def __init__(self, entrance: Entrance) -> None:
        self.entrance, self.facts, self.alerts = entrance, len(entrance.facts), set[str]()

    def show(self) -> None:
        time.sleep(0.4)  # lets the chain run on, for the reader's eye only
        facts = list(self.entrance.facts)
        for fact in facts[self.facts :]:
            name = fact["type"].partition(".")[2]
            if name.startswith("delivery_"):
                continue
            style = "red" if name in LOUD else "green"
            out.print(f"   · [{style}]{fact['type']}[/]  {mask(str(fact.get('subject')))}")
        self.facts = len(facts)
        for alert in self.entrance.call("notify", "list_alerts", {"limit": 200})["items"]:
            if alert["alert_id"] not in self.alerts:
                self.alerts.add(alert["alert_id"])
                text = escape(f"[{alert['severity']}] {alert['text']}")
                out.print(f"   [magenta]alert[/] {text}")


def _report(entrance: Entrance, type_: str, data: dict[str, Any], event_id: str) -> None:
    receipt = entrance.report(type_, data, event_id)
    outcome = receipt["outcome"] if receipt else "no receipt yet"
    out.print(f"\n[bold]{story.TOWNSHIP}.{type_}[/] → receipt [bold]{outcome}[/]")
    for reason in (receipt or {}).get("reasons", []):
        out.print(f"   [red]{reason['code']}[/] {reason['sentence']}")


def _listing(entrance: Entrance, case_id: str) -> Any:
    found = entrance.call("projects", "list_listings", {"filter": {"case_id": case_id}})["items"]
    return found[0] if found else None


def _alert(entrance: Entrance, kind: str, subject: str) -> Any:
    found = entrance.call("notify", "list_alerts", {"filter": {"kind": kind}, "limit": 200})[
        "items"
    ]
    return next((alert for alert in found if alert["subject"] == subject), None)


def _eventually(check: Callable[[], Any], within_s: float = 20) -> Any:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if found := check():
            return found
        time.sleep(0.1)
    raise TimeoutError(f"nothing came within {within_s:g} s")
