"""How fast what a township reports is received and takes effect, by what the services keep of it.

Each change of a thing is kept with its moment and the event behind it. The moment of a report's receipt is
that of its first change, for both are committed together. When a report was sent is the moment that its
event names as its own: it stands beside the change, and where earlier versions did not keep it there, in
the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import Any

from backbone.records import record

SOURCE = "/townships/"


@record
class Reported:
    """A report that was accepted. `sent_at` is none where it is not kept, `effect_at` as long as it has
    no effect."""

    event_id: str
    sent_at: datetime | None
    received_at: datetime
    effect_at: datetime | None


@record
class Spread:
    """Of so many reports half took at most `median_s` seconds, and nine of ten `most_s`."""

    counted: int
    median_s: int
    most_s: int
    longest_s: int


@record
class WaitingReport:
    """A report that was received and has no effect as yet, and what it waits for."""

    report: str
    event_id: str | None
    thing: str
    thing_id: str
    sent_at: datetime
    waiting_s: int
    waits_for: str


@record
class ReportTimes:
    """The reports of a township that were received from `since` on. `to_receipt` and `to_effect` count from
    the sending; `sent_unknown` reports do not say when that was. `waiting` are those that wait longest, of
    all `waiting_found` that wait today."""

    township: str
    since: datetime
    until: datetime
    reports_found: int
    sent_unknown: int
    to_receipt: Spread | None
    to_effect: Spread | None
    waiting_found: int
    waiting: tuple[WaitingReport, ...]


def reports_in(
    changes: Iterable[Mapping[str, Any]], township: str, since: datetime
) -> Iterator[Reported]:
    """The reports of the township among the changes of one thing."""
    for change in changes:
        by = change["by"]
        if by["source"] != f"{SOURCE}{township}" or not by["id"]:
            continue
        at = datetime.fromisoformat(change["at"])
        if at >= since:
            time = by.get("time")
            kept = _sent_at(change["changed"], by["id"], at)
            sent_at = datetime.fromisoformat(time) if time else next(kept, None)
            yield Reported(event_id=by["id"], sent_at=sent_at, received_at=at, effect_at=at)


def _sent_at(kept: Any, event_id: str, received_at: datetime) -> Iterator[datetime]:
    """The moments that what was changed keeps of this event as its own: beside its id, or beside the
    moment at which it became known."""
    if isinstance(kept, Mapping):
        for name, moment in (("event_id", "at"), ("report_id", "reported_at")):
            if kept.get(name) == event_id and isinstance(kept.get(moment), str):
                yield datetime.fromisoformat(kept[moment])
        known_at, said_at = kept.get("known_at"), kept.get("said_at")
        if said_at and known_at and datetime.fromisoformat(known_at) == received_at:
            yield datetime.fromisoformat(said_at)
        for each in kept.values():
            yield from _sent_at(each, event_id, received_at)
    elif isinstance(kept, list | tuple):
        for each in kept:
            yield from _sent_at(each, event_id, received_at)


def once_each(reports: Iterable[Reported]) -> list[Reported]:
    """Each report once, though it may have changed several things: received with the first of them."""
    found: dict[str, Reported] = {}
    for each in reports:
        known = found.get(each.event_id)
        if known is None:
            found[each.event_id] = each
            continue
        first = min(known, each, key=lambda report: report.received_at)
        found[each.event_id] = replace(first, sent_at=known.sent_at or each.sent_at)
    return list(found.values())


def with_effects(
    reports: Iterable[Reported], effects: Mapping[str, datetime | None]
) -> list[Reported]:
    """The reports with the moment of their effect, where that is another one than their receipt's."""
    return [
        replace(each, effect_at=effects[each.event_id]) if each.event_id in effects else each
        for each in reports
    ]


def spread_of(seconds: Iterable[float]) -> Spread | None:
    """None of nothing. An event that names a moment after its receipt took no time."""
    found = sorted(max(0, round(each)) for each in seconds)
    if not found:
        return None
    return Spread(
        counted=len(found),
        median_s=_at(found, 0.5),
        most_s=_at(found, 0.9),
        longest_s=found[-1],
    )


def _at(ordered: list[int], share: float) -> int:
    """The least of them that this share of them does not exceed."""
    return ordered[ceil(share * len(ordered)) - 1]


def times_of(
    township: str,
    since: datetime,
    now: datetime,
    reports: Iterable[Reported],
    waiting: Iterable[WaitingReport],
    most_waiting: int,
) -> ReportTimes:
    """What comes of the reports, and which wait longest."""
    found = list(reports)
    waits = sorted(waiting, key=lambda each: (-each.waiting_s, each.thing_id, each.report))
    known = [(each, each.sent_at) for each in found if each.sent_at]
    return ReportTimes(
        township=township,
        since=since,
        until=now,
        reports_found=len(found),
        sent_unknown=len(found) - len(known),
        to_receipt=spread_of((each.received_at - sent).total_seconds() for each, sent in known),
        to_effect=spread_of(
            (each.effect_at - sent).total_seconds() for each, sent in known if each.effect_at
        ),
        waiting_found=len(waits),
        waiting=tuple(waits[:most_waiting]),
    )
