from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from services.projects.service import ProjectsService
from tests.support.in_memory import InMemoryService


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
def projects(parcels: LandRegister) -> InMemoryService:
    return InMemoryService(ProjectsService, parcels=parcels)
