"""From a township's report to the alert on somebody's desk."""

from __future__ import annotations

import random

import pytest

from tests.support.doorway import Refusal
from tests.support.eventually import eventually


def test_a_completed_remediation_becomes_a_listing_a_match_and_alerts(story):
    lead_id = story.register_lead()

    receipts = story.tell(story.reports())

    assert [receipt["outcome"] for receipt in receipts] == ["accepted"] * 7
    assert story.the_case()["state"] == "accepted"
    listing = story.listing("draft")
    assert listing["release"]["area_m2"] == "11781"
    matched = eventually(lambda: story.facts("projects.land_matched"))[0]
    assert lead_id in matched["data"]["lead_ids"]
    assert story.alert("release_ready")["severity"] == "info"
    assert story.alert("land_matched")
    eventually(lambda: story.standing() == "bought_out")


def test_a_firm_is_under_remediation_from_the_finding_to_the_acceptance_of_its_plot(story):
    *before, completed = story.reports()

    story.tell(before)
    eventually(lambda: story.standing() == "under_remediation")
    story.tell([completed])

    eventually(lambda: story.standing() == "bought_out")


def test_the_desk_is_told_when_a_firm_stands_differently(story):
    story.tell(story.reports()[:3])

    alert = story.alert("standing_changed")

    assert (alert["data"]["previous_standing"], alert["data"]["standing"]) == (
        "in_operation",
        "under_remediation",
    )


def test_a_lead_that_comes_after_the_land_finds_it(story):
    story.tell(story.reports())
    listing = story.listing("draft")

    lead_id = story.register_lead()

    listing_id = listing["listing_id"]
    match = eventually(lambda: story.match(listing_id, lead_id))
    assert match["release_no"] == listing["release"]["release_no"]


def test_an_alert_is_delivered_to_the_desk_that_subscribed(story):
    story.tell(story.reports())
    alert = story.alert("release_ready")

    delivered = {"alert_id": alert["alert_id"], "state": "delivered"}

    eventually(lambda: story.park.call("notify", "list_deliveries", filter=delivered)["items"])


def test_each_report_moves_the_case_one_step(story):
    parcel, _, *steps = story.reports()
    story.tell([parcel])

    states = [story.publish(*step) and story.the_case()["state"] for step in steps]

    assert states == ["identified", "plan_drafted", "plan_approved", "in_progress", "accepted"]


def test_a_listing_is_published_when_the_legal_clock_allows_it(story):
    story.tell(story.reports())
    story.listing("draft")

    story.publish_listing()

    assert story.listing("notice_published")["notice"]["listing_number"] == f"2023-{story.run}"
    assert story.alert("listing_published")


def test_a_notice_that_is_a_day_too_short_is_refused_with_the_rule(story):
    story.tell(story.reports())
    story.listing("draft")

    with pytest.raises(Refusal) as refusal:
        story.publish_listing(listing_start_on="2023-08-20")

    assert refusal.value.body["error"] == "Refused"
    assert all(reason["source"] for reason in refusal.value.body["reasons"])
    assert story.listing()["state"] == "draft"


def test_an_alert_explains_itself_back_to_the_townships_event(story):
    story.tell(story.reports())
    alert = story.alert("release_ready")

    chain = story.park.call("notify", "explain", alert_id=alert["alert_id"])["chain"]

    assert chain[0]["type"] == "parcels.land_released"
    assert chain[-1]["type"] == "remediation.completed"
    assert chain[-1]["source"] == f"/townships/{story.township}"


def test_an_upgrade_in_place_completes_and_releases_nothing(story):
    story.tell(story.reports(way="upgrade_in_place", area_m2="0"))

    assert story.the_case()["state"] == "accepted"
    eventually(lambda: story.standing() == "upgraded")
    assert story.listings() == []
    assert story.facts("parcels.land_released") == []


def test_a_completion_before_the_approval_waits_and_takes_effect_when_it_comes(story):
    *before, approved, progressed, completed = story.reports()
    story.tell(before)

    receipt = story.publish(*completed)

    assert receipt["outcome"] == "accepted"
    assert "approv" in receipt["note"]
    assert story.the_case()["state"] != "accepted"
    story.tell([approved, progressed])
    assert story.listing("draft")


