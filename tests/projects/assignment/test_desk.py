"""The desk asks the service for rankings, the best assignment and near misses; nothing is written."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid, NotFound, Refused
from services.projects.assignment.entrypoints import too_many
from services.projects.assignment.rulebook import Most
from services.projects.listings.listing import listing_id_of
from tests.projects.examples import CASE, LEAD, PARCEL, TOWNSHIP, released, terms

from .land import OTHER

LISTING = listing_id_of(PARCEL, CASE)


def enter(projects, lead_id: str, **wish: object) -> None:
    projects.call("register_lead", lead_id=lead_id, **LEAD, wish=wish)


@pytest.fixture
def desk(projects):
    """One plot of 11,781 m² on offer; one lead that it fits, and one that wants a little more."""
    projects.hear("parcels", "land_released", released())
    enter(projects, "lead-1", min_area_m2="10000")
    enter(projects, "lead-2", min_area_m2="12000")
    return projects


def test_the_desk_ranks_the_plots_for_a_lead(desk):
    answer = desk.read("rank_plots", lead_id="lead-1")
    [found] = answer["plots"]
    assert (found["listing_id"], found["state"], found["score"]) == (LISTING, "draft", 63_920)
    assert (answer["best_score"], answer["weights"]["area"]) == (100_000, 40)
    assert desk.read("rank_plots", lead_id="lead-2")["plots"] == []


def test_the_weights_of_a_call_count_beside_those_of_the_team(desk):
    answer = desk.read("rank_plots", lead_id="lead-1", weights={"area": 0, "price": "7"})
    assert answer["weights"] == {
        "placed": 100,
        "area": 0,
        "township": 25,
        "industry": 25,
        "price": 7,
    }
    assert answer["plots"][0]["score"] == 28_500


def test_the_desk_sees_as_many_plots_as_it_asks_for(desk):
    parcel = f"{TOWNSHIP}-0300"
    desk.hear("parcels", "land_released", released(parcel_id=parcel, area_m2="10000"))
    both = desk.read("rank_plots", lead_id="lead-1")["plots"]
    [first] = desk.read("rank_plots", lead_id="lead-1", most=1)["plots"]
    assert [each["parcel_id"] for each in both] == [parcel, PARCEL]
    assert first == both[0]


def test_the_price_counts_when_the_notice_is_out(desk):
    desk.call("publish_listing", listing_id=LISTING, **terms())
    [found] = desk.read("rank_plots", lead_id="lead-1")["plots"]
    assert [why["points"] for why in found["reasons"] if why["criterion"] == "price"] == [1000]


def test_the_desk_sees_the_best_assignment_and_what_it_leaves(desk):
    answer = desk.read("best_assignment")
    assert [(each["lead_id"], each["listing_id"]) for each in answer["pairs"]] == [
        ("lead-1", LISTING)
    ]
    assert [each["lead_id"] for each in answer["leads_left"]] == ["lead-2"]
    assert answer["value"] == 163_920
    assert answer["one_more_plot"]["lead_id"] == "lead-2"
    assert answer["rules_of"] == "2023-08-21"


def test_the_land_of_one_township_is_assigned_by_itself(desk):
    assert desk.read("best_assignment", township=OTHER)["pairs"] == []
    assert len(desk.read("best_assignment", township=TOWNSHIP)["pairs"]) == 1


def test_the_desk_sees_what_a_lead_without_land_misses(desk):
    answer = desk.read("near_misses", lead_id="lead-2")
    [found] = answer["plots"]
    assert found["rule"]["code"] == "TOO_SMALL"
    assert (found["off_m2"], found["off_share"]) == ("219", "0.0183")
    assert answer["area_share"] == "0.25"
    assert desk.read("near_misses", lead_id="lead-2", area_share="0.01")["plots"] == []
    assert desk.read("near_misses", lead_id="lead-2", area_share=0)["area_share"] == "0"


def test_nothing_is_written(desk):
    before = list(desk.facts)
    for method, given in (
        ("rank_plots", {"lead_id": "lead-1"}),
        ("best_assignment", {}),
        ("near_misses", {"lead_id": "lead-2"}),
    ):
        desk.read(method, **given)
    assert desk.facts == before


@pytest.mark.parametrize("method", ["rank_plots", "near_misses"])
def test_a_lead_that_looks_for_no_land_is_told_so(projects, method):
    projects.call("register_lead", lead_id="lead-1", stage="land_acquired", **LEAD)
    with pytest.raises(Refused, match="it is land_acquired"):
        projects.read(method, lead_id="lead-1")
    with pytest.raises(NotFound):
        projects.read(method, lead_id="nobody")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weights": {"area": -1}}, "from 0 to 1000"),
        ({"weights": {"area": 1001}}, "from 0 to 1000"),
        ({"weights": {"area": "0.5"}}, "whole number"),
        ({"weights": {"beauty": 1}}, "beauty"),
        (
            {"weights": dict.fromkeys(["placed", "area", "township", "industry", "price"], 0)},
            "at least one weight above 0",
        ),
        ({"township": "小越"}, "9-digit"),
        ({"on": "soon"}, "YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_weighed_is_answered_with_what_would_be_right(projects, given, said):
    with pytest.raises(Invalid, match=said):
        projects.read("best_assignment", **given)


@pytest.mark.parametrize(
    ("leads", "plots", "code"),
    [(3, 2, None), (4, 2, "TOO_MANY_TO_ASSIGN"), (3, 3, "TOO_MANY_TO_ASSIGN")],
)
def test_one_call_assigns_no_more_than_the_data_say(leads, plots, code):
    reason = too_many(leads, plots, Most(leads=3, plots=2))
    assert (reason and reason.code) == code


def test_more_than_one_call_may_assign_is_refused(desk, monkeypatch):
    monkeypatch.setattr(
        "services.projects.assignment.entrypoints.too_many",
        lambda leads, plots, most: too_many(leads, plots, Most(leads=1, plots=1)),
    )
    with pytest.raises(Refused, match="2 leads and 1 open plots"):
        desk.read("best_assignment")
