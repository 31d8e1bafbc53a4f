"""`publish_listing` as the land desk calls it."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid, NotFound, Refused, Unavailable
from services.projects.listings.listing import listing_id_of
from services.projects.listings.numbers import key_of

from .examples import CASE, PARCEL, SOIL, TOWNSHIP, released, revoked, terms

LISTING = listing_id_of(PARCEL, CASE)


@pytest.fixture
def drafted(projects):
    projects.hear("parcels", "land_released", released())
    return projects


def test_a_draft_is_published_when_parcels_says_that_its_release_stands(drafted, parcels):
    listing = drafted.call("publish_listing", listing_id=LISTING, **terms())
    assert listing["state"] == "notice_published"
    assert listing["notice"]["bond_cny"] == "4700000.00"
    assert parcels.asked == [{"parcel_id": PARCEL, "case_id": CASE}]
    assert drafted.facts_named("listing_published") == [
        {
            "listing_id": LISTING,
            "parcel_id": PARCEL,
            "case_id": CASE,
            "township": "330604006",
            "area_m2": "11781",
            "listing_number": "虞土工告[2023]12号",
            "notice_start_on": "2023-08-01",
            "listing_start_on": "2023-08-21",
            "listing_end_on": "2023-08-31",
            "bond_deadline_on": "2023-08-29",
            "start_price_cny": "4700000.00",
            "notice_version": 1,
            "target_use": "industrial",
            "supply_way": "listing",
            "supply_form": "grant",
        }
    ]


def test_a_call_that_is_sent_again_is_published_once(drafted):
    once, again = (
        drafted.call("publish_listing", request_id="r-1", listing_id=LISTING, **terms())
        for _ in range(2)
    )
    assert once == again
    assert len(drafted.facts_named("listing_published")) == 1


def test_a_revocation_that_is_still_on_its_way_stops_the_notice(drafted, parcels):
    parcels.answer = {"state": "revoked", "release_no": 2, "reasons": [SOIL.as_dict()]}
    with pytest.raises(Refused) as refusal:
        drafted.call("publish_listing", listing_id=LISTING, **terms())
    assert refusal.value.reasons[0].code == "RELEASE_NOT_STANDING"
    assert SOIL in refusal.value.reasons
    assert drafted.read("get_listing", listing_id=LISTING)["state"] == "draft"


def test_without_an_answer_of_parcels_nothing_is_published(drafted, parcels):
    parcels.answer = Unavailable("parcels did not answer within 5 s")
    with pytest.raises(Unavailable):
        drafted.call("publish_listing", listing_id=LISTING, **terms())
    assert drafted.facts_named("listing_published") == []


def test_a_refused_notice_may_be_corrected_under_the_same_request(drafted):
    with pytest.raises(Refused, match="TERM_TOO_LONG"):
        drafted.call(
            "publish_listing", request_id="r-1", listing_id=LISTING, **terms(use_term_years=51)
        )
    corrected = drafted.call("publish_listing", request_id="r-1", listing_id=LISTING, **terms())
    assert corrected["state"] == "notice_published"


def test_a_published_notice_is_withdrawn_when_its_release_is_revoked(drafted):
    drafted.call("publish_listing", listing_id=LISTING, **terms())
    drafted.hear("parcels", "release_revoked", revoked())
    [withdrawn] = drafted.facts_named("listing_withdrawn")
    assert withdrawn["was_published"] is True
    assert withdrawn["reasons"][0]["code"] == "ART66_NOT_REMOVED"
    assert [item["listing_id"] for item in listed(drafted, state="withdrawn")] == [LISTING]


def test_a_listing_that_there_is_not_is_not_found(projects):
    with pytest.raises(NotFound):
        projects.call("publish_listing", listing_id="none", **terms())


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("notice_start_on", "1.8.2023", "YYYY-MM-DD"),
        ("notice_start_on", "9999-12-31", "2000-01-01"),
        ("bond_cny", "-1", "more than 0"),
        ("start_price_cny", "NaN", "plain decimal"),
        ("listing_ends_at", "2023-08-31T15:00:00", "offset"),
        ("price_basis", "per_mu", "total, per_m2"),
        ("indicators", [{"code": "far", "op": "~", "value": 1}], ">=, <=, ="),
        ("colour", "red", "no such field"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_would_be_right(drafted, field, value, said):
    with pytest.raises(Invalid, match=said) as problem:
        drafted.call("publish_listing", listing_id=LISTING, **terms(**{field: value}))
    assert problem.value.reasons[0].field.startswith(field)


def test_a_listing_of_ten_days_with_both_ends_is_published_and_the_desk_is_warned(drafted):
    listing = drafted.call(
        "publish_listing", listing_id=LISTING, **terms(listing_end_on="2023-08-30", bond_cny="1")
    )
    assert listing["state"] == "notice_published"
    assert [each["code"] for each in listing["warnings"]] == [
        "LISTING_TOO_SHORT",
        "BOND_TOO_SMALL",
        "OFFER_PLAN_NOT_APPROVED",
    ]
    assert all(each["source"] for each in listing["warnings"])


def test_indicators_of_standard_land_are_kept_with_the_notice(drafted):
    tax = {
        "code": "tax_per_mu",
        "op": ">=",
        "value": "19.5",
        "unit": "万元/亩",
        "check_stage": "full_capacity",
        "years_running": 3,
    }
    listing = drafted.call("publish_listing", listing_id=LISTING, **terms(indicators=[tax]))
    assert listing["notice"]["indicators"] == [tax]


# --- the number


def other_plot(projects, number: str = "0300", case: str = "C30") -> str:
    """Another plot that is released, and its listing."""
    ids = {"parcel_id": f"{TOWNSHIP}-{number}", "case_id": f"{TOWNSHIP}-{case}"}
    projects.hear("parcels", "land_released", released(**ids))
    return listing_id_of(ids["parcel_id"], ids["case_id"])


@pytest.mark.parametrize(
    "number", ["虞土工告[2023]12号", "虞土工告〔2023〕12号", "虞土工告［2023］ 12号"]
)
def test_a_number_that_another_plot_has_is_refused_and_says_which_plot(drafted, number):
    drafted.call("publish_listing", listing_id=LISTING, **terms())
    other = other_plot(drafted)
    with pytest.raises(Refused) as caught:
        drafted.call("publish_listing", listing_id=other, **terms(listing_number=number))
    [why] = caught.value.reasons
    assert (why.code, why.field) == ("NUMBER_USED", "listing_number")
    assert PARCEL in why.sentence
    drafted.call("publish_listing", listing_id=other, **terms(listing_number="2023-13"))


@pytest.mark.parametrize("code", [0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFF0D])
def test_a_number_is_the_same_with_any_hyphen(code):
    assert key_of(f"2023{chr(code)}13") == key_of("2023-13") != key_of("202313")


def test_a_draft_of_land_that_was_never_offered_has_a_sentence_of_its_own(drafted):
    found = drafted.read("check_notice", draft=CHECKED, listing_id=LISTING)
    [told] = [each for each in found["findings"] if each["code"] == "NOTICE_BEFORE_LAST_ENDED"]
    assert told["outcome"] == "does_not_apply"
    assert told["sentence"].startswith("No earlier offering of this land")


def test_a_price_of_less_than_a_fen_for_each_m2_is_told_in_its_digits(drafted):
    price = {"start_price_cny": "1", "bond_cny": "1", "bid_step_cny": "1"}
    listing = drafted.call("publish_listing", listing_id=LISTING, **terms(**price))
    [told] = [each for each in listing["warnings"] if each["code"] == "START_PRICE_BELOW_FLOOR"]
    assert "the start price is 0.0000" in told["sentence"]
    assert not told["sentence"].endswith("0.00.")


def test_two_cases_of_one_parcel_have_two_numbers(drafted):
    drafted.call("publish_listing", listing_id=LISTING, **terms())
    other = other_plot(drafted, PARCEL[-4:], "C31")
    with pytest.raises(Refused, match="NUMBER_USED"):
        drafted.call("publish_listing", listing_id=other, **terms())


# --- a publication is held to what a checked draft is held to

CHECKED = {
    "method": "listing",
    "use_printed": "工业用地",
    "area_m2": "11781",
    "term_years": 50,
    "price_printed": "470",
    "bond_wan": "470",
    "published_on": "2023-08-01",
    "sale_from": "2023-08-21",
    "sale_to": "2023-08-31",
}


@pytest.mark.parametrize(
    ("noticed", "printed", "code", "outcome"),
    [
        ({}, {}, "START_PRICE_BELOW_FLOOR", "kept"),
        (
            {"start_price_cny": "100", "price_basis": "per_m2"},
            {"price_printed": "100", "price_unit": "元/㎡"},
            "START_PRICE_BELOW_FLOOR",
            "warned",
        ),
        ({"bond_cny": "4700001"}, {"bond_wan": "470.0001"}, "BOND_ABOVE_PRICE", "warned"),
        ({"supply_way": "agreement"}, {"method": "agreement"}, "WAY_NOT_OPEN", "warned"),
        (
            {
                "supply_way": "auction",
                "listing_end_on": "2023-08-30",
                "bond_deadline_on": "2023-08-29",
            },
            {"method": "auction", "sale_to": "2023-08-20"},
            "SALE_ENDS_FIRST",
            "broken",
        ),
    ],
    ids=["lawful", "floor price", "bond", "way", "auction"],
)
def test_what_a_checked_draft_is_warned_of_or_barred_by_so_is_its_publication(
    drafted, noticed, printed, code, outcome
):
    found = drafted.read("check_notice", draft=CHECKED | printed, listing_id=LISTING)
    [told] = [each for each in found["findings"] if each["code"] == code]
    assert told["outcome"] == outcome
    if outcome == "broken":
        ends_first = {"listing_start_on": "2023-08-31"} | noticed
        with pytest.raises(Refused, match=code):
            drafted.call("publish_listing", listing_id=LISTING, **terms(**ends_first))
        return
    listing = drafted.call("publish_listing", listing_id=LISTING, **terms(**noticed))
    warned = [each for each in listing["warnings"] if each["code"] == code]
    assert len(warned) == (outcome == "warned")
    assert all(each["field"] in terms(**noticed) for each in warned)


def test_the_price_of_a_lease_is_held_to_no_lowest_price_of_a_grant(drafted):
    lease = {"supply_form": "lease", "use_term_years": 20, "start_price_cny": "10000"}
    listing = drafted.call(
        "publish_listing", listing_id=LISTING, **terms(**lease | {"bond_cny": "10000"})
    )
    assert "START_PRICE_BELOW_FLOOR" not in {each["code"] for each in listing["warnings"]}


def listed(projects, **filters):
    return projects.read("list_listings", filter=filters)["items"]
