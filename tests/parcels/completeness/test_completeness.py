"""What a township still owes the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parcels.completeness.gaps import ASKED, lacks
from services.parcels.register.parcel import Parcel
from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.reports import PARCEL, XIAOYUE

WHOLE = {
    "identifiers": [
        {"kind": "parcel_code", "value": "330604006001GB00231", "valid_from": "2020-01-01"}
    ],
    "right_holder": {"name": "n"},
    "industry_code": "C38",
    "soil": reports.soil(),
}


def asked(parcels: Parcels, township: str = XIAOYUE) -> dict[str, Any]:
    found: dict[str, Any] = parcels.read("township_completeness", township=township)
    return found


def test_a_parcel_with_everything_that_is_asked_for_is_complete(parcels):
    parcels.report(*reports.survey(**WHOLE))

    found = asked(parcels)

    assert (found["registered"], found["complete"], found["not_surveyed"]) == (1, 1, [])
    assert [gap["parcel_ids"] for gap in found["gaps"]] == [[]] * len(found["gaps"])


@pytest.mark.parametrize(
    ("left_out", "field"),
    [("identifiers", "identifiers.parcel_code"), ("right_holder", "right_holder")]
    + [(name, name) for name in ("industry_code", "soil")],
)
def test_each_field_that_was_left_out_is_named_with_its_parcel(parcels, left_out, field):
    given = {name: value for name, value in WHOLE.items() if name != left_out}
    parcels.report(*reports.survey(**given))

    found = asked(parcels)

    assert found["complete"] == 0
    assert [gap["field"] for gap in found["gaps"] if gap["parcel_ids"] == [PARCEL]] == [field]


def test_a_code_of_another_kind_does_not_stand_for_the_one_that_is_asked_for(parcels):
    own = [{"kind": "land_code", "value": "x", "valid_from": "2020-01-01"}]
    parcels.report(*reports.survey(**WHOLE | {"identifiers": own}))

    assert asked(parcels)["gaps"][0] == {
        "field": "identifiers.parcel_code",
        "parcel_ids": [PARCEL],
    }


def test_a_plot_that_is_known_from_a_case_alone_is_named_as_not_surveyed(parcels):
    parcels.report(*reports.identified())

    found = asked(parcels)

    assert (found["registered"], found["not_surveyed"]) == (0, [PARCEL])


def test_other_townships_are_not_counted(parcels):
    parcels.report(*reports.survey())

    assert asked(parcels, "330604109")["registered"] == 0


def test_whatever_the_rulebook_asks_for_is_a_field_of_the_parcel():
    for field in ASKED.on(date(2023, 8, 1)).asked:
        assert lacks(Parcel.unknown(PARCEL), field)


@given(st.sampled_from([0, False, "x", ("y",)]))
def test_nought_and_no_are_answers(value):
    parcel = Parcel.unknown(PARCEL)
    object.__setattr__(parcel, "industry_code", value)
    assert not lacks(parcel, "industry_code")
