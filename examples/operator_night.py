"""A night of an operator: what is parked and waits, what is late, and what nobody has looked at.

AMQP_URI=amqp://… .venv/bin/python -m examples.operator_night
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from client import CallError, Park, Unavailable
from client.api.every_service import EveryService
from examples.story import run

ME = "operator on duty"
READS_NEVER = (
    "NOT_JSON",
    "NOT_A_CLOUDEVENT",
    "UNREADABLE",
)  # another try of such bytes cannot help


class Night(NamedTuple):
    """What was done: messages given up and sent back, and how many things are late or taken in hand."""

    discarded: list[str]
    replayed: list[str]
    late: int
    acknowledged: int


def services(park: Park) -> list[EveryService]:
    """Each answers the same questions to an operator; one that is away does not end the round."""
    found: list[EveryService] = []
    for each in (park.parcels, park.enterprises, park.projects, park.notify):
        try:
            each.list_parked(limit=1, timeout=5)
        except Unavailable as problem:
            print(f"{each.name} is away: {problem}")
        else:
            found.append(each)
    return found


def set_aside(service: EveryService) -> tuple[list[str], list[str]]:
    """Look at each parked message. What can never be read is given up with a reason; anything else is
    tried again. What waits behind another follows it by itself."""
    discarded, replayed = [], []
    for each in service.list_parked():
        print(
            f"{service.name}: {each['routing_key']} of {each['parked_at']:%H:%M}: {each['sentence']}"
        )
        if each["cause"] == "WAITS_BEHIND":
            continue
        if each["cause"] in READS_NEVER:
            print(f"  {service.show_parked(parked_id=each['parked_id'])['text'][:60]!r}")
            service.discard_parked(parked_id=each["parked_id"], by=ME, reason="It is no event.")
            discarded.append(each["parked_id"])
        else:
            try:
                service.replay_parked(parked_id=each["parked_id"], by=ME)
            except CallError as no:  # it stays, for the desk that knows what is wrong with it
                print(f"  still not: {no}")
            else:
                replayed.append(each["parked_id"])
    return discarded, replayed


def late(park: Park) -> int:
    """The cases and the steps of sold land whose day is over. Answers how many there are."""
    today, found = date.today(), 0  # noqa: DTZ011 - the operator's own day
    for case in park.parcels.all_deadlines(filter={"is_watched": True}, order="due_on"):
        if case["due_on"] and case["due_on"] < today:
            what, who = case["step"] or "next step", case["holder"] or "nobody in particular"
            print(
                f"case {case['case_id']}: its {_in_words(what)} was due on {case['due_on']}, "
                f"by {_in_words(who)}"
            )
            found += 1
    for step in park.projects.all_due_steps(filter={"is_open": True}, order="due_on"):
        if step["due_on"] and step["due_on"] < today:
            done = _in_words(step["supply_step"])
            print(f"contract {step['supply_id']}: its {done} was due on {step['due_on']}")
            found += 1
    return found


def silent(park: Park) -> None:
    """Townships from which nothing has come for a month."""
    for feed in park.notify.all_township_feeds(order="last_on"):
        if feed["last_on"] < date.today() - timedelta(days=31):  # noqa: DTZ011
            print(f"nothing from {feed['feed_id']} since {feed['last_on']}")


def untold(park: Park) -> int:
    """Critical alerts that reached nobody: why they are there, and that I have them in hand."""
    found = 0
    for alert in list(
        park.notify.all_alerts(filter={"severity": "critical", "state": "no_recipients"})
    ):
        print(f"{alert['title']}: {alert['text']}")
        for link in park.notify.explain(alert_id=alert["alert_id"])["chain"]:
            print(f"  because {link['sentence']}")
        park.notify.acknowledge(alert_id=alert["alert_id"], by=ME)
        found += 1
    return found


def main(uri: str) -> Night:
    with Park(uri) as park:
        night = Night([], [], late(park), untold(park))
        for service in services(park):
            discarded, replayed = set_aside(service)
            night.discarded.extend(discarded)
            night.replayed.extend(replayed)
        silent(park)
        print(
            f"{len(night.discarded)} parked messages given up, {len(night.replayed)} sent back; "
            f"{night.late} deadlines missed; {night.acknowledged} critical alerts had reached nobody"
        )
        return night


def _in_words(code: str) -> str:
    return code.replace("_", " ")


if __name__ == "__main__":
    run(main)
