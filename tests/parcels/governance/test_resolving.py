"""One code manages land: whoever has the code of a plot finds all that hangs on it."""

from __future__ import annotations

from typing import Any

import pytest

from backbone.errors import NotFound, Permanent, Unavailable

from .. import reports
from ..reports import CASE, PARCEL

CODE = f"{PARCEL}/67"
FIRM = {"enterprise_id": "330604006-E42", "role": "owner", "standing": "in_operation"}
LISTING: dict[str, Any] = {
    "listing_id": "6f0e2c1a-58c3-5d52-8f0f-1d5a9b6c7e10",
    "parcel_id": PARCEL,
    "case_id": CASE,
    "township": "330604006",
    "state": "draft",
    "release": {"area_m2": "11781", "release_no": 1},
    "notice": None,
    "notice_version": 0,
}


def page(parcels, code=CODE, **more):
    return parcels.read("resolve_code", code=code, **more)


def identified(value="330604001002GB00017", **more):
    code = {"kind": "parcel_code", "value": value, "valid_from": "2020-01-01", **more}
    return [code]


def test_a_code_leads_to_the_plot_its_cases_its_firms_and_its_listings(parcels):
    for report in reports.whole_case():
        parcels.report(*report)
    parcels.enterprises.answer["firms"] = [FIRM | {"since": "a field that is not read"}]
    parcels.projects.answer["items"] = [LISTING]

    found = page(parcels)

    assert found["land_code"] == CODE
    assert found["parcel"] == parcels.read("get_parcel", parcel_id=PARCEL)
    assert found["cases"] == [
        {
            "case_id": CASE,
            "state": "accepted",
            "disposal_way": "land_reserve",
            "release_state": "released",
            "release_no": 1,
            "reasons": [],
        }
    ]
    assert found["occupiers"] == [FIRM]
    assert found["listings"] == [
        {
            "listing_id": LISTING["listing_id"],
            "case_id": CASE,
            "state": "draft",
            "area_m2": "11781",
            "listing_number": None,
        }
    ]
    assert found["unreachable"] == []


def test_land_that_is_barred_says_why(parcels):
    for report in [*reports.whole_case(), reports.survey(soil=reports.soil(on_registry=True))]:
        parcels.report(*report)

    (case,) = page(parcels)["cases"]

    assert case["release_state"] in ("blocked", "revoked")
    assert [reason["code"] for reason in case["reasons"]] == ["ART66_NOT_REMOVED"]


def test_the_number_of_a_published_listing_is_on_the_page(parcels):
    parcels.report(*reports.survey())
    notice = {"listing_number": "2023-12", "notice_start_on": "2023-08-01"}
    parcels.projects.answer["items"] = [LISTING | {"state": "notice_published", "notice": notice}]

    (offer,) = page(parcels)["listings"]

    assert offer["listing_number"] == "2023-12"


# --- what a code may be


@pytest.mark.parametrize(
    "code", [CODE, f" {CODE} ", PARCEL, "330604001002GB00017", "330604001002gb00017"]
)
def test_a_plot_is_found_by_its_governance_code_its_id_or_a_code_that_it_has_today(parcels, code):
    parcels.report(*reports.survey(identifiers=identified()))

    assert page(parcels, code)["parcel"]["parcel_id"] == PARCEL


@pytest.mark.parametrize(("on", "there"), [("2023-06-30", True), ("2023-07-01", False)])
def test_a_code_that_has_ended_is_looked_up_on_the_day_that_is_meant(parcels, on, there):
    parcels.report(*reports.survey(identifiers=identified(valid_to="2023-06-30")))

    if there:
        assert page(parcels, "330604001002GB00017", on=on)["on"] == on
        assert parcels.enterprises.asked == [{"parcel_id": PARCEL, "on": on}]
    else:
        with pytest.raises(NotFound):
            page(parcels, "330604001002GB00017", on=on)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("330604006-0231/68", "LAND_CODE_CHECK"),
        ("330604006-0231/6", "LAND_CODE_FORM"),
        ("330604006-0232/96", "NOT_FOUND"),
        ("330604006-0232", "NOT_FOUND"),
    ],
)
def test_a_code_that_names_no_plot_is_answered_with_what_is_wrong(parcels, refused, code, problem):
    parcels.report(*reports.survey())

    with refused(problem):
        page(parcels, code)


