"""What a service answers of the rulebooks by which its things are compared, and of two of them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from backbone.errors import Invalid, Reason

from .compared import VerdictChange, changes_between, sides_of
from .topic import Page, Topic, Topics


class KeptRules(TypedDict):
    """A rulebook by which things can be compared. `editions` are the first days of its files."""

    topic: str
    thing: str
    judges: str
    editions: list[date]
    in_force: date


class NotCompared(TypedDict):
    """A rulebook by which nothing is compared, and why."""

    topic: str
    why: str


class RulesKept(TypedDict):
    """Every rulebook of the service is among the one or the other."""

    rulebooks: list[KeptRules]
    not_compared: list[NotCompared]


class FollowingFact(TypedDict):
    """A fact that would be announced, as a report for `what_if`."""

    type: str
    data: dict[str, Any]


class RulesCompared(TypedDict):
    """A page of things by both rulebooks: how many were judged, and each verdict that is another one. `facts`
    would be announced if the one rulebook took the place of the other, as far as a verdict leads to any."""

    topic: str
    thing: str
    things_judged: int
    verdict_changes: list[VerdictChange]
    supposed_facts: list[FollowingFact]
    cursor: str | None


def why_not(folder: Path) -> dict[str, str]:
    """Why nothing is compared by each of the other rulebooks of a folder, as its `not_compared.toml` says."""
    return tomllib.loads((folder / "not_compared.toml").read_text("utf-8"))


def kept_of(topics: Topics, folder: Path, today: date) -> RulesKept:
    """The rulebooks with what is judged by them, and the others with the reason why nothing is."""
    return {
        "rulebooks": [
            {
                "topic": name,
                "thing": topic.thing,
                "judges": topic.judges,
                "editions": sorted(topic.rulebook.editions),
                "in_force": topic.rulebook.first_day(today),
            }
            for name, topic in topics.items()
        ],
        "not_compared": [{"topic": name, "why": why} for name, why in why_not(folder).items()],
    }


def compared(topics: Topics, folder: Path, service: Any, asked: dict[str, Any]) -> RulesCompared:
    """The answer for a page of the things of a service."""
    topic, store = topic_of(topics, folder, asked["topic"]), service.store
    sides = sides_of(topic.rulebook, asked["before"], asked["after"], store.today)
    most = topic.at_once or asked["limit"]
    page = store.repository.page(topic.kind, topic.where, "key", most, asked["cursor"])
    judged = topic.judge(service, Page(things=page.items, sides=sides, asked=asked))
    return {
        "topic": asked["topic"],
        "thing": topic.thing,
        "things_judged": judged.things,
        "verdict_changes": list(changes_between(*judged.rulings)),
        "supposed_facts": [
            {"type": store.type_of(each), "data": store.dump(each)} for each in judged.facts
        ],
        "cursor": page.cursor,
    }


def topic_of(topics: Topics, folder: Path, name: str) -> Topic:
    """Raises `Invalid` for one by which nothing is compared, with the reason why."""
    if name in topics:
        return topics[name]
    if why := why_not(folder).get(name):
        sentence = f"Nothing is compared by {name}: {why}"
    else:
        sentence = f"There is no rulebook {name} here; things are compared by {', '.join(topics)}."
    raise Invalid([Reason("INVALID", sentence, "topic")])
