"""One listing for each parcel and case, whatever is heard of its land, and in whatever order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Refused
from services.projects.listings.facts import (
    ListingDrafted,
    ListingPublished,
    ListingWithdrawn,
    facts_of,
)
from services.projects.listings.listing import Listing, ListingState, listing_id_of
from services.projects.listings.release import Release, Revocation, Standing

from .examples import CASE, PARCEL, SOIL, TOWNSHIP, notice, release, revocation


def new() -> Listing:
    return Listing.unknown(PARCEL, CASE, TOWNSHIP)


def heard(said: Release | Revocation, listing: Listing) -> Listing:
    is_release = isinstance(said, Release)
    return listing.with_release(said) if is_release else listing.with_revocation(said)


def after(*said: Any, listing: Listing | None = None) -> tuple[Listing, list[Any]]:
    """The listing when it has heard all of it, and what it announced."""
    listing, announced = listing or new(), []
    for each in said:
        before, listing = listing, heard(each, listing)
        announced += facts_of(before, listing)
    return listing, announced


def published(listing: Listing) -> Listing:
    stands = Standing(state="released", release_no=listing.release.release_no)
    return listing.with_notice(notice(), stands)


def test_released_land_is_drafted():
    listing, [fact] = after(release(1))
    assert listing.state is ListingState.DRAFT
    assert fact == ListingDrafted(
        listing_id=listing_id_of(PARCEL, CASE),
        parcel_id=PARCEL,
        case_id=CASE,
        township=TOWNSHIP,
        area_m2=Decimal("11781.00"),
        target_use="industrial",
        release_no=1,
    )


def test_a_release_that_is_heard_twice_is_drafted_once():
    _, announced = after(release(1), release(1))
    assert len(announced) == 1


def test_a_parcel_has_a_listing_for_each_case():
    assert listing_id_of(PARCEL, CASE) == listing_id_of(PARCEL, CASE)
    assert listing_id_of(PARCEL, CASE) != listing_id_of(PARCEL, f"{CASE}-2")


def test_a_revocation_withdraws_a_draft():
    listing, [_, fact] = after(release(1), revocation(2))
    assert listing.state is ListingState.WITHDRAWN
    assert isinstance(fact, ListingWithdrawn)
    assert fact.reasons == (SOIL.as_dict(),)
    assert not fact.was_published


def test_a_revocation_withdraws_a_published_notice_and_says_that_it_was_public():
    public = published(after(release(1))[0])
    listing, [fact] = after(revocation(2), listing=public)
    assert fact.was_published
    assert listing.notice == public.notice


def test_a_listing_that_was_revoked_before_its_release_is_not_revived_by_it():
    listing, announced = after(revocation(2), release(1))
    assert listing.state is ListingState.WITHDRAWN
    assert announced == []


def test_a_newer_release_drafts_a_withdrawn_listing_again():
    listing, announced = after(release(1), revocation(2), release(3, area_m2=Decimal(500)))
    assert listing.state is ListingState.DRAFT
    assert listing.area_m2 == 500
    assert [type(fact) for fact in announced] == [ListingDrafted, ListingWithdrawn, ListingDrafted]


def test_a_late_revocation_of_an_older_release_takes_nothing_back():
    listing, _ = after(release(1), release(3))
    late, announced = after(revocation(2), listing=listing)
    assert late.state is ListingState.DRAFT
    assert announced == []


def test_a_newer_release_ends_a_published_notice_as_its_terms_no_longer_hold():
    public = published(after(release(1))[0])
    listing, [withdrawn, drafted] = after(release(3), listing=public)
    assert withdrawn.was_published
    assert withdrawn.reasons[0]["code"] == "RELEASE_REPLACED"
    assert drafted.release_no == 3
    assert listing.notice is None


def test_a_notice_counts_on_when_the_listing_is_published_again():
    first = published(after(release(1))[0])
    anew = release(3, released_on=date(2023, 8, 1))
    second = published(after(revocation(2), anew, listing=first)[0])
    assert (first.notice_version, second.notice_version) == (1, 2)


def test_land_that_is_released_again_is_not_offered_from_a_day_before_that():
    first = published(after(release(1))[0])
    again = after(revocation(2), release(3), listing=first)[0]
    with pytest.raises(Refused) as caught:
        published(again)
    assert [each.code for each in caught.value.reasons] == ["NOTICE_BEFORE_RELEASE"]


@given(st.sets(st.integers(1, 8), min_size=1), st.data())
def test_any_order_of_delivery_with_any_repetition_ends_the_same(numbers, data):
    said = [
        release(n, area_m2=Decimal(1000 + n)) if n % 2 else revocation(n) for n in sorted(numbers)
    ]
    shuffled = data.draw(st.permutations(said))
    again = data.draw(st.lists(st.sampled_from(said)))
    assert after(*shuffled, *again)[0] == after(*said)[0]


@given(st.permutations(range(1, 8)))
def test_whoever_was_told_of_a_draft_is_told_when_it_is_withdrawn(order):
    said = [release(n) if n % 2 else revocation(n) for n in order]
    listing, announced = after(*said)
    last = announced[-1]
    assert isinstance(last, ListingDrafted) == listing.is_open


# --- publishing


def test_a_draft_is_published_on_terms_that_the_law_allows():
    draft, _ = after(release(1))
    listing = published(draft)
    [fact] = facts_of(draft, listing)
    assert listing.state is ListingState.NOTICE_PUBLISHED
    assert isinstance(fact, ListingPublished)
    assert (fact.listing_number, fact.notice_version) == ("虞土工告[2023]12号", 1)
    assert fact.start_price_cny == Decimal("4700000.00")


@pytest.mark.parametrize(
    "standing",
    [
        Standing(state="revoked", release_no=2, reasons=(SOIL,)),
        Standing(state="released", release_no=3, reasons=(SOIL,)),
    ],
)
def test_land_whose_release_does_not_stand_any_more_is_not_published(standing):
    draft, _ = after(release(1))
    with pytest.raises(Refused) as refusal:
        draft.with_notice(notice(), standing)
    assert [reason.code for reason in refusal.value.reasons] == [
        "RELEASE_NOT_STANDING",
        "ART66_NOT_REMOVED",
    ]


def test_the_land_and_the_law_are_answered_together():
    draft, _ = after(release(1))
    with pytest.raises(Refused) as refusal:
        draft.with_notice(notice(use_term_years=60), Standing(state="blocked", release_no=2))
    assert [reason.code for reason in refusal.value.reasons] == [
        "RELEASE_NOT_STANDING",
        "TERM_TOO_LONG",
    ]


@pytest.mark.parametrize("said", [(revocation(2),), (release(1), revocation(2))])
def test_a_withdrawn_listing_is_not_published(said):
    withdrawn, _ = after(*said)
    with pytest.raises(Refused, match="NOT_A_DRAFT"):
        withdrawn.with_notice(notice(), Standing(state="revoked", release_no=2))


def test_a_published_listing_is_not_published_again():
    public = published(after(release(1))[0])
    with pytest.raises(Refused, match="NOT_A_DRAFT"):
        published(public)
