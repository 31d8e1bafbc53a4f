from __future__ import annotations

import pytest

from .hall import Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()
