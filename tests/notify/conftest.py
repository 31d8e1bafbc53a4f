from __future__ import annotations

import pytest

from .rehearsal import Postman, Rehearsal


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def notify(postman: Postman) -> Rehearsal:
    return Rehearsal(postman)
