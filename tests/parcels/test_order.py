"""Messages arrive late, twice and in any order: what the register says in the end is the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone import Store
from backbone.errors import NotFound
from backbone.inbox.incoming import IncomingMessage
from backbone.logs import digest
from backbone.plain import to_json
from backbone.testing import Rehearsal
from backbone.testing.strict_inbox import message
from services.installation import TOWNSHIPS
from services.parcels.service import ParcelsService

from . import reports
from .conftest import NOON, Parcels
from .others import Enterprises, Projects
from .reports import XIAOYUE, event

LATER_PROGRESS = reports.progressed(90, reported_on="2023-06-30")
BAD_SOIL = reports.soil(on_registry=True)
REPORTS = [
    event(type_, data, number)
    for number, (type_, data) in enumerate(
        [
            *reports.whole_case(),
            LATER_PROGRESS,
            reports.survey(soil=BAD_SOIL, surveyed_on="2023-01-20"),
        ]
    )
]
CHAIN = [
    "remediation_identified",
    "remediation_planned",
    "remediation_approved",
    "remediation_completed",
]


@st.composite
def deliveries(draw: st.DrawFn) -> list[Any]:
    """The reports in any order, each once to three times, every copy under an id of its own."""
    copies = [
        event(report["type_"], report["data"], number + len(REPORTS) * copy)
        for number, report in enumerate(REPORTS)
        for copy in range(draw(st.integers(1, 3)))
    ]
    return draw(st.permutations(copies))


def outcome(parcels: Parcels) -> Any:
    """What the register says, without its counters and without which copy it heard last. Whether
    barred land was released for a while depends on the order, and may."""
    case = parcels.read("get_case", case_id=reports.CASE)
    parcel = parcels.read("get_parcel", parcel_id=reports.PARCEL)
    case["planned"].pop("said")  # a plan has no day but that of its event
    if case["release"]["reasons"]:
        case["release"] = {"reasons": case["release"]["reasons"]}
    return [_bare(case), _bare(parcel)]


def _bare(thing: Any) -> Any:
    ours = ("at", "event_id", "version", "release_no")
    if isinstance(thing, dict):
        return {name: _bare(value) for name, value in thing.items() if name not in ours}
    return [_bare(each) for each in thing] if isinstance(thing, list | tuple) else thing


def play(events: list[Any], soil_after: int | None = None) -> Parcels:
    parcels = Parcels()
    recorded = soil_after is None
    for number, each in enumerate(events):
        parcels.handle(each)
        if not recorded and number >= (soil_after or 0):
            recorded = record_soil(parcels)
    if not recorded:
        assert record_soil(parcels)
    return parcels


def record_soil(parcels: Parcels) -> bool:
    """The desk tries until the parcel is known."""
    try:
        parcels.call("record_soil", **reports.soil_record())
    except NotFound:
        return False
    return True


class CasesFirst(ParcelsService):
    """The service with its things listed the other way round."""

    store = Store(*reversed(ParcelsService.store.collections), emits=ParcelsService.store.emits)


@pytest.mark.parametrize("service_cls", [ParcelsService, CasesFirst])
@pytest.mark.parametrize("report", reports.whole_case(), ids=lambda report: report[0])
def test_every_report_waits_behind_an_earlier_one_of_its_parcel(service_cls, report):
    type_, data = report
    about = {"specversion": "1.0", "id": "1", "source": f"/townships/{XIAOYUE}", "type": type_}
    body = to_json(about | {"time": NOON, "data": data})
    others = {"enterprises": Enterprises(), "projects": Projects()}
    parcels = Rehearsal(service_cls, feeds=[TOWNSHIPS], clock=lambda: NOON, **others)
    incoming = IncomingMessage.of(message("township.events", f"{XIAOYUE}.{type_}", body), "parcels")

    decoded = parcels.inbox.decoder.read(incoming)

    assert decoded.problem is None
    assert decoded.sequence_id == digest(f"parcels.inbox.v1 Parcel {reports.PARCEL}", 32)


@settings(max_examples=40, deadline=None)
@given(deliveries())
def test_the_order_and_the_number_of_copies_make_no_difference(events):
    expected, played = play(REPORTS), play(events)

    assert outcome(played) == outcome(expected)
    reasons = outcome(played)[0]["release"]["reasons"]
    assert [reason["code"] for reason in reasons] == ["ART66_NOT_REMOVED"]
    counted = Counter(played.fact_names)
    assert [counted[name] for name in CHAIN] == [1] * len(CHAIN)
    first, *late = played.facts_named("parcel_registered")
    assert len(late) <= 1  # the older of the two surveys tells since when the land has its use
    assert (late or [first])[-1]["uses"] == [{"from_on": "2023-01-10", "land_use": "industrial"}]


@settings(max_examples=40, deadline=None)
@given(deliveries(), st.integers(0, 20))
def test_soil_that_is_recorded_in_between_makes_no_difference_either(events, soil_after):
    played = play(events, soil_after)

    assert outcome(played) == outcome(play(REPORTS, 0))
    assert outcome(played)[0]["release"]["state"] == "released"
    assert played.fact_names.count("remediation_completed") == 1


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(REPORTS))))
def test_facts_of_the_chain_are_announced_in_its_order(order):
    names = play([REPORTS[number] for number in order]).fact_names

    assert [name for name in names if name in CHAIN] == CHAIN
    assert names.index("parcel_registered") < names.index(CHAIN[0])


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(REPORTS))), st.integers(0, 20))
def test_each_change_of_a_release_has_the_next_number(order, soil_after):
    parcels = play([REPORTS[number] for number in order], soil_after)

    releases = [data for name, data in parcels.facts if name.startswith(("land_", "release_"))]
    assert [data["release_no"] for data in releases] == list(range(1, len(releases) + 1))
