"""The supply plan of a year: what may be recorded as one, and which version is in force."""

from __future__ import annotations

from typing import Any

import pytest

from backbone.errors import Invalid, NotFound, Refused

from .office import CITY, DISTRICT, PLAN, Office

LINES = DISTRICT["uses"]


def refused(act: Any, *args: Any, **how: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **how)
    return [reason.code for reason in caught.value.reasons]


def test_the_citys_plan_of_2023_adds_up_both_ways_and_is_kept_as_printed():
    office = Office()
    answer = office.plan(**CITY)
    assert answer["warnings"] == []
    [version] = answer["plan"]["versions"]
    assert (version["total_mu"], version["total_m2"]) == ("24616", "16410666.666667")
    assert [each["area_mu"] for each in version["lines"]] == ["5300", "8809", "10507"]
    [told] = office.facts_named("supply_plan_recorded")
    assert (told["plan_id"], told["total_mu"], told["plan_version"]) == ("330600-2023", "24616", 1)


@pytest.mark.parametrize(
    ("last_mu", "codes"),
    [
        ("30", []),
        ("30.000001", ["PLAN_TOTAL_DIFFERS"]),
        ("29.999999", ["PLAN_TOTAL_DIFFERS"]),
        ("31", ["PLAN_TOTAL_DIFFERS"]),
    ],
)
def test_the_uses_add_up_to_the_total_to_the_last_digit(last_mu, codes):
    uses = [*LINES[:2], LINES[2] | {"area_mu": last_mu}]
    office = Office()
    if codes:
        assert refused(office.plan, uses=uses) == codes
    else:
        assert office.plan(uses=uses)["warnings"] == []


def test_a_plan_in_square_metres_is_the_same_plan():
    in_m2 = {"total_m2": "66666.666667"} | {k: v for k, v in DISTRICT.items() if k != "total_mu"}
    in_m2["uses"] = [
        {"plan_use": "industrial_warehouse", "area_m2": "46666.67"},
        {"plan_use": "commercial_housing", "area_m2": "19999.996667"},
    ]
    office = Office()
    version = office.call("record_supply_plan", **in_m2)["plan"]["versions"][0]
    assert version["lines"][0]["area_mu"] == "70.000005"
    assert version["lines"][0]["area_m2"] == "46666.67"


@pytest.mark.parametrize(
    ("shares", "outcome"),
    [
        (("60", "40"), "whole"),
        (("60", "40.000001"), "over"),
        (("60", "39.999999"), "incomplete"),
        (("9",), "incomplete"),
    ],
)
@pytest.mark.parametrize("name", ["districts", "quarters"])
def test_districts_and_quarters_share_the_total_and_are_not_added_to_it(name, shares, outcome):
    named = {
        "districts": [{"district": f"33060400{n}"} for n in (1, 2)],
        "quarters": [{"quarter": n} for n in (1, 4)],
    }[name]
    parts = [each | {"area_mu": mu} for each, mu in zip(named, shares, strict=False)]
    office = Office()
    if outcome == "over":
        assert refused(office.plan, **{name: parts}) == ["PLAN_PARTS_OVER_TOTAL"]
        return
    told = office.plan(**{name: parts})["warnings"]
    expected = [("PLAN_PARTS_INCOMPLETE", name)] if outcome == "incomplete" else []
    assert [(each["code"], each["field"]) for each in told] == expected


PLOT = {"parcel_id": "330604006-0231", "plan_use": "industrial_warehouse", "area_mu": "17.6715"}


@pytest.mark.parametrize(
    ("approved_on", "field"), [("2023-08-01", "published_on"), ("2023-08-02", "approved_on")]
)
def test_the_day_of_a_plan_that_has_not_come_is_named(approved_on, field):
    with pytest.raises(Refused) as caught:
        Office().plan(approved_on=approved_on, published_on="2023-08-02")

    [reason] = caught.value.reasons
    assert (reason.code, reason.field) == ("NOT_YET", field)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"region": "330605"}, ["REGION_UNKNOWN"]),
        ({"region": "330200"}, ["REGION_UNKNOWN"]),
        ({"approved_on": "2023-08-01", "published_on": "2023-08-01"}, []),
        ({"approved_on": "2023-08-02", "published_on": None}, ["NOT_YET"]),
        ({"published_on": "2023-08-02"}, ["NOT_YET"]),
        ({"published_on": "2023-03-20"}, []),
        ({"published_on": "2023-03-19"}, ["PUBLISHED_BEFORE_APPROVAL"]),
        ({"uses": [LINES[0] | {"plan_use": "farm", "area_mu": "100"}]}, ["PLAN_USE_UNKNOWN"]),
        ({"plots": [PLOT | {"plan_use": "farm"}]}, ["PLAN_USE_UNKNOWN"]),
        ({"uses": [*LINES[:1], *LINES[:1]]}, ["PLAN_USE_TWICE"]),
        (
            {"uses": [*LINES, {"plan_use": "housing", "area_mu": "1"}], "total_mu": "101"},
            ["PLAN_USE_TWICE"],
        ),
        ({"plots": [PLOT]}, []),
        ({"plots": [PLOT, PLOT]}, ["PLAN_PART_TWICE"]),
        ({"quarters": [{"quarter": 1, "area_mu": "1"}] * 2}, ["PLAN_PART_TWICE"]),
        ({"plots": [PLOT | {"parcel_id": "330602006-1"}]}, ["NOT_IN_REGION"]),
        ({"districts": [{"district": "330602", "area_mu": "100"}]}, ["NOT_IN_REGION"]),
    ],
)
def test_a_plan_says_what_can_be_followed(changes, codes):
    office = Office()
    if not codes:
        assert office.plan(**changes)["plan"]["plan_id"] == PLAN
        return
    assert refused(office.plan, **changes) == codes
    assert office.facts_named("supply_plan_recorded") == []


