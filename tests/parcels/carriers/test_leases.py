"""Leases: never more of a unit is let than can be rented, whoever reports it."""

from __future__ import annotations

import pytest

from backbone.errors import Answered, Invalid, NotFound

from ..reports import XIAOYUE
from . import reports
from .reports import BUILDING, FIRM, UNIT

L1, L2, L3 = (f"{XIAOYUE}-L{number}" for number in (1, 2, 3))


def let(parcels, name="L1", area="300", **more):
    return parcels.call("lease_unit", **reports.terms(name, area, **more))


def end(parcels, ended_on="2023-08-31", lease_id=L1):
    return parcels.call("end_lease", unit_id=UNIT, lease_id=lease_id, ended_on=ended_on)


def renew(parcels, lease_id=L1, **more):
    given = {"new_lease_id": L2, "signed_on": "2023-09-01", "ends_on": "2025-02-28"}
    return parcels.call("renew_lease", unit_id=UNIT, lease_id=lease_id, **given | more)


def states(parcels):
    unit = parcels.read("get_unit", unit_id=UNIT)
    return {each["lease_id"]: each["state"] for each in unit["leases"]}


def test_a_lease_of_the_desk_is_announced_with_firm_unit_area_and_term(reported):
    unit = let(reported)

    (lease,) = unit["leases"]
    assert (lease["state"], lease["rent_cny_per_m2_month"]) == ("in_force", "17.00")
    assert (lease["deposit_cny"], lease["rent_free_days"]) == ("20000.00", 30)
    (fact,) = reported.facts_named("unit_let")
    assert fact == {
        "unit_id": UNIT,
        "lease_id": L1,
        "building_id": BUILDING,
        "township": XIAOYUE,
        "enterprise_id": FIRM,
        "area_m2": "300",
        "starts_on": "2023-03-01",
        "ends_on": "2024-02-29",
        "use": "production",
        "renews": None,
    }


def test_the_units_of_a_firm_are_found(reported):
    let(reported)

    found = reported.read("list_units", filter={"enterprise_ids": FIRM})["items"]

    assert [each["unit_id"] for each in found] == [UNIT]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "area", "first_day", "free"),
    [
        ("2023-03-01", "2024-02-29", "200", None, None),
        ("2023-03-01", "2024-02-29", "200.000001", "2023-03-01", "200"),
        ("2022-03-01", "2023-02-28", "500", None, None),  # the day before
        ("2022-03-01", "2023-03-01", "500", "2023-03-01", "200"),  # into the first day
        ("2024-03-01", "2025-02-28", "500", None, None),  # the day after
        ("2024-02-29", "2025-02-28", "500", "2024-02-29", "200"),  # from the last day on
        ("2022-01-01", "2025-12-31", "201", "2023-03-01", "200"),  # around it
        ("2023-05-01", "2023-05-31", "201", "2023-05-01", "200"),  # within it
        ("2023-03-01", "2023-03-02", "500.1", "2023-03-01", "200"),
    ],
)
def test_a_second_lease_has_what_is_free_on_every_day(
    reported, starts_on, ends_on, area, first_day, free
):
    let(reported)
    term = {"starts_on": starts_on, "ends_on": ends_on, "signed_on": "2023-02-21"}
    if first_day is None:
        assert len(let(reported, "L2", area, **term)["leases"]) == 2
        return
    with pytest.raises(Answered) as caught:
        let(reported, "L2", area, **term)

    (reason,) = caught.value.reasons
    assert (reason.code, reason.field) == ("OVERLET", "area_m2")
    assert f"On {first_day} only {free} m²" in reason.sentence
    assert "法释〔2020〕17号" in reason.source
    assert states(reported) == {L1: "in_force"}


def test_three_leases_are_held_against_the_day_on_which_two_of_them_meet(reported, refused):
    let(reported, "L1", "200", starts_on="2023-03-01", ends_on="2023-06-30")
    let(reported, "L2", "200", starts_on="2023-06-01", ends_on="2023-12-31")

    with refused("OVERLET"):
        let(reported, "L3", "101", starts_on="2023-03-01", ends_on="2023-12-31")
    let(reported, "L3", "100", starts_on="2023-03-01", ends_on="2023-12-31")


def test_a_lease_that_is_dated_back_takes_no_room_of_one_that_stands(reported, refused):
    let(reported, signed_on="2023-02-20")

    with refused("OVERLET"):
        let(reported, "L2", "300", signed_on="2023-02-19")
    assert states(reported) == {L1: "in_force"}


def test_a_unit_that_was_never_reported_is_not_let_by_the_desk(parcels, refused):
    parcels.report(*reports.lease())

    with refused("UNIT_NOT_REPORTED"):
        let(parcels, "L2")


