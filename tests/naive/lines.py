"""What the lines of a year say had come to each service when, and every figure as it follows from that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from services.projects.listings.listing import listing_id_of

from . import between, enterprises, parcels, projects
from .arrived import Arrived, Figure

NAIVE = {"parcels": parcels, "enterprises": enterprises, "projects": projects}
Lists = dict[str, list[Arrived]]


def arrived_in(lines: Iterable[str]) -> Lists:
    """By service: what came from townships and desks, but what was to be refused, and what of it another
    service tells. What a service does not hear it does not reckon with either."""
    came = [*_came(lines)]
    told_of = {
        "parcels": between.years(came),
        "enterprises": between.plots(came),
        "projects": between.land(came, listing_id_of),
    }
    return {
        name: sorted([*came, *told], key=lambda each: each.at) for name, told in told_of.items()
    }


def _came(lines: Iterable[str]) -> Iterator[Arrived]:
    for said in map(json.loads, lines):
        at = datetime.fromisoformat(said["at"])
        if "call" in said:
            call = said["call"]
            kwargs = call["kwargs"]
            yield Arrived(at=at, name=call["method"], id=kwargs["request_id"], data=kwargs)
        elif said.get("meant") != "mistyped":
            event = said["event"]
            time = datetime.fromisoformat(event["time"])
            yield Arrived(at=at, name=event["type"], id=event["id"], data=event["data"], time=time)


def figures(
    arrived: Lists, on: date, known_at: datetime, rules: date
) -> dict[str, dict[str, Figure]]:
    """Every figure of each service."""
    return {name: of.figures(arrived[name], on, known_at, rules) for name, of in NAIVE.items()}
