"""Why a figure of the overview is as it is: how it was counted, the things that add up to it, and what those
rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..overview.shown import amounts, unsaid
from .finding import Ask, Node, Ref, Say, Search, rule_of, walked
from .kinds import SAID_FOR, kinds

FIGURE = "figure"
FIELDS = (
    "title",
    "value",
    "unit",
    "overview_kind",
    "about_on",
    "since_on",
    "counted_from",
    "rules_from",
    "parts",
)
Part = dict[str, Any]


def explain_figure(
    ask: Ask,
    service: str,
    found: dict[str, Any],
    as_of: str,
    on: str,
    depth: int,
    say: Say = lambda done, of: None,
) -> dict[str, Any]:
    """The figure of a day, today if `on` is empty, in the form of a thing, with `parts` and `without_amount`
    as `explain_overview` of the service that owns it answered them in `found`, in `rests_on` each thing of
    them with what it `adds`: none for what did not say how much; and in `notes` why it is at least, or at
    most."""
    figure = found["figure"]
    ref = (service, FIGURE, figure["figure"])
    parts = _by_thing(service, [*found["parts"], *found["without_amount"]])
    said = [{"field": name, "value": figure[name], "at": None, "by": None} for name in FIELDS]
    root = Node(ref, {"fields": said}, also=[each for each in parts if _is_kept(each)])
    root.rules = [rule_of(f"{service}.explain_overview", ref, _counted(figure))]
    moment, day = {"as_of": as_of} if as_of else {}, {"on": on} if on else {}
    shown = walked(Search(ask, moment, say, day), root, depth)
    there = {(each["service"], each["thing"], each["id"]): each for each in shown["rests_on"]}
    is_whole = not shown["left_out"]
    rests_on = [
        _said(there.get(each, _unkept(each)), of) | {"adds": _adds(of)}
        for each, of in parts.items()
        if each in there or is_whole or not _is_kept(each)
    ]
    kept = ("parts", "without_amount")
    why = {"rests_on": rests_on, "notes": [*unsaid(found)], "on": on or None}
    return shown | why | {name: found[name] for name in kept}


def _counted(figure: dict[str, Any]) -> dict[str, Any]:
    """How it was counted, as a rule says what it comes to."""
    by = f"{figure['counts']} (by the edition of {figure['rules_from']})"
    says = {"code": figure["counting_rule"], "sentence": by, "source": figure["source"]}
    return says | {"rule_outcome": "follows"}


def _by_thing(service: str, parts: Iterable[Part]) -> dict[Ref, list[Part]]:
    """The parts of each thing, by the kind under which its service keeps it; else by their own word."""
    found: dict[Ref, list[Part]] = {}
    for each in parts:
        said, identity = str(each["thing"]), str(each["thing_id"])
        kept = (service, SAID_FOR.get(said, said), identity)
        found.setdefault(kept if _is_kept(kept) else (service, said, identity), []).append(each)
    return found


def _is_kept(ref: Ref) -> bool:
    service, kind, _ = ref
    return any(home == service for home, _ in kinds().get(kind, ()))


def _unkept(ref: Ref) -> dict[str, Any]:
    """What no service keeps as a thing of its own, or kept then."""
    service, kind, identity = ref
    nothing: dict[str, Any] = {
        "field": None,
        "value": None,
        "at": None,
        "by": None,
        "rules": [],
        "rests_on": [],
    }
    return {"service": service, "thing": kind, "id": identity, "answers": True, **nothing}


def _said(shown: dict[str, Any], parts: list[Part]) -> dict[str, Any]:
    """The thing; where nothing says how it stands, with the event that said its part."""
    event = parts[-1]["event_id"]
    if shown["by"] or not event:
        return shown
    return shown | {"by": {"type": None, "id": event, "time": None}}


def _adds(parts: list[Part]) -> str | None:
    """What the thing adds; of a ratio what was before and what came after."""
    return " + ".join(filter(None, map(amounts, parts))) or None