def test_reports_in_any_order_lead_to_the_same_listing(story):
    reports = story.reports()
    random.Random(7).shuffle(reports)

    receipts = story.tell(reports)

    assert {receipt["outcome"] for receipt in receipts} == {"accepted"}
    assert story.listing("draft")
    assert story.the_case()["state"] == "accepted"
    eventually(lambda: story.standing() == "bought_out")


def test_reports_that_are_sent_twice_make_one_listing_and_one_alert(story):
    reports = story.reports()
    for number, (type_, data) in enumerate(reports):
        first = story.publish(type_, data, event_id=f"{story.run}-{number}")
        again = story.publish(type_, data, event_id=f"{story.run}-{number}")
        assert (first["outcome"], again["outcome"]) == ("accepted", "duplicate")

    story.listing("draft")

    assert len(story.listings()) == 1
    assert story.alert("release_ready")
    assert len(story.alerts("release_ready")) == 1
    assert len(eventually(lambda: story.facts("parcels.land_released"))) == 1


def test_registered_soil_blocks_the_release_until_it_is_removed(story):
    story.tell([story.parcel()])
    story.record_soil(on_registry=True)
    story.tell(story.reports()[1:])

    alert = story.alert("release_blocked")
    assert alert["severity"] == "warning"
    blocked = eventually(lambda: story.facts("parcels.release_blocked"))[0]
    assert [reason["code"] for reason in blocked["data"]["reasons"]] == ["ART66_NOT_REMOVED"]
    assert story.listings() == []

    story.record_soil(on_registry=False, recorded_on="2023-08-02")

    assert story.listing("draft")


def test_a_released_plot_whose_soil_turns_bad_is_withdrawn_and_all_are_told(story):
    story.tell(story.reports())
    story.listing("draft")
    story.publish_listing()
    story.listing("notice_published")

    story.record_soil(on_registry=True)

    assert story.listing("withdrawn")
    assert story.alert("release_revoked")
    assert story.alert("listing_withdrawn")["severity"] == "warning"


def test_a_plot_vacated_in_part_is_blocked_until_it_is_split(story):
    story.tell(story.reports(way="vacate_relocate", area_m2="5000"))
    blocked = eventually(lambda: story.facts("parcels.release_blocked"))[0]
    assert "PARTIAL_NOT_SPLIT" in [reason["code"] for reason in blocked["data"]["reasons"]]

    story.write(
        "parcels",
        "split_parcel",
        parcel_id=story.parcel_id,
        case_id=story.case_id,
        split_on="2023-08-01",
        children=[
            {"parcel_id": f"{story.parcel_id}-A", "area_m2": "5000", "vacated": True},
            {"parcel_id": f"{story.parcel_id}-B", "area_m2": "6781", "vacated": False},
        ],
    )

    listing = story.listing("draft")
    assert listing["parcel_id"] == f"{story.parcel_id}-A"
    assert listing["release"]["area_m2"] == "5000"


def test_a_township_cannot_move_another_townships_case(story):
    story.tell([story.parcel(), story.identified()])

    receipt = story.park.publish("330604107", *story.planned("land_reserve"))

    assert receipt["outcome"] == "refused"
    assert receipt["reasons"][0]["code"] == "NOT_YOUR_TOWNSHIP"


def test_an_approval_by_somebody_who_may_not_give_it_is_refused(story):
    story.tell([story.parcel(), story.identified(), story.planned("land_reserve")])
    type_, data = story.approved("land_reserve")

    receipt = story.publish(type_, data | {"operator_role": "enterprise"})

    assert receipt["outcome"] == "refused"
    assert receipt["reasons"][0]["source"]


def test_the_state_of_a_case_is_known_for_any_moment(story):
    story.tell(story.reports())
    story.listing("draft")
    entries = story.park.call("parcels", "case_history", case_id=story.case_id)

    then = story.park.call("parcels", "get_case", case_id=story.case_id, as_of=entries[0]["at"])

    assert then["state"] == "identified"
    assert entries[-1]["by"]["type"] == "remediation.completed"
