from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from backbone.testing import Rehearsal
from services.projects.service import ProjectsService

NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)  # noon in the park


@dataclass
class LandRegister:
    """The service `parcels` as projects sees it: one answer, or an error to raise."""

    answer: Any = field(
        default_factory=lambda: {"state": "released", "release_no": 1, "reasons": []}
    )
    asked: list[dict[str, Any]] = field(default_factory=list)

    def release_standing(self, **request: Any) -> Any:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def parcels() -> LandRegister:
    return LandRegister()


@pytest.fixture
def projects(parcels: LandRegister) -> Rehearsal:
    return Rehearsal(ProjectsService, clock=lambda: NOON, parcels=parcels)
