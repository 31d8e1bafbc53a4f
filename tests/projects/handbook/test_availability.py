"""Whether a plot can be had, and why not: each reason at its boundary, with where it comes from."""

from __future__ import annotations

import pytest

from backbone.errors import Refused

from .desk import PLAN, Desk, listing_of, parcel_of

ON_REGISTRY = {"soil": {"on_registry": True, "case_open": False}}
CASE_OPEN = {"soil": {"on_registry": False, "case_open": True}}


def lies(kind: str, first: str, last: str | None = None) -> dict[str, object]:
    return {"encumbrances": {"entries": [{"kind": kind, "from_on": first, "to_on": last}]}}


@pytest.mark.parametrize(
    ("parcel", "why"),
    [
        ({}, []),
        (ON_REGISTRY, ["ON_SOIL_REGISTRY"]),
        (CASE_OPEN, ["SOIL_CASE_OPEN"]),
        (lies("seizure", "2023-08-10"), ["LAND_SEIZED"]),
        (lies("seizure", "2023-08-11"), []),
        (lies("seizure", "2023-01-01", "2023-08-10"), ["LAND_SEIZED"]),
        (lies("seizure", "2023-01-01", "2023-08-09"), []),
        (lies("mortgage", "2023-01-01"), ["LAND_MORTGAGED"]),
        (lies("mortgage", "2023-01-01", "2023-08-09"), []),
        ({"plan_conditions": None}, ["NO_PLAN_CONDITIONS"]),
        ({"plan_conditions": PLAN | {"plot_ratio": None}}, ["NO_PLAN_CONDITIONS"]),
        ({"state": "split"}, ["PLOT_GONE"]),
    ],
)
def test_what_the_land_register_says_of_the_plot_speaks_against_it(parcel, why):
    desk = Desk("a")
    desk.register.parcels[parcel_of("a")] = parcel
    found = desk.availability("a")
    assert [each["code"] for each in found["reasons"]] == why
    assert found["can_be_had"] is (not why)
    assert all(each["source"] for each in found["reasons"])


@pytest.mark.parametrize(
    ("state", "number", "can_be_had"),
    [("released", 1, True), ("released", 2, False), ("revoked", 1, False), ("none", None, False)],
)
def test_a_plot_can_be_had_only_if_its_release_stands_in_the_land_register(
    state, number, can_be_had
):
    desk = Desk("a")
    reasons = [{"code": "LAND_SEIZED", "sentence": "It is seized.", "source": "art. 38"}]
    told = {"state": state, "release_no": number, "reasons": [] if can_be_had else reasons}
    desk.register.standing[parcel_of("a")] = told
    codes = [] if can_be_had else ["RELEASE_NOT_STANDING", "LAND_SEIZED"]
    assert desk.why_not("a") == codes


def test_a_release_that_was_taken_back_is_told_with_the_reasons_of_the_land_register():
    desk = Desk("a")
    desk.revoke("a")
    assert desk.why_not("a") == ["RELEASE_REVOKED", "ART66_NOT_REMOVED"]
    assert desk.register.asked == [], "what projects knows needs no question"


def test_land_that_was_taken_back_before_its_release_was_heard_of_has_no_release():
    desk = Desk("b")
    desk.revoke("a", 1)
    assert desk.why_not("a") == ["NO_RELEASE", "ART66_NOT_REMOVED"]


@pytest.mark.parametrize(
    ("moment", "why", "remarks"),
    [
        ("07-31 12:00", [], ["APPLICATIONS_NOT_OPEN"]),
        ("08-01 00:00", [], []),
        ("08-28 23:59", [], []),
        ("08-29 00:00", ["APPLICATIONS_OVER"], []),
    ],
)
def test_land_under_notice_can_be_had_until_applications_close(moment, why, remarks):
    desk = Desk("a")
    desk.publish("a")
    found = desk.on(moment).availability("a")
    assert [each["code"] for each in found["reasons"]] == why
    assert [each["code"] for each in found["remarks"]] == remarks


@pytest.mark.parametrize(
    ("moment", "why"), [("08-28 17:00", []), ("08-28 17:00:01", ["APPLICATIONS_OVER"])]
)
def test_applications_may_close_at_an_hour_of_the_last_day(moment, why):
    desk = Desk("a")
    desk.publish("a", application_ends_at="2023-08-28T17:00:00+08:00")
    assert desk.on(moment).why_not("a") == why


def test_land_under_notice_has_its_plan_conditions_there():
    desk = Desk("a")
    desk.publish("a")
    desk.register.parcels[parcel_of("a")] = {"plan_conditions": None}
    assert desk.why_not("a") == []


def test_land_that_is_not_under_notice_yet_can_be_had_and_says_so():
    [remark] = Desk("a").availability("a")["remarks"]
    assert (remark["code"], bool(remark["source"])) == ("NOTICE_NOT_OUT", True)


