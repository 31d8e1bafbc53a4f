"""The figures of parcels, reckoned once more from a plain list of what arrived when: late, corrected, twice,
and in any order they come out the same; so they do of land that is split and merged meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.campaign.counting import COUNTING, Counting

from ...naive import parcels as naive
from ...naive.arrived import Arrived, told
from ...naive.editions import LATER, later_editions
from .. import reports
from ..reports import XIAOYUE, turn
from ..screening import plots
from .desk import Register, noon

FIRST, HEARD_FROM = date(2022, 7, 1), date(2024, 2, 1)
SENT = datetime(2023, 8, 1, 1, 0, tzinfo=UTC)
WHOLE, NEXT_DOOR, LEFT, RIGHT, MERGED = (f"{XIAOYUE}-{name}" for name in "WNLRM")
ALONE = (f"{XIAOYUE}-1", f"{XIAOYUE}-2")
FIRMS = tuple(f"{XIAOYUE}-E{number}" for number in (1, 2, 3))
PLACES = dict(zip(FIRMS, ((ALONE[0], WHOLE), (ALONE[1], LEFT), (MERGED,)), strict=True))
ACCEPTED, REOPENED, AGAIN = (FIRST + timedelta(number) for number in (3, 6, 9))
WAYS = ("phase_out", "upgrade_in_place", "merger_restructuring")
Said = tuple[str, dict[str, Any]]

some, whole = st.sampled_from, st.integers
days = whole(0, 12).map(lambda number: FIRST + timedelta(number))
asked_days = days | some([date(2022, 12, 31), date(2023, 12, 31), LATER])
heard = whole(0, 15).map(lambda number: noon((HEARD_FROM + timedelta(number)).isoformat()))


def m2(units: int) -> str:
    """Areas are whole units of 3 mu, which are as many m² exactly."""
    return str(2000 * units)


def survey(parcel_id: str, on: date, units: int) -> Said:
    return reports.survey(parcel_id=parcel_id, area_m2=m2(units), surveyed_on=on.isoformat())


def begun(parcel_id: str, way: str) -> list[Said]:
    """Everything of the case that comes before its acceptance."""
    own = {"parcel_id": parcel_id, "case_id": f"{parcel_id}-C"}
    return [
        reports.identified(**own, identified_on="2022-02-01"),
        reports.planned(way, **own, planned_end_on="2022-07-31"),
        reports.approved(way, **own, approved_on="2022-03-15"),
    ]


def accepted(
    draw: Any, parcel_id: str, way: str, on: date, most: int = 5, vacated: int = 0, **more: Any
) -> Said:
    """By firms that other cases may name as well; how much was remediated, `most` units of it, is not always
    said."""
    given = {"completed_on": on.isoformat(), "vacated_area_m2": m2(vacated)} | more
    given["enterprise_ids"] = draw(st.lists(some(FIRMS), unique=True, max_size=2))
    if units := draw(whole(0, most)):
        given["remediated_area_m2"] = m2(max(units, vacated))
    return reports.completed(way, parcel_id=parcel_id, case_id=f"{parcel_id}-C", **given)


# --- what comes in any order


def of_plot(draw: Any, parcel_id: str) -> list[Said]:
    """Surveys of several days, corrections of the same day, and a case in any state."""
    way = draw(some(WAYS))
    vacated = draw(whole(0, 2)) if way == "phase_out" else 0  # by the others the occupant stays
    said = [
        survey(parcel_id, on, draw(whole(6, 9)))
        for on in draw(st.lists(days, min_size=1, max_size=3))
    ]
    again = {"reopened_on": REOPENED.isoformat()}
    own = {"parcel_id": parcel_id, "case_id": f"{parcel_id}-C"}
    course = [
        accepted(draw, parcel_id, way, ACCEPTED, vacated=vacated),
        turn("reopened", REOPENED.isoformat(), **own),
        accepted(draw, parcel_id, way, AGAIN, vacated=vacated, **again),
    ]
    return [*said, *begun(parcel_id, way), *course[: draw(whole(0, 3))]]


def of_years(draw: Any, number: int) -> Said:
    """What enterprises tells of a firm's year: each time of the same plots."""
    firm = draw(some([*PLACES]))
    shares = some(["1"] if len(PLACES[firm]) == 1 else ["0.5", "0.25", "0", None])
    figures = st.none() | whole(0, 9).map(lambda units: str(100 * units))
    fact = plots.figures(
        enterprise_id=firm,
        data_year=draw(some([2021, 2023])),
        version=number,
        parcels=[{"parcel_id": each, "share": draw(shares)} for each in PLACES[firm]],
        floor_area_m2=draw(figures),
        gross_output_cny=draw(figures),
    )
    less = [name for name in ("floor_area_m2", "gross_output_cny") if fact[name] is not None]
    return "yearly_figures_reported", fact | {"at_least": less if draw(whole(0, 3)) == 0 else []}


# --- what comes in its own order


