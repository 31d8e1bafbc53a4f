from __future__ import annotations

import pytest

from ..conftest import Parcels
from . import reports


@pytest.fixture
def reported(parcels: Parcels) -> Parcels:
    """A park with one building and one unit of 500 m², and nobody in it."""
    for each in reports.whole_park():
        parcels.report(*each)
    return parcels
