"""Reports of the soil come late, twice and in any order: the record and the release end the same."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import NotFound

from .. import reports as land
from ..conftest import Parcels
from ..reports import event
from . import reports as soil

SUSPICION = {
    "parcel_id": land.PARCEL,
    "soil_report_id": "YS-1",
    "suspected_on": "2023-04-01",
    "suspicion": "old works",
}
EVENTS = [
    land.survey(soil=land.soil(survey_reviewed=False), planned_use="residential"),
    *land.whole_case()[1:],
    ("soil.suspected", SUSPICION),
    *(("soil.surveyed", arguments) for _, arguments in soil.detailed()),
]
CALLS = [
    soil.risk(),
    soil.notice(),
    soil.control(),
    soil.cleanup(),
    soil.effect(False, "2023-07-30"),
    soil.effect(),
    soil.removal(),
    soil.removal("granted", "2023-08-19", after_care_conditions=["no wells"]),
    soil.lifted(),
    ("record_soil", land.soil_record("2023-06-25", case_open=True)),
]
STEPS = [*EVENTS, *CALLS]


@st.composite
def deliveries(draw: st.DrawFn) -> list[int]:
    """Each step in any order, those of `STEPS` but the last once or twice."""
    again = draw(st.sets(st.sampled_from(range(len(STEPS) - 1))))
    return draw(st.permutations([*range(len(STEPS)), *sorted(again)]))


def play(order: list[int]) -> Parcels:
    parcels, waiting, numbers = Parcels(), list(order), itertools.count(1)
    while waiting:
        step, number = waiting.pop(0), next(numbers)
        name, arguments = STEPS[step]
        if step < len(EVENTS):
            parcels.handle(event(name, arguments, number))
            continue
        try:
            parcels.call(name, **arguments)
        except NotFound:
            waiting.append(step)  # the desk tries until the plot is known
    return parcels


def bare(thing: Any) -> Any:
    """Without which copy was heard last, and without counters."""
    ours = ("at", "event_id", "version", "release_no")
    if isinstance(thing, dict):
        return {name: bare(value) for name, value in thing.items() if name not in ours}
    return [bare(each) for each in thing] if isinstance(thing, list) else thing


def outcome(parcels: Parcels) -> Any:
    record = parcels.read("get_soil", parcel_id=land.PARCEL)
    parcel = parcels.read("get_parcel", parcel_id=land.PARCEL)
    case = parcels.read("get_case", case_id=land.CASE)
    case["planned"].pop("said")  # a plan has no day but that of its event
    return bare([record, parcel, case])


IN_ORDER = list(range(len(STEPS)))


@settings(max_examples=25, deadline=None)
@given(deliveries())
def test_the_order_and_the_number_of_copies_make_no_difference(order):
    record, parcel, case = outcome(play(order))

    assert [record, parcel, case] == outcome(play(IN_ORDER))
    assert (record["stage"], record["after_care_conditions"]) == ("after_care", ["no wells"])
    assert record["out_of_step"] == []
    assert case["release"]["state"] == "released"
    assert "2023-2" in case["release"]["evidence_ids"]


@settings(max_examples=15, deadline=None)
@given(st.permutations(IN_ORDER), st.integers(1, len(STEPS)))
def test_what_is_missing_is_missing_the_same_in_any_order(order, length):
    kept = {0, *order[:length]}
    played, expected = play([each for each in order if each in kept]), play(sorted(kept))

    for method in ("get_soil", "get_parcel"):
        found, right = (each.read(method, parcel_id=land.PARCEL) for each in (played, expected))
        assert bare(found) == bare(right)
