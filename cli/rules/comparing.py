"""Two rulebooks compared by the service that judges by them, page after page, and who would be told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import typer

from client.what_if import Reports, what_if
from services.installation import HOMES

from ..ask import call, call_if_there
from ..console import err
from ..given import meant
from ..whatif.shown import alerts_of
from .turns import Turn, turn_of

WAIT_S = 60.0
MOST_TURNS = 30
AT_ONCE = 100  # facts that services are asked about in one go


class Comparison:
    """What is found, page after page: every change is counted, and the first `limit` are kept whole."""

    def __init__(self, topic: str, service: str, limit: int) -> None:
        self.topic, self.service, self.limit = topic, service, limit
        self.thing = ""
        self.judged = self.changed = 0
        self.moves: Counter[Turn] = Counter()
        self.changes: list[dict[str, Any]] = []
        self.fields: Counter[tuple[str, str, str]] = Counter()
        self.told: Counter[tuple[str, str, str]] = Counter()
        self.titles: dict[tuple[str, str, str], str] = {}
        self.silent: list[str] = []

    def add(self, page: dict[str, Any]) -> None:
        """Count a page, and keep what there is room for."""
        self.thing, changes = page["thing"], page["verdict_changes"]
        self.judged += page["things_judged"]
        self.changed += len(changes)
        self.moves.update(map(turn_of, changes))
        self.changes += changes[: max(0, self.limit - len(self.changes))]

    def follow(self, facts: Reports) -> None:
        """Ask every service what it would make of these facts, and count what would change and who would be
        told."""
        for first in range(0, len(facts), AT_ONCE):
            found = what_if(self._ask, list(HOMES), facts[first : first + AT_ONCE])
            for service, answer in found.items():
                if service != "notify":
                    self.fields.update(
                        (service, each["thing"], each["field"]) for each in answer["changes"]
                    )
            for alert, names in alerts_of(found):
                key = alert["severity"], alert["kind"], ", ".join(names)
                self.told[key] += 1
                self.titles.setdefault(key, str(alert["title"]))

    def _ask(self, name: str, those: Reports) -> dict[str, Any]:
        found = call_if_there(name, "what_if", WAIT_S, reports=those)
        if found is None and name not in self.silent:
            self.silent.append(name)
        return found or {"reports": [], "changes": [], "facts": []}

    def turns(self) -> list[tuple[Turn, int]]:
        """The most frequent ones; so many as changes are kept, or some where none is."""
        return self.moves.most_common(self.limit or MOST_TURNS)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "topic": self.topic,
            "service": self.service,
            "thing": self.thing,
            "things_judged": self.judged,
            "verdicts_changed": self.changed,
            "moves": [
                {"verdict": verdict, "before": before, "after": after, "times": times}
                for (verdict, before, after), times in self.turns()
            ],
            "verdict_changes": self.changes,
            "would_change": [
                {"service": service, "thing": thing, "field": field, "times": times}
                for (service, thing, field), times in sorted(self.fields.items())
            ],
            "would_be_told": [
                {"severity": severity, "alert": kind, "to": to, "times": times}
                for (severity, kind, to), times in self.told.most_common()
            ],
            "unreachable": self.silent,
        }


def compare(
    topic: str, before: dict[str, Any] | None, after: dict[str, Any], limit: int, *, follow: bool
) -> Comparison:
    """What is otherwise by the one rulebook than by the other; with `follow` also what would follow of it. It
    ends with a sentence for a topic by which nothing is compared, or an edition that cannot be read."""
    found = Comparison(topic, home_of(topic), limit)
    sides = {"topic": topic, "after": after} | ({"before": before} if before else {})
    cursor: str | None = None
    with err.status(f"{found.service} judges …") as status:
        while True:
            page = call(found.service, "compare_rules", WAIT_S, **sides, cursor=cursor)
            found.add(page)
            if follow:
                found.follow(page["supposed_facts"])
            status.update(f"{found.service} has judged {found.judged:,} by {topic} …")
            cursor = page["cursor"]
            if cursor is None:
                return found


def home_of(topic: str) -> str:
    """The service that judges by that rulebook; a sentence, and the end, if none does."""
    names: list[str] = []
    reasons, silent = [], []
    for service, rules in kept():
        if rules is None:
            silent.append(service)
            continue
        names += (found := [each["topic"] for each in rules["rulebooks"]])
        if topic in found:
            return service
        others = {each["topic"]: each["why"] for each in rules["not_compared"]}
        reasons += [f"{service}: {others[topic]}"] if topic in others else []
    if silent:
        do, names_silent = ("does" if len(silent) == 1 else "do"), " and ".join(silent)
        err.print(f"[red]{names_silent} {do} not answer; the others have no {topic}.[/]")
        raise typer.Exit(1)
    if reasons:
        raise typer.BadParameter(f"nothing is compared by {topic}. {' '.join(reasons)}")
    raise typer.BadParameter(f"nothing is compared by {topic}; {meant(topic, names)}")


def kept() -> Iterator[tuple[str, dict[str, Any] | None]]:
    """What each service says of its rulebooks; none if it does not answer."""
    for service in HOMES:
        yield service, call_if_there(service, "rules_kept", WAIT_S)
