"""The made-up park of the benchmark is as it says: so many plots, so much land, none of it twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shapely import STRtree
from shapely.geometry import shape

from bench.layout import PLOTS, plots
from park.units import mu_to_m2
from services.parcels.boundaries.grid import Box
from services.parcels.boundaries.rulebook import MEASURES
from services.parcels.boundaries.shapes import area_m2, overlap_m2

from .plots import DAY


def test_2595_plots_share_58000_mu_and_no_land():
    laid_out = list(plots())
    measures = MEASURES.on(DAY)

    assert len(laid_out) == PLOTS == 2595
    assert sum(each.area_m2 for each in laid_out) == pytest.approx(float(mu_to_m2(Decimal(58_000))))
    for plot in laid_out[::50]:
        assert float(area_m2(plot.geometry)) == pytest.approx(plot.area_m2, abs=0.2)
    box = Box.around((lon, lat) for plot in laid_out for lon, lat in plot.ring)
    assert measures.district.holds(box.west, box.south)
    assert measures.district.holds(box.east, box.north)
    tree = STRtree([shape(plot.geometry) for plot in laid_out])
    meeting = [
        (a, b) for a, b in zip(*tree.query(tree.geometries, "intersects"), strict=True) if a < b
    ]
    assert len(meeting) > PLOTS  # beside it and behind it
    width = measures.tolerance.sliver_width_m
    assert not [
        1 for a, b in meeting if overlap_m2(laid_out[a].geometry, laid_out[b].geometry, width)
    ]
