"""Doing the same with many parked messages: judged first, if asked, then one after the other, slowly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.progress import Progress

from backbone.errors import NotFound, Unavailable
from backbone.rpc.caller import Caller

from ..ask import REFUSALS, WAIT_S, call
from ..console import err
from ..reach import broker_uri
from . import finding

JUDGED_AT_ONCE = 20
JUDGED_WITHIN_S = 60.0
OVER = ("accepted", "duplicate", "refused", "gone")  # with these it is off the lot


@dataclass(slots=True)
class Done:
    """What was done with many: those that are `done`, those that were `gone` before they were reached, and
    why the others are `left`, by their ids; `silent` says why it was broken off, with so many
    `not_reached`."""

    done: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    silent: str = ""
    not_reached: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The messages to be dealt with, in this order, and those that wait behind a message that is not among
    them."""

    entries: list[finding.Entry]
    held_up: list[finding.Entry]


def to_replay(service: str, cause: str) -> Chosen:
    """Those that wait for nobody. What waits behind one of them follows it by itself."""
    found = finding.everything(service, cause)
    first = [each for each in found if not each["waits_for"]]
    ids = {each["parked_id"] for each in first}
    held_up = [each for each in found if each["waits_for"] and each["waits_for"] not in ids]
    return Chosen(first, held_up if cause else [])


def to_discard(service: str, cause: str) -> Chosen:
    """All of them. Those that wait come before what they wait for: else they would follow it."""
    found = finding.everything(service, cause)
    return Chosen(sorted(found, key=lambda each: each["waits_for"] is None), [])


def judged(service: str, entries: list[finding.Entry]) -> list[dict[str, Any]]:
    """What would become of each if it were sent back now, with its `cause` and how many wait behind it."""
    known = {each["parked_id"]: each for each in entries}
    found: list[dict[str, Any]] = []
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task(f"judging {len(entries)}", total=len(entries))
        while len(found) < len(entries):
            ids = list(known)[len(found) : len(found) + JUDGED_AT_ONCE]
            some = call(service, "judge_parked", JUDGED_WITHIN_S, parked_ids=ids)
            found += [{**each, **_about(known[each["parked_id"]])} for each in some]
            progress.update(task, completed=len(found))
    return found


def _about(entry: finding.Entry) -> dict[str, Any]:
    return {name: entry[name] for name in ("cause", "routing_key", "waiting")}


def counted(verdicts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many come to each outcome for each reason, with one of them as an example; what would stay comes
    first."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for each in verdicts:
        reason = each["reasons"][0] if each["reasons"] else {}
        code = reason.get("code", "")
        group = groups.setdefault(
            (each["outcome"], code),
            {
                "outcome": each["outcome"],
                "code": code or None,
                "count": 0,
                "example": each["parked_id"],
                "sentence": reason.get("sentence") or each["note"],
            },
        )
        group["count"] += 1
    return sorted(groups.values(), key=lambda group: (group["outcome"] in OVER, -group["count"]))


def each_in_turn(
    service: str, method: str, entries: list[finding.Entry], per_second: float, **given: str
) -> Done:
    """Call the method for each, so many a second at the most. It may be broken off at any time: what is done
    is done. It ends by itself when the service does not answer, or its store is away."""
    caller, found = Caller(broker_uri(), service, WAIT_S), Done()
    with Progress(console=err) as progress:
        task = progress.add_task(f"{method.partition('_')[0]} {len(entries)}", total=len(entries))
        for number, each in enumerate(_slowly(entries, per_second)):
            parked_id = each["parked_id"]
            try:
                getattr(caller, method)(parked_id=parked_id, **given)
                found.done.append(parked_id)
            except Unavailable as problem:
                found.silent, found.not_reached = str(problem), len(entries) - number
                break
            except REFUSALS as problem:
                _note(found, parked_id, problem)
            progress.advance(task)
    return found


def _note(found: Done, parked_id: str, problem: Exception) -> None:
    if isinstance(problem, NotFound):
        found.gone.append(parked_id)
    else:
        found.left[parked_id] = str(problem)


def _slowly(entries: list[finding.Entry], per_second: float) -> Iterator[finding.Entry]:
    """Each in its turn, and none earlier than the rate allows."""
    due = 0.0
    for each in entries:
        time.sleep(max(0, due - time.monotonic()))
        due = time.monotonic() + 1 / per_second
        yield each
