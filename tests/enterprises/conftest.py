from __future__ import annotations

from typing import Any

import pytest

from services.enterprises.service import EnterprisesService
from tests.support.in_memory import InMemoryService


class Enterprises(InMemoryService):
    def __init__(self) -> None:
        super().__init__(EnterprisesService)

    def report(self, data: Any, **how: Any) -> Any:
        """A township reports a firm; answers the note of the receipt."""
        return self.hear("township", "enterprise.registered", data, **how)

    def identify(self, data: Any, **how: Any) -> None:
        self.hear("parcels", "remediation_identified", data, **how)

    def complete(self, data: Any, **how: Any) -> None:
        self.hear("parcels", "remediation_completed", data, **how)

    def standing(self, enterprise_id: str) -> str:
        return self.read("get_enterprise", enterprise_id=enterprise_id)["standing"]


@pytest.fixture
def enterprises() -> Enterprises:
    return Enterprises()
