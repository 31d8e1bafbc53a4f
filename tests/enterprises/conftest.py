from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backbone.amqp.topology import Feed
from backbone.testing import Rehearsal
from services.enterprises.service import EnterprisesService
from services.installation import TOWNSHIPS

from .reports import TOWNSHIP, case_fact

NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)  # noon in the park


class Enterprises(Rehearsal):
    """The service at noon, or later if it has heard of something later. A copy of what it has heard
    before is handled anew, so that no test leans on what the inbox remembers."""

    def __init__(self, townships: Feed = TOWNSHIPS) -> None:
        self.now = NOON
        super().__init__(EnterprisesService, feeds=[townships], clock=lambda: self.now)

    def report(self, data: Any, publisher: str = TOWNSHIP, **how: Any) -> Any:
        """A township reports a firm; answers the note of the receipt. Raises what it is refused for."""
        return self._heard("township", "enterprise.registered", data, publisher=publisher, **how)

    def tell(self, type_: str, data: Any, publisher: str = TOWNSHIP, **how: Any) -> Any:
        """A township reports something else of a firm; answers the note of the receipt."""
        return self._heard("township", f"enterprise.{type_}", data, publisher=publisher, **how)

    def identify(self, data: Any, **how: Any) -> None:
        self._heard("parcels", "remediation_identified", data, **how)

    def complete(self, data: Any, **how: Any) -> None:
        self._heard("parcels", "remediation_completed", data, **how)

    def reopen(self, on: str) -> None:
        self._heard("parcels", "remediation_reopened", case_fact(reopened_on=on))

    def cancel(self, on: str) -> None:
        self._heard("parcels", "remediation_cancelled", case_fact(cancelled_on=on))

    def standing(self, enterprise_id: str) -> str:
        return self.read("get_enterprise", enterprise_id=enterprise_id)["standing"]

    def _heard(self, source: str, type_: str, data: Any, at: datetime = NOON, **how: Any) -> Any:
        self.now = max(self.now, at)
        self.forget()
        return self.hear(source, type_, data, time=at, **how).or_raise().note


@pytest.fixture
def enterprises() -> Enterprises:
    return Enterprises()
