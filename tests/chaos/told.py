"""Every fact that the park announced: told, heard, doubled, lost, by its type; and what became of commands.

A commit that announced facts says so in the histories of what it changed. What left the services lies in a
queue of the test's own, and what notify heard is in its trail; an effect is doubled when the history of one
thing names one cause twice. A few things have no history and keep each report in themselves: there the
reports are counted, and a fact that such a commit alone announced is known only once it has left.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backbone.plain import snake
from backbone.store import history
from backbone.store.redis import connect
from services.installation import HOMES, classes

SERVICES = ("parcels", "enterprises", "projects", "notify")
LOOKS = 10
KEPT_IN_ITSELF = {"firm_codes": "marks", "indicator_year": "figures"}  # things of enterprises
NOT_LED_TO = {  # of the types of facts, those that no desk leads to, each with what it would take
    "enterprises.request_clock_settled": "the calendar of a year is a file of the next release",
    "parcels.heartbeat_heard": "no desk's: a process beside the park sends it",
    "projects.heartbeat_heard": "likewise",
    "notify.alarm_raised": "Alertmanager tells of it when an alert of Prometheus fires",
    "notify.alarm_over": "likewise",
    "notify.feed_heard_again": "a township's silence must have been told before",
    "notify.feed_mostly_refused": "an operator tells of it when an alert of Prometheus fires",
    "notify.feed_silent": "by the clocks of the services nothing has come of a township for 31 days",
}
ITSELF = "itself"  # the source of what a thing keeps: its cause is known by its id alone
DUE, DELIVERED = "notify.delivery_due", "delivered"

BEFORE_APRIL = dict.fromkeys(
    ("projects.supply_plan_overdue", "projects.supply_plan_overdue_lifted"),
    "the plan of a year is published by the end of its March",
)


def not_led_to(on: date) -> dict[str, str]:
    """The types that no run of that day leads to, and why."""
    return NOT_LED_TO | (BEFORE_APRIL if on.month < 4 else {})


@dataclass
class Stored:
    """What the stores say: the facts that each cause announced, by service; how often each thing names each
    cause; the events that notify heard, and how its deliveries stand."""

    announced: Counter[str] = field(default_factory=Counter)
    effects: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # thing, source, id
    heard: set[str] = field(default_factory=set)
    deliveries: dict[str, str] = field(default_factory=dict)  # the state of each
    parked: int = 0


def stored(url: str) -> Stored:
    """All that the four services hold."""
    return look(dict.fromkeys(SERVICES, connect(url)))


def look(clients: Mapping[str, Any]) -> Stored:
    """What the store of each service holds."""
    found = Stored()
    for service, client in clients.items():
        _look_at_histories(service, client, found)
        found.parked += client.zcard(f"{{{service}}}:parked:index")
    _look_at_things(clients["enterprises"], found)
    _look_at_notify(clients["notify"], found)
    return found


def _look_at_histories(service: str, client: Any, found: Stored) -> None:
    causes: dict[tuple[str, str], list[str]] = {}
    for key in set(
        client.scan_iter(f"{{{service}}}:changes:*", count=1000)
    ):  # it may say one twice
        for change in history.read(client.lrange(key, 0, -1)):
            cause = (change["by"]["source"] or "", change["by"]["id"] or "")
            found.effects[key.decode(), *cause] += 1
            causes[cause] = change["facts"]
    found.announced.update(f"{service}.{name}" for facts in causes.values() for name in facts)


def _look_at_things(client: Any, found: Stored) -> None:
    """Those that keep what they were told in themselves."""
    for thing, kept in KEPT_IN_ITSELF.items():
        for key in set(client.scan_iter(f"{{enterprises}}:{thing}:*", count=1000)):
            for said in _document(client.get(key))[kept]:
                found.effects[key.decode(), ITSELF, said["report_id"]] += 1


def _look_at_notify(client: Any, found: Stored) -> None:
    hops = "{notify}:hop:"
    found.heard = {
        key.decode().removeprefix(hops) for key in client.scan_iter(f"{hops}*", count=1000)
    }
    for key in client.scan_iter("{notify}:delivery:*", count=1000):
        delivery = _document(client.get(key))
        found.deliveries[delivery["delivery_id"]] = delivery["state"]


def _document(kept: bytes) -> dict[str, Any]:
    """A thing as it is stored: behind its version and its moment."""
    found: dict[str, Any] = json.loads(kept.split(b" ", 2)[2])
    return found


def at_rest(url: str) -> Stored:
    """The same, once two looks agree: the hour may strike while everything is counted."""
    before = stored(url)
    for _ in range(LOOKS):
        time.sleep(2)
        now = stored(url)
        if now == before:
            break
        before = now
    return before


def emitted() -> set[str]:
    """Every type of fact that a service may announce."""
    return {
        f"{cls.name}.{snake(fact.__name__)}" for cls in classes(HOMES) for fact in cls.store.emits
    }


def by_fact(store: Stored, published: Iterable[dict[str, Any]]) -> dict[str, list[int]]:
    """Of each type that was announced: told, heard, doubled, lost."""
    ids: dict[str, set[str]] = defaultdict(set)
    due: set[str] = set()
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for event in published:
        ids[event["type"]].add(event["id"])
        if event["type"] == DUE and store.deliveries.get(event["data"]["delivery_id"]) == DELIVERED:
            due.add(event["id"])
        same = (
            event["type"],
            str(event.get("causationid")),
            json.dumps(event["data"], sort_keys=True),
        )
        said[same].add(event["id"])
    type_of = {event_id: type_ for type_, all_ids in ids.items() for event_id in all_ids}
    doubled = Counter(
        type_ for (type_, *_), all_ids in said.items() for _ in range(len(all_ids) - 1)
    )
    for (_, _, event_id), times in store.effects.items():
        if times > 1 and event_id in type_of:
            doubled[type_of[event_id]] += times - 1
    found = {}
    for type_ in sorted(ids.keys() | store.announced.keys()):
        told = len(ids[type_])
        heard = len(due) if type_ == DUE else _heard(type_, ids[type_], store)
        lost = max(0, store.announced[type_] - told) + max(0, told - heard)
        found[type_] = [told, heard, doubled[type_], lost]
    return found


def _heard(type_: str, ids: set[str], store: Stored) -> int:
    """How many of them were heard: by notify, which hears everything of the others. Of its own facts, a
    delivery that is due was heard when it is delivered; the others nobody hears."""
    return len(ids) if type_.startswith("notify.") else len(ids & store.heard)


def applied(
    store: Stored, sent: Iterable[tuple[str, str]]
) -> tuple[set[tuple[str, str]], list[str]]:
    """Which commands and reports have left their mark, and the things on which one left it once more."""
    wanted, places = {}, {}
    for name, cause_id in sent:
        service, _, method = name.partition(".")
        is_command = service in SERVICES
        source = f"/rpc/{service}/{method}" if is_command else "/townships/"
        places[cause_id] = source if is_command else ""
        wanted[places[cause_id], cause_id] = (name, cause_id)
    marked, twice = set(), []
    for (thing, source, cause_id), times in store.effects.items():
        place = places.get(cause_id) if source == ITSELF else source
        place = "" if source.startswith("/townships/") else place
        if (place, cause_id) in wanted:
            marked.add(wanted[place, cause_id])
            twice += [f"{thing} by {cause_id}"] * (times - 1)
    return marked, twice
