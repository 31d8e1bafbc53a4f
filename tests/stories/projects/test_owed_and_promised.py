"""What the land desk enters of a contract reaches what the enterprise desk reads of the group."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.enterprises.conftest import NOON, Enterprises
from tests.enterprises.groups.test_groups import HEAD, overview, owner
from tests.enterprises.reports import FIRM, OTHER
from tests.projects.commitments.test_reviews import review
from tests.projects.desk import SUPPLY, Desk

HEARD = ("contract_", "payment_", "commitment", "award_voided")


class Park:
    """The two desks; each fact of projects reaches the enterprises a minute after the one before."""

    def __init__(self) -> None:
        self.land, self.firms, self.carried = Desk(), Enterprises(), 0
        for each in (FIRM, OTHER):
            self.firms.tell("owner_reported", owner(each, share="1"))

    def seen(self):
        """What is owed, and the promises that are open, kept and broken, after all that was entered."""
        for number, (name, fact) in enumerate(self.land.facts):
            if number >= self.carried and name.startswith(HEARD) and name != "contract_overdue":
                at = NOON + timedelta(minutes=number)
                self.firms._heard("projects", name, fact, at=at)
        self.carried = len(self.land.facts)
        found = overview(self.firms, on="2028-07-01")
        assert found["not_attributed"] == []
        names = ("arrears_cny", "open_promises", "kept_promises", "broken_promises")
        return [found[name] for name in names]

    def record(self):
        return self.firms.read("get_land_obligations", contract_id=SUPPLY)

    def whose(self):
        [promise] = overview(self.firms, on="2028-07-01")["group_promises"]
        return promise["enterprise_ids"]


@pytest.fixture
def park() -> Park:
    park = Park()
    park.land.sign(holders=[{"name": "works", "enterprise_id": FIRM}])
    return park


def test_a_contract_is_signed_paid_leased_and_reviewed_and_the_group_is_seen_at_each_step(park):
    assert park.seen() == ["4700000.00", 1, 0, 0]
    paid = {"contract_id": SUPPLY, "instalment_no": 1, "paid_on": "2023-09-08"}
    park.land.call("record_payment", **paid)
    assert park.seen() == ["2350000.00", 1, 0, 0]

    lessee = [{"name": "works B", "enterprise_id": OTHER}]
    leased = {"transfer_kind": "lease", "transferred_on": "2023-09-08", "holders": lessee}
    park.land.call("transfer_contract", contract_id=SUPPLY, **leased)
    assert park.seen() == ["2350000.00", 1, 0, 0]
    assert park.whose() == [OTHER]

    park.land.on("2028-07-01 12:00")
    review(park.land, value="28.5")
    assert park.seen() == ["2350000.00", 0, 0, 1]
    review(park.land, value="30")
    assert park.seen() == ["2350000.00", 0, 1, 0]
    assert len(park.record()["lifted"]) == 1


def test_a_reminder_of_an_instalment_tells_its_amount_too(park):
    assert park.land.tick_on("10-09 09:00").count("payment_due") == 1
    park.seen()
    told = [each["amount_cny"] for each in park.record()["instalments"]]
    assert told == ["2350000.00"] * 3


def test_an_award_that_is_void_leaves_nothing(park):
    assert park.seen() == ["4700000.00", 1, 0, 0]
    park.land.void()
    assert park.seen() == ["0", 0, 0, 0]
    assert HEAD in str(overview(park.firms))
