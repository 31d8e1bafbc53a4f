from __future__ import annotations

import pytest

from .desk import Register


@pytest.fixture
def register() -> Register:
    return Register()