def test_a_lease_is_made_once(reported, refused):
    let(reported, area="100")

    with refused("LEASE_KNOWN"):
        let(reported, area="101")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends_on": "2023-02-28"}, "ends_on"),
        ({"enterprise_id": None}, "enterprise_id"),
        ({"area_m2": "0"}, "area_m2"),
        ({"rent_free_days": -1}, "rent_free_days"),
        ({"starts_on": "1949-12-31"}, "starts_on"),
    ],
)
def test_terms_that_cannot_be_are_named_by_their_field(reported, more, field):
    with pytest.raises(Invalid) as caught:
        let(reported, **more)

    assert [reason.field for reason in caught.value.reasons] == [field]


def test_a_lease_of_one_day_and_a_lessee_in_words_are_taken(reported):
    let(reported, ends_on="2023-03-01", enterprise_id=None, lessee_name="works")

    (fact,) = reported.facts_named("unit_let")
    assert (fact["enterprise_id"], "works" in str(fact)) == (None, False)


def test_a_lease_that_was_signed_tomorrow_is_refused(reported, refused):
    with refused("NOT_YET"):
        let(reported, signed_on="2023-09-03")


# --- of townships


def test_a_lease_waits_for_its_unit_and_comes_into_force_with_it(parcels):
    note = parcels.report(*reports.lease())
    waiting = states(parcels)
    facts_before = parcels.fact_names
    parcels.report(*reports.unit())

    assert note == "waits for the report of its unit"
    assert (waiting, facts_before) == ({L1: "waiting"}, [])
    assert states(parcels) == {L1: "in_force"}
    assert parcels.fact_names == ["unit_let"]


def test_a_townships_lease_that_finds_no_room_is_set_aside_and_its_receipt_says_so(reported):
    reported.report(*reports.lease())

    note = reported.report(*reports.lease("L2", "201", signed_on="2023-02-21"))

    assert note.startswith("On 2023-03-01 only 200 m² of the unit are free")
    assert states(reported) == {L1: "in_force", L2: "set_aside"}
    (aside,) = reported.facts_named("lease_set_aside")
    assert (aside["lease_id"], aside["reasons"][0]["code"]) == (L2, "OVERLET")
    (found,) = reported.read("carrier_findings")["findings"]
    assert (found["carrier_id"], found["reason"]["code"]) == (L2, "OVERLET")


def test_what_was_signed_first_stands_though_it_was_reported_last(reported):
    reported.report(*reports.lease("L2", "300", signed_on="2023-02-21"))
    reported.report(*reports.lease("L1", "300", signed_on="2023-02-20"))

    assert states(reported) == {L1: "in_force", L2: "set_aside"}
    assert reported.fact_names == ["unit_let", "unit_let", "lease_set_aside"]


def test_what_was_set_aside_stands_when_room_appears(reported):
    reported.report(*reports.lease())
    late = {"starts_on": "2023-09-01", "signed_on": "2023-08-20"}
    reported.report(*reports.lease("L2", "400", **late))

    end(reported, "2023-08-31")

    assert states(reported) == {L1: "in_force", L2: "in_force"}
    assert reported.fact_names == ["unit_let", "lease_set_aside", "unit_vacated", "unit_let"]


def test_newer_terms_of_a_lease_replace_the_old_and_are_announced_again(reported):
    reported.report(*reports.lease(signed_on="2023-05-01", area="350"))
    note = reported.report(*reports.lease(signed_on="2023-04-01", area="400"))

    assert note.startswith("a later report stands")
    assert [each["area_m2"] for each in reported.facts_named("unit_let")] == ["350"]
    reported.report(*reports.lease(signed_on="2023-05-02", area="360"))
    assert [each["area_m2"] for each in reported.facts_named("unit_let")] == ["350", "360"]


def test_the_same_lease_again_is_no_news(reported):
    for _ in range(2):
        reported.report(*reports.lease())

    assert reported.fact_names == ["unit_let"]


# --- areas that change


def test_an_area_that_shrinks_later_is_a_finding_and_ends_no_lease(reported):
    reported.report(*reports.lease())

    note = reported.report(*reports.unit(rentable_area_m2="299", reported_on="2023-06-01"))

    unit = reported.read("get_unit", unit_id=UNIT)
    (finding,) = unit["findings"]
    assert (finding["code"], note) == ("RENTABLE_BELOW_LEASED", finding["sentence"])
    assert "On 2023-06-01 leases of 300 m² stand on 299 m²" in note
    assert states(reported) == {L1: "in_force"}
    found = reported.read("list_units", filter={"finding": "RENTABLE_BELOW_LEASED"})["items"]
    assert [each["unit_id"] for each in found] == [UNIT]


def test_an_area_that_shrinks_to_what_is_leased_is_none(reported):
    reported.report(*reports.lease())

    assert reported.report(*reports.unit(rentable_area_m2="300", reported_on="2023-06-01")) is None
    assert reported.read("get_unit", unit_id=UNIT)["findings"] == []


