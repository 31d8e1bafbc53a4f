"""The whole year: what is told of each thing, one thing after the other, put into the order of its coming."""

from __future__ import annotations

from collections.abc import Iterator

from .coming import Coming
from .desks.pipeline import pipeline
from .desks.platforms import funds, platforms, policies
from .desks.rounds import rounds
from .desks.supply import supply_of
from .desks.talents import indicators, innovation, talents
from .firms.firms import firms
from .firms.requests import requests
from .land.carriers import park_of
from .land.cases import case_of
from .land.example import example_of
from .land.plots import surveys
from .land.sites import sites
from .land.soil import soil_of
from .ordered import in_order
from .plan import Plan


def year(plan: Plan) -> Iterator[str]:
    """Its lines, a JSON object each, in the order of their coming."""
    return in_order(comings(plan))


def comings(plan: Plan) -> Iterator[Coming]:
    """All that comes, by the things that it is about."""
    for site in sites(plan):
        yield from surveys(plan, site)
        yield from case_of(plan, site)
        yield from example_of(plan, site)
        yield from soil_of(plan, site)
        yield from park_of(plan, site)
        yield from supply_of(plan, site)
    yield from firms(plan)
    yield from requests(plan)
    for desk in (rounds, pipeline, platforms, funds, policies, talents, innovation, indicators):
        yield from desk(plan)
