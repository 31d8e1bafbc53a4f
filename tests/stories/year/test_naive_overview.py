"""A year of the park: every figure of the overview, of twenty days by three clocks and by other rules, is
that of a plain list of what arrived when.

What the services tell each other follows from that list as well, and no figure is left out."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest

from park.overview import FigureRule
from services.enterprises.innovation.innovation import INNOVATION, InnovationBook
from services.parcels.campaign.counting import COUNTING, Counting
from services.projects.overview.entrypoints import FIGURES
from year.plan import of_size
from year.stream import year

from ...naive.arrived import PARK, Figure, told
from ...naive.editions import LATER, later_editions
from ...naive.lines import NAIVE, Lists, arrived_in, figures
from ...naive.town import Town
from ...support.overview import hold_that_parts_add_up

SEED, PLOTS = 78, 50  # a small year that has everything of `HARD`
HARD = ("late", "doubled", "corrected", "mistyped")
THEN = (datetime(2023, 6, 20, 12, tzinfo=PARK), datetime(2023, 8, 31, 12, tzinfo=PARK))
LINES = [*year(of_size(SEED, PLOTS))]
SAID = [json.loads(line) for line in LINES]


def days() -> list[date]:
    """The ends of the page's month and of its years, the turns of the case that was reopened, and days of
    which something is said."""
    given = [each["event"]["data"] if "event" in each else each["call"]["kwargs"] for each in SAID]
    spoken = {
        value
        for data in given
        for name, value in data.items()
        if name.endswith("_on") and "2022-09" <= value < "2024-02"
    }
    turns = {
        day
        for data in given
        if "reopened_on" in data
        for day in (data["reopened_on"], data.get("completed_on"))
        if day
    }
    some = {"2022-12-31", "2023-07-30", "2023-07-31", "2023-12-31", *turns}
    more = Random(SEED).sample(sorted(spoken - some), 20 - len(some))
    return sorted(map(date.fromisoformat, {*some, *more}))


OTHER_RULES = (
    (COUNTING, Counting, "parcels/counting", 'unit = "firms"', 'unit = "cases"'),
    (COUNTING, Counting, "parcels/counting", "count_reopened = false", "count_reopened = true"),
    (
        INNOVATION,
        InnovationBook,
        "enterprises/innovation",
        '\nlevels = ["provincial"]',
        '\nlevels = ["municipal"]',
    ),
    (FIGURES, dict[str, FigureRule], "projects/overview", '"conference"', '"contest"'),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    played = Town()
    played.play(LINES)
    with later_editions(tmp_path_factory.mktemp("rules"), *OTHER_RULES):
        yield played


@pytest.fixture(scope="module")
def arrived() -> Lists:
    return arrived_in(LINES)


def asked_for(known_at: datetime, rules: date) -> dict[str, str]:
    return {"known_at": known_at.isoformat(), "rules": rules.isoformat()}


def answered(town: Town, on: date, known_at: datetime, rules: date) -> dict[str, dict[str, Figure]]:
    asked = asked_for(known_at, rules)
    return {name: told(service, on, **asked) for name, service in town.services.items()}


@pytest.mark.parametrize("on", days(), ids=str)
def test_every_figure_of_a_day_is_that_of_a_plain_list_now_and_as_known_before(town, arrived, on):
    for known_at in (town.moment, *THEN):
        for rules in (on, LATER):
            expected = figures(arrived, on, known_at, rules)
            assert answered(town, on, known_at, rules) == expected


@pytest.mark.parametrize("service", NAIVE)
def test_every_figure_says_by_which_rule_it_is_counted_and_whose_word_it_is(town, service):
    """That these are those of the rulebook or of the statement, the comparison with the plain list holds."""
    for rules in (date(2023, 7, 31), LATER):
        found = answered(town, date(2023, 7, 31), town.moment, rules)[service]
        assert found
        for name, figure in found.items():
            assert all((*figure.rule, figure.source, figure.rules_from)), name


@pytest.mark.parametrize("on", days(), ids=str)
def test_the_parts_of_every_figure_add_up_to_it_on_every_day_by_every_clock(town, on):
    clocks = [*((known_at, on) for known_at in (town.moment, *THEN)), (town.moment, LATER)]
    for known_at, rules in clocks:
        asked = {"on": on.isoformat(), **asked_for(known_at, rules)}
        for service in town.services.values():
            assert hold_that_parts_add_up(service, **asked)


def test_every_figure_of_a_year_that_chance_draws_is_that_of_a_plain_list():
    seed = int(os.environ.get("SEED") or uuid.uuid4().int % 10_000)  # what fails says it
    lines = [*year(of_size(seed, PLOTS))]
    drawn, arrived = Town(), arrived_in(lines)
    drawn.play(lines)
    first, span = date(2022, 9, 1), 520  # the days of the year and of what follows it
    for on in (first + timedelta(days) for days in Random(seed).sample(range(span), 12)):
        for known_at in (drawn.moment, *THEN):
            expected = figures(arrived, on, known_at, on)
            assert answered(drawn, on, known_at, on) == expected, f"SEED={seed} of {on}"


def test_the_year_has_what_makes_it_hard():
    types = {each["event"]["type"] for each in SAID if "event" in each}

    assert len(days()) == 20
    assert {*HARD} <= {each.get("meant") for each in SAID}
    assert {"remediation.reopened", "remediation.cancelled"} <= types


@pytest.mark.parametrize("service", NAIVE)
def test_each_clock_tells_another_figure(town, service):
    """So that no clock is held by figures that it does not move."""
    on = date(2023, 7, 31)
    ways = [(on, town.moment, on), (date(2023, 3, 1), town.moment, on), (on, THEN[0], on)]
    found = [answered(town, *way)[service] for way in (*ways, (on, town.moment, LATER))]

    assert all(each != found[0] for each in found[1:])
