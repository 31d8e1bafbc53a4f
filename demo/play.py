"""The story, played before the reader's eyes: what is published, and what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import eventlet
from rich.console import Console
from rich.markup import escape

from backbone.messages.envelope import Event, encode
from park.masking import mask
from park.time import PARK_TIME

from . import story
from .gateway import Gateway

out = Console(highlight=False)
LOUD = ("release_blocked", "release_revoked", "listing_withdrawn", "remediation_contradicted")


def play(gateway: Gateway) -> None:
    """Play the story of one plot, and print what comes of each step."""
    run = f"{int(time.time()):x}"
    plot = story.Plot(run)
    out.rule("The story: a plot is vacated, offered, and finds its project")
    for number, subscription in enumerate(story.subscriptions()):
        gateway.call("notify", "subscribe", subscription | {"request_id": f"subscribe-{number}"})
    gateway.call("projects", "register_lead", plot.lead() | {"request_id": f"lead-{run}"})
    shown = Shown(gateway)
    for type_, data in plot.reports(identifiers=story.IDENTIFIERS):
        _publish(gateway, type_, data, f"{type_}-{run}")
        shown.show()
    listing = _eventually(lambda: _listing(gateway, plot.case_id))
    out.print("\n[bold]The land desk publishes the listing[/] (the legal clock is checked)")
    terms = plot.notice() | {"listing_id": listing["listing_id"]}
    gateway.call("projects", "publish_listing", terms | {"request_id": f"notice-{run}"})
    _eventually(lambda: _alert(gateway, "listing_published", listing["listing_id"]))
    shown.show()
    out.print("\n[bold]The listing[/]")
    out.print_json(data=_listing(gateway, plot.case_id))
    alert = _eventually(lambda: _alert(gateway, "release_ready", plot.case_id))
    out.print("[bold]Why does the alert on the released land exist?[/] notify.explain:")
    explained = gateway.call("notify", "explain", {"alert_id": alert["alert_id"]})
    for hop in explained["chain"]:
        out.print(f"  ← {escape(hop['sentence'])}", style="cyan")


class Shown:
    """Prints the facts and alerts that have come since it last looked."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway, self.facts, self.alerts = gateway, len(gateway.facts), set[str]()

    def show(self) -> None:
        eventlet.sleep(0.4)  # lets the chain run on, for the reader's eye only
        facts = list(self.gateway.facts)
        for fact in facts[self.facts :]:
            name = fact["type"].partition(".")[2]
            if name.startswith("delivery_"):
                continue
            style = "red" if name in LOUD else "green"
            out.print(f"   · [{style}]{fact['type']}[/]  {mask(str(fact.get('subject')))}")
        self.facts = len(facts)
        for alert in self.gateway.call("notify", "list_alerts", {"limit": 200})["items"]:
            if alert["alert_id"] not in self.alerts:
                self.alerts.add(alert["alert_id"])
                text = escape(f"[{alert['severity']}] {alert['text']}")
                out.print(f"   [magenta]alert[/] {text}")


def _publish(gateway: Gateway, type_: str, data: dict[str, Any], event_id: str) -> None:
    event = Event(
        id=event_id,
        source=f"/townships/{story.TOWNSHIP}",
        type=type_,
        time=datetime.now(PARK_TIME),
        data=data,
    )
    body = encode(event)
    key = f"{story.TOWNSHIP}.{type_}"
    receipt = gateway.publish(key, body, "application/cloudevents+json", {}, 15)
    outcome = receipt["outcome"] if receipt else "no receipt yet"
    out.print(f"\n[bold]{key}[/] → receipt [bold]{outcome}[/]")
    for reason in (receipt or {}).get("reasons", []):
        out.print(f"   [red]{reason['code']}[/] {reason['sentence']}")


def _listing(gateway: Gateway, case_id: str) -> Any:
    found = gateway.call("projects", "list_listings", {"filter": {"case_id": case_id}})["items"]
    return found[0] if found else None


def _alert(gateway: Gateway, kind: str, subject: str) -> Any:
    found = gateway.call("notify", "list_alerts", {"filter": {"kind": kind}, "limit": 200})["items"]
    return next((alert for alert in found if alert["subject"] == subject), None)


def _eventually(check: Callable[[], Any], within_s: float = 20) -> Any:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if found := check():
            return found
        eventlet.sleep(0.1)
    raise TimeoutError(f"nothing came within {within_s:g} s")