@pytest.mark.parametrize(("area_mu", "told"), [("100", []), ("100.000001", ["PLOTS_OVER_TOTAL"])])
def test_more_land_in_plots_than_in_the_plan_is_warned_of(area_mu, told):
    answer = Office().plan(plots=[PLOT | {"area_mu": area_mu}])
    assert [each["code"] for each in answer["warnings"]] == told


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"total_m2": "1"}, "total_m2"),
        ({"uses": []}, "uses"),
        ({"uses": [{"plan_use": "public"}]}, "uses.0.area_m2"),
        ({"region": "3306"}, "region"),
        ({"year": 1999}, "year"),
        ({"quarters": [{"quarter": 5, "area_mu": "1"}]}, "quarters.0.quarter"),
        ({"document": "11010519491231002X"}, "document"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_field_that_is_wrong(changes, field):
    with pytest.raises(Invalid) as caught:
        Office().plan(**changes)
    assert field in [each.field for each in caught.value.reasons]


# --- versions


def version_on(office: Office, on: str, **more: Any) -> int:
    return office.progress(on, **more)["plan_version"]


def revised(office: Office) -> Office:
    """Revised in July, and in August the first version is corrected."""
    office.plan()
    office.on("08-02")
    office.plan(approved_on="2023-07-01", published_on="2023-07-03", total_mu="100")
    office.on("08-03")
    office.plan(document="the plan with its right number")
    return office.on("08-10")


@pytest.mark.parametrize(
    ("on", "version"),
    [("2023-03-20", 3), ("2023-06-30", 3), ("2023-07-01", 2), ("2023-08-10", 2)],
)
def test_a_revised_plan_is_in_force_from_its_own_day_and_a_correction_corrects_its_day(on, version):
    assert version_on(revised(Office()), on) == version


@pytest.mark.parametrize(
    ("known_at", "version"),
    [
        ("2023-08-01T09:00:00+08:00", 1),
        ("2023-08-03T11:59:59+08:00", 1),
        ("2023-08-03T12:00:00+08:00", 3),
        ("2099-01-01T00:00:00+08:00", 3),
    ],
)
def test_the_plan_of_a_day_is_that_which_was_known(known_at, version):
    assert version_on(revised(Office()), "2023-06-30", known_at=known_at) == version


def test_before_a_plan_was_approved_or_known_there_was_none():
    office = Office()
    office.plan()
    with pytest.raises(NotFound, match="on"):
        office.progress("2023-03-19")
    with pytest.raises(NotFound, match="on"):
        office.progress("2023-08-01", known_at="2023-08-01T08:59:59+08:00")
    with pytest.raises(NotFound, match="plan_id"):
        office.progress(plan_id="330604-2022")


def test_the_same_plan_again_is_no_new_version():
    office = Office()
    office.plan()
    again = office.plan()
    assert len(again["plan"]["versions"]) == 1
    assert len(office.facts_named("supply_plan_recorded")) == 1


# --- a plan that is late


def overdue(office: Office, text: str) -> list[str]:
    return office.tick_on(text, "look_for_overdue_plans")


def test_the_plan_of_the_next_year_is_missed_once_after_the_end_of_march():
    office = Office()
    office.plan()
    assert overdue(office, "2024-03-31 23:59") == []
    assert overdue(office, "2024-04-01 00:00") == ["supply_plan_overdue"]
    assert overdue(office, "2024-04-02") == []
    [told] = office.facts_named("supply_plan_overdue")
    assert (told["plan_id"], told["due_on"]) == ("330604-2024", "2024-03-31")


def test_a_region_without_any_plan_is_not_looked_at():
    assert overdue(Office(), "2024-04-01") == []


def test_a_plan_that_is_approved_and_not_public_is_late_too():
    office = Office()
    office.plan(published_on=None)
    assert overdue(office, "08-02") == ["supply_plan_overdue"]


def test_whoever_was_told_of_a_late_plan_is_told_that_it_is_public_and_when_it_is_not_after_all():
    office = Office()
    office.plan(published_on=None)
    overdue(office, "08-02")
    office.plan(published_on="2023-08-02")
    [lifted] = office.facts_named("supply_plan_overdue_lifted")
    assert (lifted["published_on"], lifted["overdue_no"]) == ("2023-08-02", 2)
    office.plan(published_on=None)
    assert overdue(office, "08-03") == ["supply_plan_overdue"]
