"""Asking every service what is due, or what became of it, and making one page of it.

The page is made here and not in a service, so that none of the three need be up for what the others know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import eventlet

from backbone.amqp.connection import CONNECTION_ERRORS
from backbone.errors import Answered, DeadlineExceeded, Unavailable
from backbone.rpc.caller import Caller
from park.dues.due import Place
from park.dues.outcome import place_of_run

from ..reach import away, broker_uri

SERVICES = ("parcels", "enterprises", "projects")  # those that answer `due`
AHEAD_DAYS = 14  # so many ahead of a day are looked at, unless somebody asks for others
Ask = Callable[[str, dict[str, Any]], Any]


def asking(wait_s: float, method: str = "due") -> Ask:
    """Asks a service, and waits so long for it: what is `due`, or the `due_outcomes` of what was."""
    uri = broker_uri()
    return lambda service, question: getattr(Caller(uri, service, wait_s), method)(**question)


def ledger(ask: Ask, question: dict[str, Any]) -> dict[str, Any]:
    """What is due in all services, in the order of its days, as one page; `unreachable` names each service
    that did not answer, and `unreachable_reasons` say why. Raises `Answered` for a question that a service
    refuses, and `Unavailable` where no service answers."""
    pages, missing = _answers(ask, question)
    return _joined(pages, question["limit"]) | _told(missing)


def outcomes(ask: Ask, question: dict[str, Any]) -> dict[str, Any]:
    """What became of what was due in all services, as `ledger` says it. Raises as `ledger`."""
    pages, missing = _answers(ask, question)
    shown, cursor = _first([*pages.values()], "outcomes", run_place_of, question["limit"])
    counted = ("met_found", "met_late_found", "missed_found", "not_known_found")
    return {
        "from_on": question["from_on"],
        "to_on": question["to_on"],
        **{name: sum(page[name] for page in pages.values()) for name in counted},
        "outcomes": shown,
        "cursor": cursor,
        "due_holders": _holders(pages.values()) if not shown else [],
        "not_covered": [
            {"service": service} | each
            for service, page in pages.items()
            for each in page["not_covered"]
        ],
    } | _told(missing)


def _answers(
    ask: Ask, question: dict[str, Any]
) -> tuple[dict[str, dict[str, Any]], dict[str, Exception]]:
    """The page of each service, and why each of the others gave none."""
    asked = {each: eventlet.spawn(_answer, ask, each, question) for each in SERVICES}
    answers = {service: waiting.wait() for service, waiting in asked.items()}
    missing = {name: why for name, why in answers.items() if isinstance(why, Exception)}
    for why in missing.values():
        if isinstance(why, Answered):
            raise why
    if len(missing) == len(SERVICES):
        raise Unavailable(_nobody(missing))
    return {service: page for service, page in answers.items() if service not in missing}, missing


def _nobody(missing: dict[str, Exception]) -> str:
    """Why none answers: mostly the broker is away, or does not let us in."""
    causes = [why.__cause__ for why in missing.values()]
    if all(isinstance(c, CONNECTION_ERRORS) and not isinstance(c, TimeoutError) for c in causes):
        return away(causes[0] or Unavailable())
    return "; ".join(_sentence(*each) for each in missing.items())


def _told(missing: dict[str, Exception]) -> dict[str, Any]:
    return {
        "unreachable": sorted(missing),
        "unreachable_reasons": [
            {"code": _code(why), "sentence": _sentence(name, why), "field": name}
            for name, why in sorted(missing.items())
        ],
    }


def _answer(ask: Ask, service: str, question: dict[str, Any]) -> Any:
    """What the service answers, or the problem: the others' part is told in any case."""
    try:
        return ask(service, question)
    except Exception as problem:  # noqa: BLE001 - see above; whoever asks is told who is missing
        return problem


def _joined(pages: dict[str, dict[str, Any]], limit: int) -> dict[str, Any]:
    given = [*pages.values()]
    shown, cursor = _first(given, "dues", place_of, limit)
    total = sum(page["dues_found"] for page in given)
    return {
        "on": given[0]["on"],
        "until": given[0]["until"],
        "dues_found": total,
        "late_found": sum(page["late_found"] for page in given),
        "dues": shown,
        "cursor": cursor,
        "due_holders": _holders(given) if not total else [],
    }


def _holders(pages: Iterable[dict[str, Any]]) -> list[str]:
    """Who has something, where whoever was asked for has nothing in a service."""
    return sorted({each for page in pages for each in page.get("due_holders", ())})


def _first(
    pages: list[dict[str, Any]], name: str, place: Callable[[dict[str, Any]], Place], limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """The first of what the pages hold together, and what opens the next page. A page that goes on, or has
    more than there is room for, makes this one go on."""
    found = sorted((each for page in pages for each in page[name]), key=place)
    shown = found[:limit]
    goes_on = len(found) > limit or any(page["cursor"] for page in pages)
    return shown, str(place(shown[-1])) if goes_on and shown else None


def place_of(due: dict[str, Any]) -> Place:
    return Place.of(due["due_on"], due["service"], due["thing"], due["thing_id"], due["what"])


def run_place_of(outcome: dict[str, Any]) -> Place:
    names = ("due_on", "service", "thing", "thing_id", "what", "run_no")
    return place_of_run(*(outcome[name] for name in names))


def _code(why: Exception) -> str:
    away = isinstance(why, Unavailable | DeadlineExceeded)
    return "NO_ANSWER" if away else "NO_USABLE_ANSWER"


def _sentence(service: str, why: Exception) -> str:
    if _code(why) == "NO_ANSWER":
        said = "did not answer in time; ask again later"
    else:
        said = f"gave no usable answer ({type(why).__name__}); tell whoever looks after it"
    return f"{service} {said}. What is due of its things is missing."
