"""Which parcels lie side by side."""

from __future__ import annotations

import pytest

from .plots import outlined, parcel_id, rectangle


def neighbours(parcels, number):
    return parcels.read("neighbours_of", parcel_id=parcel_id(number))["parcel_ids"]


@pytest.mark.parametrize(
    ("x", "y", "are_neighbours"),
    [
        pytest.param(100, 0, True, id="they touch along a side"),
        pytest.param(100, 50, False, id="only a corner touches"),
        pytest.param(100, 47, False, id="the common side is too short"),
        pytest.param(100, 45, True, id="the common side is long enough"),
        pytest.param(100.49, 0, True, id="within the gap"),
        pytest.param(100.51, 0, False, id="over the gap"),
    ],
)
def test_neighbours_have_a_side_in_common(parcels, x, y, are_neighbours):
    parcels.report(*outlined(1, rectangle(0, 0)))
    parcels.report(*outlined(2, rectangle(x, y)))

    assert neighbours(parcels, 1) == [parcel_id(2)] * are_neighbours
    assert neighbours(parcels, 2) == [parcel_id(1)] * are_neighbours


def test_a_parcel_without_an_outline_has_no_known_neighbour(parcels):
    assert neighbours(parcels, 3) == []
