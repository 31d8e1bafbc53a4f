"""When a notice may be published: the days of the law, and the money."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Reason
from park.rulebook import Rulebook
from park.rules import broken
from park.time import PARK_TIME
from services.projects.findings import Outcome, reasons_of
from services.projects.listings.notice import Notice, PriceBasis, SupplyForm, SupplyWay
from services.projects.listings.offer import Offer
from services.projects.listings.rules import RULES, findings, notice_follows_its_release
from services.projects.rulebook import LISTING_LAW, ListingLaw

from .examples import notice, release

DAY = timedelta(days=1)
TOO_SHORT = {"listing_end_on": date(2023, 8, 29), "bond_deadline_on": date(2023, 8, 28)}
END = datetime(2023, 8, 31, 15, 0, tzinfo=PARK_TIME)


def against(terms: Notice, **land: object) -> tuple[Reason, ...]:
    """What refuses the notice."""
    return reasons_of(findings(Offer(notice=terms, release=release(**land))), Outcome.BROKEN)


def doubts(terms: Notice, **land: object) -> list[str]:
    """What the land desk is warned of."""
    found = findings(Offer(notice=terms, release=release(**land)))
    return [reason.code for reason in reasons_of(found, Outcome.WARNED)]


def codes(terms: Notice, **land: object) -> list[str]:
    return [reason.code for reason in against(terms, **land)]


def shifted(offer: Notice, days: int) -> dict[str, date]:
    names = [name for name in offer.__slots__ if name.endswith("_on")]
    return {name: getattr(offer, name) + days * DAY for name in names}


def test_a_notice_of_1_august_opens_the_listing_on_the_21st_and_ends_it_on_the_31st():
    assert codes(notice()) == []


def test_20_august_is_one_day_too_early_as_the_first_day_does_not_count():
    [reason] = against(notice(listing_start_on=date(2023, 8, 20)))
    assert reason.code == "LISTING_TOO_EARLY"
    assert reason.field == "listing_start_on"
    assert "2023-08-21" in reason.sentence
    assert "39号令" in reason.source
    assert "art. 201" in reason.source


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"approved_on": date(2023, 8, 2)}, "NOTICE_BEFORE_APPROVAL", "notice_start_on"),
        ({"notice_end_on": date(2023, 8, 19)}, "NOTICE_TOO_SHORT", "notice_end_on"),
        ({"listing_start_on": date(2023, 8, 20)}, "LISTING_TOO_EARLY", "listing_start_on"),
        (
            {"listing_end_on": date(2023, 8, 29), "bond_deadline_on": date(2023, 8, 28)},
            "LISTING_TOO_SHORT",
            "listing_end_on",
        ),
        (
            {"application_start_on": date(2023, 7, 31)},
            "APPLICATION_BEFORE_NOTICE",
            "application_start_on",
        ),
        (
            {"application_start_on": date(2023, 8, 29)},
            "APPLICATION_ENDS_FIRST",
            "application_end_on",
        ),
        ({"application_end_on": date(2023, 8, 30)}, "APPLICATION_AFTER_BOND", "application_end_on"),
        ({"bond_deadline_on": date(2023, 8, 31)}, "BOND_DEADLINE_TOO_LATE", "bond_deadline_on"),
        ({"listing_ends_at": END + DAY}, "LISTING_END_UNCLEAR", "listing_ends_at"),
        ({"timed_bidding_starts_at": END}, "TIMED_BIDDING_TOO_EARLY", "timed_bidding_starts_at"),
        ({"use_term_years": 51}, "TERM_TOO_LONG", "use_term_years"),
    ],
)
def test_each_rule_is_broken_alone_one_step_beyond_its_boundary(changes, code, field):
    [reason] = against(notice(**changes))
    assert (reason.code, reason.field) == (code, field)
    assert reason.source


@pytest.mark.parametrize(
    "changes",
    [
        {"approved_on": date(2023, 8, 1)},
        {"application_start_on": date(2023, 8, 28)},
        {"application_end_on": date(2023, 8, 29)},
        {"bond_deadline_on": date(2023, 8, 30), "application_end_on": date(2023, 8, 30)},
        {"listing_ends_at": END, "timed_bidding_starts_at": END + timedelta(minutes=5)},
    ],
)
def test_each_rule_is_kept_on_its_boundary(changes):
    assert codes(notice(**changes)) == doubts(notice(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"notice_end_on": date(2023, 8, 20)}, "NOTICE_TOO_SHORT"),
        ({"listing_end_on": date(2023, 8, 30)}, "LISTING_TOO_SHORT"),
        ({"bond_cny": Decimal("939999.99")}, "BOND_TOO_SMALL"),
    ],
)
def test_what_others_publish_is_taken_with_a_warning_between_the_two_readings(changes, code):
    assert (codes(notice(**changes)), doubts(notice(**changes))) == ([], [code])


def test_the_bond_of_land_for_homes_is_refused_below_a_fifth_and_that_of_a_factory_only_noted():
    slight = notice(bond_cny=Decimal(939_999))
    assert codes(slight, target_use="residential") == ["BOND_TOO_SMALL"]
    assert codes(slight, target_use="industrial") == []
    assert codes(notice(bond_cny=Decimal(940_000)), target_use="residential") == []


def test_timed_bidding_four_minutes_after_the_end_is_too_early():
    early = {"listing_ends_at": END, "timed_bidding_starts_at": END + timedelta(minutes=4)}
    assert codes(notice(**early)) == ["TIMED_BIDDING_TOO_EARLY"]


def test_the_last_moment_is_a_moment_of_the_last_day_in_the_park_and_not_in_london():
    in_london = datetime.fromisoformat(
        "2023-08-31T16:30:00+00:00"
    )  # half past midnight in the park
    assert codes(notice(listing_ends_at=in_london)) == ["LISTING_END_UNCLEAR"]


@pytest.mark.parametrize(
    ("vacated_on", "said"),
    [
        (date(2023, 8, 2), ["NOTICE_BEFORE_VACATED"]),
        (date(2023, 8, 1), []),
        (None, []),
    ],
)
def test_a_notice_starts_on_the_day_on_which_the_land_was_vacated_or_later(vacated_on, said):
    assert codes(notice(), vacated_on=vacated_on) == said


def test_a_notice_is_not_late_because_the_acceptance_was_reported_late():
    assert codes(notice(), released_on=date(2024, 1, 15)) == []


@pytest.mark.parametrize(
    ("released_on", "vacated_on", "was_revoked", "outcome"),
    [
        (date(2023, 8, 2), date(2023, 7, 20), True, Outcome.BROKEN),
        (date(2023, 8, 1), date(2023, 7, 20), True, Outcome.KEPT),
        (date(2023, 8, 2), date(2023, 7, 20), False, Outcome.DOES_NOT_APPLY),
        (date(2023, 8, 2), None, False, Outcome.WARNED),
        (date(2023, 8, 1), None, False, Outcome.KEPT),
    ],
)
def test_land_that_was_taken_back_is_offered_from_its_new_release_on(
    released_on, vacated_on, was_revoked, outcome
):
    land = release(released_on=released_on, vacated_on=vacated_on)
    offer = Offer(notice=notice(), release=land, was_revoked=was_revoked)
    assert notice_follows_its_release(offer).outcome is outcome


def test_every_broken_rule_is_named_at_once():
    hopeless = notice(
        notice_end_on=date(2023, 8, 5),
        listing_start_on=date(2023, 8, 6),
        listing_end_on=date(2023, 8, 7),
        bond_cny=Decimal(1),
        use_term_years=70,
    )
    assert codes(hopeless) == [
        "NOTICE_TOO_SHORT",
        "LISTING_TOO_EARLY",
        "LISTING_TOO_SHORT",
        "BOND_DEADLINE_TOO_LATE",
        "TERM_TOO_LONG",
    ]
    assert doubts(hopeless) == ["BOND_TOO_SMALL"]


@given(st.integers(-8000, 60_000))
def test_a_lawful_notice_is_lawful_at_any_time_of_any_year(days):
    offer = notice(**shifted(notice(), days))
    assert codes(offer, vacated_on=offer.notice_start_on) == []


@given(st.integers(-40, 40), st.integers(-20, 20))
def test_the_law_says_yes_from_20_days_of_notice_and_10_days_of_listing_with_both_ends_on(
    waited, open_for
):
    start = date(2023, 8, 1) + waited * DAY
    timed = notice(listing_start_on=start, listing_end_on=start + open_for * DAY)
    said = codes(timed)
    assert ("LISTING_TOO_EARLY" in said) == (waited < 20)
    assert ("LISTING_TOO_SHORT" in said) == (open_for + 1 < 10)
    assert ("LISTING_TOO_SHORT" in doubts(timed)) == (open_for + 1 == 10)


# --- real notices


def test_the_notice_of_ninghai_asks_for_the_whole_price_as_bond():
    assert codes(notice(), area_m2=Decimal(11_781)) == []


def test_the_notice_of_jiangshan_prices_by_the_square_metre():
    jiangshan = notice(
        price_basis=PriceBasis.PER_M2, start_price_cny=Decimal(390), bond_cny=Decimal(590_000)
    )
    assert jiangshan.whole_start_price_cny(Decimal(7_549)) == Decimal("2944110.00")
    assert codes(jiangshan, area_m2=Decimal(7_549)) == []


def test_a_price_by_the_square_metre_is_not_taken_for_the_whole_price():
    slight = notice(
        price_basis=PriceBasis.PER_M2, start_price_cny=Decimal(390), bond_cny=Decimal(579_999)
    )
    found = findings(Offer(notice=slight, release=release(area_m2=Decimal(7_549))))
    [bond] = [each for each in found if each.code == "BOND_TOO_SMALL"]
    assert (bond.outcome, bond.computed) == (Outcome.WARNED, "580000.00")


BONDS = [  # start price and bond as printed, in 万元; a fifth is cut or rounded to whole 万元
    ("1361", "272", []),
    ("1307", "261", []),
    ("1389.2522", "278", []),
    ("765.1106", "153", []),
    ("606.6659", "121", []),
    ("2625.15", "262", ["BOND_TOO_SMALL"]),
    ("784.0875", "80", ["BOND_TOO_SMALL"]),
    ("2570", "1285", []),
    ("230.622", "230.622", []),
]


@pytest.mark.parametrize(("price", "bond", "said"), BONDS)
def test_no_bond_of_a_real_industrial_notice_is_refused(price, bond, said):
    wan = Decimal(10_000)
    real = notice(start_price_cny=Decimal(price) * wan, bond_cny=Decimal(bond) * wan)
    assert (codes(real), doubts(real)) == ([], said)


def test_the_notice_of_taizhou_asks_for_the_least_bond_there_is():
    taizhou = {"start_price_cny": Decimal(11_500_000), "bond_cny": Decimal(2_300_000)}
    assert codes(notice(**taizhou), area_m2=Decimal(9_096)) == []


# --- the rulebook


def test_homes_may_stand_longer_than_factories_and_shops_shorter():
    assert codes(notice(use_term_years=70), target_use="residential") == []
    assert codes(notice(use_term_years=41), target_use="commercial") == ["TERM_TOO_LONG"]


def test_an_edition_without_a_source_is_not_read(tmp_path):
    (tmp_path / "2023-08-01.toml").write_text("[timed_bidding_minutes]\nvalue = 5\n")
    with pytest.raises(ValueError, match="source"):
        Rulebook(tmp_path, ListingLaw)


@pytest.mark.parametrize(
    ("form", "years", "field", "said"),
    [
        (SupplyForm.LEASE, {"use_term_years": 4}, "use_term_years", ["LEASE_TERM"]),
        (SupplyForm.LEASE, {"use_term_years": 5}, "", []),
        (SupplyForm.LEASE, {"use_term_years": 20}, "", []),
        (SupplyForm.LEASE, {"use_term_years": 21}, "use_term_years", ["LEASE_TERM"]),
        (SupplyForm.LEASE_THEN_GRANT, {"lease_years": 5}, "", []),
        (SupplyForm.LEASE_THEN_GRANT, {"lease_years": 6}, "lease_years", ["LEASE_TERM"]),
        (SupplyForm.LEASE_THEN_GRANT, {}, "lease_years", ["LEASE_TERM"]),
        (SupplyForm.GRANT, {"use_term_years": 4}, "", []),
    ],
)
def test_a_lease_takes_5_to_20_years_and_one_before_a_grant_5_at_most(form, years, field, said):
    found = against(notice(supply_form=form, **years))
    assert [reason.code for reason in found] == said
    assert [reason.field for reason in found] == [field] * len(said)


def test_an_auction_takes_a_day_and_no_ten():
    one_day = {"listing_end_on": date(2023, 8, 22), "bond_deadline_on": date(2023, 8, 21)}
    one_day["application_end_on"] = date(2023, 8, 21)
    assert codes(notice(**one_day)) == ["LISTING_TOO_SHORT"]
    assert codes(notice(**one_day, supply_way=SupplyWay.AUCTION)) == []


def test_each_rule_says_whether_it_was_kept_and_what_it_worked_out():
    found = {each.code: each for each in findings(Offer(notice=notice(), release=release()))}
    assert found["LISTING_TOO_SHORT"].outcome is Outcome.KEPT
    assert found["LISTING_TOO_SHORT"].computed == "2023-08-31"
    assert "民法典 art. 201" in found["LISTING_TOO_SHORT"].source
    assert found["TIMED_BIDDING_TOO_EARLY"].outcome is Outcome.DOES_NOT_APPLY
    assert found["LEASE_TERM"].outcome is Outcome.DOES_NOT_APPLY
    assert len(found) == 16
    assert not any(found.values())


def test_a_finding_is_true_when_it_refuses():
    late = Offer(notice=notice(approved_on=date(2023, 8, 2)), release=release())
    assert [each.code for each in broken(RULES, late)] == ["NOTICE_BEFORE_APPROVAL"]


def test_the_first_edition_speaks_for_the_days_before_it():
    assert LISTING_LAW.on(date(2008, 1, 1)) == LISTING_LAW.on(date(2023, 8, 1))
