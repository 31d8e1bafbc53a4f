"""All open land goes to all leads that look, so that together they gain the most."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from services.projects.assignment.best import best_of
from services.projects.leads.lead import Stage
from services.projects.matching.rules import misfits
from tests.projects.examples import TOWNSHIP, revocation

from .land import OTHER, lead, plot, scale


def pairs(answer: dict) -> dict[str, str]:
    return {each["lead_id"]: each["listing_id"] for each in answer["pairs"]}


# `small` is the better for both leads, `large` fits the first alone.
PLOTS = [plot("large", 20_000), plot("small", 10_000)]
LEADS = [lead("open", min_area_m2="10000"), lead("strict", min_area_m2="8000", max_area_m2="10000")]


def test_a_lead_with_a_choice_leaves_the_only_plot_to_the_one_without():
    answer = best_of(LEADS, PLOTS, scale())
    assert pairs(answer) == {"open": "large", "strict": "small"}
    assert answer["leads_left"] == answer["plots_left"] == []


def test_best_first_leaves_one_without_and_says_what_that_loses():
    answer = best_of(LEADS, PLOTS, scale())
    greedy = answer["best_first"]
    assert greedy["pairs"] == [{"lead_id": "open", "listing_id": "small"}]
    assert greedy["value"] + greedy["lost"] == answer["value"]
    assert greedy["value"] == 100_000 + 70_000
    assert answer["value"] == 100_000 + 50_000 + 100_000 + 66_000


def test_the_value_is_the_scores_and_what_land_at_all_is_worth():
    answer = best_of(LEADS, PLOTS, scale(placed=7))
    assert answer["value"] == sum(each["score"] + 7000 for each in answer["pairs"])


def test_land_that_does_not_fit_is_never_assigned():
    chance = random.Random(7)
    for _ in range(20):
        leads = [
            lead(f"l{n}", min_area_m2=chance.randint(5, 20) * 1000, townships=(place,))
            for n, place in enumerate(chance.choices([OTHER, TOWNSHIP], k=6))
        ]
        plots = [
            plot(f"p{n}", chance.randint(5, 25) * 1000, chance.choice([OTHER, TOWNSHIP]))
            for n in range(6)
        ]
        answer = best_of(leads, plots, scale())
        people, land = {e.lead_id: e for e in leads}, {e.listing_id: e for e in plots}
        found = pairs(answer)
        assert all(not misfits(people[one], land[other]) for one, other in found.items())
        assert len(set(found.values())) == len(answer["pairs"]) == len(found)
        assert len(found) + len(answer["leads_left"]) == 6
        assert len(found) + len(answer["plots_left"]) == 6


def test_who_gets_nothing_hears_whether_any_land_fits():
    leads = [lead("a", min_area_m2="10000"), lead("b"), lead("c", min_area_m2="50000")]
    answer = best_of(leads, [plot("p")], scale())
    assert pairs(answer) == {"a": "p"}
    assert [(each["lead_id"], each["fitting_plots"]) for each in answer["leads_left"]] == [
        ("b", 1),
        ("c", 0),
    ]
    said = [each["sentence"] for each in answer["leads_left"]]
    assert said[0] == "Others gain more by the plots that fit it."
    assert said[1].startswith("No open plot that can be had fits it")


def test_land_that_is_left_says_whether_it_fits_anybody():
    plots = [plot("p"), plot("q", 9_000), plot("r", 11_000)]
    answer = best_of([lead("a", max_area_m2="10000")], plots, scale())
    assert [(each["listing_id"], each["fitting_leads"]) for each in answer["plots_left"]] == [
        ("q", 1),
        ("r", 0),
    ]
    assert [each["sentence"] for each in answer["plots_left"]] == [
        "Each lead that it fits has other land.",
        "It fits no lead that looks for land.",
    ]


def test_leads_that_have_land_and_land_that_was_taken_back_take_no_part():
    withdrawn = plot("q").with_revocation(revocation())
    leads = [lead("a", stage=Stage.LAND_ACQUIRED), replace(lead("b"), contract_ids=("k",))]
    answer = best_of(leads, [plot("p"), withdrawn], scale())
    assert answer["pairs"] == []


def test_nobody_and_nothing_is_worth_nothing():
    answer = best_of([], [], scale())
    assert (answer["value"], answer["pairs"], answer["best_first"]["lost"]) == (0, [], 0)
    assert answer["one_more_plot"] == {"worth": 0, "lead_id": None, "wish": None, "moves": []}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_they_are_read_changes_nothing(seed):
    leads, plots = [lead(f"l{n}") for n in range(5)], [plot(f"p{n}") for n in range(4)]
    expected = best_of(leads, plots, scale())
    chance = random.Random(seed)
    chance.shuffle(leads)
    chance.shuffle(plots)
    assert best_of(leads, plots, scale()) == expected


# --- one more plot


def test_one_more_plot_is_worth_what_the_lead_without_land_would_gain_by_it():
    answer = best_of([lead("a"), lead("b", min_area_m2="50000")], [plot("p")], scale())
    more = answer["one_more_plot"]
    assert (more["lead_id"], more["worth"]) == ("b", 100_000 + 75_000)
    assert more["wish"]["min_area_m2"] == 50_000
    assert more["moves"] == []


def test_one_more_plot_may_go_to_one_who_leaves_theirs_to_another():
    """`first` gains more by an ideal plot than `other`, who takes the one that is given up."""
    first = lead("first", min_area_m2="10000", townships=(TOWNSHIP,), industry_codes=("C27",))
    more = best_of([first, lead("other")], [plot("p")], scale())["one_more_plot"]
    assert more["lead_id"] == "first"
    assert more["moves"] == [
        {"lead_id": "first", "from_listing_id": "p", "to_listing_id": None},
        {"lead_id": "other", "from_listing_id": None, "to_listing_id": "p"},
    ]


def test_one_more_plot_is_worth_nothing_when_every_lead_has_the_ideal_one():
    ideal = plot("p", price_cny=1)
    assert best_of([lead("a")], [ideal], scale())["one_more_plot"]["worth"] == 0
