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

    def split(self, parcel_id: str, *children: str, on: str = "2023-05-02", **how: Any) -> None:
        parts = [{"parcel_id": each, "area_m2": "5000"} for each in children]
        fact = {"parcel_id": parcel_id, "township": TOWNSHIP, "children": parts, "split_on": on}
        self._heard("parcels", "parcel_split", fact, **how)

    def undo_split(self, parcel_id: str, on: str = "2023-05-20", **how: Any) -> None:
        fact = {"parcel_id": parcel_id, "township": TOWNSHIP, "undone": True, "children": []}
        self._heard("parcels", "split_corrected", fact | {"corrected_on": on}, **how)

    def merge(self, parcel_id: str, *sources: str, on: str = "2023-05-02", **how: Any) -> None:
        fact = {
            "parcel_id": parcel_id,
            "township": TOWNSHIP,
            "area_m2": "10000",
            "land_use": "industrial",
            "in_zone": True,
            "sources": [{"parcel_id": each, "area_m2": "5000"} for each in sources],
            "merged_on": on,
        }
        self._heard("parcels", "parcels_merged", fact, **how)

    def standing(self, enterprise_id: str) -> str:
        return self.read("get_enterprise", enterprise_id=enterprise_id)["standing"]

    def _heard(self, source: str, type_: str, data: Any, at: datetime = NOON, **how: Any) -> Any:
        self.now = max(self.now, at)
        self.forget()
        return self.hear(source, type_, data, time=at, **how).or_raise().note


@pytest.fixture
def enterprises() -> Enterprises:
    return Enterprises()
