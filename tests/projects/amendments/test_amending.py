"""A notice that is out is supplemented, suspended and resumed by the land desk."""

from __future__ import annotations

import pytest

from backbone.errors import Answered
from tests.projects.desk import LISTING, Desk, at
from tests.projects.examples import released

RAISED_BOND = {"bond_cny": "4800000"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def amend(desk: Desk, method: str, on: str, **given):
    desk.moment = max(desk.moment, at(on))
    moment = {
        "supplement_notice": "supplemented_at",
        "suspend_notice": "suspended_at",
        "resume_notice": "resumed_at",
    }[method]
    about = {"document": "虞土工[2023]补1号", "reason": "The boundary is measured again."}
    return desk.call(method, listing_id=LISTING, **{moment: at(on).isoformat()} | about | given)


def suspend(desk: Desk, on: str = "08-24 10:00", **given):
    return amend(desk, "suspend_notice", on, **given)


def resume(desk: Desk, on: str = "09-16 10:00", **given):
    return amend(desk, "resume_notice", on, **given)


def supplement(desk: Desk, on: str = "08-10 10:00", **given):
    return amend(desk, "supplement_notice", on, **given)


def refusal(act, *codes: str):
    with pytest.raises(Answered) as caught:
        act()
    assert [reason.code for reason in caught.value.reasons] == list(codes)
    return caught.value.reasons[0]


def moves(fact) -> dict[str, tuple[str, str | None]]:
    return {each["notice_step"]: (each["previous_on"], each["new_on"]) for each in fact[1]["moves"]}


# --- suspended and resumed


def test_a_suspension_tells_which_dates_hold_no_longer(desk):
    listing = suspend(desk)

    assert listing["amendments"][0]["kind"] == "suspension"
    assert desk.facts[-1][0] == "notice_suspended"
    assert moves(desk.facts[-1]) == {
        "application_end": ("2023-08-28", None),
        "bond_deadline": ("2023-08-29", None),
        "listing_end": ("2023-08-31", None),
    }
    assert [each["listing_id"] for each in listed(desk, True)] == [LISTING]


def listed(desk: Desk, is_suspended: bool):
    return desk.read("list_listings", filter={"is_suspended": is_suspended})["items"]


def test_a_resumption_tells_where_each_later_date_went(desk):
    suspend(desk)
    listing = resume(desk)

    assert desk.facts[-1][0] == "notice_resumed"
    assert desk.facts[-1][1]["moved_days"] == 23
    assert moves(desk.facts[-1]) == {
        "application_end": ("2023-08-28", "2023-09-20"),
        "bond_deadline": ("2023-08-29", "2023-09-21"),
        "listing_end": ("2023-08-31", "2023-09-25"),  # 23 September is a Saturday
    }
    assert listing["notice"]["application_ends_at"] == "2023-09-20T17:00:00+08:00"
    assert listing["notice"]["listing_start_on"] == "2023-08-21"  # it had begun
    assert listing["notice_version"] == 1
    assert listed(desk, True) == []


def test_while_it_stands_still_nobody_applies_and_nothing_is_closed(desk):
    desk.admit("A")
    suspend(desk)
    assert refusal(lambda: desk.apply("B", "08-24 10:00"), "NOTICE_SUSPENDED").field == "applied_at"
    refusal(lambda: desk.close(closed_at="09-05 16:00"), "NOTICE_SUSPENDED")
    desk.apply("C", "08-24 09:59")  # sent in before, entered later


def test_after_its_resumption_the_new_ends_count(desk):
    suspend(desk)
    resume(desk)
    refusal(lambda: desk.apply("A", "09-10 10:00"), "NOTICE_SUSPENDED")
    desk.apply("B", "09-16 10:00")
    desk.apply("C", "09-20 17:00")
    refusal(lambda: desk.apply("D", "09-20 17:01"), "APPLICATION_LATE")
    desk.bond("B", "09-21 23:00")
    refusal(lambda: desk.bond("C", "09-22 00:00"), "BOND_LATE")
    refusal(lambda: desk.close(closed_at="09-24 16:00"), "BIDDING_OPEN")
    assert (
        desk.close(("B", "470", "09-22 10:00"), closed_at="09-25 16:00")["award"]["application_id"]
        == "B"
    )


def test_a_bid_of_the_days_on_which_it_stood_still_does_not_count(desk):
    desk.admit("A")
    suspend(desk)
    resume(desk)
    supply = desk.close(("A", "480", "09-01 10:00"), closed_at="09-25 16:00")

    assert supply["state"] == "unsold"
    assert supply["bids_refused"][0]["reason"]["code"] == "NOTICE_SUSPENDED"


def test_nobody_is_reminded_of_a_step_that_stands_still_and_anew_of_the_new_day(desk):
    assert desk.tick_on("08-25 12:00") == ["deadline_near"]
    suspend(desk, "08-25 13:00")
    assert desk.tick_on("08-27 12:00") == []
    assert desk.step("applications")["suspended"] is True
    resume(desk, "09-16 13:00")
    assert desk.step("applications")["due_on"] == "2023-09-19"
    assert desk.tick_on("09-16 14:00") == ["deadline_near"]


def test_an_end_that_was_over_stays_over(desk):
    desk.admit("A")
    suspend(desk, "08-28 17:01")
    assert desk.step("applications")["suspended"] is False
    assert desk.step("bonds")["suspended"] is True
    resume(desk, "09-16 10:00")
    assert desk.listing()["notice"]["application_end_on"] == "2023-08-28"
    refusal(lambda: desk.apply("B", "09-17 10:00"), "APPLICATION_LATE")


def test_what_is_suspended_is_not_suspended_again_and_what_runs_is_not_resumed(desk):
    refusal(lambda: resume(desk, "08-23 10:00"), "NOT_SUSPENDED")
    suspend(desk)
    refusal(lambda: suspend(desk, "08-25 10:00"), "SUSPENDED_ALREADY")
    resume(desk)
    refusal(lambda: resume(desk, "09-17 10:00"), "NOT_SUSPENDED")
    suspend(desk, "09-17 10:00")


def test_land_that_nobody_offers_is_not_suspended():
    drafted = Desk(noticed=False)
    refusal(lambda: suspend(drafted), "NOT_ON_OFFER")


@pytest.mark.parametrize(
    ("suspended_at", "codes"),
    [
        ("08-31 23:59:59.999999", []),
        ("09-01 00:00", ["NOTICE_OVER"]),
    ],
)
def test_after_the_last_moment_of_the_sale_nothing_stands_still(desk, suspended_at, codes):
    if codes:
        refusal(lambda: suspend(desk, suspended_at), *codes)
    else:
        suspend(desk, suspended_at)


def test_amendments_are_entered_in_their_order_and_when_they_have_happened(desk):
    suspend(desk)
    early = {"resumed_at": at("08-24 09:59").isoformat()}
    assert refusal(lambda: resume(desk, **early), "AMENDED_TOO_EARLY", "NOT_SUSPENDED").field == (
        "resumed_at"
    )
    desk.on("09-16 10:00")
    late = {"resumed_at": at("09-16 10:01").isoformat()}
    refusal(lambda: resume(desk, "09-16 10:00", **late), "NOT_YET")


def test_a_notice_is_amended_from_the_first_moment_of_the_day_on_which_it_is_out(desk):
    supplement(desk, "08-01 00:00", terms=RAISED_BOND)
    drafted = Desk()
    refusal(lambda: supplement(drafted, "07-31 23:59", terms=RAISED_BOND), "AMENDED_TOO_EARLY")


def test_two_amendments_of_one_moment_are_both_entered(desk):
    supplement(desk, "08-10 10:00", terms=RAISED_BOND)
    listing = supplement(desk, "08-10 10:00", terms={"use_term_years": 40})
    assert len(listing["amendments"]) == 2


def test_a_resumption_may_give_back_more_but_not_less_than_what_was_left(desk):
    suspend(desk)
    short = {"application_ends_at": at("09-20 16:59").isoformat()}
    found = refusal(lambda: resume(desk, new_dates=short), "TIME_LEFT_CUT")
    assert found.field == "new_dates.application_end_on"
    assert "2023-09-20T17:00+08:00" in found.sentence
    suspended = Desk()
    suspend(suspended)
    kept = resume(suspended, new_dates={"application_ends_at": at("09-20 17:00").isoformat()})
    assert kept["notice"]["application_end_on"] == "2023-09-20"
    longer = {"application_ends_at": at("09-22 17:00").isoformat()}
    notice = resume(desk, new_dates=longer)["notice"]
    assert notice["application_end_on"] == "2023-09-22"
    assert notice["bond_deadline_on"] == "2023-09-25"
    assert notice["listing_end_on"] == "2023-09-26"


def test_dates_that_are_given_are_held_to_the_rules_of_a_notice(desk):
    suspend(desk)
    late = {"bond_deadline_on": "2023-09-28", "listing_end_on": "2023-09-28"}
    refusal(lambda: resume(desk, new_dates=late), "BOND_DEADLINE_TOO_LATE")


def test_a_step_that_was_over_gets_no_new_date(desk):
    suspend(desk)
    begun = {"listing_start_on": "2023-09-20"}
    assert refusal(lambda: resume(desk, new_dates=begun), "STEP_IS_OVER").field == (
        "new_dates.listing_start_on"
    )


def test_a_day_and_an_hour_of_another_day_are_not_both_right(desk):
    suspend(desk)
    torn = {
        "application_end_on": "2023-09-21",
        "application_ends_at": at("09-22 17:00").isoformat(),
    }
    refusal(lambda: resume(desk, new_dates=torn), "INVALID")


@pytest.mark.parametrize(
    ("ends_at", "warned"),
    [
        ("08-29 17:09", ["RESUMED_AT_SHORT_NOTICE"]),
        ("08-29 17:10", []),
    ],
)
def test_a_resumption_less_than_a_day_before_an_end_is_warned_of(desk, ends_at, warned):
    suspend(desk, "08-28 16:50")
    soon = {"application_ends_at": at(ends_at).isoformat()}
    assert codes_of(resume(desk, "08-28 17:10", new_dates=soon)) == warned


def codes_of(listing) -> list[str]:
    return [each["code"] for each in listing["amendments"][-1]["warnings"]]


def test_land_whose_release_fell_while_it_was_suspended_is_not_resumed(desk):
    suspend(desk)
    desk.parcels.answer = {"state": "revoked", "release_no": 2, "reasons": []}
    refusal(lambda: resume(desk), "RELEASE_NOT_STANDING")


def test_a_notice_of_land_that_is_released_anew_begins_without_a_suspension(desk):
    suspend(desk)
    desk.hear("parcels", "land_released", released(release_no=3))
    assert desk.listing()["amendments"] == []
    assert desk.listing()["state"] == "draft"
    assert desk.step("applications")["dropped"] is True


# --- supplemented


def test_a_supplement_changes_conditions_before_the_sale_and_gives_the_time_back(desk):
    listing = supplement(desk, terms=RAISED_BOND)

    assert listing["notice"]["bond_cny"] == "4800000.00"
    assert desk.facts[-1][0] == "notice_supplemented"
    assert desk.facts[-1][1]["changed_terms"] == ["bond_cny"]
    assert desk.facts[-1][1]["moved_days"] == 9  # from 1 to 10 August
    assert moves(desk.facts[-1]) == {
        "listing_start": ("2023-08-21", "2023-08-30"),
        "notice_end": ("2023-08-21", "2023-08-30"),
        "application_end": ("2023-08-28", "2023-09-06"),
        "bond_deadline": ("2023-08-29", "2023-09-07"),
        "listing_end": ("2023-08-31", "2023-09-11"),  # 9 September is a Saturday
    }
    assert desk.step("bonds")["due_on"] == "2023-09-07"
    assert refusal(lambda: (desk.apply("A"), desk.bond("A")), "BOND_SHORT")


def test_a_second_supplement_gives_back_what_ran_since_the_first(desk):
    supplement(desk, terms=RAISED_BOND)
    supplement(desk, "08-12 10:00", terms={"bond_cny": "4900000"})
    assert desk.facts[-1][1]["moved_days"] == 2
    assert desk.listing()["notice"]["listing_start_on"] == "2023-09-01"


def test_days_on_which_the_notice_stood_still_are_given_back_once(desk):
    suspend(desk, "08-03 10:00")
    resume(desk, "08-08 10:00")
    supplement(desk, "08-10 10:00", terms=RAISED_BOND)
    assert desk.facts[-1][1]["moved_days"] == 4  # nine, less the five that it stood still


def test_a_suspended_notice_is_supplemented_and_keeps_all_its_time(desk):
    suspend(desk, "08-05 10:00")
    supplement(desk, "08-09 10:00", terms=RAISED_BOND)
    assert desk.facts[-1][1]["moved_days"] == 4
    resume(desk, "08-15 10:00")
    assert desk.facts[-1][1]["moved_days"] == 10
    assert desk.listing()["notice"]["listing_start_on"] == "2023-09-04"


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        ("08-20 23:59", []),
        ("08-21 00:00", ["SALE_HAS_BEGUN"]),
    ],
)
def test_after_the_sale_began_conditions_do_not_change(desk, on, codes):
    if codes:
        assert refusal(lambda: supplement(desk, on, terms=RAISED_BOND), *codes).field == "terms"
    else:
        supplement(desk, on, terms=RAISED_BOND)


