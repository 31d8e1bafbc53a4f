"""Asking every service what is due, and making one page of it.

The page is made here and not in a service, so that none of the three need be up for what the others know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import eventlet

from backbone.errors import Answered, DeadlineExceeded, Unavailable
from backbone.rpc.caller import Caller
from park.dues.due import Place

from ..reach import broker_uri

SERVICES = ("parcels", "enterprises", "projects")  # those that answer `due`
AHEAD_DAYS = 14  # so many ahead of a day are looked at, unless somebody asks for others
Ask = Callable[[str, dict[str, Any]], Any]


def asking(wait_s: float) -> Ask:
    """Asks a service, and waits so long for it."""
    uri = broker_uri()
    return lambda service, question: Caller(uri, service, wait_s).due(**question)


def ledger(ask: Ask, question: dict[str, Any]) -> dict[str, Any]:
    """What is due in all services, in the order of its days, as one page; `unreachable` names each service
    that did not answer, and `unreachable_reasons` say why. Raises `Answered` for a question that a service
    refuses, and `Unavailable` where no service answers."""
    asked = {each: eventlet.spawn(_answer, ask, each, question) for each in SERVICES}
    answers = {service: waiting.wait() for service, waiting in asked.items()}
    missing = {name: why for name, why in answers.items() if isinstance(why, Exception)}
    for why in missing.values():
        if isinstance(why, Answered):
            raise why
    if len(missing) == len(SERVICES):
        raise Unavailable("; ".join(_sentence(*each) for each in missing.items()))
    pages = [page for service, page in answers.items() if service not in missing]
    return _joined(pages, question["limit"]) | {
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


def _joined(pages: Iterable[dict[str, Any]], limit: int) -> dict[str, Any]:
    """The first of what the pages hold together. A page that goes on, or has more than there is room for,
    makes this one go on."""
    given = list(pages)
    found = sorted((due for page in given for due in page["dues"]), key=place_of)
    shown = found[:limit]
    total = sum(page["dues_found"] for page in given)
    holders = (
        {each for page in given for each in page.get("due_holders", ())} if not total else set()
    )
    goes_on = len(found) > limit or any(page["cursor"] for page in given)
    return {
        "on": given[0]["on"],
        "until": given[0]["until"],
        "dues_found": total,
        "late_found": sum(page["late_found"] for page in given),
        "dues": shown,
        "cursor": str(place_of(shown[-1])) if goes_on and shown else None,
        "due_holders": sorted(holders),
    }


def place_of(due: dict[str, Any]) -> Place:
    return Place.of(due["due_on"], due["service"], due["thing"], due["thing_id"], due["what"])


def _code(why: Exception) -> str:
    away = isinstance(why, Unavailable | DeadlineExceeded)
    return "NO_ANSWER" if away else "NO_USABLE_ANSWER"


def _sentence(service: str, why: Exception) -> str:
    if _code(why) == "NO_ANSWER":
        said = "did not answer in time; ask again later"
    else:
        said = f"gave no usable answer ({type(why).__name__}); tell whoever looks after it"
    return f"{service} {said}. What is due of its things is missing."
