"""Playing a year: its events and commands through a door into running services, in the order of the lines.

A command waits until every event before it has its receipt, unless its line says `at_once`: that rests on no
report, and the services work off the reports meanwhile. A no makes it wait, too, and it is asked again for a
while: what it rests on may not have come through from another service. All ids are those of the lines: what
was played before is done once, however often it is played.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from backbone.errors import Answered, Invalid, Unavailable
from year.coming import Meant

AT_ONCE, WINDOW = 500, 4000
MISTYPED = Meant.MISTYPED.value
NOT_OURS = {"CALLER_UNKNOWN", "CALL_NOT_GRANTED"}
PAUSE_S, LONGEST_PAUSE_S = 0.05, 1.0


class Door(Protocol):
    """A way into running services."""

    def send(self, events: list[dict[str, Any]]) -> None:
        """Publish, and return when the broker has all of them."""

    def receipts(self, wait_s: float) -> list[dict[str, Any]]:
        """The data of what has arrived, or of what arrives first within so many seconds."""

    def ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        """The answer. Raises `Answered` for a no, `Unavailable` without an answer."""


@dataclass(slots=True)
class Played:
    """What came of it. `waiting` were accepted and wait for another report; `reasons` are those of the
    refusals that nobody meant, by event or command."""

    events: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything was answered, and nothing refused that was not meant to be."""
        wrong = ("refused", "unanswered")
        return not any(counts[name] for counts in (self.events, self.calls) for name in wrong)

    @property
    def per_second(self) -> int:
        return round((self.events["sent"] + self.calls["sent"]) / max(self.seconds, 1e-3))


class Player:
    """One go through a year. `patience_s` is how long a receipt, or what a command rests on, is waited
    for; `told` is called after each batch with how many lines were sent and how many wait."""

    def __init__(
        self, door: Door, patience_s: float, told: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        self.door, self.patience_s, self.told = door, patience_s, told
        self.played = Played()
        self._held: list[dict[str, Any]] = []
        self._without: Counter[str] = Counter()  # receipts that are to come, by the id of the event
        self._mistyped: Counter[str] = Counter()  # refusals that were meant, by the id of the event

    def play(self, lines: Iterable[str]) -> Played:
        began = time.monotonic()
        try:
            for line in lines:
                self._line(json.loads(line))
            self._settle()
        finally:
            self.played.seconds = time.monotonic() - began
        return self.played

    def _line(self, line: dict[str, Any]) -> None:
        if "call" in line:
            if not line.get("at_once"):
                self._settle()
            self._call(**line["call"])
            return
        event = line["event"]
        self._held.append(event)
        self._without[event["id"]] += 1
        if line.get("meant") == MISTYPED:
            self._mistyped[event["id"]] += 1
        if len(self._held) >= AT_ONCE:
            self._send()
            while self._without.total() > WINDOW and self._take(self.patience_s):
                pass

    # --- events

    def _send(self) -> None:
        if self._held:
            self.door.send(self._held)
            self.played.events["sent"] += len(self._held)
            self._held = []
        self._take(0)
        self.told(self.played.events["sent"] + self.played.calls["sent"], self._without.total())

    def _settle(self) -> None:
        """Wait until every event that was sent has its receipt. Those for which none comes are waited for
        once, and not before every command again."""
        self._send()
        while self._without and self._take(self.patience_s):
            pass
        self.played.events["unanswered"] += self._without.total()
        self._without.clear()

    def _take(self, wait_s: float) -> bool:
        """Take the receipts that are there; whether there were any."""
        arrived = self.door.receipts(wait_s)
        for receipt in arrived:
            if receipt["event_id"] in self._without:
                self._answered(receipt)
        return bool(arrived)

    def _answered(self, receipt: dict[str, Any]) -> None:
        event_id, outcome = receipt["event_id"], receipt["outcome"]
        self._one_less(self._without, event_id)
        if outcome == "refused" and event_id in self._mistyped:
            self._one_less(self._mistyped, event_id)
            outcome = "refused as meant"
        self.played.events[outcome] += 1
        self.played.events["waiting"] += str(receipt.get("note") or "").startswith("waits")
        if outcome == "refused":
            codes = {reason["code"] for reason in receipt.get("reasons", ())}
            self.played.reasons.update((receipt["event_type"], code) for code in codes)

    @staticmethod
    def _one_less(counts: Counter[str], event_id: str) -> None:
        counts[event_id] -= 1
        if not counts[event_id]:
            del counts[event_id]

    # --- commands

    def _call(self, service: str, method: str, kwargs: dict[str, Any]) -> None:
        self.played.calls["sent"] += 1
        problem = self._asked(service, method, kwargs)
        if _may_pass(problem):
            self._settle()
            problem = self._asked_again(service, method, kwargs)
        if problem:
            self._refused(f"{service}.{method}", problem)
        else:
            self.played.calls["accepted"] += 1

    def _asked_again(self, *call: Any) -> Exception | None:
        """What is in the way in the end, after as much patience as there is."""
        until, pause = time.monotonic() + self.patience_s, PAUSE_S
        while _may_pass(problem := self._asked(*call)) and time.monotonic() < until:
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)
        return problem

    def _asked(self, service: str, method: str, kwargs: dict[str, Any]) -> Exception | None:
        try:
            self.door.ask(service, method, kwargs)
        except (Answered, Unavailable) as problem:
            return problem
        return None

    def _refused(self, what: str, problem: Exception) -> None:
        if isinstance(problem, Unavailable):
            self.played.calls["unanswered"] += 1
            return
        self.played.calls["refused"] += 1
        codes = {reason.code for reason in getattr(problem, "reasons", ())}
        self.played.reasons.update((what, code) for code in codes or {type(problem).__name__})


def _may_pass(problem: Exception | None) -> bool:
    """Whether it may be another answer later. What cannot be read never can, nor what we may not call."""
    if problem is None or isinstance(problem, Invalid):
        return False
    return not {reason.code for reason in getattr(problem, "reasons", ())} & NOT_OURS