def test_after_the_sale_began_dates_may_still_be_put_off(desk):
    listing = supplement(desk, "08-24 10:00", new_dates={"listing_end_on": "2023-09-04"})
    assert listing["notice"]["listing_end_on"] == "2023-09-04"
    assert desk.facts[-1][1]["moved_days"] == 0
    assert moves(desk.facts[-1]) == {"listing_end": ("2023-08-31", "2023-09-04")}


def test_a_supplement_brings_no_date_forward(desk):
    refusal(
        lambda: supplement(desk, new_dates={"listing_end_on": "2023-08-30"}),
        "TIME_LEFT_CUT",
    )


def test_conditions_that_stay_as_they_are_give_nothing_back(desk):
    listing = supplement(desk, terms={"bond_cny": "4700000"})
    assert listing["amendments"][0]["changed_terms"] == []
    assert desk.facts[-1][1]["moves"] == []


def test_the_sale_waits_20_days_for_the_supplement_and_less_than_all_the_time_is_warned_of():
    desk = Desk(listing_start_on="2023-09-04", listing_end_on="2023-09-15")
    early = {"listing_start_on": "2023-09-10"}
    refusal(
        lambda: supplement(desk, "08-22 10:00", terms=RAISED_BOND, new_dates=early),
        "SUPPLEMENT_TOO_LATE",
    )
    listing = supplement(
        desk, "08-22 10:00", terms=RAISED_BOND, new_dates={"listing_start_on": "2023-09-11"}
    )
    assert codes_of(listing) == ["TIME_NOT_GIVEN_BACK"]
    assert listing["notice"]["listing_start_on"] == "2023-09-11"


