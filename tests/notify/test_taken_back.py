"""Who was told of land is told when it is taken back, in whatever order notify hears of it."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient

LAND = {"listing_id": "L", "parcel_id": "P", "township": "330604006"}
SUPPLY = LAND | {"supply_id": "L.1", "case_id": "C"}
WHY = {"reasons": [{"code": "ART66_NOT_REMOVED", "sentence": "The plot is registered."}]}
AWARDED = fact(
    "projects.listing_awarded", 0, **SUPPLY, listing_number="2023-21", price_cny="4700000.00",
    area_m2="11781", awarded_on="2023-08-31",
)  # fmt: skip
CONTESTED = fact("projects.award_contested", 1, **SUPPLY, **WHY, contract_signed=False)
LIFTED = fact("projects.award_contest_lifted", 2, **SUPPLY)
MATCHED = fact("projects.land_matched", 0, **LAND, area_m2="11781", lead_ids=["lead-7"])
UNMATCHED = fact("projects.match_withdrawn", 1, **LAND, **WHY, release_no=1, lead_ids=["lead-7"])
PROJECT = {
    "project_id": "lead-7", "supply_id": "L.1", "parcel_id": "P", "township": "330604006",
    "team": "team 2",
}  # fmt: skip
DOUBT = fact("projects.project_land_contested", 1, **PROJECT, **WHY, contract_signed=True)
NO_DOUBT = fact("projects.project_land_contest_lifted", 2, **PROJECT)


@pytest.mark.parametrize("order", list(permutations([AWARDED, CONTESTED, LIFTED])))
def test_who_heard_of_an_award_hears_what_stands_against_it_and_that_it_is_over(order):
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["listing_awarded"]))
    notify.hear_facts(*order, *order)
    told = ["award_contest_lifted", "award_contested", "listing_awarded"]
    assert kinds_by_recipient(notify) == {"land-desk": told}


def test_an_award_in_doubt_still_holds_and_its_message_says_nothing_else():
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["listing_awarded"]))
    notify.hear_facts(AWARDED, CONTESTED)
    notify.hear_itself()
    titles = [message.title for *_, message in notify.channels.sent]
    assert titles == ["Land awarded [成交]: 2023-21", "Award without a release [成交存疑]: P"]


@pytest.mark.parametrize("order", list(permutations([MATCHED, UNMATCHED])))
def test_who_heard_of_a_match_hears_which_leads_lost_it(order):
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["land_matched"]))
    notify.hear_facts(*order)
    assert kinds_by_recipient(notify) == {"land-desk": ["land_matched", "match_withdrawn"]}
    [alert] = notify.alerts(kind="match_withdrawn")
    assert "lead-7" in alert["text"]
    assert "The plot is registered." in alert["text"]


@pytest.mark.parametrize("order", list(permutations([DOUBT, NO_DOUBT])))
def test_who_heard_that_a_projects_land_is_in_doubt_hears_that_it_is_not_any_more(order):
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["project_land_contested"]))
    notify.hear_facts(*order)
    told = ["project_land_contest_lifted", "project_land_contested"]
    assert kinds_by_recipient(notify) == {"land-desk": told}
