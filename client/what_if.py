"""What would follow in all services, if something were reported to one: each is asked what it would make of
it, and those who would hear of that are asked in their turn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Reports = list[dict[str, Any]]
Ask = Callable[[str, Reports], dict[str, Any]]
MOST_ROUNDS = 20
REPORTED = ("id", "type", "data", "attributes")  # of a fact, what another service is told


def what_if(
    ask: Ask, services: Sequence[str], reports: Reports, service: str = ""
) -> dict[str, dict[str, Any]]:
    """What would follow, by service; nothing is written or sent. `ask(service, reports)` is the answer of
    the service's method `what_if`. `reports` go to all services, or to one; who does not hear them, and
    would not hear of them, is left out.

    A service that hears more because of another is asked anew, with all that it has been told before.
    What would be announced only later (`delay_s`) is told and not followed. Raises `RuntimeError` when
    there is no end to it after twenty rounds."""
    given = {name: list(reports) if service in ("", name) else [] for name in services}
    found: dict[str, dict[str, Any]] = {}
    told: Counter[tuple[str, str]] = Counter()
    pending = [name for name, those in given.items() if those]
    for _ in range(MOST_ROUNDS):
        if not pending:
            return {name: each for name, each in found.items() if _is_anything(each)}
        found |= {name: ask(name, given[name]) for name in pending}
        pending = _spread(pending, found, given, told)
    raise RuntimeError(f"what would follow has no end after {MOST_ROUNDS} rounds")


def _spread(
    asked: Sequence[str],
    found: Mapping[str, dict[str, Any]],
    given: Mapping[str, Reports],
    told: Counter[tuple[str, str]],
) -> list[str]:
    """Give what those who were asked would announce to those who hear it. Answers who hears more now."""
    hears_more = []
    for name in asked:
        seen: Counter[tuple[str, str]] = Counter()
        for fact in found[name]["facts"]:
            key = fact["type"], json.dumps(fact["data"], sort_keys=True, default=str)
            seen[key] += 1
            if seen[key] <= told[key] or fact["delay_s"]:
                continue
            told[key] += 1
            for other in fact["heard_by"]:
                if other != name and other in given:
                    given[other].append({name: fact[name] for name in REPORTED})
                    hears_more.append(other)
    return list(dict.fromkeys(hears_more))


def _is_anything(answer: Mapping[str, Any]) -> bool:
    """Whether the service would hear any of it."""
    return any(each["outcome"] != "not_heard" for each in answer["reports"])