@pytest.mark.parametrize(
    ("sale_starts", "warned"),
    [
        ("2023-09-24", ["TIME_NOT_GIVEN_BACK"]),
        ("2023-09-25", []),  # 4 September, and the 21 days since the notice
    ],
)
def test_time_that_is_given_back_to_the_day_is_not_warned_of(sale_starts, warned):
    desk = Desk(listing_start_on="2023-09-04", listing_end_on="2023-09-15")
    listing = supplement(
        desk, "08-22 10:00", terms=RAISED_BOND, new_dates={"listing_start_on": sale_starts}
    )
    assert codes_of(listing) == warned


def test_new_conditions_are_held_to_the_law(desk):
    refusal(lambda: supplement(desk, terms={"use_term_years": 60}), "TERM_TOO_LONG")


# --- the course, as it was and as it was known


def test_the_dates_in_force_on_a_day_are_told_as_they_were_known_at_a_moment(desk):
    suspend(desk)
    resume(desk, "09-16 10:00")
    desk.on("2024-08-28 09:00")

    assert end_of_applications(desk, "08-23 12:00") == ("2023-08-28", False)
    assert end_of_applications(desk, "08-24 10:00") == (None, True)
    assert end_of_applications(desk, "09-16 10:00") == ("2023-09-20", False)
    assert end_of_applications(desk, "09-17 10:00", "09-01 10:00") == (None, True)
    assert end_of_applications(desk, "09-17 10:00", "08-20 10:00") == ("2023-08-28", False)


def end_of_applications(desk: Desk, on: str, known: str | None = None):
    asked = {"at": at(on).isoformat()} | ({"known_at": at(known).isoformat()} if known else {})
    dates = desk.read("notice_course", listing_id=LISTING, **asked)["dates"]
    [found] = [each for each in dates if each["notice_step"] == "application_end"]
    assert found["first_on"] == "2023-08-28"
    return found["due_on"], found["stands_still"]


def test_a_suspension_that_is_entered_late_counts_from_its_own_moment(desk):
    desk.on("08-27 10:00")
    suspend(desk, "08-24 10:00")
    desk.on("2024-08-28 09:00")
    assert end_of_applications(desk, "08-25 10:00") == (None, True)
    assert end_of_applications(desk, "08-25 10:00", "08-26 10:00") == ("2023-08-28", False)


def test_the_course_of_an_earlier_notice_is_kept(desk):
    suspend(desk)
    resume(desk)
    desk.close(closed_at="09-25 16:00")
    course = desk.read("notice_course", listing_id=LISTING, notice_version=1)
    assert [each["kind"] for each in course["amendments"]] == ["suspension", "resumption"]
    assert course["suspended_since"] is None