@pytest.mark.parametrize(("kind", "code"), [("reserved", "HELD"), ("in_talks", "IN_TALKS")])
def test_a_plot_that_is_kept_for_one_project_can_be_had_by_no_other(kind, code):
    desk = Desk("a")
    desk.hold("a", "lead-1", hold_kind=kind)
    assert desk.why_not("a") == [code]
    assert desk.why_not("a", lead_id="lead-2") == [code]
    assert desk.why_not("a", lead_id="lead-1") == []


@pytest.mark.parametrize("lead", [{}, {"lead_id": "lead-1"}, {"lead_id": "lead-2"}])
def test_of_land_that_is_on_offer_no_more_no_hold_is_told(lead):
    desk = Desk("a")
    desk.hold("a", "lead-1")
    desk.revoke("a")
    found = desk.availability("a", **lead)
    assert [each["code"] for each in found["reasons"]] == ["RELEASE_REVOKED", "ART66_NOT_REMOVED"]
    assert found["remarks"] == []


@pytest.mark.parametrize(
    ("moment", "why"), [("08-20 23:59", ["HELD"]), ("08-21 00:00", []), ("09-30", [])]
)
def test_a_hold_counts_its_last_day_and_ends_without_a_timer(moment, why):
    desk = Desk("a")
    desk.hold("a", until_on="2023-08-20")
    assert desk.on(moment).why_not("a") == why


def test_while_the_land_register_is_silent_a_plot_cannot_be_had():
    desk = Desk("a")
    desk.register.away = True
    assert desk.why_not("a") == ["NO_ANSWER"]


def test_an_answer_of_the_land_register_that_cannot_be_read_shows_nothing():
    desk = Desk("a")
    desk.register.parcels[parcel_of("a")] = {"encumbrances": {"entries": [{"kind": "seizure"}]}}
    assert desk.why_not("a") == ["NO_USABLE_ANSWER"]


def test_a_handbook_has_all_land_and_premises_on_offer_and_says_why_the_rest_is_not():
    desk = Desk("a", "b", "c")
    desk.hold("b")
    desk.revoke("c")
    desk.call(
        "record_platform",
        platform_id="valley",
        name="智创青春谷",
        township="330604006",
        document="plan",
    )
    book = desk.handbook()

    assert [each["listing_id"] for each in book["plots"]] == [listing_of("a")]
    assert book["plots"][0]["platforms"] == ["智创青春谷"]
    assert (book["plots_area_m2"], book["plots_area_mu"]) == ("11781", "17.67")
    assert [(each["unit_id"], each["area_mu"]) for each in book["units"]] == [
        ("330604006-B2-301", "3.00")
    ]
    [held] = book["not_shown"]
    assert held["listing_id"] == listing_of("b")
    assert [each["code"] for each in held["reasons"]] == ["HELD"]
    assert (book["on"], book["unreachable"]) == ("2023-08-10", [])


def test_a_handbook_without_the_land_register_is_empty_and_says_who_was_silent():
    desk = Desk()
    desk.register.away = True
    book = desk.handbook()
    assert (book["plots"], book["units"], book["unreachable"]) == ([], None, ["parcels"])
    assert len(book["not_shown"]) == 2


def test_a_handbook_of_a_later_day_knows_which_holds_and_notices_are_over_by_then():
    desk = Desk()
    desk.publish("a")
    desk.hold("b", until_on="2023-08-28")
    assert [each["listing_id"] for each in desk.handbook()["plots"]] == [listing_of("a")]
    later = desk.handbook(on="2023-08-29")
    assert [each["listing_id"] for each in later["plots"]] == [listing_of("b")]


def test_a_handbook_of_one_township_has_no_other_land():
    assert Desk().handbook(township="330604001")["plots"] == []
    assert len(Desk().handbook(township="330604006", on="2023-08-10")["plots"]) == 2


def test_a_handbook_of_a_past_day_is_refused():
    with pytest.raises(Refused, match="DAY_IS_PAST"):
        Desk().handbook(on="2023-08-09")


def test_a_plot_under_notice_reads_with_its_price_its_number_and_its_indicators():
    desk = Desk("a")
    tax = {
        "code": "tax_per_mu",
        "op": ">=",
        "value": "30",
        "unit": "万元/亩",
        "check_stage": "annual",
    }
    desk.publish("a", indicators=[tax])
    [plot] = desk.handbook()["plots"]
    assert plot["start_price_cny"] == "4700000.00"
    assert plot["listing_number"] == "虞土工告[2023]12号"
    assert plot["indicators"] == [
        {"code": "tax_per_mu", "op": ">=", "value": "30", "unit": "万元/亩"}
    ]