class Land:
    """A plot that the land desk splits, and the one next door: what is said of them, each after what it rests
    on. `units` are the areas as they stand, `newest` the surveys that say so."""

    def __init__(self, draw: Any) -> None:
        self.draw, self.said, self.on = draw, list[Said](), FIRST
        self.units: dict[str, int] = {}
        self.newest: dict[str, date] = {}

    def survey(self, parcel_id: str) -> None:
        """On any day; one that is older than what stands changes nothing."""
        on, units = self.draw(days), self.draw(whole(4, 9))
        self.said.append(survey(parcel_id, on, units))
        if parcel_id not in self.newest or self.newest[parcel_id] <= on:
            self.newest[parcel_id], self.units[parcel_id] = on, units

    def day(self) -> str:
        """Of the next act: that of the one before, or a later one."""
        self.on += timedelta(self.draw(whole(0, 3)))
        return self.on.isoformat()

    def case(self, parcel_id: str) -> None:
        if self.draw(st.booleans()):
            way, most = self.draw(some(WAYS)), self.units[parcel_id]
            end = accepted(self.draw, parcel_id, way, ACCEPTED, most)
            self.said += [*begun(parcel_id, way), end]

    def split(self) -> None:
        request = {"parcel_id": WHOLE, "split_on": self.day(), "children": self._parts()}
        self.said.append(("split_parcel", request))
        self.newest |= dict.fromkeys((LEFT, RIGHT), self.newest[WHOLE])

    def correct(self, *, undo: bool) -> None:
        parts = [] if undo else self._parts()
        about = {"parcel_id": WHOLE, "reason": "measured again", "corrected_on": self.day()}
        self.said.append(("correct_split", about | {"undo": undo, "children": parts}))

    def merge(self) -> None:
        self.units[MERGED] = self.units[RIGHT] + self.units[NEXT_DOOR]
        request = {"parcel_id": MERGED, "source_ids": [RIGHT, NEXT_DOOR], "merged_on": self.day()}
        self.said.append(("merge_parcels", request | {"area_m2": m2(self.units[MERGED])}))

    def _parts(self) -> list[dict[str, Any]]:
        self.units[LEFT] = self.draw(whole(1, self.units[WHOLE] - 1))
        self.units[RIGHT] = self.units[WHOLE] - self.units[LEFT]
        return [{"parcel_id": each, "area_m2": m2(self.units[each])} for each in (LEFT, RIGHT)]


def of_land(draw: Any) -> list[Said]:
    """Surveys, a split that is corrected, and undone and done again; then a merge of a part; and cases."""
    land = Land(draw)
    for each in (WHOLE, WHOLE, NEXT_DOOR):
        land.survey(each)
    land.case(WHOLE)
    land.split()
    if draw(st.booleans()):
        land.correct(undo=False)
    if draw(st.booleans()):
        land.correct(undo=True)
        land.survey(WHOLE)
        if draw(st.booleans()):
            return land.said
        land.split()
    for each in draw(st.lists(some([LEFT, RIGHT]), max_size=2)):
        land.survey(each)
    for each in (LEFT, RIGHT, NEXT_DOOR):
        land.case(each)
    if draw(st.booleans()):
        land.merge()
        for each in draw(st.lists(some([MERGED, LEFT]), max_size=2)):
            land.survey(each)
        land.case(MERGED)
    return land.said


@st.composite
def arrivals(draw: Any) -> list[Arrived]:
    """All of it, some of it twice, one thing after the other."""
    said = [each for parcel_id in ALONE for each in of_plot(draw, parcel_id)]
    said += [of_years(draw, number) for number in range(1, draw(whole(0, 6)) + 1)]
    land = of_land(draw)
    copies = draw(st.lists(some(range(len(said))), max_size=2))
    order = draw(st.permutations([*range(len(said)), *copies, *[-1] * len(land)]))
    moments = sorted(draw(st.lists(heard, min_size=len(order), max_size=len(order))))
    left = iter(range(len(said), len(said) + len(land)))
    numbers = [each if each >= 0 else next(left) for each in order]
    return [
        Arrived(
            at=at, name=name, id=f"e{number:03}", data=data, time=SENT + timedelta(hours=number)
        )
        for (number, at) in zip(numbers, moments, strict=True)
        for name, data in [(said + land)[number]]
    ]


def deliver(register: Register, arrived: Arrived) -> None:
    register.moment = arrived.at
    about: dict[str, Any] = {"id": arrived.id, "time": arrived.time}
    if arrived.name == "yearly_figures_reported":
        register.hear("enterprises", arrived.name, arrived.data, **about).or_raise()
    elif "." in arrived.name:
        said = (arrived.name, arrived.data)
        register.hear("township", *said, publisher=XIAOYUE, **about).or_raise()
    else:
        register.call(arrived.name, request_id=arrived.id, **arrived.data)


@pytest.fixture(scope="module", autouse=True)
def other_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """From another day on cases are counted and not firms, by their first acceptance, also reopened ones."""
    changes = (
        ('unit = "firms"', 'unit = "cases"'),
        ("count_reopened = false", "count_reopened = true"),
        ('day = "last_acceptance"', 'day = "first_acceptance"'),
    )
    book = (COUNTING, Counting, "parcels/counting")
    with later_editions(tmp_path_factory.mktemp("rules"), *((*book, *each) for each in changes)):
        yield


@settings(max_examples=15, deadline=None)
@given(arrived=arrivals(), data=st.data())
def test_late_corrected_and_repeated_reports_give_the_figures_of_a_plain_list(arrived, data):
    register = Register()
    for each in arrived:
        deliver(register, each)
    register.day("2024-06-01")

    for _ in range(8):
        on, known_at = data.draw(asked_days), data.draw(heard)
        rules = data.draw(some([on, LATER]))
        asked = {"known_at": known_at.isoformat(), "rules": rules.isoformat()}
        assert told(register, on, **asked) == naive.figures(arrived, on, known_at, rules)
