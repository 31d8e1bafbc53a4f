"""Which kinds of things there are to ask about, in which service, and how their ids are made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import typer

from backbone.store.differences import has_history
from services.installation import HOMES, classes

from ..given import meant
from .within import WITHIN

# what people say for a kind
SAID_FOR = {
    "firm": "enterprise",
    "commitment": "land_commitments",
    "commitments": "land_commitments",
    "hold": "plot_hold",
    "offer": "offer_plan",
    "capital": "firm_profile",
    "grade": "firm_grades",
    "codes": "firm_codes",
    "request": "service_request",
}
# the sign between the parts of an id that has several; docs/explain.md says what the parts are
JOINED_BY = {
    "bulletin": "-",
    "carbon_mean": ".",
    "code": ":",
    "code_claims": ":",
    "due_step": ".",
    "honour": ":",
    "indicator_year": ".",
    "platform_target": ".",
    "round": ":",
    "round_firm": "/",
    "succession": "/",
    "supply": ".",
    "supply_plan": "-",
    "suspicion": ":",
    "unit_lease": " ",
}


@cache
def kinds() -> dict[str, list[tuple[str, str]]]:
    """The services that keep each kind of thing, with the field that holds its id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for cls in classes(HOMES):
        for kept in cls.store.collections:
            found.setdefault(kept.name, []).append((cls.name, kept.key))
    return found


@cache
def with_history() -> dict[str, list[str]]:
    """The services that keep each kind of which it can be told what it was at a moment."""
    found: dict[str, list[str]] = {}
    for cls in classes(HOMES):
        for kept in filter(has_history, cls.store.collections):
            found.setdefault(kept.name, []).append(cls.name)
    return found


@cache
def judging() -> frozenset[str]:
    """The services that say what the rules say of their things."""
    return frozenset(cls.name for cls in classes(HOMES) if hasattr(cls, "rules_of"))


def home_of(kind: str) -> tuple[str, str]:
    """The service that keeps the kind, and its name; a sentence, and the end, if none or several do."""
    service, _, said = kind.rpartition(".")
    name = said if said in kinds() else SAID_FOR.get(said, said)
    homes = [home for home, _ in kinds().get(name, ()) if service in ("", home)]
    if len(homes) == 1:
        return homes[0], name
    if homes:
        both = " or ".join(f"{home}.{name}" for home in homes)
        raise typer.BadParameter(f"{name} is kept by {len(homes)} services; say {both}")
    known = sorted([*kinds(), *SAID_FOR, *WITHIN, "figure", "refusal"])
    raise typer.BadParameter(f"nobody keeps a {kind}; {meant(name, known)}")


def name_of(service: str, kind: str) -> str:
    """What a table calls a kind of the service, so that it can be asked for: with its service, where
    several keep one of that name."""
    return f"{service}.{kind}" if len(kinds().get(kind, ())) > 1 else kind


def id_of(kind: str, parts: Sequence[str]) -> str:
    """The id of which these are the parts; a sentence, and the end, if the kind has an id of one part."""
    if len(parts) == 1:
        return parts[0]
    if kind not in JOINED_BY:
        raise typer.BadParameter(f"the id of a {kind} has one part; give it alone", param_hint="ID")
    return JOINED_BY[kind].join(parts)
