"""A lead without land hears which plots it would fit but for one rule, and by how much."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.projects.assignment.near import near_misses_of
from services.projects.listings.listing import Result
from tests.projects.examples import TOWNSHIP, revocation

from .land import OTHER, lead, plot

QUARTER = Decimal("0.25")


def near(wish: dict[str, object], *plots: object, share: Decimal = QUARTER) -> list[tuple]:
    found = near_misses_of(lead(**wish), plots, share)
    return [(each["listing_id"], each["rule"]["code"], each["off_m2"]) for each in found]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"min_area_m2": "10000"}, []),
        ({"min_area_m2": "10006.666667"}, []),  # a hundredth of a mu is no miss
        ({"min_area_m2": "10006.666668"}, [("p", "TOO_SMALL", Decimal("6.666668"))]),
        ({"min_area_m2": "12500"}, [("p", "TOO_SMALL", Decimal(2500))]),
        ({"min_area_m2": "13333"}, [("p", "TOO_SMALL", Decimal(3333))]),
        ({"min_area_m2": "13334"}, []),  # more than a quarter of the wish
        ({"max_area_m2": "9000"}, [("p", "TOO_LARGE", Decimal(1000))]),
        ({"max_area_m2": "8000"}, [("p", "TOO_LARGE", Decimal(2000))]),
        ({"max_area_m2": "7999"}, []),
        ({"townships": (OTHER,)}, [("p", "OTHER_TOWNSHIP", None)]),
        ({"industry_codes": ("C38",)}, [("p", "OTHER_INDUSTRY", None)]),
        ({"townships": (OTHER,), "industry_codes": ("C38",)}, []),
        ({"min_area_m2": "11000", "townships": (OTHER,)}, []),
    ],
)
def test_a_near_miss_breaks_one_rule_and_an_area_by_little(wish, expected):
    assert near(wish, plot("p", industry_code="C27")) == expected


def test_it_says_what_share_of_the_wished_area_is_off():
    [found] = near_misses_of(lead(min_area_m2="12000"), [plot("p")], QUARTER)
    assert found["off_share"] == Decimal("0.1667")


def test_the_share_that_counts_as_near_may_be_another():
    wish = {"min_area_m2": "12500"}
    assert near(wish, plot("p"), share=Decimal("0.2")) != []
    assert near(wish, plot("p"), share=Decimal("0.19")) == []


def test_land_that_was_taken_back_would_fit_if_it_were_released_again():
    withdrawn = plot("p").with_revocation(revocation())
    [found] = near_misses_of(lead(), [withdrawn], QUARTER)
    assert found["rule"]["code"] == "NOT_ON_OFFER"
    assert found["rule"]["sentence"] == (
        "The listing is withdrawn; it would fit if the land were released again."
    )
    assert [each["code"] for each in found["release_reasons"]] == ["ART66_NOT_REMOVED"]
    assert near({"townships": (OTHER,)}, withdrawn) == []


def test_land_that_is_open_again_has_no_reasons_of_an_older_revocation():
    again = replace(plot("p"), revocation=revocation(0))
    [found] = near_misses_of(lead(townships=(OTHER,)), [again], QUARTER)
    assert found["release_reasons"] == []


def test_land_that_somebody_got_or_that_was_never_released_is_no_near_miss():
    awarded = plot("p").with_result(Result.AWARDED)
    unheard = replace(plot("q"), release=None).with_revocation(revocation())
    assert near({}, awarded, unheard) == []
    assert near({"townships": (OTHER,)}, awarded) == []


def test_the_smallest_miss_of_area_comes_first_then_the_other_rules():
    wish = {"min_area_m2": "10000", "townships": (TOWNSHIP,), "industry_codes": ("C27",)}
    plots = [
        plot("a", township=OTHER),
        plot("b", industry_code="C38"),
        plot("c", 8_000),
        plot("d", 9_900),
        plot("e").with_revocation(revocation()),
    ]
    assert [each[0] for each in near(wish, *plots)] == ["d", "c", "e", "b", "a"]
