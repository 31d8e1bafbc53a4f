"""Which parcels took the place of which: both ways, with days and areas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from backbone.messages.envelope import Event
from backbone.store.unit_of_work import UnitOfWork
from services.parcels.lineage.succession import Succession
from services.parcels.register.parcel import Parcel

from ..land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, WHOLE, divide, lineage, merge, part, survey


@pytest.fixture
def family(parcels):
    """The whole was split on the 15th, and its right part merged with the neighbour on the 16th."""
    survey(parcels)
    survey(parcels, NEXT_DOOR, area_m2="1000")
    divide(parcels)
    merge(parcels, source_ids=[RIGHT, NEXT_DOOR], area_m2="5666.666667")
    return parcels


def ids(relatives):
    return [each["parcel_id"] for each in relatives]


def test_a_parcel_knows_all_whose_place_it_took(family):
    found = lineage(family, MERGED)

    assert ids(found["ancestors"]) == [RIGHT, NEXT_DOOR, WHOLE]
    assert [each["state"] for each in found["ancestors"]] == ["merged", "merged", "split"]
    assert found["descendants"] == []
    assert [(step["kind"], step["on"]) for step in found["steps"]] == [
        ("split", "2023-08-15"),
        ("merge", "2023-08-16"),
    ]


def test_a_parcel_knows_all_that_took_its_place(family):
    found = lineage(family, WHOLE)

    assert ids(found["descendants"]) == [LEFT, RIGHT, MERGED]
    assert found["ancestors"] == []
    assert [step["kind"] for step in found["steps"]] == ["split", "merge"]


def test_a_part_tells_of_the_split_that_made_it_and_not_of_its_siblings_way(family):
    found = lineage(family, LEFT)

    assert (ids(found["ancestors"]), ids(found["descendants"])) == ([WHOLE], [])
    assert [step["kind"] for step in found["steps"]] == ["split"]


def test_each_step_has_its_areas_and_says_whether_they_were_conserved(parcels):
    survey(parcels)
    divide(parcels, part(LEFT, "2000"), part(RIGHT, "4666"))

    (step,) = lineage(parcels, LEFT)["steps"]

    assert step["sources"] == [{"parcel_id": WHOLE, "area_m2": "6666.666667"}]
    assert [each["area_m2"] for each in step["results"]] == ["2000", "4666"]
    assert (step["difference_m2"], step["conserved"]) == ("-0.666667", True)
    assert step["undone"] is False


def test_a_parcel_that_nothing_happened_to_is_alone(parcels):
    survey(parcels)

    assert lineage(parcels, WHOLE) == {
        "parcel_id": WHOLE,
        "ancestors": [],
        "descendants": [],
        "steps": [],
    }


def test_a_parcel_that_nobody_knows_has_no_lineage(parcels, refused):
    with refused("NOT_FOUND"):
        lineage(parcels, WHOLE)


def test_a_split_of_which_nobody_kept_the_day_is_told_without_one(parcels):
    """Splits of an earlier version: `parent_id` and `child_ids`, and no succession."""
    survey(parcels)
    divide(parcels)
    as_an_earlier_version_left_it(parcels)

    for parcel_id in (WHOLE, LEFT):
        (step,) = lineage(parcels, parcel_id)["steps"]
        assert (step["kind"], step["on"], step["conserved"]) == ("split", None, True)
        assert ids(step["results"]) == [LEFT, RIGHT]
    assert ids(lineage(parcels, RIGHT)["ancestors"]) == [WHOLE]


def as_an_earlier_version_left_it(parcels):
    work = UnitOfWork(parcels.repository)
    work.begin(Event(id="earlier", source="/test", type="x"))
    for parcel_id in (LEFT, RIGHT):
        work.save(replace(work.require(Parcel, parcel_id), parent_ids=()))
    (succession,) = work.find(Succession)
    work.save(replace(succession, sources=(), results=()))
    work.close_step(None)
    work.commit()


def test_areas_add_up_exactly_in_the_step_of_a_merge(family):
    merged = lineage(family, MERGED)["steps"][-1]

    total = sum(Decimal(each["area_m2"]) for each in merged["sources"])
    assert total == Decimal(merged["results"][0]["area_m2"])
    assert merged["difference_m2"] == "0"
