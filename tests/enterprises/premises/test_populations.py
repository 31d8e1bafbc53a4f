"""Registered firms and firms on industrial land are two populations, and never one number."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid

from ..reports import FIRM, OTHER, PARCEL, TOWNSHIP, firm, premises
from .test_premises import hear, plot

THIRD, FOURTH = f"{TOWNSHIP}-E11", "330604001-E1"
ELSEWHERE = "330604001-0007"


def registered(enterprise_id=FIRM, **more):
    return {"enterprise_id": enterprise_id, "reported_on": "2023-08-01"} | more


@pytest.fixture
def park(enterprises):
    """Two firms on an industrial plot, one of them a tenant from next door; one firm without land."""
    enterprises.report(firm())
    enterprises.report(firm(enterprise_id=OTHER, premises=[]))
    tenant = firm(premises("tenant"), enterprise_id=FOURTH, uscc=None)
    enterprises.report(tenant, publisher="330604001")
    hear(enterprises, "parcel_registered", plot())
    return enterprises


def counts(park, **asked):
    found = park.read("firm_populations", **asked)
    return found["registered_firms"]["count"], found["firms_on_industrial_land"]["count"]


def test_each_number_has_the_rule_by_which_it_was_counted(park):
    found = park.read("firm_populations")
    assert counts(park) == (3, 2)
    rules = {
        found[name]["counting_rule"]
        for name in ("registered_firms", "firms_on_industrial_land", "newly_registered")
    }
    assert len(rules) == 3
    assert all(rules)
    assert found["in_both"] == 2


@pytest.mark.parametrize(
    ("township", "found"), [(TOWNSHIP, (2, 2)), ("330604001", (1, 0)), ("330604105", (0, 0))]
)
def test_a_firm_is_registered_in_its_township_and_stands_on_land_of_another(park, township, found):
    assert counts(park, township=township) == found


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2014-12-31", (2, 0)),
        ("2015-01-01", (2, 2)),  # the first day on the land
        ("2015-03-01", (3, 2)),  # the day of the establishment
        ("2023-07-31", (3, 2)),
        ("2023-08-01", (2, 2)),
    ],
)
def test_both_are_counted_on_the_day(park, on, found):
    days = {"established_on": "2015-03-01", "deregistered_on": "2023-07-31"}
    park.tell("registration_reported", registered(OTHER, **days))
    assert counts(park, on=on) == found


def test_a_firm_that_is_deregistered_and_still_on_the_land_is_named(park):
    park.tell("registration_reported", registered(deregistered_on="2023-07-31"))
    found = park.read("firm_populations")
    assert found["on_land_unregistered"] == [FIRM]
    assert (counts(park), found["in_both"]) == ((2, 2), 1)


def test_a_firm_of_which_only_the_registration_is_known_is_registered(park):
    park.tell("registration_reported", registered(THIRD, established_on="2023-01-01"))
    found = park.read("firm_populations")["registered_firms"]
    assert (found["count"], found["establishment_unknown"]) == (4, 3)


@pytest.mark.parametrize("land_use", ["warehouse", "residential"])
def test_land_of_another_use_is_not_industrial_land(park, land_use):
    hear(park, "parcel_registered", plot(land_use=land_use, version=2))
    assert counts(park) == (3, 0)
    assert park.read("firm_populations")["firms_on_industrial_land"]["use_unknown"] == 0


def test_land_that_was_not_surveyed_is_told_apart(park):
    park.report(firm(premises(parcel_id=ELSEWHERE), enterprise_id=THIRD))
    park.report(firm(premises(), premises(parcel_id=ELSEWHERE)), id="later")
    found = park.read("firm_populations")["firms_on_industrial_land"]
    assert (found["count"], found["use_unknown"]) == (2, 1)
    assert park.read("firm_populations", township="330604001")["firms_on_industrial_land"] == {
        "count": 0,
        "use_unknown": 2,
        "counting_rule": found["counting_rule"],
    }


def test_newly_registered_domestic_firms_are_counted_by_their_period(park):
    for number, (day, funding) in enumerate(
        [
            ("2022-12-31", "domestic"),
            ("2023-01-01", "domestic"),
            ("2023-07-31", "domestic"),
            ("2023-07-31", "foreign"),
            ("2023-08-01", "domestic"),
            (None, "domestic"),
        ]
    ):
        report = registered(f"{TOWNSHIP}-N{number}", established_on=day, funding=funding)
        park.tell("registration_reported", report)
    period = {"new_from": "2023-01-01", "new_to": "2023-07-31"}
    found = park.read("firm_populations", **period)["newly_registered"]
    assert (found["count"], found["domestic"]) == (3, 2)
    whole = park.read("firm_populations")["newly_registered"]
    assert (whole["from_on"], whole["to_on"], whole["count"]) == ("2023-01-01", "2023-08-21", 4)
    other = park.read("firm_populations", township="330604001", **period)["newly_registered"]
    assert other["count"] == 0


def test_a_period_that_ends_before_it_begins_is_refused(park):
    with pytest.raises(Invalid):
        park.read("firm_populations", new_from="2023-02-01", new_to="2023-01-01")


def test_the_older_word_about_a_plot_changes_nothing(park):
    hear(park, "parcel_registered", plot(PARCEL, land_use="commercial", version=0))
    assert counts(park) == (3, 2)
