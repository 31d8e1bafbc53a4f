"""Asking the services that hear townships how long reports took, and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from backbone.errors import Answered
from backbone.rpc.caller import Caller
from park.masking import mask

from ..reach import broker_uri

SERVICES = ("parcels", "enterprises")  # those that hear townships
MOST_PARKED = 10_000
EVENTS = "township.events"
Ask = Callable[..., Any]


def asking(wait_s: float) -> Ask:
    """Calls a method of a service, and waits so long for it."""
    uri = broker_uri()
    return lambda service, method, **given: getattr(Caller(uri, service, wait_s), method)(**given)


def response_times(
    ask: Ask, townships: Iterable[str], since: str | None, most_waiting: int
) -> dict[str, Any]:
    """Of each township and service the times and what waits, with what is parked.
    `unreachable_reasons` say which service did not answer, and why. Raises `Answered` for a question that
    is refused."""
    rows: list[dict[str, Any]] = []
    missing: dict[str, str] = {}
    codes = list(townships)
    for service in SERVICES:
        try:
            rows += _of_service(ask, service, codes, since, most_waiting)
        except Answered:
            raise
        except Exception as problem:  # noqa: BLE001 - the other service's part is told in any case
            missing[service] = f"{service} did not answer: {type(problem).__name__}"
    return {
        "townships": sorted(rows, key=lambda row: (row["township"], row["service"])),
        "unreachable": sorted(missing),
        "unreachable_reasons": [missing[service] for service in sorted(missing)],
    }


def _of_service(
    ask: Ask, service: str, townships: list[str], since: str | None, most_waiting: int
) -> list[dict[str, Any]]:
    aside = _parked_of(ask(service, "list_parked", limit=MOST_PARKED))
    rows = []
    for township in townships:
        asked = {"township": township, "since": since, "most_waiting": most_waiting}
        found = ask(service, "report_times", **asked)
        parked = aside.get(township, [])
        more = {"parked_found": len(parked), "parked": parked[:most_waiting]}
        rows.append({"service": service, **found, **more})
    return rows


def _parked_of(parked: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The parked reports of each township, the oldest first: what each is, since when, and what it waits
    for. Such a report has no receipt yet."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in parked:
        township, _, report = each["routing_key"].partition(".")
        if each["exchange"] == EVENTS:
            said = {name: each[name] for name in ("parked_id", "parked_at", "event_id", "cause")}
            said |= {"report": report, "waits_for": mask(each["sentence"])}
            found.setdefault(township, []).append(said)
    return found
