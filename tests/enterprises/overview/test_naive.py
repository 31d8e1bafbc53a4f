"""The figures of enterprises, reckoned once more from a plain list of what arrived when: late, corrected,
twice, and in any order they come out the same."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.time import PARK_TIME
from services.enterprises.innovation.innovation import INNOVATION, InnovationBook
from services.enterprises.premises.populations import COUNTING, Counting

from ...naive import enterprises as naive
from ...naive.arrived import Arrived, told
from ...naive.between import plots
from ...naive.editions import LATER, later_editions
from ...naive.town import Town
from ..conftest import Enterprises
from ..premises.test_populations import plot
from ..reports import TOWNSHIP, firm, premises

FIRST = date(2023, 7, 26)
HEARD_FROM = date(2023, 9, 1)
PARCELS = [f"{TOWNSHIP}-{number}" for number in (1, 2, 3)]  # no word ever comes of the last one
PERIODS = {"2022-12-31": "2022-01-01", "2023-05-31": "2023-01-01", "2023-07-31": "2023-01-01"}
LEVELS = {
    "converted_result": [None],
    "enterprise_institute": ["provincial", "municipal"],
    "talent": ["top", "municipal"],
}
STOCKS = [
    "results_converted",
    "provincial_enterprise_institutes",
    "high_level_talents",
    "plots_area",
]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=PARK_TIME)


days = st.integers(0, 9).map(lambda number: FIRST + timedelta(number))
heard = st.integers(0, 12).map(lambda number: noon(HEARD_FROM + timedelta(number)))
spans = st.tuples(days, st.none() | days).filter(lambda span: span[1] is None or span[0] <= span[1])


@st.composite
def registered(draw: Any) -> tuple[str, dict[str, Any]]:
    """A firm, wherever it is said to be."""
    where = []
    for parcel_id in draw(st.lists(st.sampled_from(PARCELS), max_size=2, unique=True)):
        since, until = draw(spans)
        days_there = {"from": since.isoformat()} | ({"to": until.isoformat()} if until else {})
        where.append(premises("tenant", parcel_id, **days_there))
    own = draw(st.sampled_from(["E1", "E2", "E3"]))
    said = firm(enterprise_id=f"{TOWNSHIP}-{own}", uscc=None, premises=where)
    return "enterprise.registered", said


def uses_of(days_of_uses: dict[date, str]) -> dict[str, Any]:
    """What the fact of a plot says of its uses."""
    found = [
        {"from_on": day.isoformat(), "land_use": days_of_uses[day]} for day in sorted(days_of_uses)
    ]
    return {"uses": found, "land_use": found[-1]["land_use"]}


# by surveys of several days, each list another one's correction; or, as once, without a day
uses = st.sampled_from(["industrial", "storage"])
surveyed = st.one_of(
    st.dictionaries(days, uses, min_size=1, max_size=3).map(uses_of),
    uses.map(lambda use: {"land_use": use}),
)


@st.composite
def indicator(draw: Any) -> tuple[str, dict[str, Any]]:
    """A figure of a period, of the zone or of what is no figure of it."""
    name = draw(st.sampled_from(["trade", *STOCKS]))
    end = draw(st.sampled_from(sorted(PERIODS)))
    said = {"indicator": name, "period_end": end, "value": str(draw(st.integers(1, 9)))}
    if name == "trade":
        said |= {"period_start": PERIODS[end], "unit": draw(st.sampled_from(["元", "万元"]))}
    kinds = st.sampled_from(["exact", "at_least", "more_than"])
    said |= draw(
        st.sampled_from(
            [{"basis": "zone"}] * 4 + [{"basis": "district"}, {"basis": "zone", "role": "target"}]
        )
    )
    return "record_indicator", said | {"figure_kind": draw(kinds), "document": "page"}


@st.composite
def innovation(draw: Any) -> tuple[str, dict[str, Any]]:
    """A record, or what corrects or withdraws it."""
    kind = draw(st.sampled_from(sorted(LEVELS)))
    since, until = draw(spans)
    said = {"innovation_id": f"{TOWNSHIP}-{kind}{draw(st.integers(1, 2))}", "kind": kind}
    said |= {"level": draw(st.sampled_from(LEVELS[kind])), "from_on": since.isoformat()}
    said |= {"to_on": until and until.isoformat(), "withdrawn": draw(st.integers(0, 3)) == 0}
    return "record_innovation", said | {"document": "list"}


@st.composite
def arrivals(draw: Any) -> list[Arrived]:
    """Reports of firms and plots, figures and records, some of them twice, in any order."""
    said = draw(st.lists(st.one_of(registered(), indicator(), innovation()), max_size=14))
    for parcel_id in PARCELS[:-1]:
        for version, uses in enumerate(draw(st.lists(surveyed, min_size=1, max_size=3)), 1):
            said.append(("parcel_registered", plot(parcel_id, version=version, **uses)))
    ids = range(len(said))
    times = {each: noon(draw(days)) for each in ids}
    copies = draw(st.lists(st.sampled_from(ids), max_size=3))
    came = draw(st.permutations([*ids, *copies]))
    moments = sorted(draw(st.lists(heard, min_size=len(came), max_size=len(came))))
    return [
        Arrived(at=at, name=said[each][0], id=f"e{each}", data=said[each][1], time=times[each])
        for each, at in zip(came, moments, strict=True)
    ]


def deliver(enterprises: Enterprises, arrived: Arrived) -> None:
    enterprises.now = arrived.at
    if arrived.name.startswith("record_"):
        enterprises.call(arrived.name, request_id=arrived.id, **arrived.data)
        return
    about = {"id": arrived.id, "time": arrived.time}
    if arrived.name == "parcel_registered":
        heard = enterprises.hear("parcels", arrived.name, arrived.data, **about)
    else:
        heard = enterprises.hear(
            "township", arrived.name, arrived.data, publisher=TOWNSHIP, **about
        )
    heard.or_raise()


@pytest.fixture(scope="module", autouse=True)
def other_rules(tmp_path_factory):
    """From another day on land for storage counts as well, and so do institutes of no province."""
    uses = 'land_uses = ["industrial"', 'land_uses = ["industrial", "storage"'
    levels = '\nlevels = ["provincial"]', '\nlevels = ["provincial", "municipal"]'
    with later_editions(
        tmp_path_factory.mktemp("rules"),
        (COUNTING, Counting, "enterprises/populations", *uses),
        (INNOVATION, InnovationBook, "enterprises/innovation", *levels),
    ):
        yield


@settings(max_examples=20, deadline=None)
@given(arrived=arrivals(), data=st.data())
def test_late_corrected_and_repeated_reports_give_the_figures_of_a_plain_list(arrived, data):
    enterprises = Enterprises()
    for each in arrived:
        deliver(enterprises, each)
    enterprises.now = noon(date(2023, 10, 1))

    for _ in range(8):
        on, known_at = data.draw(days), data.draw(heard)
        rules = data.draw(st.sampled_from([on, LATER]))
        asked = {"known_at": known_at.isoformat(), "rules": rules.isoformat()}
        assert told(enterprises, on, **asked) == naive.figures(arrived, on, known_at, rules)


@st.composite
def surveys(draw: Any) -> list[Arrived]:
    """Surveys of two plots as their township reports them, late and corrected, and a firm on each."""
    said = [registered_on(parcel_id) for parcel_id in PARCELS[:-1]]
    for day, use in draw(st.lists(st.tuples(days, uses_reported), min_size=1, max_size=8)):
        parcel_id = draw(st.sampled_from(PARCELS[:-1]))
        about = {"parcel_id": parcel_id, "surveyed_on": day.isoformat(), "land_use": use}
        land = {"area_m2": "6700", "planned_use": "industrial", "in_zone": True}
        said.append(("parcel.registered", about | land))
    moments = sorted(draw(st.lists(heard, min_size=len(said), max_size=len(said))))
    times = draw(
        st.permutations([noon(HEARD_FROM) - timedelta(hours=each) for each in range(len(said))])
    )
    return [
        Arrived(at=at, name=name, id=f"e{number}", data=data, time=time)
        for number, (at, time, (name, data)) in enumerate(zip(moments, times, said, strict=True))
    ]


uses_reported = st.sampled_from(["industrial", "commercial"])


def registered_on(parcel_id: str) -> tuple[str, dict[str, Any]]:
    where = premises("tenant", parcel_id)
    return "enterprise.registered", firm(
        where, enterprise_id=f"{TOWNSHIP}-E{parcel_id[-1]}", uscc=None
    )


def line(arrived: Arrived) -> str:
    about = {"id": arrived.id, "time": arrived.time.isoformat()} if arrived.time else {}
    event = {"source": f"/townships/{TOWNSHIP}", "type": arrived.name, "data": arrived.data} | about
    return json.dumps({"at": arrived.at.isoformat(), "event": event})


@settings(max_examples=12, deadline=None)
@given(arrived=surveys(), data=st.data())
def test_what_parcels_tells_of_late_and_corrected_surveys_counts_on_the_days_of_the_surveys(
    arrived, data
):
    town = Town()
    town.play(map(line, arrived))
    town.moment = noon(date(2023, 10, 1))
    came = sorted([*arrived, *plots(arrived)], key=lambda each: each.at)

    for _ in range(8):
        on, known_at = data.draw(days), data.draw(heard)
        asked = {"known_at": known_at.isoformat(), "rules": on.isoformat()}
        expected = naive.figures(came, on, known_at, on)["firms_on_land"]
        assert told(town.services["enterprises"], on, **asked)["firms_on_land"] == expected