def test_a_lease_is_measured_by_the_area_that_was_known_when_it_was_signed(reported, refused):
    reported.report(*reports.unit(rentable_area_m2="800", reported_on="2023-06-01"))
    term = {"starts_on": "2023-06-01", "ends_on": "2023-12-31"}

    with refused("OVERLET"):
        let(reported, "L1", "501", signed_on="2023-05-31", **term)
    let(reported, "L1", "800", signed_on="2023-06-01", **term)


def test_before_the_larger_area_there_is_only_the_smaller(reported, refused):
    reported.report(*reports.unit(rentable_area_m2="800", reported_on="2023-06-01"))

    with refused("OVERLET"):
        let(reported, "L1", "501", signed_on="2023-06-02", starts_on="2023-05-31")
    let(reported, "L1", "501", signed_on="2023-06-02", starts_on="2023-06-01")


# --- early ends and renewals


def test_what_is_vacated_is_free_from_the_next_day(reported, refused):
    let(reported)
    end(reported, "2023-08-31")

    (fact,) = reported.facts_named("unit_vacated")
    assert (fact["ended_on"], fact["free_from"]) == ("2023-08-31", "2023-09-01")
    assert (fact["enterprise_id"], fact["area_m2"]) == (FIRM, "300")
    later = {"ends_on": "2023-12-31", "signed_on": "2023-08-20"}
    with refused("OVERLET"):
        let(reported, "L2", "500", starts_on="2023-08-31", **later)
    let(reported, "L2", "500", starts_on="2023-09-01", **later)


@pytest.mark.parametrize("day", ["2023-03-01", "2024-02-29"])
def test_a_lease_ends_early_on_its_first_or_last_day(reported, day):
    let(reported)

    assert end(reported, day)["leases"][0]["ended"]["last_day"] == day


@pytest.mark.parametrize("day", ["2023-02-28", "2024-03-01"])
def test_a_lease_ends_on_no_day_outside_its_term(reported, day, refused):
    let(reported)

    with refused("END_OUTSIDE_TERM"):
        end(reported, day)


def test_an_end_is_final_and_the_same_again_does_no_harm(reported, refused):
    let(reported)
    end(reported, "2023-08-31")
    end(reported, "2023-08-31")

    with refused("LEASE_ENDED"):
        end(reported, "2023-08-30")
    assert reported.fact_names == ["unit_let", "unit_vacated"]


def test_only_a_lease_in_force_is_ended_or_renewed(reported, refused):
    reported.report(*reports.lease("L1", "501"))

    with refused("LEASE_NOT_IN_FORCE"):
        end(reported)
    with refused("LEASE_NOT_IN_FORCE"):
        renew(reported)


def test_a_lease_that_is_not_there_is_not_found(reported):
    for act in (end, renew):
        with pytest.raises(NotFound) as caught:
            act(reported)
        assert [reason.field for reason in caught.value.reasons] == ["lease_id"]


def test_a_renewal_begins_where_the_lease_ends_and_keeps_its_terms(reported):
    let(reported)

    unit = renew(reported, rent_cny_per_m2_month="19")

    lease = unit["leases"][1]
    assert (lease["lease_id"], lease["renews"], lease["state"]) == (L2, L1, "in_force")
    assert (lease["starts_on"], lease["ends_on"]) == ("2024-03-01", "2025-02-28")
    assert (lease["area_m2"], lease["rent_cny_per_m2_month"]) == ("300", "19.00")
    assert (lease["enterprise_id"], lease["rent_free_days"]) == (FIRM, 0)
    assert reported.facts_named("unit_let")[1]["renews"] == L1


def test_a_lease_that_ended_early_is_renewed_from_the_day_after(reported):
    let(reported)
    end(reported, "2023-08-31")

    lease = renew(reported)["leases"][1]

    assert (lease["starts_on"], lease["ended"]) == ("2023-09-01", None)


def test_a_renewal_finds_room_like_any_lease(reported, refused):
    let(reported)
    let(reported, "L3", "300", starts_on="2024-03-01", ends_on="2024-12-31")

    with refused("OVERLET"):
        renew(reported)
    renew(reported, area_m2="200")


def test_a_renewal_lasts_a_day_at_least(reported, refused):
    let(reported)

    with refused("TERM_EMPTY"):
        renew(reported, ends_on="2024-02-29")
    renew(reported, ends_on="2024-03-01")


def test_a_lease_is_renewed_once_and_ended_by_its_renewal(reported, refused):
    let(reported)
    renew(reported)

    with refused("LEASE_RENEWED"):
        renew(reported, new_lease_id=L3)
    with refused("LEASE_RENEWED"):
        end(reported)
    end(reported, "2024-06-30", L2)


def test_of_two_leases_that_arrive_at_one_moment_one_has_the_room(reported):
    clashes = reported.hear_at_once(
        *(("township", *reports.lease(name, "300"), XIAOYUE) for name in ("L1", "L2"))
    )

    assert clashes == 1
    assert states(reported) == {L1: "in_force", L2: "set_aside"}
