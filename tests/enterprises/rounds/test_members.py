"""Which firms a round evaluates, which it leaves out and why, and which of them share a result."""

from __future__ import annotations

import pytest

from ..reports import premises
from .conftest import AREAS_ON, SCORED_ON, firm_id, plot_id
from .test_the_round import refused


def at(number, role="owner", **days):
    return premises(role, parcel_id=plot_id(number), **days)


def reasons(firm):
    return [reason["code"] for reason in firm["reasons"]]


def place(desk, number, placed, reason_code=None, **more):
    about = {"enterprise_id": firm_id(number), "placed": placed, "reason_code": reason_code}
    return desk.step("place_firm", "2023-06-25", **about, **more)


@pytest.mark.parametrize(
    ("area_m2", "codes"), [("2000", []), ("1999.999999", ["UNDER_LEAST_AREA"])]
)
def test_land_of_exactly_3_mu_is_evaluated(desk, area_m2, codes):
    desk.survey(1, area_m2, version=2)

    assert reasons(desk.scored()["1"]) == codes


@pytest.mark.parametrize(
    ("group", "area_m2", "codes"),
    [
        ("below_scale_lt3", "1999.999999", []),
        ("below_scale_lt3", "2000", ["OF_OTHER_GROUP"]),
        ("below_scale_ge3", "2000", []),
        ("below_scale_ge3", "1999.999999", ["UNDER_LEAST_AREA"]),
    ],
)
def test_each_firm_with_land_is_in_one_of_the_two_groups_below_scale(empty, group, area_m2, codes):
    empty.round_id = f"黄岩区:2022:{group}:1"
    empty.survey(1, area_m2)
    empty.firm(1)
    empty.open(group=group)

    assert reasons(empty.scored()["1"]) == codes


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        ({"to": "2022-12-31"}, []),
        ({"to": "2022-12-30"}, ["NO_PREMISES"]),
        ({"from": "2022-12-31"}, []),
        ({"from": "2023-01-01"}, ["NO_PREMISES"]),
    ],
)
def test_the_last_day_of_the_data_year_says_where_a_firm_is(empty, days, codes):
    empty.survey(1)
    empty.firm(1, at(1) | days)
    empty.open()

    assert reasons(empty.scored()["1"]) == codes


def test_a_firm_of_another_scale_or_township_is_no_part_of_the_round(desk):
    desk.firm(5, scale="above_scale")
    other = "330604105"
    report = {"enterprise_id": f"{other}-E6", "name": "another", "scale": "below_scale"}
    desk.report(report | {"premises": []}, publisher=other)

    assert sorted(desk.scored()) == ["1", "2", "3", "4"]


def test_without_a_survey_the_land_area_is_missing_until_the_desk_gives_it(empty):
    empty.firm(1)
    empty.open()
    assert refused(empty.step, "publicise_areas", AREAS_ON) == ["LAND_AREA_MISSING"]

    empty.give(1, land_m2="2000")

    empty.step("publicise_areas", AREAS_ON)
    entry = empty.read("get_round_firm", round_firm_id=f"{empty.round_id}/{firm_id(1)}")
    (area,) = entry["frozen"]
    assert (area["value"], area["figure_source"], area["document_id"]) == ("2000", "desk", "D-1")


def test_an_older_survey_that_comes_late_changes_no_area(desk):
    desk.survey(1, "1000", version=3)
    desk.survey(1, "9000", version=2)

    assert reasons(desk.scored()["1"]) == ["UNDER_LEAST_AREA"]


def test_the_desk_leaves_a_firm_out_by_the_list_and_with_a_document_where_it_asks(desk):
    assert refused(place, desk, 1, "left_out") == ["EXCLUSION_UNKNOWN"]
    assert refused(place, desk, 1, "left_out", "BAD_LUCK") == ["EXCLUSION_UNKNOWN"]
    assert refused(place, desk, 1, "left_out", "NOT_YET_PRODUCING") == ["DOCUMENT_MISSING"]
    place(desk, 1, "left_out", "NOT_YET_PRODUCING", document_id="D-2")
    place(desk, 2, "left_out", "PUBLIC_UTILITY")

    firms = desk.scored()

    assert reasons(firms["1"]) == ["NOT_YET_PRODUCING"]
    assert "江山" in firms["2"]["reasons"][0]["source"]
    desk.until_final()
    assert [each["enterprise_id"] for each in desk.facts_named("grade_final")] == [
        firm_id(3),
        firm_id(4),
    ]


def test_the_desk_may_place_a_firm_back_also_when_the_areas_are_published(desk):
    place(desk, 1, "left_out", "PUBLIC_UTILITY")
    desk.step("publicise_areas", AREAS_ON)
    about = {"enterprise_id": firm_id(1), "placed": "evaluated"}

    after = desk.step("place_firm", "2023-07-02", **about)

    assert (after["placed"], after["reasons"]) == ("evaluated", [])
    assert desk.step("score_round", SCORED_ON)["firms"] == 4


