from __future__ import annotations

import pytest

from .desk import InvestmentDesk


@pytest.fixture
def desk() -> InvestmentDesk:
    return InvestmentDesk()