def test_a_disputed_code_names_neither_plot(parcels, refused):
    for parcel_id in (PARCEL, "330604006-0232"):
        parcels.report(*reports.survey(parcel_id=parcel_id, identifiers=identified()))

    with refused("CODE_OF_SEVERAL_PARCELS"):
        page(parcels, "330604001002GB00017")


# --- when another service is away


@pytest.mark.parametrize(
    "problem",
    [Unavailable("projects did not answer within 3 s"), Permanent("a damaged page"), {"pages": 1}],
)
def test_a_page_without_its_listings_says_that_projects_could_not_be_reached(parcels, problem):
    parcels.report(*reports.survey())
    parcels.enterprises.answer["firms"] = [FIRM]
    parcels.projects.answer = problem

    found = page(parcels)

    assert (found["listings"], found["unreachable"]) == (None, ["projects"])
    assert found["occupiers"] == [FIRM]
    (why,) = found["unreachable_reasons"]
    assert (why["code"], why["field"]) == (
        "NO_ANSWER" if isinstance(problem, Unavailable) else "NO_USABLE_ANSWER",
        "listings",
    )
    assert "projects" in why["sentence"]


def test_firms_that_perhaps_work_there_stand_apart(parcels):
    parcels.report(*reports.survey())
    both = {"candidate_ids": [PARCEL, f"{PARCEL}-2"]}
    parcels.enterprises.answer["perhaps"] = [FIRM | both | {"reported_parcel_id": "330604006-9"}]

    found = page(parcels)

    assert (found["occupiers"], found["perhaps_occupiers"]) == ([], [FIRM | both])


def test_the_page_of_a_plot_that_is_gone_names_its_successors(parcels):
    parcels.report(*reports.survey())
    parts = [
        {"parcel_id": f"{PARCEL}-1", "area_m2": "2000"},
        {"parcel_id": f"{PARCEL}-2", "area_m2": "4666.666667"},
    ]
    assert page(parcels)["became_ids"] == []
    parcels.call("split_parcel", parcel_id=PARCEL, children=parts, split_on="2023-08-15")

    assert page(parcels)["became_ids"] == [f"{PARCEL}-1", f"{PARCEL}-2"]
    smaller = [
        {"parcel_id": f"{PARCEL}-3", "area_m2": "500"},
        {"parcel_id": f"{PARCEL}-4", "area_m2": "1500"},
    ]
    whole = f"{PARCEL}-1"
    parcels.call("split_parcel", parcel_id=whole, children=smaller, split_on="2023-08-20")
    assert page(parcels)["became_ids"] == [f"{PARCEL}-{number}" for number in (3, 4, 2)]


def test_a_page_of_the_register_alone_is_better_than_none(parcels):
    parcels.report(*reports.survey())
    parcels.enterprises.answer = parcels.projects.answer = Unavailable("no broker")

    found = page(parcels)

    assert found["unreachable"] == ["enterprises", "projects"]
    assert [each["field"] for each in found["unreachable_reasons"]] == ["occupiers", "listings"]
    assert found["perhaps_occupiers"] is None
    assert found["parcel"]["area_m2"] == "6666.666667"


@pytest.mark.parametrize(("left_s", "given_s"), [(60, 3.0), (1, 0.6)])
def test_others_are_waited_for_no_longer_than_the_caller_waits_for_us(parcels, left_s, given_s):
    parcels.report(*reports.survey())
    service = parcels.service()
    service.store.seconds_left = left_s

    service.resolve_code(code=CODE)

    assert parcels.enterprises.deadline_s == parcels.projects.deadline_s == given_s


# --- its contracts

CONTRACT: dict[str, Any] = {
    "contract_id": f"{LISTING['listing_id']}.1",
    "contract_number": "3306042023A21001",
    "case_id": CASE,
    "state": "signed",
    "price_cny": "4700000.00",
    "signed_on": "2023-08-20",
    "ends_on": "2073-08-19",
}


def test_the_contract_of_the_plot_is_on_its_page(parcels):
    parcels.report(*reports.survey())
    parcels.projects.contracts = [CONTRACT | {"terms": "a field that is not read"}]

    found = page(parcels)

    assert found["contracts"] == [CONTRACT]
    assert found["unreachable"] == []


def test_a_page_without_its_contracts_says_once_that_projects_could_not_be_reached(parcels):
    parcels.report(*reports.survey())
    parcels.projects.contracts = Unavailable("projects did not answer within 3 s")

    found = page(parcels)

    assert (found["contracts"], found["unreachable"]) == (None, ["projects"])
    assert found["listings"] == []