def test_holders_of_one_plot_share_one_result_and_the_plot_counts_once(desk):
    desk.firm(5, at(1))
    desk.figures(5, tax_paid_cny="500000")
    desk.give(5, electricity_kwh="1000000")
    desk.until_scored()

    firms = desk.scored()

    assert firms["5"]["unit"] == firms["1"]["unit"] == firm_id(1)
    assert (firms["5"]["rank"], firms["5"]["grade"]) == (firms["1"]["rank"], firms["1"]["grade"])
    values = {part["indicator"]: part["value"] for part in firms["5"]["parts"]}
    assert float(values["tax_per_mu"]) == pytest.approx(9.0)  # 900,000 yuan on 10 mu
    assert float(values["tax_per_electricity"]) == pytest.approx(0.45)


def test_firms_that_are_joined_by_plots_in_between_are_one_unit(desk):
    desk.firm(5, at(1), at(2))
    desk.firm(6, at(2), at(3))
    desk.until_scored()

    units = {number: firm["unit"] for number, firm in desk.scored().items()}

    joined = firm_id(1)
    assert units == dict.fromkeys("12356", joined) | {"4": firm_id(4)}


def test_a_firm_that_lacks_a_figure_leaves_its_unit_without_it(desk):
    desk.firm(5, at(1))
    desk.until_scored()

    values = {part["indicator"]: part["value"] for part in desk.scored()["1"]["parts"]}

    assert values.get("tax_per_mu") is None


def test_a_tenant_below_scale_takes_the_grade_of_the_holder_of_its_plot(desk):
    desk.firm(5, at(4, "tenant"))
    desk.until_scored()
    firm = desk.scored()["5"]
    assert (firm["placed"], firm["follows"]) == ("follows_holder", firm_id(4))
    assert (firm["rank"], firm["grade"]) == (None, "D")

    desk.adjust(4, "raised", "B")
    assert desk.grades()["5"] == "B"

    desk.step("publicise_grades", "2023-07-11")
    desk.step("finalise_round", "2023-07-18")
    finals = {each["enterprise_id"]: each["grade"] for each in desk.facts_named("grade_final")}
    assert finals[firm_id(5)] == "B"


def test_a_tenant_whose_plot_nobody_is_known_to_hold_is_left_out(desk):
    desk.firm(5, at(9, "tenant"))

    firm = desk.scored()["5"]

    assert (firm["placed"], reasons(firm)) == ("left_out", ["HOLDER_UNKNOWN"])


def test_a_tenant_of_a_small_firm_park_is_left_out_by_the_desk(desk):
    desk.firm(5, at(4, "tenant"))
    place(desk, 5, "left_out", "IN_SMALL_FIRM_PARK")
    desk.until_scored()

    assert (desk.scored()["5"]["placed"], desk.grades()["5"]) == ("left_out", None)


def test_a_group_without_tenants_leaves_them_out_and_their_own_group_takes_them(empty):
    empty.firm(5, at(4, "tenant"))
    empty.firm(1)
    empty.open(group="below_scale_ge3")
    empty.open(group="tenant")

    apart = empty.scored(round_id="黄岩区:2022:below_scale_ge3:1")
    own = empty.scored(round_id="黄岩区:2022:tenant:1")

    assert reasons(apart["5"]) == ["NO_OWN_LAND"]
    assert (list(own), own["5"]["placed"]) == (["5"], "evaluated")


@pytest.mark.parametrize(
    ("share", "area_m2"), [(None, "6666.666667"), ("0.5", "3333.333334"), ("1", "6666.666667")]
)
def test_the_share_of_a_plot_that_a_firm_declares_is_its_land(empty, share, area_m2):
    empty.survey(1)
    empty.firm(1, at(1) | {"land_share": share})
    empty.open()
    empty.step("publicise_areas", AREAS_ON)

    entry = empty.read("get_round_firm", round_firm_id=f"{empty.round_id}/{firm_id(1)}")

    assert [(each["name"], each["value"]) for each in entry["frozen"]] == [("land_m2", area_m2)]


@pytest.mark.parametrize(
    ("shares", "mu"),
    [(("0.5", "0.3"), 8), (("0.5", "0.5"), 10), (("0.7", "0.6"), 10), (("0.5", None), 10)],
)
def test_holders_of_one_plot_share_the_part_of_it_that_they_declare_and_never_more(
    empty, shares, mu
):
    empty.survey(1)
    for number, share in enumerate(shares, 1):
        empty.firm(number, at(1) | {"land_share": share})
        empty.figures(number, tax_paid_cny="200000")
    empty.open()
    for number in (1, 2):
        empty.give(number, electricity_kwh="1000000")
    empty.until_scored()

    values = {part["indicator"]: part["value"] for part in empty.scored()["2"]["parts"]}

    assert float(values["tax_per_mu"]) == pytest.approx(40 / mu)


def test_a_share_that_is_no_part_of_a_whole_is_refused(empty):
    for share in ("0", "1.01"):
        assert refused(empty.firm, 1, at(1) | {"land_share": share}) == ["INVALID"]
