"""`make run`: the four services in one process, the story played before your eyes, then left running."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from datetime import datetime  # noqa: E402
from typing import Any  # noqa: E402

from rich.console import Console  # noqa: E402
from rich.markup import escape  # noqa: E402
from rich.panel import Panel  # noqa: E402

from backbone import embedded, logs, settings  # noqa: E402
from backbone.envelope import Event, encode  # noqa: E402
from backbone.runner import Running  # noqa: E402
from backbone.work import PARK_TIME  # noqa: E402
from park.masking import mask  # noqa: E402

from . import story  # noqa: E402
from .door import Door  # noqa: E402
from .installation import HOMES, classes, installation, ports  # noqa: E402

out = Console(highlight=False)
LOUD = ("release_blocked", "release_revoked", "listing_withdrawn", "remediation_contradicted")


def main() -> int:
    embedded.register()
    try:
        chosen = settings.from_environment().fit_to_run()
        wanted = ports(HOMES)
    except settings.Unusable as problem:
        out.print(f"[red]These settings cannot be used:[/] {problem}")
        return 2
    logs.configure(os.environ.get("LOG_LEVEL", "WARNING"), mask)
    _say_where(chosen)
    here = installation(chosen)
    running = Running(classes(HOMES), here, wanted)
    door = Door(here)
    signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(running.stop))
    signal.signal(signal.SIGINT, lambda *_: eventlet.spawn_n(running.stop))
    try:
        running.start()
        port = door.open(int(os.environ.get("DOOR_PORT", "8000")))
    except (settings.Unusable, OSError, ValueError) as problem:
        hint = "" if isinstance(problem, settings.Unusable) else " (the door: set DOOR_PORT)"
        out.print(f"[red]It cannot start:[/] {escape(str(problem))}{hint}")
        return 1
    eventlet.spawn_n(_play_and_tell, door, port, running, chosen)
    running.wait()
    return 0


def _say_where(chosen: settings.Settings) -> None:
    if chosen.amqp_uri.startswith("embedded:") or chosen.redis_url.startswith("memory:"):
        out.print(
            Panel(
                "Broker and store are [bold]IN MEMORY[/]: nothing here is durable, all is gone when you "
                "stop.\nFor real servers: make run AMQP_URI=amqp://… REDIS_URL=redis://…",
                title="NOT DURABLE",
                style="yellow",
            )
        )
    else:
        out.print(
            f"broker {settings.masked(chosen.amqp_uri)}, store {settings.masked(chosen.redis_url)}"
        )


def _play_and_tell(door: Door, port: int, running: Running, chosen: settings.Settings) -> None:
    try:
        _play(door)
    except Exception as problem:  # noqa: BLE001 - the services stay up; the reader is told
        out.print(f"[red]The story stopped:[/] {type(problem).__name__}: {problem}")
    _tell_how(port, running, chosen)


def _play(door: Door) -> None:
    run = f"{int(time.time()):x}"
    known = story.ids(run)
    out.rule("The story: a plot is vacated, offered, and finds its project")
    for number, subscription in enumerate(story.subscriptions()):
        door.call("notify", "subscribe", subscription | {"request_id": f"subscribe-{number}"})
    door.call("projects", "register_lead", story.lead(run) | {"request_id": f"lead-{run}"})
    shown = Shown(door)
    for type_, data in story.reports(run):
        _publish(door, type_, data, f"{type_}-{run}")
        shown.show()
    listing = _eventually(lambda: _listing(door, known["case_id"]))
    out.print("\n[bold]The land desk publishes the listing[/] (the legal clock is checked)")
    terms = story.notice(run) | {"listing_id": listing["listing_id"]}
    door.call("projects", "publish_listing", terms)
    _eventually(lambda: _alert(door, "listing_published", listing["listing_id"]))
    shown.show()
    out.print("\n[bold]The listing[/]")
    out.print_json(data=_listing(door, known["case_id"]))
    alert = _eventually(lambda: _alert(door, "release_ready", known["case_id"]))
    out.print("[bold]Why does the alert on the released land exist?[/] notify.explain:")
    explained = door.call("notify", "explain", {"alert_id": alert["alert_id"]})
    for hop in explained["chain"]:
        out.print(f"  ← {escape(hop['sentence'])}", style="cyan")


class Shown:
    """Prints the facts and alerts that have come since it last looked."""

    def __init__(self, door: Door) -> None:
        self.door, self.facts, self.alerts = door, len(door.facts), set[str]()

    def show(self) -> None:
        eventlet.sleep(0.4)  # lets the chain run on, for the reader's eye only
        facts = list(self.door.facts)
        for fact in facts[self.facts :]:
            name = fact["type"].partition(".")[2]
            if name.startswith("delivery_"):
                continue
            style = "red" if name in LOUD else "green"
            out.print(f"   · [{style}]{fact['type']}[/]  {mask(str(fact.get('subject')))}")
        self.facts = len(facts)
        for alert in self.door.call("notify", "list_alerts", {"limit": 200})["items"]:
            if alert["alert_id"] not in self.alerts:
                self.alerts.add(alert["alert_id"])
                text = escape(f"[{alert['severity']}] {alert['text']}")
                out.print(f"   [magenta]alert[/] {text}")


def _publish(door: Door, type_: str, data: dict[str, Any], event_id: str) -> None:
    event = Event(
        id=event_id,
        source=f"/townships/{story.TOWNSHIP}",
        type=type_,
        time=datetime.now(PARK_TIME),
        data=data,
    )
    body = encode(event)
    key = f"{story.TOWNSHIP}.{type_}"
    receipt = door.publish(key, body, "application/cloudevents+json", {}, 15)
    outcome = receipt["outcome"] if receipt else "no receipt yet"
    out.print(f"\n[bold]{key}[/] → receipt [bold]{outcome}[/]")
    for reason in (receipt or {}).get("reasons", []):
        out.print(f"   [red]{reason['code']}[/] {reason['sentence']}")


def _listing(door: Door, case_id: str) -> Any:
    found = door.call("projects", "list_listings", {"filter": {"case_id": case_id}})["items"]
    return found[0] if found else None


def _alert(door: Door, kind: str, subject: str) -> Any:
    found = door.call("notify", "list_alerts", {"filter": {"kind": kind}, "limit": 200})["items"]
    return next((alert for alert in found if alert["subject"] == subject), None)


def _eventually(check: Callable[[], Any], within_s: float = 20) -> Any:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if found := check():
            return found
        eventlet.sleep(0.1)
    raise TimeoutError(f"nothing came within {within_s:g} s")


def _tell_how(port: int, running: Running, chosen: settings.Settings) -> None:
    out.rule("The services are up; Ctrl-C stops them")
    parcel = story.reports("1")[0][1] | {"parcel_id": f"{story.TOWNSHIP}-0231"}
    event = {
        "specversion": "1.0",
        "id": "my-first-event",
        "source": f"/townships/{story.TOWNSHIP}",
        "type": "parcel.registered",
        "time": "2023-08-01T09:30:00+08:00",
        "data": parcel,
    }
    body = json.dumps(event, ensure_ascii=False)
    host = chosen.http_host if chosen.http_host != "0.0.0.0" else "localhost"  # noqa: S104 - told, not bound
    out.print("[bold]Publish an event[/] (the answer is the receipt):")
    out.print(
        f"  curl -d '{body}' localhost:{port}/events/{story.TOWNSHIP}.parcel.registered",
        markup=False,
        soft_wrap=True,
    )
    out.print("[bold]Call an RPC[/]:")
    out.print(
        f'  curl -d \'{{"parcel_id": "{parcel["parcel_id"]}"}}\' localhost:{port}/rpc/parcels/get_parcel',
        markup=False,
        soft_wrap=True,
    )
    out.print("[bold]Read the metrics[/]:")
    for name, at in running.ports.items():
        out.print(f"  curl {host}:{at}/metrics    # {name}", markup=False, soft_wrap=True)
    if not chosen.amqp_uri.startswith("embedded:"):
        out.print("[bold]Over AMQP[/], as townships and internal systems do:")
        out.print(f"  # $AMQP_URI is {settings.masked(chosen.amqp_uri)}", soft_wrap=True)
        prefix = '  AMQP_URI="$AMQP_URI" .venv/bin/python -m services'
        out.print(
            f"{prefix} publish {story.TOWNSHIP} parcel.registered '{json.dumps(parcel)}'",
            markup=False,
            soft_wrap=True,
        )
        out.print(
            f"{prefix} call parcels get_parcel parcel_id={parcel['parcel_id']}",
            markup=False,
            soft_wrap=True,
        )


if __name__ == "__main__":
    sys.exit(main())
