"""What remediation makes of a firm, whichever is heard of first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.rulebook import Rulebook
from services.enterprises.rulebook import WAYS, Outcomes
from services.enterprises.words import Standing

from .conftest import NOON, Enterprises
from .reports import CASE, FIRM, OTHER, PARCEL, TOWNSHIP, completed, firm, identified, premises

ELSEWHERE = f"{TOWNSHIP}-0240"
LATER = NOON + timedelta(hours=1)


def changes(enterprises, enterprise_id=FIRM):
    return [
        (fact["previous_standing"], fact["standing"])
        for fact in enterprises.facts_named("standing_changed")
        if fact["enterprise_id"] == enterprise_id
    ]


def test_a_firm_on_land_that_is_found_low_efficient_is_under_remediation(enterprises):
    enterprises.report(firm())
    enterprises.identify(identified())
    assert enterprises.facts_named("standing_changed") == [
        {
            "enterprise_id": FIRM,
            "township": TOWNSHIP,
            "parcel_id": PARCEL,
            "case_id": CASE,
            "standing": "under_remediation",
            "previous_standing": "in_operation",
            "change_id": f"{FIRM}:{CASE}:under_remediation:2023-02-10",
            "corrects": None,
        }
    ]
    assert enterprises.standing(FIRM) == "under_remediation"


def test_a_firm_that_is_registered_after_its_case_stands_the_same(enterprises):
    enterprises.identify(identified())
    enterprises.report(firm())
    assert enterprises.standing(FIRM) == "under_remediation"
    assert len(enterprises.facts_named("standing_changed")) == 1


def test_a_fact_that_is_heard_twice_is_announced_once(enterprises):
    enterprises.report(firm())
    for _ in range(2):
        enterprises.identify(identified())
    assert changes(enterprises) == [("in_operation", "under_remediation")]


@pytest.mark.parametrize(
    ("way", "role", "vacated", "standing"),
    [
        ("upgrade_in_place", "owner", "0", "upgraded"),
        ("phase_out", "owner", "11781", "phased_out"),
        ("phase_out", "owner", "0", "in_operation"),
        ("phase_out", "tenant", "0", "phased_out"),
        ("vacate_relocate", "tenant", "11781", "relocated"),
        ("merger_restructuring", "owner", "0", "restructured"),
        ("merger_restructuring", "tenant", "0", "in_operation"),
        ("state_capital_operation", "owner", "11781", "bought_out"),
        ("land_reserve", "tenant", "11781", "relocated"),
        ("organic_renewal", "owner", "500", "renewed"),
        ("function_change", "owner", "0", "converted"),
    ],
)
def test_the_way_the_role_and_the_vacated_land_decide_how_a_firm_stands(
    enterprises, way, role, vacated, standing
):
    enterprises.report(firm(premises(role)))
    enterprises.identify(identified())
    enterprises.complete(completed(way, vacated_area_m2=vacated))
    assert enterprises.standing(FIRM) == standing
    assert changes(enterprises)[-1] == ("under_remediation", standing)


def test_the_rulebook_knows_every_way_that_there_is():
    assert len(WAYS) == 8


def test_an_edition_with_a_standing_that_there_is_not_is_not_read(tmp_path):
    both = '{ owner = "gone", tenant = "gone" }'
    text = f"[phase_out]\nvacated = {both}\nkept = {both}\n"
    (tmp_path / "2023-08-01.toml").write_text(text)
    with pytest.raises(ValueError, match="gone"):
        Rulebook(tmp_path, dict[str, Outcomes])


def test_the_owner_and_the_tenant_of_one_parcel_each_stand_by_their_role(enterprises):
    enterprises.report(firm(premises("owner")))
    enterprises.report(firm(premises("tenant"), enterprise_id=OTHER))
    enterprises.complete(completed("phase_out", vacated_area_m2="0"))
    assert (enterprises.standing(FIRM), enterprises.standing(OTHER)) == (
        "in_operation",
        "phased_out",
    )


def test_a_firm_that_both_owns_and_rents_stands_as_the_owner(enterprises):
    enterprises.report(firm(premises("tenant"), premises("owner")))
    enterprises.complete(completed("phase_out", vacated_area_m2="0"))
    assert enterprises.standing(FIRM) == "in_operation"


def test_a_firm_that_had_left_before_is_not_concerned(enterprises):
    enterprises.report(firm(premises(to="2023-02-09")))
    enterprises.identify(identified())
    enterprises.complete(completed())
    assert changes(enterprises) == []


def test_a_firm_that_came_afterwards_is_not_concerned(enterprises):
    enterprises.report(firm(premises(**{"from": "2023-07-21"})))
    enterprises.identify(identified())
    enterprises.complete(completed())
    assert changes(enterprises) == []


def test_a_firm_that_moved_out_in_the_course_of_the_remediation_is_relocated(enterprises):
    enterprises.report(firm(premises(to="2023-06-30")))
    enterprises.identify(identified())
    enterprises.complete(completed())
    assert enterprises.standing(FIRM) == "relocated"


def test_a_firm_on_another_parcel_is_not_concerned(enterprises):
    enterprises.report(firm(premises(parcel_id=ELSEWHERE)))
    enterprises.complete(completed())
    assert changes(enterprises) == []


def test_an_open_case_weighs_more_than_one_that_is_done(enterprises):
    enterprises.report(firm(premises(), premises(parcel_id=ELSEWHERE)))
    enterprises.complete(completed("upgrade_in_place", vacated_area_m2="0"))
    enterprises.identify(identified(case_id=f"{CASE}-2", parcel_id=ELSEWHERE))
    assert enterprises.standing(FIRM) == "under_remediation"
    enterprises.complete(
        completed(case_id=f"{CASE}-2", parcel_id=ELSEWHERE, completed_on="2023-01-01")
    )
    assert enterprises.standing(FIRM) == "upgraded"


def test_a_report_that_moves_the_firm_elsewhere_takes_the_standing_back(enterprises):
    enterprises.report(firm())
    enterprises.identify(identified())
    enterprises.report(firm(premises(parcel_id=ELSEWHERE)), at=LATER)
    assert changes(enterprises)[-1] == ("under_remediation", "in_operation")


def test_a_corrected_completion_corrects_how_the_firm_stands(enterprises):
    enterprises.report(firm())
    enterprises.complete(completed("vacate_relocate"))
    enterprises.complete(completed("phase_out", completed_on="2023-07-15"), at=LATER)
    assert changes(enterprises) == [("in_operation", "relocated"), ("relocated", "phased_out")]


def test_a_completion_that_was_corrected_before_it_arrived_is_passed_over(enterprises):
    enterprises.report(firm())
    enterprises.complete(completed("phase_out", completed_on="2023-07-15"), at=LATER)
    enterprises.complete(completed("vacate_relocate"))
    assert changes(enterprises) == [("in_operation", "phased_out")]


def test_a_way_that_nobody_knows_is_not_taken_for_another(enterprises):
    with pytest.raises(Exception, match="INVALID"):
        enterprises.complete(completed("wait_and_see"))


# --- any order


@pytest.mark.parametrize("firm_first", [True, False])
def test_a_firm_and_a_case_that_are_heard_at_the_same_moment_find_each_other(
    enterprises, firm_first
):
    both = [
        ("township", "enterprise.registered", firm(), TOWNSHIP),
        ("parcels", "remediation_identified", identified()),
    ]
    enterprises.hear_at_once(*(both if firm_first else reversed(both)))
    assert enterprises.standing(FIRM) == "under_remediation"


HEARD = {
    "report": lambda e: e.report(firm(), at=NOON, id="a"),
    "moved": lambda e: e.report(
        firm(premises(to="2023-06-30"), premises("tenant", ELSEWHERE)), at=LATER, id="b"
    ),
    "other": lambda e: e.report(firm(premises("tenant"), enterprise_id=OTHER), id="c"),
    "identified": lambda e: e.identify(identified()),
    "identification corrected": lambda e: e.identify(
        identified(identified_on="2023-01-20"), at=LATER
    ),
    "completed": lambda e: e.complete(completed()),
    "completion corrected": lambda e: e.complete(
        completed("phase_out", completed_on="2023-07-15"), at=LATER
    ),
    "elsewhere": lambda e: e.identify(identified(case_id=f"{CASE}-2", parcel_id=ELSEWHERE)),
}


def state(order):
    enterprises = Enterprises()
    for name in order:
        HEARD[name](enterprises)
    firms = enterprises.read("list_enterprises")["items"]
    sites = [
        enterprises.service().store.get(kind.type, parcel_id)
        for kind in enterprises.service_cls.store.collections
        if kind.name == "site"
        for parcel_id in (PARCEL, ELSEWHERE)
    ]
    return firms, sites


IN_ORDER = state(HEARD)


@settings(max_examples=40, deadline=None)
@given(st.permutations(list(HEARD)), st.lists(st.sampled_from(list(HEARD)), max_size=3))
def test_any_order_of_delivery_with_any_repetition_ends_the_same(order, again):
    assert state([*order, *again]) == IN_ORDER


@settings(max_examples=20, deadline=None)
@given(st.permutations(list(HEARD)))
def test_the_last_change_that_was_announced_of_a_case_is_how_the_firm_stands(order):
    enterprises = Enterprises()
    for name in order:
        HEARD[name](enterprises)
    told = {
        (fact["enterprise_id"], fact["case_id"]): fact["standing"]
        for fact in enterprises.facts_named("standing_changed")
    }
    kept = {
        (firm["enterprise_id"], case_id): through["standing"]
        for firm in enterprises.read("list_enterprises")["items"]
        for case_id, through in firm["standings"].items()
    }
    assert told == kept
    assert Standing.UNDER_REMEDIATION in kept.values()


# --- what was told and never was so


def takes_back(enterprises):
    """Each change with the standing that it takes back, if it does."""
    facts = enterprises.facts_named("standing_changed")
    told = {each["change_id"]: each["standing"] for each in facts if each["change_id"]}
    return [(each["standing"], told.get(each["corrects"])) for each in facts]


def test_a_firm_that_goes_from_identification_to_acceptance_and_back_takes_nothing_back(
    enterprises,
):
    enterprises.report(firm())
    enterprises.identify(identified())
    enterprises.complete(completed())
    enterprises.reopen("2023-07-20")
    again = completed("merger_restructuring", completed_on="2023-08-01", reopened_on="2023-07-20")
    enterprises.complete(again, at=LATER)
    assert [each[1] for each in takes_back(enterprises)] == [None] * 4


def test_an_acceptance_that_is_said_again_otherwise_takes_back_what_it_made_of_the_firm(
    enterprises,
):
    enterprises.report(firm())
    enterprises.complete(completed())
    enterprises.complete(completed("upgrade_in_place", vacated_area_m2="0"), at=LATER)
    assert takes_back(enterprises) == [("relocated", None), ("upgraded", "relocated")]


def test_what_it_takes_back_is_what_was_told_also_if_its_day_was_corrected_in_between(enterprises):
    enterprises.report(firm())
    enterprises.complete(completed())
    enterprises.complete(completed(completed_on="2023-07-25"), at=LATER)
    other = completed("upgrade_in_place", vacated_area_m2="0", completed_on="2023-07-26")
    enterprises.complete(other, at=LATER + timedelta(hours=1))
    assert takes_back(enterprises) == [("relocated", None), ("upgraded", "relocated")]


def test_a_firm_that_was_never_on_the_land_was_never_under_remediation(enterprises):
    enterprises.report(firm())
    enterprises.identify(identified())
    enterprises.report(firm(premises(parcel_id=ELSEWHERE)), at=LATER)
    assert takes_back(enterprises) == [
        ("under_remediation", None),
        ("in_operation", "under_remediation"),
    ]


def test_a_second_acceptance_that_is_heard_before_the_reopening_follows_the_first(enterprises):
    enterprises.report(firm())
    enterprises.complete(completed())
    again = completed("upgrade_in_place", completed_on="2023-08-10", reopened_on="2023-08-01")
    enterprises.complete(again | {"vacated_area_m2": "0"}, at=LATER)
    assert takes_back(enterprises) == [("relocated", None), ("upgraded", None)]


def test_an_acceptance_on_a_day_before_the_cancelling_takes_that_back(enterprises):
    enterprises.report(firm())
    enterprises.identify(identified())
    enterprises.cancel("2023-07-25")
    enterprises.complete(completed())
    assert takes_back(enterprises)[1:] == [("in_operation", None), ("relocated", "in_operation")]
