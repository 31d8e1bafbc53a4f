"""Why a thing is as it is: its fields with what said them, the rules that judge it, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from services.installation import HOMES, classes

Ask = Callable[..., Any]
# the reads that say which rules hold or bar a thing, and which of its fields they ask for
JUDGED: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "parcel": (("parcels", "criteria_of", ("parcel_id",)),),
    "case": (("parcels", "release_standing", ("parcel_id", "case_id")),),
    "listing": (
        ("parcels", "release_standing", ("parcel_id", "case_id")),
        ("projects", "notice_course", ("listing_id",)),
    ),
    "alert": (("notify", "explain", ("alert_id",)),),
}
STATES = ("state", "standing", "release", "stage", "verdict", "final_grade", "kind")


@cache
def kinds() -> dict[str, list[tuple[str, str]]]:
    """The services that keep each kind of thing, with the field that holds its id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for cls in classes(HOMES):
        for kept in cls.store.collections:
            found.setdefault(kept.name, []).append((cls.name, kept.key))
    return found


def explain(ask: Ask, service: str, kind: str, identity: str, as_of: str = "") -> dict[str, Any]:
    """The thing by `ask(service, method, **arguments)`, with `rules` and `rests_on`. Raises what `ask`
    raises when there is no such thing; what else cannot be had is left out."""
    moment = {"as_of": as_of} if as_of else {}
    thing = ask(service, "explain_thing", thing=kind, id=identity, **moment)
    values = {each["field"]: each["value"] for each in thing["fields"]}
    return {
        "service": service,
        **thing,
        "rules": [] if as_of else [*_rules(ask, kind, values)],
        "rests_on": [*_rests_on(ask, (kind, identity), values, moment)],
    }


def _rules(ask: Ask, kind: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What rules say of the thing today, each with its source."""
    for service, method, names in JUDGED.get(kind, ()):
        if all(values.get(name) for name in names):
            try:
                answer = ask(service, method, **{name: values[name] for name in names})
            except LookupError:  # a listing without a notice, say
                continue
            for each in _sourced(answer):
                yield {"asked": f"{service}.{method}", **each}


def _sourced(answer: Any) -> Iterator[dict[str, Any]]:
    """Whatever in an answer cites a source, with what it says."""
    if isinstance(answer, list):
        for each in answer:
            yield from _sourced(each)
    elif isinstance(answer, dict):
        if isinstance(answer.get("source"), str) and ("sentence" in answer or "verdict" in answer):
            reason = answer.get("reason") or {}
            yield {
                "code": answer.get("code") or reason.get("code") or answer.get("kind"),
                "said": answer.get("sentence") or reason.get("sentence") or str(answer["verdict"]),
                "source": answer["source"],
            }
        else:
            for each in answer.values():
                yield from _sourced(each)


def _rests_on(
    ask: Ask, itself: tuple[str, str], values: dict[str, Any], moment: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """The things whose ids it holds, in whichever service, each with the field that says how it stands."""
    for name, value in values.items():
        kind = name.removesuffix("s").removesuffix("_id") if name.endswith(("_id", "_ids")) else ""
        for service, key in kinds().get(kind, ()):
            if key != f"{kind}_id":
                continue
            for identity in value if isinstance(value, list) else [value]:
                if isinstance(identity, str) and (kind, identity) != itself:
                    yield from _one(ask, service, kind, identity, moment)


def _one(
    ask: Ask, service: str, kind: str, identity: str, moment: dict[str, str]
) -> Iterator[dict[str, Any]]:
    try:
        thing = ask(service, "explain_thing", thing=kind, id=identity, **moment)
    except LookupError:
        return
    stands = next(
        (each for each in thing["fields"] for name in STATES if each["field"] == name), None
    )
    about = {"service": service, "thing": kind, "id": identity}
    yield about | {name: stands and stands[name] for name in ("field", "value", "at", "by")}
