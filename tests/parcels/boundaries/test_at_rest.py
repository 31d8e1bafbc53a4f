"""A service that measures nothing does not carry the libraries that measure."""

from __future__ import annotations

from tests.notify.test_aside import said_by

AT_START = """
import sys
from services.installation import HOMES, classes
classes(HOMES)
print(sorted(sys.modules.keys() & {"shapely", "pyproj", "numpy"}))
"""
ASKED = """
import sys
from services.parcels.boundaries.shapes import holds
square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
print(holds(square, 0.6, 0.5), "shapely" in sys.modules, "pyproj" in sys.modules)
"""


def test_a_service_starts_without_shapely_numpy_and_pyproj():
    assert said_by(AT_START) == "[]"


def test_they_come_when_something_is_measured_each_when_it_is_needed():
    assert said_by(ASKED) == "True True False"
