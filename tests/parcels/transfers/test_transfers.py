"""Supplied land gets the holder that its contract names, and the one before when the award is void."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parcels import reports
from tests.parcels.conftest import Parcels

SUPPLY = "6f0e2c1a-58c3-5d52-8f0f-1d5a9b6c7e10.1"
IDS = {"supply_id": SUPPLY, "parcel_id": reports.PARCEL, "case_id": reports.CASE}
BEFORE = {"right_type": "grant", "starts_on": "2003-01-01", "holders": [{"name": "old works"}]}


def held(change_no: int, name: str, starts_on: str = "2023-08-20", **more: Any) -> dict[str, Any]:
    term = {"use_term_years": 50, "starts_on": starts_on, "ends_on": "2073-08-19"}
    holders = [{"name": name, "uscc": None, "enterprise_id": None, "share": None}]
    told = {"supply_form": "grant", "holders": holders, "change_no": change_no, **term}
    return IDS | told | more


AWARDED = ("listing_awarded", IDS | {"winner": {"name": "new works"}})
SIGNED = ("contract_signed", held(1, "new works", signed_on="2023-08-20"))
DELIVERED = (
    "contract_changed",
    held(2, "new works", starts_on="2023-08-25", changed_on="2023-08-25"),
)
SOLD_ON = ("contract_changed", held(3, "third works", changed_on="2023-08-28"))
VOIDED = ("award_voided", IDS | {"reasons": []})
SURVEY = ("survey", reports.survey(use_right=BEFORE))


def tell(parcels: Parcels, *facts: Any) -> Parcels:
    for name, data in facts:
        if name == "survey":
            parcels.report(*data)
        else:
            parcels.hear("projects", name, data).or_raise()
    return parcels


def parcel(parcels: Parcels) -> Any:
    return parcels.read("get_parcel", parcel_id=reports.PARCEL)


def holder(parcels: Parcels) -> str:
    return str(parcel(parcels)["use_right"]["holders"][0]["name"])


def test_a_contract_gives_the_parcel_a_holder_a_right_and_a_term(parcels):
    tell(parcels, SURVEY, AWARDED, SIGNED)
    right = parcel(parcels)["use_right"]
    assert (right["right_type"], right["term_years"]) == ("grant", 50)
    assert (right["starts_on"], right["ends_on"]) == ("2023-08-20", "2073-08-19")
    assert holder(parcels) == "new works"
    [told] = parcels.facts_named("parcel_transferred")
    assert (told["case_id"], told["change_no"]) == (reports.CASE, 1)
    assert told["holders"][0]["name"] == "new works"


def test_an_award_alone_changes_no_holder(parcels):
    tell(parcels, SURVEY, AWARDED)
    assert holder(parcels) == "old works"
    assert parcels.facts_named("parcel_transferred") == []


def test_a_delivery_and_a_transfer_change_term_and_holder(parcels):
    tell(parcels, SURVEY, SIGNED, DELIVERED)
    assert parcel(parcels)["use_right"]["starts_on"] == "2023-08-25"
    tell(parcels, SOLD_ON)
    assert holder(parcels) == "third works"
    assert [each["change_no"] for each in parcels.facts_named("parcel_transferred")] == [1, 2, 3]


def test_a_lease_is_a_lease_in_the_register(parcels):
    leased = held(1, "new works", signed_on="2023-08-20", supply_form="lease", use_term_years=20)
    tell(parcels, SURVEY, ("contract_signed", leased))
    assert parcel(parcels)["use_right"]["right_type"] == "lease"


def test_a_void_award_takes_the_transfer_back(parcels):
    tell(parcels, SURVEY, SIGNED, VOIDED)
    assert holder(parcels) == "old works"
    assert len(parcels.facts_named("transfer_undone")) == 1


def test_what_was_void_before_the_contract_was_heard_never_transfers(parcels):
    tell(parcels, SURVEY, VOIDED, SIGNED)
    assert holder(parcels) == "old works"
    assert parcels.facts_named("parcel_transferred") == []
    assert parcels.facts_named("transfer_undone") == []


def test_a_later_report_of_the_right_stands_above_the_contract(parcels):
    registered = BEFORE | {"holders": [{"name": "registered works"}]}
    later = ("survey", reports.survey(use_right=registered, surveyed_on="2023-08-30"))
    tell(parcels, SURVEY, SIGNED, later)
    assert holder(parcels) == "registered works"


EVENTS = [SURVEY, AWARDED, SIGNED, DELIVERED, SOLD_ON]


def bare(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {k: bare(v) for k, v in thing.items() if k not in ("at", "event_id", "version")}
    return [bare(each) for each in thing] if isinstance(thing, list) else thing


@settings(max_examples=30, deadline=None)
@given(st.permutations([*EVENTS, VOIDED, SIGNED, VOIDED]), st.booleans())
def test_the_holder_is_the_same_in_any_order_and_however_often_it_is_told(events, void):
    told = [each for each in events if void or each is not VOIDED]
    found = parcel(tell(Parcels(), *told))
    expected = parcel(tell(Parcels(), *EVENTS, *([VOIDED] if void else [])))
    assert bare(found) == bare(expected)
    assert found["use_right"]["holders"][0]["name"] == ("old works" if void else "third works")


# --- the release of supplied land


@pytest.fixture
def released(parcels: Parcels) -> Parcels:
    for each in reports.whole_case():
        parcels.report(*each)
    return parcels


def mortgage(parcels: Parcels) -> str:
    """The holder mortgages the land; what the register says of the release."""
    lies = {"kind": "seizure", "from_on": "2023-08-25", "document_number": "2023-12"}
    parcels.call(
        "record_encumbrances",
        parcel_id=reports.PARCEL,
        recorded_on="2023-08-30",
        encumbrances=[lies],
    )
    asked = {"parcel_id": reports.PARCEL, "case_id": reports.CASE}
    return str(parcels.read("release_standing", **asked)["state"])


def test_what_a_new_holder_does_with_the_land_revokes_no_release(released):
    tell(released, AWARDED, SIGNED)
    assert mortgage(released) == "released"
    assert released.facts_named("release_revoked") == []


def test_until_the_contract_a_release_can_still_be_revoked(released):
    tell(released, AWARDED)
    assert mortgage(released) == "revoked"


def test_land_whose_award_is_void_is_looked_at_again(released):
    tell(released, AWARDED, SIGNED)
    mortgage(released)
    tell(released, VOIDED)
    [revoked] = released.facts_named("release_revoked")
    assert [each["code"] for each in revoked["reasons"]] == ["LAND_SEIZED"]


def registry(parcels: Parcels, on: bool, day: str) -> str:
    """The province puts the land on the soil registry, or removes it; what the release is then."""
    soil = {"on_registry": on, "survey_reviewed": True, "survey_filed": True, "case_open": False}
    said = {"recorded_on": day, "evidence_ids": ["E-1"]}
    parcels.call("record_soil", parcel_id=reports.PARCEL, **said, **soil)
    asked = {"parcel_id": reports.PARCEL, "case_id": reports.CASE}
    return str(parcels.read("release_standing", **asked)["state"])


@pytest.mark.parametrize("contract_first", [True, False])
def test_the_soil_registry_revokes_the_release_of_land_with_a_contract_and_its_removal_grants_it(
    released, contract_first
):
    tell(released, AWARDED, *([SIGNED] if contract_first else []))
    assert registry(released, True, "2023-08-30") == "revoked"
    tell(released, SIGNED)
    [revoked] = released.facts_named("release_revoked")
    assert [each["code"] for each in revoked["reasons"]] == ["ART66_NOT_REMOVED"]

    assert registry(released, False, "2023-08-31") == "released"
    first, again = released.facts_named("land_released")
    assert again["release_no"] == revoked["release_no"] + 1 == first["release_no"] + 2


def test_land_that_was_seized_before_its_contract_is_not_released_by_its_soil(released):
    tell(released, AWARDED)
    mortgage(released)
    registry(released, True, "2023-08-30")
    tell(released, SIGNED)
    assert registry(released, False, "2023-08-31") == "revoked"
