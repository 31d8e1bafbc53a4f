"""The trail behind an alert: every fact that notify heard, and which event each one came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from backbone.records import record

from .wording import park_time, township_name

TOWNSHIPS = "/townships/"
SERVICES = "/services/"
CALLS = "/rpc/"


@record
class Hop:
    """One fact that was heard, and the name of the event that it came from."""

    event_id: str
    type: str
    source: str
    time: datetime | None
    subject: str | None
    correlation_id: str | None
    causation_id: str | None
    causation_source: str | None
    causation_type: str | None


@record
class Trail:
    """From the latest fact back to the first event; `complete` when nothing between is missing.

    Each link is {type, source, id, time?, sentence}; the first event is known without its time.
    """

    chain: tuple[dict[str, str], ...]
    complete: bool


def trail_of(
    event_id: str, look_up: Callable[[str], Hop | None], happened: Mapping[str, str]
) -> Trail:
    """Follow the causes of a fact. A fact that is kept no longer leaves the trail incomplete."""
    hop, hops = look_up(event_id), []
    while hop and hop not in hops:
        hops.append(hop)
        hop = look_up(hop.causation_id) if hop.causation_id else None
    links = [_link(each, happened) for each in hops]
    if not hops or hop:
        return Trail(chain=tuple(links), complete=False)
    first = hops[-1]
    before = [_link_before(first, happened)] if first.causation_id else []
    return Trail(chain=(*links, *before), complete=not _is_missing(first.causation_source or ""))


def _is_missing(source: str) -> bool:
    """Whether the cause is a fact of a service, which notify should have heard. A township's event
    and a call are where a chain begins."""
    return source.startswith(SERVICES)


def _link(hop: Hop, happened: Mapping[str, str]) -> dict[str, str]:
    when = f"{park_time(hop.time):%Y-%m-%d %H:%M} " if hop.time else ""
    about = f" ({hop.subject})" if hop.subject else ""
    sentence = f"{_who(hop.source, hop.time)}: {_what(hop.type, happened)}"
    link = {"type": hop.type, "source": hop.source, "id": hop.event_id}
    time = {"time": hop.time.isoformat()} if hop.time else {}
    return {**link, **time, "sentence": f"{when}{sentence}{about}."}


def _link_before(hop: Hop, happened: Mapping[str, str]) -> dict[str, str]:
    kind, source = hop.causation_type or "", hop.causation_source or ""
    sentence = f"{_who(source, hop.time)}: {_what(kind, happened)}."
    return {"type": kind, "source": source, "id": hop.causation_id or "", "sentence": sentence}


def _who(source: str, time: datetime | None) -> str:
    if source.startswith(TOWNSHIPS) and time:
        return township_name(source.removeprefix(TOWNSHIPS), park_time(time).date())
    if source.startswith(CALLS):
        return f"a call to {source.removeprefix(CALLS)}"
    return source.removeprefix(SERVICES)


def _what(kind: str, happened: Mapping[str, str]) -> str:
    return happened.get(kind) or kind.rpartition(".")[2].replace("_", " ")
