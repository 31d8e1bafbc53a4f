"""Who was told the dates of a notice is told when they hold no longer, in whatever order it is heard."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import CASE, LISTING, PARCEL, TOWNSHIP, fact
from .test_dispatch import kinds_by_recipient

ABOUT = {
    "listing_id": LISTING,
    "parcel_id": PARCEL,
    "case_id": CASE,
    "township": TOWNSHIP,
    "listing_number": "2023-12",
    "notice_version": 1,
}
PAPER = ABOUT | {"document": "D-1", "reason": "The boundary is measured again.", "moves": []}
ENDS = {
    "moved_days": 23,
    "application_end_on": "2023-09-20",
    "bond_deadline_on": "2023-09-21",
    "listing_end_on": "2023-09-25",
}
NEAR = {
    "supply_id": f"{LISTING}.1",
    "supply_step": "applications",
    "level": "three_days",
    "due_on": "2023-08-28",
}
PUBLISHED = fact("projects.listing_published", 0)
REMINDED = fact("projects.deadline_near", 1, **ABOUT, **NEAR)
SUPPLEMENTED = fact("projects.notice_supplemented", 2, **PAPER, **ENDS, changed_terms=["bond_cny"])
SUSPENDED = fact("projects.notice_suspended", 3, **PAPER, suspended_at="2023-08-24T10:00:00+08:00")
RESUMED = fact(
    "projects.notice_resumed",
    4,
    **PAPER,
    **ENDS,
    suspended_at="2023-08-24T10:00:00+08:00",
    resumed_at="2023-09-16T10:00:00+08:00",
)


@pytest.mark.parametrize("told", [PUBLISHED, REMINDED], ids=["published", "reminded"])
@pytest.mark.parametrize("amended", [SUPPLEMENTED, SUSPENDED, RESUMED], ids=lambda f: f.type)
def test_who_was_told_a_date_is_told_that_it_moved(told, amended):
    for order in permutations([told, amended]):
        notify = Notify()
        kind = told.type.removeprefix("projects.")
        notify.call("subscribe", **desk(kinds=[kind]))
        notify.hear_facts(*order)
        assert kinds_by_recipient(notify) == {
            "land-desk": sorted([kind, amended.type.removeprefix("projects.")])
        }


@pytest.mark.parametrize("order", [*permutations([SUSPENDED, RESUMED])])
def test_who_was_told_of_a_suspension_is_told_of_its_end(order):
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["notice_suspended"]))
    notify.hear_facts(*order, *order)
    assert sorted(kinds_by_recipient(notify)["land-desk"]) == ["notice_resumed", "notice_suspended"]
    said = {alert["kind"]: alert["text"] for alert in notify.alerts()}
    assert "2023-09-25" in said["notice_resumed"]
    assert "The boundary is measured again." in said["notice_suspended"]
