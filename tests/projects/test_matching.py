"""Land finds the leads that look for it, whichever of them is heard of first."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Invalid, Refused
from services.projects.leads.lead import Lead, LeadSource, Stage, Wish
from services.projects.listings.listing import Listing, listing_id_of
from services.projects.matching.match import matched
from services.projects.matching.rules import misfits

from .examples import CASE, LEAD, PARCEL, TOWNSHIP, release, released, revocation, revoked

LISTING = listing_id_of(PARCEL, CASE)


def lead(lead_id: str = "lead-1", stage: Stage = Stage.LEAD, **wish: object) -> Lead:
    return Lead(
        lead_id=lead_id,
        name="固态电池隔膜项目",
        source=LeadSource.FUND_LED,
        stage=stage,
        wish=Wish(**wish),
        registered_at=datetime(2023, 8, 1, tzinfo=UTC),
    )


def listing(release_no: int = 1, **land: object):
    return Listing.unknown(PARCEL, CASE, TOWNSHIP).with_release(release(release_no, **land))


def why_not(wish: dict[str, object], **land: object) -> list[str]:
    return [reason.code for reason in misfits(lead(**wish), listing(**land))]


# --- the criteria


def test_a_lead_without_a_wish_takes_any_land():
    assert why_not({}) == []


@pytest.mark.parametrize(
    ("wish", "land", "codes"),
    [
        ({"min_area_m2": Decimal(12_000)}, {}, ["TOO_SMALL"]),
        ({"max_area_m2": Decimal(11_000)}, {}, ["TOO_LARGE"]),
        ({"min_area_m2": Decimal(11_781), "max_area_m2": Decimal(11_781)}, {}, []),
        ({"townships": ("330604001",)}, {}, ["OTHER_TOWNSHIP"]),
        ({"townships": ("330604001", TOWNSHIP)}, {}, []),
        ({"industry_codes": ("C27",)}, {"industry_code": "C2710"}, []),
        ({"industry_codes": ("C2710",)}, {"industry_code": "C27"}, []),
        ({"industry_codes": ("C27", "C38")}, {"industry_code": "C3841"}, []),
        ({"industry_codes": ("C27",)}, {"industry_code": "C38"}, ["OTHER_INDUSTRY"]),
        ({"industry_codes": ("C27",)}, {"industry_code": None}, []),
        ({}, {"industry_code": "C27"}, []),
        (
            {"max_area_m2": Decimal(1), "townships": ("330604001",), "industry_codes": ("C13",)},
            {"industry_code": "C27"},
            ["TOO_LARGE", "OTHER_TOWNSHIP", "OTHER_INDUSTRY"],
        ),
    ],
)
def test_each_criterion_has_its_reason(wish, land, codes):
    assert why_not(wish, **land) == codes


@pytest.mark.parametrize(
    ("wish", "codes"),
    [
        ({"min_area_m2": Decimal("11787.666667")}, []),
        ({"min_area_m2": Decimal("11787.666668")}, ["TOO_SMALL"]),
        ({"max_area_m2": Decimal("11774.333333")}, []),
        ({"max_area_m2": Decimal("11774.333332")}, ["TOO_LARGE"]),
    ],
)
def test_land_may_miss_a_wished_area_by_a_hundredth_of_a_mu_and_no_more(wish, codes):
    assert why_not(wish, area_m2=Decimal(11_781)) == codes


def test_20_mu_of_land_fit_a_wish_for_20_mu_however_they_were_rounded():
    assert why_not({"min_area_m2": Decimal("13333.40")}, area_m2=Decimal("13333.33")) == []


def test_a_lead_that_has_its_land_looks_for_none():
    [reason] = misfits(lead(stage=Stage.LAND_ACQUIRED), listing())
    assert reason.code == "NOT_LOOKING"


def test_withdrawn_land_fits_nobody():
    withdrawn = listing().with_revocation(revocation())
    assert misfits(lead(), withdrawn)[0].code == "NOT_ON_OFFER"


@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_a_lead_is_announced_once_for_a_release_however_often_it_is_compared(compared):
    match, announced, land = None, [], release()
    for name in compared:
        match, *facts = matched(match, listing(), land, [lead(name)])
        announced += [lead_id for fact in facts for lead_id in fact.lead_ids]
    assert sorted(announced) == sorted(set(compared))
    assert match is None or match.lead_ids == tuple(sorted(set(compared)))


# --- the service


def test_land_that_is_released_finds_the_leads_that_wait(projects):
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    projects.call("register_lead", lead_id="lead-2", **LEAD, wish={"townships": ["330604001"]})
    projects.hear("parcels", "land_released", released())
    projects.hear_itself()
    assert projects.facts_named("land_matched") == [
        {
            "listing_id": LISTING,
            "parcel_id": PARCEL,
            "township": TOWNSHIP,
            "area_m2": "11781",
            "lead_ids": ["lead-1"],
        }
    ]


def test_a_new_lead_finds_the_land_that_is_on_offer(projects):
    projects.hear("parcels", "land_released", released())
    projects.hear_itself()
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    projects.hear_itself()
    assert [fact["lead_ids"] for fact in projects.facts_named("land_matched")] == [["lead-1"]]


def test_a_lead_and_land_that_meet_twice_are_announced_once(projects):
    """Both are known before either fact is heard, and then both facts find the other side."""
    projects.hear("parcels", "land_released", released())
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    projects.hear_itself()
    assert len(projects.facts_named("land_matched")) == 1


def test_a_lead_and_land_that_are_compared_at_the_same_moment_are_announced_once(projects):
    projects.hear("parcels", "land_released", released())
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    clashes = projects.hear_at_once(
        ("projects", "listing_drafted", {"listing_id": LISTING}),
        ("projects", "lead_registered", {"lead_id": "lead-1"}),
    )
    assert clashes == 1
    assert len(projects.facts_named("land_matched")) == 1


def test_land_that_is_withdrawn_while_it_is_compared_is_not_announced(projects):
    projects.hear("parcels", "land_released", released())
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    projects.hear_at_once(
        ("parcels", "release_revoked", revoked()),
        ("projects", "listing_drafted", {"listing_id": LISTING}),
        ("projects", "lead_registered", {"lead_id": "lead-1"}),
    )
    assert projects.facts_named("land_matched") == []


def test_a_later_lead_is_announced_without_those_before_it(projects):
    projects.hear("parcels", "land_released", released())
    for name in ("lead-1", "lead-2"):
        projects.call("register_lead", lead_id=name, **LEAD)
        projects.hear_itself()
    assert [fact["lead_ids"] for fact in projects.facts_named("land_matched")] == [
        ["lead-1"],
        ["lead-2"],
    ]
    assert projects.read("get_match", listing_id=LISTING)["lead_ids"] == ["lead-1", "lead-2"]


def test_land_that_is_withdrawn_before_it_is_compared_is_not_announced(projects):
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    projects.hear("parcels", "land_released", released())
    projects.hear("parcels", "release_revoked", revoked())
    projects.hear_itself()
    assert projects.facts_named("land_matched") == []


def test_land_that_is_released_again_is_announced_again(projects):
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    projects.hear("parcels", "land_released", released())
    projects.hear_itself()
    projects.hear("parcels", "release_revoked", revoked())
    projects.hear("parcels", "land_released", released(release_no=3))
    projects.hear_itself()
    assert len(projects.facts_named("land_matched")) == 2
    assert projects.read("get_match", listing_id=LISTING)["release_no"] == 3


def test_the_desk_can_ask_why_a_lead_does_not_fit(projects):
    projects.hear("parcels", "land_released", released())
    projects.call("register_lead", lead_id="lead-1", **LEAD, wish={"min_area_m2": "20000"})
    answer = projects.read("fit", listing_id=LISTING, lead_id="lead-1")
    assert answer["fits"] is False
    assert answer["reasons"][0]["sentence"] == "The land has 17.67 mu, the lead needs 30.00."


# --- leads


def test_a_lead_without_an_id_gets_one_from_its_request(projects):
    once, again = (projects.call("register_lead", request_id="r-1", **LEAD) for _ in range(2))
    other = projects.call("register_lead", request_id="r-2", **LEAD)
    assert once["lead_id"] == again["lead_id"] != other["lead_id"]
    assert len(projects.facts_named("lead_registered")) == 2


def test_a_second_lead_of_one_id_is_refused(projects):
    projects.call("register_lead", lead_id="lead-1", **LEAD)
    with pytest.raises(Refused, match="LEAD_KNOWN"):
        projects.call("register_lead", lead_id="lead-1", **LEAD)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("source", "hearsay", "fund_led"),
        ("stage", "dreamt", "negotiating"),
        ("lead_id", "lead 1", "letters, digits"),
        ("wish", {"min_area_m2": 2, "max_area_m2": 1}, "at most max_area_m2"),
        ("wish", {"industry_codes": ["C12"]}, "Section C"),
        ("wish", {"townships": ["小越"]}, "9-digit"),
    ],
)
def test_a_lead_that_cannot_be_read_is_answered_with_what_would_be_right(
    projects, field, value, said
):
    with pytest.raises(Invalid, match=said):
        projects.call("register_lead", **LEAD | {field: value})
