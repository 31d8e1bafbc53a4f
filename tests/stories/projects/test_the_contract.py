"""From the notice of released land to its contract, its holder in the register, and what was promised."""

from __future__ import annotations

from typing import Any

import pytest

from services.parcels.register.land_code import land_code_of
from tests.support.eventually import eventually
from tests.support.park import Story

TAX = {
    "code": "亩均税收",
    "op": ">=",
    "value": "30",
    "unit": "万元/亩",
    "check_stage": "full_capacity",
}


class Desk:
    """The land desk of one listing."""

    def __init__(self, story: Story, **changed: Any) -> None:
        self.story = story
        story.tell(story.reports())
        self.lead_id = story.register_lead()
        self.listing_id = story.listing("draft")["listing_id"]
        usual = {
            "indicators": [TAX],
            "contract_terms": {"payments": [{"share": "1", "within_months": 1}]},
        }
        story.publish_listing(**usual | changed)
        self.contract_id = f"{self.listing_id}.1"

    def write(self, method: str, **given: Any) -> Any:
        return self.story.write("projects", method, listing_id=self.listing_id, **given)

    def day(self, number: int) -> str:
        """So many days after the acceptance."""
        return str(self.story.day(number))

    def award(self) -> Any:
        firm = {"name": f"works {self.story.run}", "enterprise_id": self.story.enterprise_id}
        self.write(
            "apply_for_land",
            application_id="A-01",
            bidder=firm,
            lead_id=self.lead_id,
            applied_at=f"{self.day(10)}T10:00:00+08:00",
        )
        paid = {"amount_cny": "940000", "paid_at": f"{self.day(20)}T10:00:00+08:00"}
        self.write("record_bond", application_id="A-01", **paid)
        bid_at = f"{self.day(30)}T10:00:00+08:00"
        return self.write(
            "close_bidding",
            closed_at=f"{self.day(34)}T16:00:00+08:00",
            bids=[{"application_id": "A-01", "price_cny": "4700000", "bid_at": bid_at}],
        )

    def sign(self) -> Any:
        self.write("confirm_award", confirmed_on=self.day(35))
        return self.write(
            "sign_contract", contract_number=f"2023-{self.story.run}", signed_on=self.day(40)
        )

    def parcel(self) -> Any:
        return self.story.park.call("parcels", "get_parcel", parcel_id=self.story.parcel_id)

    def holders(self) -> list[str]:
        parcel = self.parcel()
        return [each["name"] for each in (parcel["use_right"] or {"holders": []})["holders"]]

    def page(self) -> Any:
        code = land_code_of(self.story.parcel_id)
        return self.story.park.call("parcels", "resolve_code", code=code)


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(story)


def test_awarded_land_gets_its_holder_and_the_project_its_land(desk):
    story = desk.story

    assert desk.award()["state"] == "awarded"
    assert story.alert("listing_awarded")["severity"] == "info"
    eventually(lambda: [each["right"] for each in desk.parcel()["supplies"]] == [None])
    assert desk.sign()["state"] == "signed"

    eventually(lambda: desk.holders() == [f"works {story.run}"])
    page = desk.page()
    assert [each["contract_id"] for each in page["contracts"]] == [desk.contract_id]
    assert [each["state"] for each in page["listings"]] == ["awarded"]
    assert [each["name"] for each in page["holders"]] == [f"works {story.run}"]
    assert story.alert("contract_signed")["data"]["parcel_id"] == story.parcel_id
    lead = story.park.call("projects", "get_lead", lead_id=desk.lead_id)
    assert lead["contract_ids"] == [desk.contract_id]


def test_the_term_of_the_land_counts_from_its_delivery_and_a_transfer_names_another_holder(desk):
    desk.award()
    desk.sign()
    told = {"contract_id": desk.contract_id, "transferred_on": desk.day(80)}

    desk.story.write(
        "projects", "record_delivery", contract_id=desk.contract_id, delivered_on=desk.day(60)
    )
    eventually(lambda: (desk.parcel()["use_right"] or {}).get("starts_on") == desk.day(60))
    buyer = {"transfer_kind": "transfer", "holders": [{"name": "another works"}]}
    desk.story.write("projects", "transfer_contract", **told, **buyer)

    eventually(lambda: desk.holders() == ["another works"])


def test_a_promise_that_is_missed_is_told_and_so_is_the_correction(desk):
    story = desk.story
    desk.award()
    desk.sign()
    review = {
        "contract_id": desk.contract_id,
        "review_id": "R-1",
        "check_stage": "full_capacity",
        "reviewed_on": "2026-06-30",
        "evidence_ids": ["doc-1"],
    }

    for value in ("28.5", "30"):
        figures = [{"code": "tax", "value": value, "unit": "万元/亩"}]
        story.write("projects", "review_commitments", **review, figures=figures)

    told = story.alert("commitment_breached")
    assert (told["data"]["required"], told["data"]["actual"]) == ("30", "28.5")
    assert story.alert("commitment_breach_lifted")


def test_a_void_award_takes_back_the_holder_and_the_land_is_on_offer_again(desk):
    story = desk.story
    before = desk.holders()
    desk.award()
    desk.sign()
    eventually(lambda: desk.holders() != before)

    desk.write("void_award", voided_on=desk.day(60), void_reason="The price was not paid.")

    eventually(lambda: desk.holders() == before)
    assert story.listing("draft")["numbers"] == [f"2023-{story.run}"]
    assert story.alert("award_voided")["severity"] == "critical"
    assert eventually(lambda: story.facts("parcels.transfer_undone"))
    assert desk.page()["contracts"][0]["state"] == "voided"
